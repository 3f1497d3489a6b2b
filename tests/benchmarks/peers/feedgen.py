"""feedgen: alone; with those of its extensions that say more of news; and made to say all that newsfeed says.

The last is `Feed.to_feedgen()`, which holds newsfeed's own extension; the documents are the same. One generator writes
both formats. What feedgen alone leaves out it has no setter for, or loses: the relation and the size of an entry's
links in Atom, the name of an author without an e-mail address in RSS.
"""

from collections.abc import Sequence
from functools import partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from tests.benchmarks.peers.peer import Peer, summary_of

from newsfeed import Entry, Feed

__all__ = ["PEERS"]


def _write(feed: Feed, forms: Sequence[str], *, extended: bool) -> list[bytes]:
    generator = FeedGenerator()
    if extended:
        generator.load_extension("dc", atom=False)
        generator.load_extension("media")
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description)
    generator.language(feed.language)
    generator.author({"name": feed.authors[0].name})
    generator.updated(feed.updated)
    for entry in feed.entries:
        filled = generator.add_entry(order="append")
        _fill(filled, entry)
        if extended:
            _fill_extensions(filled, entry)
    return [_written(generator, feed, form) for form in forms]


def _written(generator: FeedGenerator, feed: Feed, form: str) -> bytes:
    """Write the one format or the other; each document links to itself. In RSS, the last link is the channel's."""
    links = [{"href": link.url, "rel": "self"} for link in feed.links(form) if link.rel == "self"]
    generator.link([*links, {"href": feed.home, "rel": "alternate"}], replace=True)
    written: bytes = generator.rss_str() if form == "rss" else generator.atom_str()
    return written


def _fill(filled: FeedEntry, entry: Entry) -> None:
    filled.guid(entry.id, permalink=entry.id == entry.url)
    filled.title(entry.title)
    filled.link(href=entry.url, rel="alternate")
    filled.summary(summary_of(entry), type="html")
    filled.content(entry.content, type="html")
    filled.author([{"name": author.name} for author in entry.authors])
    filled.category([{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.tags])
    filled.published(entry.published)
    filled.updated(entry.updated)
    for media in entry.media:
        filled.enclosure(media.url, str(media.length), media.type)


def _fill_extensions(filled: FeedEntry, entry: Entry) -> None:
    filled.dc.dc_creator([author.name for author in entry.authors])
    filled.dc.dc_language(entry.language)
    for media in entry.media:
        filled.media.content(
            url=media.url,
            fileSize=str(media.length),
            type=media.type,
            width=str(media.width),
            height=str(media.height),
            group=None,
        )


def _write_all(feed: Feed, forms: Sequence[str]) -> list[bytes]:
    generator = feed.to_feedgen()
    return [generator.rss_str() if form == "rss" else generator.atom_str() for form in forms]


PEERS = (
    Peer("feedgen", "feedgen", ("rss", "atom"), partial(_write, extended=False)),
    Peer("feedgen, with dc and media", "feedgen", ("rss", "atom"), partial(_write, extended=True)),
    Peer("feedgen, with newsfeed's extension", "feedgen", ("rss", "atom"), _write_all),
)
