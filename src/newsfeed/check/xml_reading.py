"""XML read as a stranger's: nothing is fetched, no entity is expanded, depth is bounded, and every place is known.

expat reads, because it tells line and column and hands every declaration over before acting on it. A document type
may be declared; an entity may not, for a few lines of them expand to gigabytes. A long namespace that stands in a
million short elements does the same, and so do the attributes of a document type: both are bounded.
"""

from sys import intern
from xml.parsers import expat
from xml.parsers.expat import errors

from newsfeed.check.elements import Element
from newsfeed.check.encodings import in_utf8

__all__ = ["DEEPEST", "MOST", "Unreadable", "XmlReading", "read_xml"]

#: Elements inside each other; feeds need a dozen, XHTML content a few dozen.
DEEPEST = 256
#: Elements and attributes in one document; a sitemap of 50,000 addresses has half as many.
MOST = 1_000_000
#: Letters of a namespace, and attributes that a document type declares.
_LONGEST = 1_000
_MOST_DECLARED = 1_000

_SEPARATOR = "\x0c"  # a form feed: XML allows it neither in names nor in namespaces
_UNDEFINED_ENTITY = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
_UNBOUND_PREFIX = errors.codes[errors.XML_ERROR_UNBOUND_PREFIX]
_INVALID_TOKEN = errors.codes[errors.XML_ERROR_INVALID_TOKEN]
#: The encodings that expat knows by itself, and how they call themselves.
_EXPATS = {"utf-8", "utf-16", "utf-16be", "utf-16le", "iso-8859-1", "us-ascii"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_SHOWN = 40
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


class _OtherEncoding(Exception):
    """The document names an encoding that expat doesn't know."""


class XmlReading:
    """What the parser tells of one document, put together as it comes."""

    def __init__(self, *, is_recoded: bool = False) -> None:
        """Begin.

        Args:
            is_recoded: Whether the document was written in another encoding than the UTF-8 that will be read.
        """
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
        self._is_recoded = is_recoded
        self._seen = 0
        self._declared = 0
        self._names: dict[str, tuple[str, str, str]] = {}
        parser = expat.ParserCreate("utf-8" if is_recoded else None, namespace_separator=_SEPARATOR)
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.specified_attributes = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        parser.AttlistDeclHandler = self._declared_attribute
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
        if encoding is not None and encoding.lower() not in _EXPATS and not self._is_recoded:
            raise _OtherEncoding

    def _document_type(self, name: str, system: str | None, public: str | None, _subset: int) -> None:
        self.doctype = (name, system, public)

    def _entity(self, name: str, *_ignored: object) -> None:
        raise Unreadable("NF203", f"the entity {name!r} is declared here", *self._place)

    def _declared_attribute(self, *_ignored: object) -> None:
        self._declared += 1
        if self._declared > _MOST_DECLARED:
            raise self._too_much(f"its document type declares more than {_MOST_DECLARED:,} attributes")

    def _too_much(self, reason: str) -> Unreadable:
        return Unreadable("NF205", reason, *self._place)

    def _skipped(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat calls it so
        raise Unreadable("NF204", f"nothing says what &{name}; stands for", *self._place)

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if uri is not None and len(uri) > _LONGEST:
            raise self._too_much(f"a namespace has more than {_LONGEST:,} letters")
        self._count(1)
        self.namespaces.append((prefix or "", uri or "", *self._place))

    def _start(self, name: str, attributes: list[str]) -> None:
        line, column = self._place
        self._count(1 + len(attributes) // 2)
        if len(self._open) >= DEEPEST:
            raise self._too_much(f"more than {DEEPEST} elements stand inside each other")
        space, local, prefix = self._parts(name)
        element = Element(space, local, prefix=prefix, line=line, column=column)
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            attribute_space, attribute, _ = self._parts(key)
            element.attributes[f"{{{attribute_space}}}{attribute}" if attribute_space else attribute] = value
        if self._open:
            element.parent = self._open[-1]
            element.parent.nodes.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _count(self, number: int) -> None:
        self._seen += number
        if self._seen > MOST:
            raise self._too_much(f"it has more than {MOST:,} elements and attributes")

    def _parts(self, name: str) -> tuple[str, str, str]:
        """Split what expat joins: namespace, name, prefix. Most names come again and again."""
        parts = self._names.get(name)
        if parts is None:
            space, _, rest = name.rpartition(_SEPARATOR)
            prefix = ""
            if _SEPARATOR in space:
                space, rest, prefix = name.split(_SEPARATOR)
            parts = self._names[name] = (intern(space), rest, prefix)
        return parts

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
            raise self._refusal(error, data) from None

    def _refusal(self, error: expat.ExpatError, data: bytes) -> Unreadable:
        line, column = error.lineno, error.offset + 1
        rest = data[self._parser.ErrorByteIndex :]
        if error.code == _UNDEFINED_ENTITY:
            name = self._written(rest[:_MOST_SHOWN]).partition(";")[0]
            return Unreadable("NF204", f"nothing says what {name}; stands for", line, column)
        if error.code == _UNBOUND_PREFIX:
            return Unreadable("NF206", "a prefix is used that no xmlns attribute declares", line, column)
        if error.code in _ENCODINGS:
            reason = f"its encoding can't be read: {expat.ErrorString(error.code)}"
            return Unreadable("NF202", reason, line, column)
        if error.code == _INVALID_TOKEN and self._is_in_utf8(data) and _is_no_utf8(rest):
            return Unreadable("NF202", f"the byte 0x{rest[0]:02x} isn't UTF-8", line, column)
        reason = f"it isn't well-formed XML: {expat.ErrorString(error.code)}"
        return Unreadable("NF201", reason, line, column)

    def _is_in_utf8(self, data: bytes) -> bool:
        return (self.encoding or "utf-8").lower() == "utf-8" and not data.startswith(_UTF_16)

    def _written(self, data: bytes) -> str:
        encoding = "utf-8" if self._is_recoded else self.encoding or "utf-8"
        return data.decode(encoding, "replace")


def _is_no_utf8(data: bytes) -> bool:
    try:
        data[:4].decode()
    except UnicodeDecodeError as error:
        return error.start == 0
    return False


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
    try:
        reading.read(data)
    except _OtherEncoding:
        recoded = XmlReading(is_recoded=True)
        recoded.read(_recoded(data, reading.encoding or ""))
        return recoded
    return reading


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return in_utf8(data, encoding)
    except LookupError:
        raise Unreadable("NF202", f"its encoding can't be read: there is no {encoding!r}", 1, 1) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        reason = f"the byte 0x{data[error.start]:02x} isn't {encoding}"
        raise Unreadable("NF202", reason, line, column) from None
