"""The HTML that stands in a feed: where it is, and what a look at its tags tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from newsfeed.check.documents import ATOM, Document
from newsfeed.check.elements import Element
from newsfeed.check.json_reading import JsonValue

__all__ = ["HtmlText", "Tag", "html_texts", "looks_like_markup", "plain_texts"]

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ATOM_TEXTS = ("title", "subtitle", "summary", "rights", "content")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
}
#: Elements whose end tag may be left out (HTML §13.1.2.4).
_OPTIONAL_END = {
    "caption",
    "colgroup",
    "dd",
    "dt",
    "li",
    "optgroup",
    "option",
    "p",
    "rp",
    "rt",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
}
_LOOKS_LIKE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(\s[^<>]*)?/?>")


@dataclass(frozen=True)
class Tag:
    """A start tag: the element's name in small letters, and its attributes."""

    name: str
    attributes: tuple[tuple[str, str], ...]


@dataclass
class HtmlText:
    """A piece of HTML, and where it stands.

    Attributes:
        where: The element or value that holds it.
        tags: Its start tags, in order.
        faults: What is malformed in it.
        based: Whether an xml:base resolves its relative addresses.
    """

    where: Element | JsonValue
    tags: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    based: bool = False


class _Looker(HTMLParser):
    """Collects start tags, and compares each end tag with what is open."""

    def __init__(self, text: HtmlText) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._text.tags.append(Tag(tag, tuple((name, value or "") for name, value in attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            if tag != "br":
                self._text.faults.append(f"</{tag}> ends an element that is always empty")
            return
        while self._open and self._open[-1] != tag and self._open[-1] in _OPTIONAL_END and tag in self._open:
            self._open.pop()
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag in self._open:
            self._text.faults.append(f"</{tag}> comes before </{self._open[-1]}>")
            while self._open.pop() != tag:
                pass
        else:
            self._text.faults.append(f"</{tag}> ends what isn't open")

    def finish(self) -> None:
        self.close()
        left = [tag for tag in self._open if tag not in _OPTIONAL_END]
        if left:
            self._text.faults.append(f"<{left[-1]}> isn't closed")


def _looked_at(where: Element | JsonValue, html: str, *, based: bool = False) -> HtmlText:
    text = HtmlText(where, based=based)
    looker = _Looker(text)
    looker.feed(html)
    looker.finish()
    return text


def _of_xhtml(element: Element, *, based: bool) -> HtmlText:
    text = HtmlText(element, based=based)
    for inner in element.walk():
        if inner.space == _XHTML:
            text.tags.append(Tag(inner.name, tuple(inner.attributes.items())))
            text.based = text.based or inner.get(_XML_BASE) is not None
    return text


def html_texts(document: Document) -> Iterator[HtmlText]:
    """Find the HTML of a document: descriptions, contents, and texts that say that they are HTML.

    Args:
        document: RSS, Atom or JSON Feed.

    Yields:
        Each piece, in the order of the file.
    """
    if document.json is not None:
        yield from _in_json(document.json)
    elif document.kind == "rss":
        for item in document.entries:
            for element in item:
                if (element.space, element.name) in {("", "description"), (_CONTENT, "encoded")}:
                    yield _looked_at(element, element.text)
    elif document.kind == "atom":
        yield from _in_atom(document)


def _in_json(feed: JsonValue) -> Iterator[HtmlText]:
    items = feed.get("items")
    for item in items.items if items is not None else ():
        html = item.get("content_html")
        if html is not None and isinstance(html.value, str):
            yield _looked_at(html, html.value)


def _in_atom(document: Document) -> Iterator[HtmlText]:
    for element in document.elements:
        if element.space != ATOM or element.name not in _ATOM_TEXTS:
            continue
        based = element.inherited("base") is not None
        if element.get("type") == "html":
            yield _looked_at(element, element.text, based=based)
        elif element.get("type") == "xhtml":
            yield _of_xhtml(element, based=based)


def plain_texts(document: Document) -> Iterator[tuple[Element | JsonValue, str]]:
    """Find the texts that people read as they stand: titles, and labels of categories.

    Args:
        document: RSS, Atom or JSON Feed.

    Yields:
        Where each stands, and its text.
    """
    if document.json is not None:
        items = document.json.get("items")
        for value in (document.json, *(items.items if items is not None else ())):
            title = value.get("title")
            if title is not None and isinstance(title.value, str):
                yield title, title.value
    elif document.kind == "rss":
        for element in document.elements:
            if not element.space and element.name in {"title", "category"}:
                yield element, element.text
    elif document.kind == "atom":
        for element in document.elements:
            if (
                element.space == ATOM
                and element.name in _ATOM_TEXTS
                and element.get("type") in {None, "text"}
            ):
                yield element, element.text


def looks_like_markup(text: str) -> bool:
    """Tell whether a plain text holds something like a tag.

    >>> looks_like_markup("Snow <b>closes</b> roads"), looks_like_markup("3 < 5 > 4")
    (True, False)
    """
    return _LOOKS_LIKE_TAG.search(text) is not None
