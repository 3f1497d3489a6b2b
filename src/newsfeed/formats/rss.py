"""RSS 2.0, with the RSS Advisory Board's Best Practices Profile: what feedgen doesn't write.

feedgen writes `title`, `link`, `description`, `content:encoded`, `guid`, `category`, `copyright`, `image`,
`language` and `generator` (`feedgen_mapping.py` fills them); this room adds the rest. Elements that RSS doesn't have
come from Atom (links), Dublin Core (authors, language, rights, change) and Media RSS (files).
"""

from lxml import etree

from newsfeed.formats.elements import ATOM, DC, DCTERMS, add, add_link, add_media, add_translations
from newsfeed.model.feed import Entry, Feed
from newsfeed.text.dates import rfc822, rfc3339

__all__ = ["complete_channel", "complete_item", "write"]


def write(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0.

    Args:
        feed: The feed.

    Returns:
        The document in UTF-8, each item on a line of its own.
    """
    document: bytes = feed.to_feedgen().rss_str()
    return document


def complete_channel(channel: etree._Element, feed: Feed) -> None:
    """Add the date and the links of a channel, and end its head with a line break."""
    if feed.updated is not None:
        add(channel, "lastBuildDate", rfc822(feed.updated))
    for link in feed.links("rss"):
        add_link(channel, f"{ATOM}link", link)
    channel[-1].tail = "\n"


def complete_item(item: etree._Element, entry: Entry, translations: str) -> None:
    """Add an entry's authors, dates, language, rights, source, links and files, and end it with a line break.

    Args:
        item: The element as feedgen wrote it.
        entry: The entry.
        translations: The relation of links to the story in other languages, `related` or `alternate`.
    """
    for author in entry.authors:
        add(item, f"{DC}creator", author.name)
    add(item, "pubDate", rfc822(entry.published))
    if entry.updated != entry.published:
        add(item, f"{DCTERMS}modified", rfc3339(entry.updated))
    add(item, f"{DC}language", entry.language)
    if entry.rights is not None:
        add(item, f"{DC}rights", entry.rights)
    if entry.source is not None:
        add(item, "source", entry.source.title or entry.source.url, url=entry.source.url)
    add_translations(item, f"{ATOM}link", entry, translations)
    if entry.media:
        first = entry.media[0]
        add(item, "enclosure", url=first.url, length=str(first.length or 0), type=first.type)
    add_media(item, entry)
    item.tail = "\n"
