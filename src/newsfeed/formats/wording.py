"""What RSS and Atom say of a feed and its entries, word for word: every value is text, ready to be put between tags.

The formats (`rss.py`, `atom.py`, `feedgen_mapping.py`) read nothing else. What is text here can stand anywhere in a
document without changing its structure; what changes the structure (whether something is there, how many there are,
whether the id is the address) is no text. That is what makes tracing possible (`tracing.py`).
"""

import msgspec

from newsfeed.model.article import Media, Person
from newsfeed.model.feed import Entry, FeedData, Link, Tag
from newsfeed.model.media_types import medium_of
from newsfeed.text.dates import rfc822, rfc3339
from newsfeed.text.html import escape
from newsfeed.text.html_notation import looks_like_markup
from newsfeed.text.urls import ascii_uri
from newsfeed.text.xml_escapes import escaped_text

__all__ = [
    "Author",
    "Body",
    "EntryWording",
    "FeedWording",
    "File",
    "Gone",
    "Reference",
    "entry_wording",
    "feed_wording",
]

#: `updated` of a feed without entries: Atom asks for one, and the clock would change the file at every build.
_EMPTY_SINCE = "2000-01-01T00:00:00Z"


class Body:
    """A long text that several documents carry: it is escaped and encoded once. It isn't empty.

    >>> Body("<p>1 & 2</p>").encoded
    b'&lt;p&gt;1 &amp; 2&lt;/p&gt;'
    """

    __slots__ = ("_encoded", "plain")

    def __init__(self, plain: str) -> None:
        if not plain:
            raise ValueError("a body has some text")
        #: The text itself.
        self.plain = plain
        self._encoded: bytes | None = None

    @property
    def encoded(self) -> bytes:
        """The text as XML writes it between tags, in UTF-8.

        Raises:
            ValueError: If XML has no such character.
        """
        if self._encoded is None:
            self._encoded = escaped_text(self.plain)
        return self._encoded


