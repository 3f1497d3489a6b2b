"""Feeds that were published: what their documents say."""

from typing import Any

import msgspec

from newsfeed.model.formats import format_in, format_of

__all__ = [
    "PublishedFeed",
    "entries_in",
    "feed_path",
    "published_feed",
    "xml_root",
]


class PublishedFeed(msgspec.Struct, frozen=True):
    """A feed as it was published."""

    title: str
    language: str
    #: The ids of its entries.
    ids: frozenset[str] = frozenset()


def published_feed(path: str, document: bytes) -> PublishedFeed | None:
    """Read a feed document that newsfeed wrote.

    Args:
        path: Its path; the suffix tells the format.
        document: Its bytes.

    Returns:
        The feed; None for other documents, and for one that was damaged.

    >>> published_feed("all.json", b'{"title": "Report", "language": "en", "items": [{"id": "a:1"}]}')
    PublishedFeed(title='Report', language='en', ids=frozenset({'a:1'}))
    """
    form = format_in(path, document)
    if form is None or form.vocabulary is None:
        return None
    try:
        return _json_feed(document) if form.vocabulary == "json" else _xml_feed(document)
    except (ValueError, TypeError, KeyError):
        return None


def xml_root(document: bytes) -> Any:  # noqa: ANN401 - lxml's elements have no public type
    """Parse an XML document that was published.

    Raises:
        ValueError: If it isn't well-formed, because it was damaged.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def entries_in(feed: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - as above
    """Return the entries of an RSS or Atom feed, each with its id."""
    entries = feed.iter("item", "{*}entry")
    return [(entry.findtext("guid") or entry.findtext("{*}id") or "", entry) for entry in entries]


def feed_path(path: str) -> str:
    """Return the path of a document's feed, without the suffix.

    >>> feed_path("en/topic/snow.rss")
    'en/topic/snow'
    """
    form = format_of(path)
    return path.removesuffix(form.suffix) if form else path


def _json_feed(document: bytes) -> PublishedFeed:
    feed = msgspec.json.decode(document, type=dict[str, Any])
    ids = frozenset(str(item["id"]) for item in feed["items"])
    return PublishedFeed(str(feed["title"]), str(feed.get("language", "")), ids)


def _xml_feed(document: bytes) -> PublishedFeed:
    root = xml_root(document)
    feed = root.find("channel") if root.tag == "rss" else root
    if feed is None:
        reason = "an RSS document without a channel"
        raise ValueError(reason)
    language = feed.findtext("language") or feed.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    title = feed.findtext("title") or feed.findtext("{*}title") or ""
    return PublishedFeed(title, language, frozenset(name for name, _ in entries_in(feed)))
