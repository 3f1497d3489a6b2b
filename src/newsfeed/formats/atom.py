"""Atom 1.0 (RFC 4287): what feedgen doesn't write, or gets wrong.

feedgen writes `id`, `title`, `author`, `content`, `summary`, `category`, `rights`, `logo`, `icon`, `subtitle` and
`generator` (`feedgen_mapping.py` fills them). This module completes its links, which have only an address,
writes dates in UTC with `Z`, and adds the rest. feedgen's elements have no namespace in lxml's tree, so those added here
have none either: `xmlns` on the root puts all of them into Atom's.
"""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from newsfeed.formats.elements import (
    SOME_DATE,
    XML,
    add,
    add_avatar,
    add_file,
    add_link,
    add_mark,
    add_replies,
    add_tombstone,
)
from newsfeed.formats.render_model import AuthorModel, EntryModel, FeedModel, LinkModel
from newsfeed.text.dates import rfc3339

__all__ = ["complete_entry", "complete_feed"]


def complete_feed(root: etree._Element, feed: FeedModel) -> None:
    """Correct the date of a feed; add its authors' e-mail addresses, its links, its mark and its tombstones; end with a line break."""
    _set_date(root, "updated", feed.updated)
    _complete_authors(root, feed.authors)
    for link in feed.links:
        add_link(root, "link", link)
    if feed.license is not None:
        add_link(root, "link", LinkModel(feed.license, "license"))
    add_mark(root, feed)
    for tombstone in feed.tombstones:
        add_tombstone(root, tombstone)
    root[-1].tail = "\n"


def complete_entry(element: etree._Element, entry: EntryModel) -> None:
    """Complete an entry's headline link, dates and authors; add its language, links and files; end with a line break."""
    element.set(f"{XML}lang", entry.language)
    _set_date(element, "updated", entry.updated)
    _set_date(element, "published", entry.published)
    _complete_authors(element, entry.authors)
    headline = element.find("link")
    if headline is not None:
        headline.set("rel", "alternate")
        if entry.external_url is None:
            headline.attrib.update({"type": "text/html", "hreflang": entry.language})
    if entry.external_url is not None:
        add_link(element, "link", LinkModel(entry.url, "related", "text/html", entry.language))
    for link in (*entry.translations, *entry.enclosures):
        add_link(element, "link", link)
    add_replies(element, entry)
    if entry.source_url is not None:
        add_link(element, "link", LinkModel(entry.source_url, "via", title=entry.source_title))
    for file in entry.files:
        add_file(element, file)
    element.tail = "\n"


def _set_date(parent: etree._Element, name: str, date: str) -> None:
    """Write a date with `Z`: the model's, unless the user has set another one in feedgen since."""
    child = parent.find(name)
    if child is not None:
        known = child.text in {None, SOME_DATE.isoformat()}
        child.text = date if known else rfc3339(datetime.fromisoformat(child.text or ""))


def _complete_authors(parent: etree._Element, authors: Iterable[AuthorModel]) -> None:
    for element, author in zip(parent.findall("author"), authors, strict=False):  # a user may have added some
        if element.findtext("name") != author.name:
            continue
        if author.email is not None:
            add(element, "email", author.email)
        if author.avatar is not None:
            add_avatar(element, author.avatar)