class Author(msgspec.Struct, frozen=True, gc=False):
    """A person (RFC 4287 §3.2)."""

    name: str
    url: str | None
    email: str | None


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A link to another document (RFC 4287 §4.2.7)."""

    href: str
    rel: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    length: str | None = None


class File(msgspec.Struct, frozen=True, gc=False):
    """A file of an entry, as Media RSS describes it (Media RSS 1.5.1, `media:content`)."""

    url: str
    type: str
    medium: str | None
    size: str | None
    width: str | None
    height: str | None
    duration: str | None
    credit: str | None
    description: str | None


class Gone(msgspec.Struct, frozen=True, gc=False):
    """An entry that was withdrawn (RFC 6721 §3)."""

    ref: str
    when: str


class EntryWording(msgspec.Struct, frozen=True, gc=False):
    """What both formats say of an entry."""

    id: str
    is_permalink: bool
    url: str
    title: str
    #: Whether a title or label holds what some readers take for markup.
    looks_like_markup: bool
    #: HTML made of plain text.
    summary: str
    #: Whether the summary says what the content says, so that a format which needs none has none.
    summary_repeats_content: bool
    content: Body | None
    language: str
    published: str
    updated: str
    #: `published` as RSS writes it.
    pub_date: str
    #: `updated`, where it isn't `published`.
    modified: str | None
    rights: str | None
    source_url: str | None
    source_title: str | None
    #: The one file that RSS has room for; its size is 0 where nobody knows it.
    enclosure_url: str | None
    enclosure_type: str | None
    enclosure_length: str | None
    authors: tuple[Author, ...]
    categories: tuple[Tag, ...]
    translations: tuple[Reference, ...]
    enclosures: tuple[Reference, ...]
    files: tuple[File, ...]


class FeedWording(msgspec.Struct, frozen=True, gc=False):
    """What a format says of a feed before its first entry."""

    id: str
    title: str
    description: str
    language: str
    home: str
    rights: str | None
    logo: str | None
    icon: str | None
    updated: str
    #: `updated` as RSS writes it; None for a feed without entries.
    last_build_date: str | None
    authors: tuple[Author, ...]
    links: tuple[Reference, ...]
    tombstones: tuple[Gone, ...]
    #: What the feed is by RFC 5005.
    is_archive: bool = False
    is_complete: bool = False
    #: Whether the title holds what some readers take for markup.
    looks_like_markup: bool = False


def entry_wording(entry: Entry, *, content: str, translations: str) -> EntryWording:
    """Put an entry into words.

    Args:
        entry: The entry.
        content: `full`, or `summary` to leave its content out.
        translations: The relation of links to the story in other languages, `related` or `alternate`.

    Returns:
        What RSS and Atom say of it.
    """
    body = Body(entry.content) if entry.content and content == "full" else None
    published = rfc3339(entry.published)
    updated = published if entry.updated == entry.published else rfc3339(entry.updated)
    enclosed = _enclosed(entry)
    return EntryWording(
        id=entry.id,
        is_permalink=entry.id == entry.url,
        url=entry.url,
        title=entry.title,
        looks_like_markup=looks_like_markup(entry.title),
        summary=escape(entry.summary or entry.title),
        summary_repeats_content=entry.summary_repeats_content and body is not None,
        content=body,
        language=entry.language,
        published=published,
        updated=updated,
        pub_date=rfc822(entry.published),
        modified=None if updated is published else updated,
        rights=entry.rights,
        source_url=entry.source.url if entry.source else None,
        source_title=entry.source.title if entry.source else None,
        enclosure_url=enclosed.url if enclosed else None,
        enclosure_type=enclosed.type if enclosed else None,
        enclosure_length=str(enclosed.length or 0) if enclosed else None,
        authors=tuple([_author(person) for person in entry.authors]),
        categories=entry.tags,
        translations=tuple(
            [
                Reference(edition.url, translations, "text/html", edition.language, edition.title)
                for edition in entry.translations
            ]
        ),
        enclosures=tuple([_enclosure(media) for media in entry.media]),
        files=tuple([_file(media) for media in entry.media]),
    )


def feed_wording(feed: FeedData, form: str) -> FeedWording:
    """Put the head of a feed into words.

    Args:
        feed: The feed.
        form: The format, `rss` or `atom`.

    Returns:
        What that format says of it.
    """
    site, language, updated = feed.site, feed.language, feed.updated
    return FeedWording(
        id=feed.id,
        title=feed.title,
        description=feed.description,
        language=language,
        home=feed.home,
        rights=site.text(site.rights, language) if site.rights is not None else None,
        logo=ascii_uri(site.logo) if site.logo is not None else None,
        icon=ascii_uri(site.icon) if site.icon is not None else None,
        updated=rfc3339(updated) if updated is not None else _EMPTY_SINCE,
        last_build_date=rfc822(updated) if updated is not None else None,
        authors=tuple([_author(person) for person in feed.authors]),
        links=tuple([_reference(link) for link in feed.links(form)]),
        tombstones=tuple([Gone(tombstone.id, rfc3339(tombstone.when)) for tombstone in feed.tombstones]),
        is_archive=feed.mark == "archive",
        is_complete=feed.mark == "complete",
        looks_like_markup=looks_like_markup(feed.title),
    )


def _enclosed(entry: Entry) -> Media | None:
    """Choose the file for readers that know of one only: a recording before a picture, which they can show without."""
    for media in entry.media:
        if media.type.startswith(("audio/", "video/")):
            return media
    return entry.media[0] if entry.media else None


def _author(person: Person) -> Author:
    return Author(person.name, person.url, person.email)


def _reference(link: Link) -> Reference:
    return Reference(link.url, link.rel, link.type, link.language, link.title)


def _enclosure(media: Media) -> Reference:
    return Reference(
        media.url, "enclosure", media.type, title=media.description, length=_decimal(media.length)
    )


def _file(media: Media) -> File:
    return File(
        media.url,
        media.type,
        medium_of(media.type),
        _decimal(media.length),
        _decimal(media.width),
        _decimal(media.height),
        None if media.duration is None else str(round(media.duration)),
        media.credit,
        media.description,
    )


def _decimal(number: int | None) -> str | None:
    return None if number is None else str(number)
