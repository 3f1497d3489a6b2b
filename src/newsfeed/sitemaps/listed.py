"""The articles of sitemaps, and what sitemaps say of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

import msgspec

from newsfeed.formats.listing import one_line
from newsfeed.model.article import Article
from newsfeed.newsroom import Newsroom
from newsfeed.text.urls import ascii_uri

__all__ = ["Listed", "recent", "stories"]

#: How long an article is news for Google.
_RECENT = timedelta(days=2)
#: Addresses must be shorter (Sitemaps protocol 0.9, `<loc>`).
_LONGEST_ADDRESS = 2048


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An article, as sitemaps list it."""

    url: str
    language: str
    title: str
    published: datetime
    updated: datetime
    #: The addresses of its pictures.
    pictures: tuple[str, ...]


def recent(newsroom: Newsroom) -> Iterator[Listed]:
    """Yield the articles that were published in the two days before the newsroom's moment, newest first."""
    first = newsroom.as_of - _RECENT
    for article in newsroom.articles:
        if article.published < first:
            break
        listed = _listed(article)
        if _can_stand_in_a_sitemap(listed.url):
            yield listed


def stories(newsroom: Newsroom) -> Iterator[tuple[Listed, ...]]:
    """Yield the editions of each story that has several, in the order of the site's languages.

    Which story comes first depends on their names alone, so that a new one moves few others to another place.
    """
    place = newsroom.site.languages.index
    editions = [article for article in newsroom.articles if article.story]
    editions.sort(key=lambda article: (article.story or "", place(article.language)))
    for _, those in groupby(editions, key=attrgetter("story")):
        listed = [_listed(article) for article in those]
        usable = tuple(edition for edition in listed if _can_stand_in_a_sitemap(edition.url))
        if len(usable) > 1:
            yield usable


def _listed(article: Article) -> Listed:
    return Listed(
        url=ascii_uri(article.url or ""),
        language=article.language,
        title=one_line(article.title),
        published=article.published,
        updated=article.updated or article.published,
        pictures=tuple(ascii_uri(media.url) for media in article.media if media.type.startswith("image/")),
    )


def _can_stand_in_a_sitemap(address: str) -> bool:
    return len(address) < _LONGEST_ADDRESS
