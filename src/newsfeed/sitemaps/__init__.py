"""Sitemaps, for search engines: the news of two days, and stories in several languages.

The addresses that search engines know stay the same while files come and go. `sitemap-news.xml` is the index of the
news sitemaps; while there is no news, it is a sitemap of the newest article. `sitemap-languages.xml` is a sitemap until
there are so many addresses that it has to be an index. The protocol forbids empty sitemaps, so one without addresses
isn't written.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.sitemaps import languages, news
from newsfeed.sitemaps.articles import multilingual_stories, newest_article, recent_articles
from newsfeed.sitemaps.urlsets import SitemapUrl, plain_url, sitemap_index, split_urls, urlset
from newsfeed.text.urls import ascii_uri

__all__ = ["Sitemap", "is_sitemap", "sitemaps"]

_PATH = re.compile(r"sitemap-(news|languages)[^/]*\.xml")


class Sitemap(msgspec.Struct, frozen=True, kw_only=True):
    """A file for search engines."""

    #: Its path below the output folder.
    path: str
    render: Callable[[], bytes]


def sitemaps(catalog: Catalog) -> Iterator[Sitemap]:
    """Yield the sitemaps of a site, as its settings say; all its articles are read.

    Args:
        catalog: The articles.

    Yields:
        Each file; an index comes before the files that it lists.

    Example:
        >>> import msgspec, newsfeed
        >>> newsroom = newsfeed.open("examples/report")
        >>> asking = msgspec.structs.replace(newsroom.site, sitemaps=("languages",))
        >>> [sitemap.path for sitemap in sitemaps(newsfeed.Newsroom(asking, newsroom.articles).catalog)]
        ['sitemap-languages.xml']
    """
    if "news" in catalog.site.sitemaps:
        yield from _news(catalog)
    if "languages" in catalog.site.sitemaps:
        yield from _languages(catalog)


def is_sitemap(path: str) -> bool:
    """Return whether a document is a sitemap. Sitemaps come and go with the news, so they are never gone for good.

    >>> is_sitemap("sitemap-news-en.xml"), is_sitemap("en/sitemap-news.rss")
    (True, False)
    """
    return _PATH.fullmatch(path) is not None


def _news(catalog: Catalog) -> Iterator[Sitemap]:
    urls: dict[str, list[SitemapUrl]] = {language: [] for language in catalog.site.languages}
    for article in recent_articles(catalog):
        urls[article.language].append(news.news_url(article, catalog.site))
    files = [
        (_numbered(f"sitemap-news-{language}", number), part)
        for language, those in urls.items()
        for number, part in enumerate(split_urls(those, max_urls=news.MAX_URLS), start=1)
    ]
    if files:
        yield _index("sitemap-news.xml", [path for path, _ in files], catalog)
        for path, part in files:
            yield Sitemap(path=path, render=partial(urlset, part, news.NAMESPACES))
    elif (last := newest_article(catalog)) is not None:
        # Google allows older articles in a news sitemap without the news elements.
        yield Sitemap(path="sitemap-news.xml", render=partial(urlset, [plain_url(last.url)], {}))


def _languages(catalog: Catalog) -> Iterator[Sitemap]:
    urls = (url for editions in multilingual_stories(catalog) for url in languages.edition_urls(editions))
    parts = split_urls(urls, max_urls=languages.MAX_URLS)
    if len(parts) == 1:
        yield Sitemap(path="sitemap-languages.xml", render=partial(urlset, parts[0], languages.NAMESPACES))
    elif parts:
        paths = [f"sitemap-languages-{number}.xml" for number in range(1, len(parts) + 1)]
        yield _index("sitemap-languages.xml", paths, catalog)
        for path, part in zip(paths, parts, strict=True):
            yield Sitemap(path=path, render=partial(urlset, part, languages.NAMESPACES))


def _numbered(name: str, number: int) -> str:
    return f"{name}.xml" if number == 1 else f"{name}-{number}.xml"


def _index(path: str, listed: list[str], catalog: Catalog) -> Sitemap:
    base = catalog.site.feeds_url
    return Sitemap(path=path, render=partial(sitemap_index, [ascii_uri(base + name) for name in listed]))
