"""A file to check, parsed: its kind, and its elements or its JSON."""

import codecs
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsfeed.check.elements import XmlElement
from newsfeed.check.first_element import first_element
from newsfeed.check.grammars import GRAMMARS, SITEMAP_SPACE
from newsfeed.check.html_texts import XHTML, HtmlText
from newsfeed.check.http import HttpResponse
from newsfeed.check.json_reading import JsonValue, read_json
from newsfeed.check.json_structure import json_structure_of
from newsfeed.check.limits import LARGEST
from newsfeed.check.namespaces import ATOM, PREFIXES, prefixed
from newsfeed.check.structure import Structure, structure_of
from newsfeed.check.unreadable import Unreadable
from newsfeed.check.xml_reading import XmlReading, read_xml
from newsfeed.model.cached_property import cached_property
from newsfeed.model.profile import Profile

__all__ = ["ATOM", "LARGEST", "SITEMAP", "DocumentKind", "ParsedDocument", "read_document"]

SITEMAP = SITEMAP_SPACE
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_TEXT_CONSTRUCTS = ("title", "subtitle", "summary", "content", "rights")

#: `xml` is well-formed XML of an unknown kind; `unread` couldn't be read.
DocumentKind = Literal["rss", "atom", "json", "opml", "sitemap", "xml", "unread"]

_GZIPPED = b"\x1f\x8b"
_WHITE = b" \t\r\n"


@dataclass(frozen=True)
class ParsedDocument:
    """A file to check, parsed.

    Attributes:
        name: The file, as the user named it.
        data: Its bytes.
        kind: What it is.
        as_of: The moment of the check, aware; later dates are in the future.
        address: The address that it is fetched from; empty if unknown.
        xml: What the XML parser found; None for JSON and what couldn't be read.
        json: The JSON value; None for XML and what couldn't be read.
        refusal: Why it couldn't be read; None if it could.
        profile: The partner whose requirements are checked as well; None for none.
        response: What the server said that it was fetched from; None if it wasn't.
    """

    name: str
    data: bytes
    kind: DocumentKind
    as_of: datetime
    address: str = ""
    xml: XmlReading | None = None
    json: JsonValue | None = None
    refusal: Unreadable | None = None
    profile: Profile | None = None
    response: HttpResponse | None = None

    @cached_property
    def root(self) -> XmlElement:
        """The outermost element of an XML document."""
        assert self.xml is not None  # noqa: S101 - checks see only documents of their kind
        assert self.xml.root is not None  # noqa: S101 - a document that was read has one
        return self.xml.root

    @cached_property
    def feed(self) -> XmlElement | None:
        """RSS's `channel`, Atom's `feed`; None if there is none, as in JSON."""
        if self.xml is None:
            return None
        if self.kind == "atom":
            return self.root if self.root.name == "feed" else None
        return self.root.find("channel")

    @cached_property
    def entries(self) -> tuple[XmlElement, ...]:
        """RSS's `item`s, Atom's `entry`s, in the order of the file."""
        if self.kind == "atom" and self.feed is None:
            return (self.root,)
        if self.feed is None:
            return ()
        return tuple(self.feed.all("entry" if self.kind == "atom" else "item"))

    @cached_property
    def structure(self) -> Structure:
        """What is wrong with its structure, and its elements."""
        if self.json is not None:
            return json_structure_of(self.json)
        if self.xml is None:
            return Structure({}, ())
        return structure_of(self.root, GRAMMARS.get(self.kind, {}))

    @property
    def elements(self) -> tuple[XmlElement, ...]:
        """The elements of an XML document in the order of the file, except misplaced and unknown ones."""
        return self.structure.elements

    @cached_property
    def html(self) -> tuple[HtmlText, ...]:
        """Every piece of HTML in it, parsed once for all checks: descriptions, contents, texts marked as HTML."""
        return tuple(self._html())

    def _html(self) -> Iterator[HtmlText]:
        if self.json is not None:
            yield from (HtmlText(value, str(value.value)) for value in self.item_strings("content_html"))
            return
        if self.kind == "rss":
            described = [found for item in self.entries for found in item.all("description")]
            for element in [*described, *self.named("encoded", _CONTENT)]:
                yield HtmlText(element, element.text)
            yield from (HtmlText(element, "", element) for element in self.named("body", XHTML))
        for name in ("title", "description", "text"):
            for element in self.named(name, _MEDIA):
                if element.get("type") == "html":
                    yield HtmlText(element, element.text)
        for element in self.text_constructs(_TEXT_CONSTRUCTS, {"html", "xhtml"}):
            is_xhtml = element.get("type") == "xhtml"
            yield HtmlText(
                element,
                "" if is_xhtml else element.text,
                element if is_xhtml else None,
                has_base=element.inherited("base") is not None,
            )

    def text_constructs(self, names: Iterable[str], types: Collection[str | None]) -> Iterator[XmlElement]:
        """Visit Atom's texts with these names and types (RFC 4287 §3.1); the type None means no `type` attribute."""
        if self.json is not None:
            return
        for name in names:
            for element in self.named(name, ATOM):
                if element.get("type") in types and element.get("src") is None:
                    yield element

    def item_strings(self, name: str) -> Iterator[JsonValue]:
        """Visit the strings with this name in a JSON Feed's items."""
        items = self.json.get("items") if self.json is not None else None
        for item in items.items if items is not None else ():
            value = item.get(name)
            if value is not None and value.type == "string":
                yield value

    @cached_property
    def _by_name(self) -> dict[str, list[XmlElement]]:
        """The elements by their names with the usual prefixes, each list in the order of the file."""
        found: dict[str, list[XmlElement]] = {}
        for element in self.elements:
            found.setdefault(prefixed(element), []).append(element)
        return found

    def named(self, name: str, space: str = "") -> Iterator[XmlElement]:
        """Visit every element with this name, anywhere in the document."""
        prefix = PREFIXES.get(space)
        listed = self._by_name.get(f"{prefix}:{name}" if prefix else name, ())
        return (element for element in listed if element.space == space)

    def called(self, names: Iterable[str]) -> Iterator[tuple[str, XmlElement]]:
        """Visit every element with one of these names, with the usual prefixes, as in `dc:date`."""
        return ((name, element) for name in names for element in self._by_name.get(name, ()))

    def from_space(self, space: str) -> Iterator[XmlElement]:
        """Visit every element of a vocabulary with a usual prefix."""
        start = f"{PREFIXES[space]}:"
        for name, listed in self._by_name.items():
            if name.startswith(start):
                yield from (element for element in listed if element.space == space)


