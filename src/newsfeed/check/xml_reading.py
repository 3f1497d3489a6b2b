"""Parse untrusted XML: nothing is fetched, no entities are expanded, depth is bounded, and every position is known.

expat is used because it reports line and column, and every declaration before acting on it. A document type may be
declared, but not entities, because a few lines of them can expand to gigabytes. A long namespace repeated in a million
short elements, or the attributes of a document type, could do the same: both are limited.
"""

from sys import intern
from xml.parsers import expat
from xml.parsers.expat import errors

from newsfeed.check.elements import XmlElement
from newsfeed.check.encodings import in_utf_8
from newsfeed.check.unreadable import Unreadable, xml_refusal

__all__ = ["DEEPEST", "MOST", "XmlReading", "read_xml"]

#: The maximum depth of nested elements; feeds need a dozen levels, XHTML content a few dozen.
DEEPEST = 256
#: The maximum number of elements and attributes; a sitemap of 50,000 addresses has half of it.
MOST = 1_000_000
#: The maximum length of a namespace, and the maximum number of attributes that a document type declares.
_MAX_NAMESPACE = 1_000
_MAX_DECLARED = 1_000

_SEPARATOR = "\x0c"  # a form feed: XML allows it neither in names nor in namespaces
_INVALID_TOKEN = errors.codes[errors.XML_ERROR_INVALID_TOKEN]


class XmlReading:
    """A parsed document, built while expat reads it."""

    def __init__(self, *, is_recoded: bool = False) -> None:
        """Create the parser.

        Args:
            is_recoded: Whether the document was converted to UTF-8, so that its declared encoding no longer applies.
        """
        #: The root element; None until it is parsed.
        self.root: XmlElement | None = None
        #: The encoding in the XML declaration; None without one.
        self.encoding: str | None = None
        #: How the document's encoding differs from the one that it declares; empty if it doesn't.
        self.encoding_problem = ""
        #: The version in the XML declaration; None without one.
        self.version: str | None = None
        #: The name, system and public identifier of a document type; None without one.
        self.doctype: tuple[str, str | None, str | None] | None = None
        #: Every declaration of a namespace: prefix, URI, line, column.
        self.namespaces: list[tuple[str, str, int, int]] = []
        self._open: list[XmlElement] = []
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

    def _document_type(self, name: str, system: str | None, public: str | None, _subset: int) -> None:
        self.doctype = (name, system, public)

    def _entity(self, name: str, *_ignored: object) -> None:
        raise Unreadable("NF203", f"the entity {name!r} is declared here", *self._place)

    def _declared_attribute(self, *_ignored: object) -> None:
        self._declared += 1
        if self._declared > _MAX_DECLARED:
            raise self._too_much(f"its document type declares more than {_MAX_DECLARED:,} attributes")

    def _too_much(self, reason: str) -> Unreadable:
        return Unreadable("NF205", reason, *self._place)

    def _skipped(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat passes it by position
        raise Unreadable("NF204", f"the entity &{name}; isn't declared", *self._place)

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if uri is not None and len(uri) > _MAX_NAMESPACE:
            raise self._too_much(f"a namespace has more than {_MAX_NAMESPACE:,} characters")
        self._count(1)
        self.namespaces.append((prefix or "", uri or "", *self._place))

    def _start(self, name: str, attributes: list[str]) -> None:
        line, column = self._place
        self._count(1 + len(attributes) // 2)
        if len(self._open) >= DEEPEST:
            raise self._too_much(f"elements are nested more than {DEEPEST} levels deep")
        space, local, prefix = self._parts(name)
        element = XmlElement(space, local, prefix=prefix, line=line, column=column)
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
        """Split a name as expat joins it: namespace, name, prefix. Results are cached, because most names recur."""
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
        """Parse a whole document.

        Raises:
            Unreadable: If it isn't well-formed, declares entities or is nested too deeply.
        """
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
        except expat.ExpatError as error:
            raise self._refusal(error, data) from None

    def _refusal(self, error: expat.ExpatError, data: bytes) -> Unreadable:
        position = self._parser.ErrorByteIndex
        rest = data[position:]
        if error.code == _INVALID_TOKEN and self._is_to_utf8() and _starts_outside_utf8(rest):
            reason = f"the byte 0x{rest[0]:02x} isn't UTF-8"
            return Unreadable("NF202", reason, error.lineno, error.offset + 1)
        return xml_refusal(error, data, position, self._open[-1] if self._open else None)

    def _is_to_utf8(self) -> bool:
        return self._is_recoded or (self.encoding or "utf-8").lower() == "utf-8"


def _starts_outside_utf8(data: bytes) -> bool:
    try:
        data[:4].decode()
    except UnicodeDecodeError as error:
        return error.start == 0
    return False


def read_xml(data: bytes) -> XmlReading:
    """Parse an XML document safely (XML 1.0, Namespaces in XML 1.0).

    Args:
        data: The whole file.

    Returns:
        The parsed document.

    Raises:
        Unreadable: If it can't be parsed completely.

    Example:
        >>> read_xml(b"<rss version='2.0'><channel/></rss>").root
        <rss at 1:1>
    """
    document = in_utf_8(data)
    reading = XmlReading(is_recoded=document.is_recoded)
    reading.read(document.data)
    reading.encoding = reading.encoding or document.encoding
    reading.encoding_problem = document.problem
    return reading
