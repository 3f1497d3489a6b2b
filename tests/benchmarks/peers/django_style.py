"""The feeds of Django, and of the package that is made from them: one class for each format.

Full texts go where the documentation says that further elements go, into `add_item_elements` of a class of one's own.
"""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from tests.benchmarks.peers.peer import summary_of

from newsfeed import Feed

__all__ = ["writers"]


def writers(library: Any, *, knows_content: bool) -> Mapping[str, Callable[[Feed], bytes]]:
    """Make the writing in each format.

    Args:
        library: Django's module `feedgenerator`, or one like it.
        knows_content: Whether its Atom feed writes full texts by itself.
    """

    class Rss(library.Rss201rev2Feed):  # type: ignore[misc] # it ships no types
        def rss_attributes(self) -> dict[str, str]:
            return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

        def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
            super().add_item_elements(handler, item)
            handler.addQuickElement("content:encoded", item["content"])

    class Atom(library.Atom1Feed):  # type: ignore[misc] # as above
        def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
            super().add_item_elements(handler, item)
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def rss(feed: Feed) -> bytes:
        return _document(library, Rss, feed, "rss")

    def atom(feed: Feed) -> bytes:
        return _document(library, library.Atom1Feed if knows_content else Atom, feed, "atom")

    return {"rss": rss, "atom": atom}


def _document(library: Any, kind: type, feed: Feed, form: str) -> bytes:
    filled: Any = kind(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        subtitle=feed.description,
        language=feed.language,
        author_name=feed.authors[0].name,
        feed_url=next((link.url for link in feed.links(form) if link.rel == "self"), None),
        feed_guid=feed.id,
    )
    for entry in feed.entries:
        filled.add_item(
            title=entry.title,
            link=entry.url,
            description=summary_of(entry),
            content=entry.content,
            author_name=entry.authors[0].name,
            pubdate=entry.published.astimezone(UTC),
            updateddate=entry.updated.astimezone(UTC),
            unique_id=entry.id,
            unique_id_is_permalink=entry.id == entry.url,
            categories=[tag.label for tag in entry.tags],
            enclosures=[library.Enclosure(media.url, str(media.length), media.type) for media in entry.media],
        )
    written: str = filled.writeString("utf-8")
    return written.encode()
