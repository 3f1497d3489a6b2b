"""The render model of RSS and Atom: what they say about a feed and its entries, with every value as text.

The formats (`rss.py`, `atom.py`, `feedgen_mapping.py`) read nothing else. A text here never changes the structure of a
document. What changes it (whether something is there, how many there are, whether the id is the address) isn't a text.
That makes tracing possible (`tracing.py`).
"""

from typing import Literal, TypeAlias

import msgspec

from newsfeed.model.article import Media, Person
from newsfeed.model.feed import ContentProfile, Entry, FeedData, Link, Tag
from newsfeed.model.formats import format_of
from newsfeed.model.media_types import medium_of
from newsfeed.text.dates import rfc822, rfc3339
from newsfeed.text.html.notation import looks_like_markup
from newsfeed.text.html.words import escape
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.url_parameters import with_parameters
from newsfeed.text.urls import ascii_uri
from newsfeed.text.xml_escapes import escaped_text

__all__ = [
    "ENDS",
    "AuthorModel",
    "DeletedEntry",
    "EntryModel",
    "EscapedContent",
    "FeedModel",
    "LinkModel",
    "MediaFile",
    "XmlFormat",
    "entry_model",
    "feed_model",
]

_CREATIVE_COMMONS = lazy_pattern(r"https?://(?:www\.)?creativecommons\.org/(?P<kind>licenses|publicdomain)/")
XmlFormat: TypeAlias = Literal["rss", "atom"]

#: How documents end.
ENDS = {"rss": "</channel></rss>", "atom": "</feed>"}

#: `updated` of a feed without entries: Atom requires one, and the current time would change the file in every build.
_EMPTY_SINCE = "2000-01-01T00:00:00Z"


class EscapedContent:
    """The content of an entry, which RSS and Atom share: it is escaped and encoded once. It isn't empty.

    >>> EscapedContent("<p>1 & 2</p>").encoded
    b'&lt;p&gt;1 &amp; 2&lt;/p&gt;'
    """

    __slots__ = ("_encoded", "plain")

    def __init__(self, plain: str) -> None:
        if not plain:
            raise ValueError("a content needs some text")
        #: The text itself.
        self.plain = plain
        self._encoded: bytes | None = None

    @property
    def encoded(self) -> bytes:
        """The text as in XML, between tags, in UTF-8.

        Raises:
            ValueError: It has a character that XML doesn't allow.
        """
        if self._encoded is None:
            self._encoded = escaped_text(self.plain)
        return self._encoded


class AuthorModel(msgspec.Struct, frozen=True, gc=False):
    """A person (RFC 4287 §3.2)."""

    name: str
    url: str | None
    email: str | None
    avatar: str | None = None


class LinkModel(msgspec.Struct, frozen=True, gc=False):
    """A link to another document (RFC 4287 §4.2.7)."""

    href: str
    rel: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    length: str | None = None


class MediaFile(msgspec.Struct, frozen=True, gc=False):
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
    title: str | None = None
    thumbnail: str | None = None
    renditions: tuple["MediaFile", ...] = ()


class DeletedEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry that was withdrawn (RFC 6721 §3)."""

    ref: str
    when: str


class EntryModel(msgspec.Struct, frozen=True, gc=False):
    """What both formats say about an entry."""

    id: str
    #: What RSS writes in place of the id: the same, or the text that subscribers of an earlier feed know.
    guid: str
    is_permalink: bool
    #: The article's own page.
    url: str
    #: Where the headline leads, if not there.
    external_url: str | None
    #: The title, or what stands for it where one is needed.
    title: str
    is_untitled: bool
    #: Whether the title holds what some readers take for markup.
    looks_like_markup: bool
    #: HTML made of plain text.
    summary: str
    #: Whether the summary only repeats the content, so that a format that doesn't need it leaves it out.
    summary_repeats_content: bool
    content: EscapedContent | None
    language: str
    published: str
    updated: str
    #: `published` as RSS writes it.
    pub_date: str
    #: `updated`, if it differs from `published`.
    modified: str | None
    rights: str | None
    source_url: str | None
    source_title: str | None
    comments_url: str | None
    comments_count: str | None
    comments_feed: str | None
    comments_feed_type: str | None
    #: The one file that RSS has room for; its size is 0 if it isn't known.
    enclosure_url: str | None
    enclosure_type: str | None
    enclosure_length: str | None
    authors: tuple[AuthorModel, ...]
    categories: tuple[Tag, ...]
    translations: tuple[LinkModel, ...]
    enclosures: tuple[LinkModel, ...]
    files: tuple[MediaFile, ...]
    #: What the licence is for, and its address.
    licensed: str | None = None
    license: str | None = None
    #: What a Creative Commons licence asks for, in the words of RSL; None for other licences.
    license_payment: str | None = None


class FeedModel(msgspec.Struct, frozen=True, gc=False):
    """What a format says about a feed before its first entry."""

    id: str
    title: str
    description: str
    language: str
    home: str
    rights: str | None
    logo: str | None
    icon: str | None
    updated: str
    #: `updated` as RSS writes it; None without entries.
    last_build_date: str | None
    authors: tuple[AuthorModel, ...]
    links: tuple[LinkModel, ...]
    tombstones: tuple[DeletedEntry, ...]
    #: What the feed is in terms of RFC 5005.
    is_archive: bool = False
    is_complete: bool = False
    #: Whether the title holds what some readers take for markup.
    looks_like_markup: bool = False
    license: str | None = None
    #: For how many minutes it may be kept.
    ttl: str | None = None


def entry_model(entry: Entry, content: EscapedContent | None, profile: ContentProfile) -> EntryModel:
    """Return the model of an entry.

    Args:
        entry: The entry.
        content: Its content; None to leave it out.
        profile: How the feed shows it.

    Returns:
        What RSS and Atom say about it.
    """
    published = rfc3339(entry.published)
    updated = published if entry.updated == entry.published else rfc3339(entry.updated)
    enclosed, title = _enclosed(entry), entry.headline
    return EntryModel(
        id=entry.id,
        guid=entry.guid,
        is_permalink=entry.guid == entry.url,
        url=with_parameters(entry.url, profile.utm),
        external_url=entry.external_url,
        title=title,
        is_untitled=not entry.title,
        looks_like_markup=looks_like_markup(title),
        summary=escape(entry.summary or title),
        summary_repeats_content=entry.summary_repeats_content and content is not None,
        content=content,
        language=entry.language,
        published=published,
        updated=updated,
        pub_date=rfc822(entry.published),
        modified=None if updated is published else updated,
        rights=entry.rights,
        source_url=entry.source.url if entry.source else None,
        source_title=entry.source.title if entry.source else None,
        comments_url=entry.comments.url if entry.comments else None,
        comments_count=_decimal(entry.comments.count) if entry.comments else None,
        comments_feed=entry.comments.feed if entry.comments else None,
        comments_feed_type=_type_of_feed(entry.comments.feed) if entry.comments else None,
        enclosure_url=enclosed.url if enclosed else None,
        enclosure_type=enclosed.type if enclosed else None,
        enclosure_length=str(enclosed.length or 0) if enclosed else None,
        authors=tuple([_author(person) for person in entry.authors]),
        categories=entry.tags,
        translations=tuple(
            [
                LinkModel(edition.url, profile.translations, "text/html", edition.language, edition.title)
                for edition in entry.translations
            ]
        ),
        enclosures=tuple([_enclosure(media) for media in entry.media]),
        files=tuple([_file(media) for media in entry.media]),
        licensed=entry.url if profile.license is not None else None,
        license=profile.license,
        license_payment=_payment(profile.license),
    )


def _payment(license_address: str | None) -> str | None:
    """Return what a Creative Commons licence asks for; None for any other."""
    found = _CREATIVE_COMMONS.match(license_address or "")
    return None if found is None else "free" if found["kind"] == "publicdomain" else "attribution"


def feed_model(feed: FeedData, form: str) -> FeedModel:
    """Return the model of a feed.

    Args:
        feed: The feed.
        form: The format, `rss` or `atom`.

    Returns:
        What that format says about it.
    """
    site, language, updated = feed.site, feed.language, feed.updated
    return FeedModel(
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
        tombstones=tuple(
            [DeletedEntry(tombstone.id, rfc3339(tombstone.when)) for tombstone in feed.tombstones]
        ),
        is_archive=feed.mark == "archive",
        is_complete=feed.mark == "complete",
        looks_like_markup=looks_like_markup(feed.title),
        license=feed.license,
        ttl=_decimal(feed.ttl),
    )


def _enclosed(entry: Entry) -> Media | None:
    """Return the file for readers that support only one: a recording rather than a picture."""
    for media in entry.media:
        if media.type.startswith(("audio/", "video/")):
            return media
    return entry.media[0] if entry.media else None


def _author(person: Person) -> AuthorModel:
    return AuthorModel(person.name, person.url, person.email, person.avatar)


def _reference(link: Link) -> LinkModel:
    return LinkModel(link.url, link.rel, link.type, link.language, link.title)


def _enclosure(media: Media) -> LinkModel:
    return LinkModel(
        media.url,
        "enclosure",
        media.type,
        title=media.title or media.description,
        length=_decimal(media.length),
    )


def _file(media: Media) -> MediaFile:
    return MediaFile(
        media.url,
        media.type,
        medium_of(media.type),
        _decimal(media.length),
        _decimal(media.width),
        _decimal(media.height),
        None if media.duration is None else str(round(media.duration)),
        media.credit,
        media.description,
        media.title,
        media.thumbnail,
        tuple([_file(rendition) for rendition in media.renditions]),
    )


def _type_of_feed(address: str | None) -> str | None:
    """Return the media type of a feed that its address tells; None if it tells none."""
    form = format_of(address) if address else None
    return form.media_type if form is not None and form.is_feed else None


def _decimal(number: int | None) -> str | None:
    return None if number is None else str(number)
