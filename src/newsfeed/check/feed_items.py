"""The articles of a feed by their ids, as subscribers know them, in RSS, Atom and JSON Feed alike."""

from collections.abc import Iterator

import msgspec

from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.html_texts import Node
from newsfeed.check.json_reading import JsonValue

__all__ = ["FeedItem", "items_of", "items_with_nodes"]


class FeedItem(msgspec.Struct, frozen=True):
    """One article in a feed. Values are as in the feed, without surrounding white space."""

    #: What feed readers identify it by: its id, else its address, else its title.
    id: str
    url: str
    title: str


def items_of(document: ParsedDocument) -> list[FeedItem]:
    """Return the articles of a feed.

    Args:
        document: RSS, Atom or JSON Feed.

    Returns:
        The articles in the feed's order, each id once.

    >>> from datetime import UTC, datetime
    >>> from newsfeed.check.documents import read_document
    >>> data = b'<rss><channel><item><guid isPermaLink="false">1</guid><title>Snow</title></item></channel></rss>'
    >>> items_of(read_document(data, name="a.rss", as_of=datetime.now(UTC)))
    [FeedItem(id='1', url='', title='Snow')]
    """
    items: dict[str, FeedItem] = {}
    for _, item in items_with_nodes(document):
        items.setdefault(item.id, item)
    return list(items.values())


def items_with_nodes(document: ParsedDocument) -> Iterator[tuple[Node, FeedItem]]:
    """Visit the articles of a feed, each with its element or object."""
    for node, name, url, title in _read(document):
        yield node, FeedItem(name or url or title, url, title)


def _read(document: ParsedDocument) -> Iterator[tuple[Node, str, str, str]]:
    if document.json is not None:
        listed = document.json.get("items")
        for item in listed.items if listed is not None else ():
            url = _value(item, "url") or _value(item, "external_url")
            yield item, _value(item, "id"), url, _value(item, "title")
    elif document.kind == "rss":
        for entry in document.entries:
            url = _text(entry, "link") or _permalink(entry)
            yield entry, _text(entry, "guid"), url, _text(entry, "title")
    else:
        for entry in document.entries:
            yield entry, _text(entry, "id"), _alternate(entry), _text(entry, "title")


def _text(entry: XmlElement, name: str) -> str:
    found = entry.find(name)
    return found.text.strip() if found is not None else ""


def _permalink(item: XmlElement) -> str:
    guid = item.find("guid")
    return guid.text.strip() if guid is not None and guid.get("isPermaLink") != "false" else ""


def _alternate(entry: XmlElement) -> str:
    links = [link for link in entry.all("link") if link.get("rel") in {None, "alternate"}]
    return next((link.get("href") or "" for link in links), "").strip()


def _value(item: JsonValue, name: str) -> str:
    found = item.get(name)
    if found is None or found.value is None:
        return ""
    # JSON Feed 1.1: readers convert a number to a string.
    is_whole = isinstance(found.value, float) and found.value.is_integer()
    return str(int(found.value) if is_whole else found.value).strip()
