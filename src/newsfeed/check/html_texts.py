"""The HTML that stands in a feed: where it is, and its start tags; and the texts that are called plain."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from newsfeed.check.documents import ATOM, Document
from newsfeed.check.elements import Element
from newsfeed.check.json_reading import JsonValue
from newsfeed.model.cached_property import cached_property
from newsfeed.text.html_tags import Tag, tags

__all__ = ["HtmlText", "StartTag", "Where", "all_texts", "html_texts", "plain_texts", "text_constructs"]

#: What a fault of a text is told at.
Where = Element | JsonValue

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_XHTML = "http://www.w3.org/1999/xhtml"
_TEXT_CONSTRUCTS = ("title", "subtitle", "summary", "content", "rights")


@dataclass(frozen=True)
class StartTag:
    """A start tag of HTML.

    Attributes:
        where: What a fault of it is told at.
        name: The element's name, in small letters.
        attributes: Names, in small letters, and values.
        has_base: Whether an `xml:base` makes its relative addresses absolute.
        is_parsed: Whether it is an element of XHTML, which the XML parser has seen.
    """

    where: Where
    name: str
    attributes: tuple[tuple[str, str], ...]
    has_base: bool
    is_parsed: bool


@dataclass(frozen=True)
class HtmlText:
    """A piece of HTML: a text that is to be parsed, or XHTML that was.

    Attributes:
        where: The element or value that holds it.
        html: The text; empty for XHTML.
        xhtml: The element around XHTML; None for a text.
        has_base: Whether an `xml:base` makes its relative addresses absolute.
    """

    where: Where
    html: str
    xhtml: Element | None = None
    has_base: bool = False

    @cached_property
    def starts(self) -> tuple[StartTag, ...]:
        """Its start tags, in order."""
        if self.xhtml is not None:
            return tuple(_of_xhtml(self.xhtml))
        return tuple(
            StartTag(
                self.where,
                tag.name,
                tuple((attribute.name, attribute.value) for attribute in tag.attributes),
                self.has_base,
                is_parsed=False,
            )
            for tag in _without_titles_of_drawings(self.html)
            if not tag.closes
        )


def _without_titles_of_drawings(html: str) -> Iterator[Tag]:
    """Visit the tags of elements; the `title` of an svg isn't the one of a page."""
    drawings = 0
    for tag in tags(html):
        if tag.name == "svg":
            drawings = max(0, drawings - 1) if tag.closes else drawings + 1
        if tag.name and not (drawings and tag.name == "title"):
            yield tag


def _of_xhtml(holder: Element) -> Iterator[StartTag]:
    for element in holder.walk():
        if element.space == _XHTML and element is not holder:
            has_base = element.inherited("base") is not None
            attributes = tuple(element.attributes.items())
            yield StartTag(element, element.name, attributes, has_base, is_parsed=True)


def html_texts(document: Document) -> Iterator[HtmlText]:
    """Visit every piece of HTML: descriptions, contents, and texts that say that they are HTML.

    Args:
        document: RSS, Atom or JSON Feed.

    Yields:
        Each piece, by kind of element.
    """
    if document.json is not None:
        yield from (HtmlText(value, str(value.value)) for value in _in_items(document.json, "content_html"))
        return
    if document.kind == "rss":
        described = [found for item in document.entries for found in item.all("description")]
        for element in [*described, *document.named("encoded", _CONTENT)]:
            yield HtmlText(element, element.text)
        yield from (HtmlText(element, "", element) for element in document.named("body", _XHTML))
    for name in ("title", "description", "text"):
        for element in document.named(name, _MEDIA):
            if element.get("type") == "html":
                yield HtmlText(element, element.text)
    for element in text_constructs(document, _TEXT_CONSTRUCTS, {"html", "xhtml"}):
        is_xhtml = element.get("type") == "xhtml"
        yield HtmlText(
            element,
            "" if is_xhtml else element.text,
            element if is_xhtml else None,
            has_base=element.inherited("base") is not None,
        )


def text_constructs(
    document: Document, names: Iterable[str], types: Collection[str | None]
) -> Iterator[Element]:
    """Visit Atom's texts of some names and types (RFC 4287 §3.1); None is a type that isn't given."""
    if document.json is not None:
        return
    for name in names:
        for element in document.named(name, ATOM):
            if element.get("type") in types and element.get("src") is None:
                yield element


def plain_texts(document: Document, names: Iterable[str]) -> Iterator[tuple[Where, str]]:
    """Visit the texts of some names that the format calls plain; in JSON Feed, the titles."""
    if document.json is not None:
        feed_title = document.json.get("title")
        found = [feed_title] if feed_title is not None and feed_title.type == "string" else []
        yield from ((value, str(value.value)) for value in [*found, *_in_items(document.json, "title")])
        return
    for name in names:
        yield from ((element, element.text) for element in document.named(name))
    yield from ((element, element.text) for element in text_constructs(document, names, {None, "text"}))


def all_texts(document: Document) -> Iterator[tuple[Where, str]]:
    """Visit every text of a document, attributes with those of their element."""
    if document.json is None:
        for element in document.elements:
            yield element, " ".join([element.text, *element.attributes.values()])
        return
    waiting = [document.json]
    while waiting:
        value = waiting.pop()
        if value.type == "string":
            yield value, str(value.value)
        waiting.extend(reversed([*value.members.values(), *value.items]))


def _in_items(feed: JsonValue, name: str) -> Iterator[JsonValue]:
    """Visit the strings of one name in a JSON feed's items."""
    items = feed.get("items")
    for item in items.items if items is not None else ():
        value = item.get(name)
        if value is not None and value.type == "string":
            yield value
