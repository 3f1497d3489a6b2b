"""PyRSS2Gen, RSS only. Full texts and authors' names go where it has a place for more, `publish_extensions`."""

from datetime import UTC
from typing import Any

import PyRSS2Gen
from tests.benchmarks.peers.peer import Peer, one_by_one, summary_of

from newsfeed import Entry, Feed

__all__ = ["PEERS"]


class _Channel(PyRSS2Gen.RSS2):  # type: ignore[misc] # it ships no types
    rss_attrs = {  # noqa: RUF012 - as in its own class
        "version": "2.0",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }


class _Item(PyRSS2Gen.RSSItem):  # type: ignore[misc] # as above
    content: str
    creators: list[str]

    def publish_extensions(self, handler: Any) -> None:
        _write_element(handler, "content:encoded", self.content)
        for creator in self.creators:
            _write_element(handler, "dc:creator", creator)


def _write_element(handler: Any, name: str, text: str) -> None:
    handler.startElement(name, {})
    handler.characters(text)
    handler.endElement(name)


def _item(entry: Entry) -> _Item:
    picture = entry.picture
    item = _Item(
        title=entry.title,
        link=entry.url,
        description=summary_of(entry),
        categories=[PyRSS2Gen.Category(tag.label, domain=tag.scheme) for tag in entry.tags],
        enclosure=PyRSS2Gen.Enclosure(picture.url, picture.length, picture.type) if picture else None,
        guid=PyRSS2Gen.Guid(entry.id, isPermaLink=entry.id == entry.url),
        pubDate=entry.published.astimezone(UTC),
    )
    item.content = entry.content or ""
    item.creators = [author.name for author in entry.authors]
    return item


def _rss(feed: Feed) -> bytes:
    channel = _Channel(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        language=feed.language,
        lastBuildDate=feed.updated and feed.updated.astimezone(UTC),
        items=[_item(entry) for entry in feed.entries],
    )
    written: str = channel.to_xml("utf-8")
    return written.encode()


PEERS = (Peer("PyRSS2Gen", "PyRSS2Gen", ("rss",), one_by_one({"rss": _rss})),)
