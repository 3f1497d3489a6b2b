"""Atom 1.0 (RFC 4287): what feedgen doesn't write, or writes wrongly.

feedgen writes `id`, `title`, `author`, `content`, `summary`, `category`, `rights`, `logo`, `icon`, `subtitle` and
`generator` (`feedgen_mapping.py` fills them). This room completes its links, which lose every attribute but the
address, writes dates in UTC with `Z`, and adds the rest. feedgen's elements have no namespace inside lxml's tree, so
those added here have none either; `xmlns` on the root gives all of them Atom's.
"""

from collections.abc import Iterable

from lxml import etree

from newsfeed.formats.elements import XML, add, add_link, add_media, add_translations
from newsfeed.model.article import Person
from newsfeed.model.feed import Entry, Feed, Link
from newsfeed.text.dates import rfc3339

__all__ = ["complete_entry", "complete_feed", "write"]

#: `updated` of a feed without entries (§4.1.1 asks for one).
_EMPTY_SINCE = "2000-01-01T00:00:00Z"


def write(feed: Feed) -> bytes:
    """Write a feed as Atom 1.0.

    Args:
        feed: The feed.

    Returns:
        The document in UTF-8, each entry on a line of its own.
    """
    document: bytes = feed.to_feedgen().atom_str()
    return document


def complete_feed(root: etree._Element, feed: Feed) -> None:
    """Correct the date of a feed, add its links and its authors' addresses, and end its head with a line break."""
    _set_text(root, "updated", rfc3339(feed.updated) if feed.updated is not None else _EMPTY_SINCE)
    _add_emails(root, feed.authors)
    for link in feed.links("atom"):
        add_link(root, "link", link)
    root[-1].tail = "\n"


def complete_entry(element: etree._Element, entry: Entry, translations: str) -> None:
    """Complete an entry's headline link, dates and authors; add its language, links and files; end its line.

    Args:
        element: The element as feedgen wrote it.
        entry: The entry.
        translations: The relation of links to the story in other languages, `related` or `alternate`.
    """
    element.set(f"{XML}lang", entry.language)
    _set_text(element, "updated", rfc3339(entry.updated))
    _set_text(element, "published", rfc3339(entry.published))
    _add_emails(element, entry.authors)
    headline = element.find("link")
    if headline is not None:
        headline.attrib.update({"rel": "alternate", "type": "text/html", "hreflang": entry.language})
    add_translations(element, "link", entry, translations)
    for media in entry.media:
        length = None if media.length is None else str(media.length)
        add(
            element,
            "link",
            href=media.url,
            rel="enclosure",
            type=media.type,
            length=length,
            title=media.description,
        )
    if entry.source is not None:
        add_link(element, "link", Link(rel="via", url=entry.source.url, title=entry.source.title))
    add_media(element, entry)
    element.tail = "\n"


def _set_text(parent: etree._Element, name: str, text: str) -> None:
    child = parent.find(name)
    if child is not None:
        child.text = text


def _add_emails(parent: etree._Element, authors: Iterable[Person]) -> None:
    for element, person in zip(parent.findall("author"), authors, strict=True):
        if person.email is not None:
            add(element, "email", person.email)
