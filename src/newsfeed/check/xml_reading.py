"""XML read as a stranger's: nothing is fetched, no entity is expanded, depth is bounded, and every place is known.

expat reads, because it tells line and column and hands every declaration over before acting on it. A document type
may be declared; an entity may not, for a few lines of them expand to gigabytes.
"""

from xml.parsers import expat
from xml.parsers.expat import errors

from newsfeed.check.elements import Element

__all__ = ["DEEPEST", "Unreadable", "XmlReading", "read_xml"]

#: Elements inside each other; feeds need a dozen, XHTML content a few dozen.
DEEPEST = 256

_SEPARATOR = "\x0c"  # a form feed: XML allows it neither in names nor in namespaces
_UNDEFINED_ENTITY = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
_UNBOUND_PREFIX = errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]
_ENCODINGS = {
    errors.codes[errors.XML_ERROR_UNKNOWN_ENCODING],
    errors.codes[errors.XML_ERROR_INCORRECT_ENCODING],
}


class Unreadable(Exception):
    """A document that can't be read to its end.

    Attributes:
        code: The rule that it breaks.
        reason: What is wrong.
        line: Where, from 1.
        column: Where in the line, from 1.
    """

    def __init__(self, code: str, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.line = line
        self.column = column


class XmlReading:
    """What the parser tells of one document, put together as it comes."""

    def __init__(self) -> None:
        #: The outermost element, once it was seen.
        self.root: Element | None = None
        #: The encoding that the XML declaration names; None without one.
        self.encoding: str | None = None
        #: The XML version that it names; None without a declaration.
        self.version: str | None = None
        #: The name, system and public identifier of a document type; None without one.
        self.doctype: tuple[str, str | None, str | None] | None = None
        #: Every declaration of a namespace: prefix, URI, line, column.
        self.namespaces: list[tuple[str, str, int, int]] = []
        self._open: list[Element] = []
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._skipped
        self._parser = parser

    @property
    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        self.version, self.encoding = version, encoding

    def _document_type(self, name: str, system: str | None, public: str | None, _subset: int) -> None:
        self.doctype = (name, system, public)

    def _entity(self, name: str, *_ignored: object) -> None:
        raise Unreadable("NF203", f"the entity {name!r} is declared here", *self._place)

    def _skipped(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat calls it so
        raise Unreadable("NF204", f"nothing says what &{name}; stands for", *self._place)

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self.namespaces.append((prefix or "", uri or "", *self._place))

    def _start(self, name: str, attributes: list[str]) -> None:
        line, column = self._place
        if len(self._open) >= DEEPEST:
            reason = f"more than {DEEPEST} elements stand inside each other"
            raise Unreadable("NF205", reason, line, column)
        space, local, prefix = _parts(name)
        element = Element(space, local, prefix=prefix, line=line, column=column)
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            attribute_space, attribute, _ = _parts(key)
            element.attributes[f"{{{attribute_space}}}{attribute}" if attribute_space else attribute] = value
        if self._open:
            element.parent = self._open[-1]
            element.parent.nodes.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].nodes.append(text)

    def read(self, data: bytes) -> None:
        """Read a whole document.

        Raises:
            Unreadable: If it isn't well-formed, declares entities or is nested too deep.
        """
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat takes it so
        except expat.ExpatError as error:
            raise _refusal(error, data) from None
        except (LookupError, ValueError) as error:  # an encoding that Python doesn't know, or can't use here
            raise Unreadable("NF202", f"its encoding can't be read: {error}", 1, 1) from None


def _parts(name: str) -> tuple[str, str, str]:
    """Split what expat joins: namespace, name, prefix."""
    space, _, rest = name.rpartition(_SEPARATOR) if name.count(_SEPARATOR) == 1 else ("", "", name)
    if name.count(_SEPARATOR) > 1:
        space, local, prefix = name.split(_SEPARATOR)
        return space, local, prefix
    return space, rest, ""


def _refusal(error: expat.ExpatError, data: bytes) -> Unreadable:
    line, column = error.lineno, error.offset + 1
    if error.code == _UNDEFINED_ENTITY:
        found = data.splitlines()[line - 1][column - 1 :].partition(b";")[0][:40] if data else b""
        name = found.decode("utf-8", "replace")
        return Unreadable("NF204", f"nothing says what {name}; stands for", line, column)
    if error.code == _UNBOUND_PREFIX:
        return Unreadable("NF206", "a prefix is used that no xmlns attribute declares", line, column)
    if error.code in _ENCODINGS:
        return Unreadable(
            "NF202", f"its encoding can't be read: {expat.ErrorString(error.code)}", line, column
        )
    return Unreadable("NF201", f"it isn't well-formed XML: {expat.ErrorString(error.code)}", line, column)


def read_xml(data: bytes) -> XmlReading:
    """Read an XML document safely (XML 1.0, Namespaces in XML 1.0).

    Args:
        data: The whole file.

    Returns:
        What it holds.

    Raises:
        Unreadable: If it can't be read to its end; what was read until then is lost.

    Example:
        >>> read_xml(b"<rss version='2.0'><channel/></rss>").root
        <rss at 1:1>
    """
    reading = XmlReading()
    reading.read(data)
    return reading
