"""rfeed, RSS only. Full texts are an extension of one's own, as its documentation shows."""

from datetime import UTC
from typing import Any

import rfeed
from tests.benchmarks.peers.peer import Peer, one_by_one, summary_of

from newsfeed import Entry, Feed

__all__ = ["PEERS"]


class _Namespace(rfeed.Extension):  # type: ignore[misc] # it ships no types
    def get_namespace(self) -> dict[str, str]:
        return {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}


class _Content(rfeed.Serializable):  # type: ignore[misc] # as above
    def __init__(self, html: str | None) -> None:
        super().__init__()
        self.html = html

    def publish(self, handler: Any) -> None:
        super().publish(handler)
        self._write_element("content:encoded", self.html)


def _item(entry: Entry) -> Any:
    picture = entry.picture
    return rfeed.Item(
        title=entry.title,
        link=entry.url,
        description=summary_of(entry),
        creator=entry.authors[0].name,
        categories=[rfeed.Category(tag.label, domain=tag.scheme) for tag in entry.tags],
        enclosure=rfeed.Enclosure(picture.url, picture.length, picture.type) if picture else None,
        guid=rfeed.Guid(entry.id, isPermaLink=entry.id == entry.url),
        pubDate=entry.published.astimezone(UTC),
        extensions=[_Content(entry.content)],
    )


def _rss(feed: Feed) -> bytes:
    channel = rfeed.Feed(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        language=feed.language,
        lastBuildDate=feed.updated and feed.updated.astimezone(UTC),
        items=[_item(entry) for entry in feed.entries],
        extensions=[_Namespace()],
    )
    written: str = channel.rss()
    return written.encode()


PEERS = (Peer("rfeed", "rfeed", ("rss",), one_by_one({"rss": _rss})),)
