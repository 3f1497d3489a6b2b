"""A typed fast path for well-formed articles in JSON, which takes half the time.

msgspec decodes JSON into typed objects faster than into dictionaries. So a record is first decoded as an object with
only the fields of an article, each of the right type, which nearly all records are. Then only what types can't express
is checked, such as that a title isn't blank, and the article is made without applying the rules again.

Nothing is reported here. Anything else, wrong or only unusual, is validated field by field and reported by
`records.py`. A plain record becomes exactly the article that `records.py` would make of it.
"""

from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import Meta
from msgspec.structs import force_setattr

from newsfeed.findings import Place
from newsfeed.model.article import Article, Media, Person, Source
from newsfeed.model.media_types import check_media_type, media_type_of
from newsfeed.model.record import needed_text, optional_text
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.records import problems_of_extra
from newsfeed.text.dates import read_moment, usual_moment
from newsfeed.text.languages import canonical_language
from newsfeed.text.urls import check_web_address
from newsfeed.text.xml_characters import json_is_clean

__all__ = ["read_plain"]

_Size: TypeAlias = Annotated[int, Meta(ge=0)] | None
_Duration: TypeAlias = Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)] | None
_Terms: TypeAlias = tuple[str, ...] | None

#: How many different topics, and lists of people and terms, are cached, because they recur.
_REMEMBERED = 1024


class _PlainPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The JSON of a `Person`. Here and below, `null` means an absent value."""

    name: str
    email: str | None = None
    url: str | None = None


class _PlainMedia(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The JSON of a `Media`."""

    url: str
    type: str | None = None
    length: _Size = None
    width: _Size = None
    height: _Size = None
    duration: _Duration = None
    credit: str | None = None
    description: str | None = None


class _PlainSource(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The JSON of a `Source`."""

    url: str
    title: str | None = None


class _PlainArticle(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The JSON of an `Article`. Dates are text, because msgspec reads some of them differently."""

    language: str
    title: str
    published: str
    url: str | None = None
    id: str | None = None
    story: str | None = None
    summary: str | None = None
    content: str | None = None
    updated: str | None = None
    categories: _Terms = None
    topics: _Terms = None
    authors: tuple[_PlainPerson, ...] | None = None
    flags: _Terms = None
    media: tuple[_PlainMedia, ...] | None = None
    rights: str | None = None
    source: _PlainSource | None = None
    withdrawn: bool | None = None
    expires: str | None = None
    extra: dict[str, Any] | None = None


_DECODER = msgspec.json.Decoder(_PlainArticle)

# Templates of articles and media: a copy with other values costs a tenth of a new object.
_MEDIA = Media(url="https://report.example/")
_ARTICLE = Article(
    language="en", title="Snow", url="https://report.example/", published=datetime(2000, 1, 1, tzinfo=UTC)
)


class _Unusual(Exception):
    """A record isn't plain."""


def read_plain(source: bytes, place: Place, site: Site) -> SourcedArticle | None:
    """Read an article, if it is valid and plain.

    Args:
        source: JSON, one value.
        place: Its place.
        site: The site, for the dates.

    Returns:
        The article; None if `records.py` must read it.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> line = '{"language": "en", "title": "%s", "url": "https://a.example/", "published": "2025-12-19T18:24:00Z"}'
    >>> read_plain((line % "Snow").encode(), Place(file="a.jsonl", line=1), site).article.title
    'Snow'
    >>> read_plain((line % " ").encode(), Place(file="a.jsonl", line=2), site) is None
    True
    """
    try:
        article = _article(_DECODER.decode(source), site)
    except (msgspec.DecodeError, ValueError, RecursionError, _Unusual):
        return None
    return SourcedArticle(article, place, source, json_is_clean(source))


def _article(plain: _PlainArticle, site: Site) -> Article:
    article = copy(_ARTICLE)  # what is absent, or says nothing, stays as it is there
    force_setattr(article, "language", canonical_language(plain.language))
    force_setattr(article, "title", needed_text(plain.title))
    force_setattr(article, "published", _moment(plain.published, site))
    force_setattr(article, "url", check_web_address(plain.id if plain.url is None else plain.url))
    force_setattr(article, "extra", _extra(plain.extra) if plain.extra else {})
    if plain.id is not None:
        force_setattr(article, "id", needed_text(plain.id))
    if plain.story:
        force_setattr(article, "story", optional_text(plain.story))
    if plain.summary:
        force_setattr(article, "summary", optional_text(plain.summary))
    if plain.content:
        force_setattr(article, "content", optional_text(plain.content))
    if plain.updated is not None:
        force_setattr(article, "updated", _moment(plain.updated, site))
    if plain.expires is not None:
        force_setattr(article, "expires", _moment(plain.expires, site))
    _fill_lists(article, plain)
    return article


def _fill_lists(article: Article, plain: _PlainArticle) -> None:
    """Set the lists of an article, and the fields that few articles have."""
    if plain.categories:
        force_setattr(article, "categories", _categories(plain.categories))
    if plain.topics:
        force_setattr(article, "topics", tuple(dict.fromkeys(map(_topic, plain.topics))))
    if plain.authors:
        force_setattr(article, "authors", _people(plain.authors))
    if plain.flags:
        force_setattr(article, "flags", _flags(plain.flags))
    if plain.media:
        force_setattr(article, "media", tuple([_media(medium) for medium in plain.media]))
    if plain.rights:
        force_setattr(article, "rights", optional_text(plain.rights))
    if plain.source is not None:
        force_setattr(article, "source", Source(url=plain.source.url, title=plain.source.title))
    if plain.withdrawn:
        force_setattr(article, "withdrawn", plain.withdrawn)


def _media(plain: _PlainMedia) -> Media:
    media = copy(_MEDIA)
    force_setattr(media, "url", check_web_address(plain.url))
    force_setattr(media, "type", check_media_type(plain.type) if plain.type else media_type_of(plain.url))
    if plain.length:  # 0 means that it isn't known
        force_setattr(media, "length", plain.length)
    if plain.width:
        force_setattr(media, "width", plain.width)
    if plain.height:
        force_setattr(media, "height", plain.height)
    if plain.duration is not None:
        force_setattr(media, "duration", plain.duration)
    if plain.credit:
        force_setattr(media, "credit", optional_text(plain.credit))
    if plain.description:
        force_setattr(media, "description", optional_text(plain.description))
    return media


_categories = lru_cache(_REMEMBERED)(Article.rules["categories"])
_flags = lru_cache(_REMEMBERED)(Article.rules["flags"])


@lru_cache(_REMEMBERED)
def _topic(written: str) -> str:
    return " ".join(written.split())


@lru_cache(_REMEMBERED)
def _people(plain: tuple[_PlainPerson, ...]) -> tuple[Person, ...]:
    return tuple([Person(name=each.name, email=each.email, url=each.url) for each in plain])


def _moment(written: str, site: Site) -> datetime:
    if moment := usual_moment(written):
        return moment
    timezone = site.zone if site.timezone else None
    moment, repair = read_moment(written, timezone=timezone, day_first=site.day_first)
    if repair is not None:
        raise _Unusual
    return moment


def _extra(written: dict[str, Any]) -> dict[str, Any]:
    if any(problems_of_extra(written)):
        raise _Unusual
    return written
