"""feedwerk, Atom only: what used to be werkzeug's."""

from datetime import UTC

from feedwerk.atom import AtomFeed
from tests.benchmarks.peers.peer import Peer, one_by_one, summary_of

from newsfeed import Feed

__all__ = ["PEERS"]


def _atom(feed: Feed) -> bytes:
    filled = AtomFeed(
        title=feed.title,
        subtitle=feed.description,
        id=feed.id,
        url=feed.home,
        feed_url=next((link.url for link in feed.links("atom") if link.rel == "self"), None),
        author=feed.authors[0].name,
        updated=feed.updated,
    )
    for entry in feed.entries:
        filled.add(
            title=entry.title,
            content=entry.content,
            content_type="html",
            summary=summary_of(entry),
            summary_type="html",
            url=entry.url,
            id=entry.id,
            author=[{"name": author.name} for author in entry.authors],
            published=entry.published.astimezone(UTC),
            updated=entry.updated.astimezone(UTC),
            categories=[{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.tags],
            links=[
                {"href": media.url, "rel": "enclosure", "type": media.type, "length": media.length}
                for media in entry.media
            ],
        )
    written: str = filled.to_string()
    return written.encode()


PEERS = (Peer("feedwerk", "feedwerk", ("atom",), one_by_one({"atom": _atom})),)