def read_document(data: bytes, *, name: str, as_of: datetime, address: str = "") -> ParsedDocument:
    """Parse a file of any kind.

    Args:
        data: Its bytes.
        name: What to call it in findings.
        as_of: The moment of the check, aware.
        address: The address that it is fetched from; empty if unknown.

    Returns:
        The document; if it couldn't be read, `refusal` says why.
    """
    try:
        _refuse_others(data)
        if data.removeprefix(codecs.BOM_UTF8).lstrip(_WHITE)[:1] in {b"{", b"["}:
            return ParsedDocument(name, data, "json", as_of, address, json=read_json(data))
        reading = read_xml(data)
    except Unreadable as refusal:
        return ParsedDocument(name, data, "unread", as_of, address, refusal=refusal)
    assert reading.root is not None  # noqa: S101 - expat refuses a document without an element
    return ParsedDocument(name, data, _kind(reading.root), as_of, address, xml=reading)


def _refuse_others(data: bytes) -> None:
    """Raise `Unreadable` for files that are obviously no feeds: too large, compressed, empty, or a page."""
    if len(data) > LARGEST:
        raise Unreadable("NF205", f"it has more than {LARGEST:,} bytes, so it wasn't read", 1, 1)
    if data.startswith(_GZIPPED):
        raise Unreadable("NF202", "it is compressed with gzip", 1, 1, "unpack it before checking it")
    if not data.strip(_WHITE):
        fix = "find out why the program that writes the feed wrote nothing"
        raise Unreadable("NF201", "it is empty", 1, 1, fix)
    if first_element(data) == "html":
        fix = (
            "use the feed's own address; a page in its place is often an error, a login, or a site that moved"
        )
        raise Unreadable("NF207", "this is an HTML page, not a feed", 1, 1, fix)


def _kind(root: XmlElement) -> DocumentKind:
    match root.space, root.name:
        case "", "rss":
            return "rss"
        case space, "feed" | "entry" if space == ATOM:
            return "atom"
        case "", "opml":
            return "opml"
        case space, "urlset" | "sitemapindex" if space == SITEMAP:
            return "sitemap"
    return "xml"
