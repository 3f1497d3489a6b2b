"""The texts of feeds that their formats define as plain, in elements and in attributes."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.html_texts import Node
from newsfeed.check.words import words

__all__ = ["all_texts", "is_on", "lines_by_number", "plain_fields", "plain_texts", "undeclared_texts"]

_RSS_TEXTS: Final = words("author category copyright managingEditor name source title webMaster")
_LENT_TEXTS: Final = {
    "dc:rights",
    "itunes:author",
    "itunes:name",
    "itunes:subtitle",
    "itunes:summary",
    "media:category",
    "media:copyright",
}
#: Bytes that aren't printable ASCII, and references to characters.
_STRANGE: Final = re.compile(rb"[^\t\n\r -~]|&#|\\u")
_ATOM_TEXTS: Final = {"rights", "subtitle", "title"}
_ATTRIBUTES: Final = {"atom:category": "label", "atom:link": "title", "media:category": "label"}
_MEDIA_TEXTS: Final = {"media:description", "media:text", "media:title"}
_OTHER_TEXTS: Final = (
    *sorted({*_LENT_TEXTS, *_MEDIA_TEXTS, "atom:name"}),
    *(f"atom:{name}" for name in sorted(_ATOM_TEXTS)),
)
_ITEM: Final = "item"
_OLDEST: Final = "0.91"


def plain_texts(document: ParsedDocument, names: Iterable[str]) -> Iterator[tuple[Node, str]]:
    """Visit the plain texts with these names; in JSON Feed, the titles."""
    if document.json is not None:
        feed_title = document.json.get("title")
        found = [feed_title] if feed_title is not None and feed_title.type == "string" else []
        yield from ((value, str(value.value)) for value in [*found, *document.item_strings("title")])
        return
    for name in names:
        yield from ((element, element.text) for element in document.named(name))
    yield from ((element, element.text) for element in document.text_constructs(names, {None, "text"}))


def all_texts(document: ParsedDocument) -> Iterator[tuple[Node, str]]:
    """Visit every text of a document; attributes are joined to the text of their element.

    A document whose characters can't be strange, because they are letters of ASCII, isn't visited.
    """
    if not _STRANGE.search(document.data):
        return
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


def plain_fields(document: ParsedDocument) -> Iterator[tuple[XmlElement, str]]:
    """Visit titles, labels, names and other short texts without markup.

    Args:
        document: RSS or Atom.

    Yields:
        The element, and its text or that of one of its attributes.
    """
    own = _RSS_TEXTS | {"description"} if document.kind == "rss" else set[str]()
    for name, element in document.called([*sorted(own), *_OTHER_TEXTS]):
        if _is_plain(document, element, name):
            yield element, element.text
    for name, element in document.called(_ATTRIBUTES):
        if value := element.get(_ATTRIBUTES[name]):
            yield element, value


def _is_plain(document: ParsedDocument, element: XmlElement, name: str) -> bool:
    if not element.space and document.kind == "rss":
        is_description = element.name == "description" and element.parent is not None
        return name in _RSS_TEXTS or (is_description and _is_short(document, element.parent))
    if element.space == ATOM:
        is_typed = element.get("type") not in {None, "text"}
        return name == "atom:name" or (element.name in _ATOM_TEXTS and not is_typed)
    return name in _LENT_TEXTS or (name in _MEDIA_TEXTS and element.get("type") != "html")


def _is_short(document: ParsedDocument, parent: XmlElement | None) -> bool:
    """Return whether a parent's description is plain: anywhere except in items, and in RSS 0.91 there too."""
    return parent is None or parent.name != _ITEM or document.root.get("version") == _OLDEST


def undeclared_texts(document: ParsedDocument) -> Iterator[tuple[XmlElement, str]]:
    """Visit Atom's summaries and contents that could be marked as HTML, but aren't."""
    for _, element in document.called(["atom:content", "atom:summary"]):
        kind = element.get("type")
        if element.get("src") is None:
            if kind in {None, "text", "text/plain"}:
                yield element, element.text
            elif kind == "xhtml" and len(div := list(element)) == 1 and not list(div[0]):
                yield element, div[0].text


def lines_by_number(document: ParsedDocument) -> frozenset[int]:
    """Return the lines with numeric references such as `&#x3C;`, which the Best Practices Profile recommends."""
    if b"&#x" not in document.data:
        return frozenset()
    return frozenset(number for number, line in enumerate(document.data.split(b"\n"), 1) if b"&#x" in line)


def is_on(lines: frozenset[int], element: XmlElement, text: str) -> bool:
    """Return whether a text is, at least partly, on one of these lines."""
    return bool(lines) and not lines.isdisjoint(range(element.line, element.line + text.count("\n") + 1))
