"""The articles that sitemaps list, and what they say of them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import msgspec

from newsfeed.catalog.candidates import rank_of
from newsfeed.catalog.catalog import Catalog
from newsfeed.model.article import Article
from newsfeed.model.periods import NEWS_FOR
from newsfeed.text.one_line import one_line
from newsfeed.text.urls import ascii_uri

__all__ = ["SitemapArticle", "multilingual_stories", "newest_article", "recent_articles"]

#: Addresses must be shorter (Sitemaps protocol 0.9, `<loc>`).
_MAX_ADDRESS = 2048


class SitemapArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as sitemaps list it."""

    url: str
    language: str
    title: str
    published: datetime
    updated: datetime
    #: The addresses of its pictures.
    pictures: tuple[str, ...]


def recent_articles(catalog: Catalog) -> Iterator[SitemapArticle]:
    """Yield the articles that were published in the two days before the catalog's moment, newest first."""
    first = catalog.as_of - NEWS_FOR
    found = [(rank_of(article), _listed(article)) for article in catalog.read() if article.published >= first]
    for _, listed in sorted(found, key=itemgetter(0)):
        if _fits_a_sitemap(listed.url):
            yield listed


def newest_article(catalog: Catalog) -> SitemapArticle | None:
    """Return the newest article; None if there is none whose address a sitemap can hold."""
    listable = (article for article in catalog.read() if _fits_a_sitemap(ascii_uri(article.url or "")))
    article = min(listable, key=rank_of, default=None)
    return None if article is None else _listed(article)


def multilingual_stories(catalog: Catalog) -> Iterator[tuple[SitemapArticle, ...]]:
    """Yield the editions of each story that has several, in the order of the site's languages.

    They are sorted by the keys of the stories alone, so that a new story moves few others.
    """
    place = catalog.site.languages.index
    editions = [
        (article.story, place(article.language), _listed(article))
        for article in catalog.read()
        if article.story
    ]
    editions.sort(key=itemgetter(0, 1))
    for _, those in groupby(editions, key=itemgetter(0)):
        usable = tuple(listed for _, _, listed in those if _fits_a_sitemap(listed.url))
        if len(usable) > 1:
            yield usable


def _listed(article: Article) -> SitemapArticle:
    return SitemapArticle(
        url=ascii_uri(article.url or ""),
        language=article.language,
        title=one_line(article.title),
        published=article.published,
        updated=article.updated or article.published,
        pictures=tuple(ascii_uri(media.url) for media in article.media if media.type.startswith("image/")),
    )


def _fits_a_sitemap(address: str) -> bool:
    return len(address) < _MAX_ADDRESS
