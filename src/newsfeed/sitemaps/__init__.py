"""Sitemaps, for search engines: the news of two days, and stories in several languages.

The addresses that search engines know stay the same while files come and go. `sitemap-news.xml` is the index of the
news sitemaps; while there is no news, it is a sitemap of the newest article. `sitemap-languages.xml` is the index of the
sitemaps of each month. The protocol forbids empty sitemaps, so one without addresses isn't written.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.model.list_paths import is_sitemap
from newsfeed.sitemaps import languages, news
from newsfeed.sitemaps.urlsets import SitemapUrl, numbered, plain_url, sitemap_index, split_urls, urlset
from newsfeed.text.urls import ascii_uri

__all__ = ["Sitemap", "is_sitemap", "sitemaps"]


class Sitemap(msgspec.Struct, frozen=True, kw_only=True):
    """A file for search engines."""

    #: Its path below the output folder.
    path: str
    render: Callable[[], bytes]


def sitemaps(
    catalog: Catalog, *, months: Collection[str] | None = None, published: Iterable[str] = ()
) -> Iterator[Sitemap]:
    """Yield the sitemaps of a site, as its settings say.

    Args:
        catalog: The articles.
        months: The months whose stories in several languages are wanted, such as 2025-12, where those of other months
            are known to be published as they are; None: all.
        published: The paths of the documents that are published, of which the index names the sitemaps of other months.
            Only needed with `months`.

    Yields:
        Each file; an index comes before the files that it lists.

    Example:
        >>> import msgspec, newsfeed
        >>> newsroom = newsfeed.open("examples/report")
        >>> asking = msgspec.structs.replace(newsroom.site, sitemaps=("languages",))
        >>> [sitemap.path for sitemap in sitemaps(newsfeed.Newsroom(asking, newsroom.articles).catalog)]
        ['sitemap-languages.xml', 'sitemap-languages-2025-12.xml']
    """
    if "news" in catalog.site.sitemaps:
        yield from _news(catalog)
    if "languages" in catalog.site.sitemaps:
        if months is None:
            yield from _languages(catalog, catalog.story_months(), [])
        else:
            yield from _languages(catalog, months, languages.parts_in_order(published, without=months))


def _news(catalog: Catalog) -> Iterator[Sitemap]:
    urls: dict[str, list[SitemapUrl]] = {language: [] for language in catalog.site.languages}
    for article in catalog.listed_news():
        urls[article.language].append(news.news_url(article, catalog.site))
    files = [
        (numbered(f"sitemap-news-{language}", number), part)
        for language, those in urls.items()
        for number, part in enumerate(split_urls(those, max_urls=news.MAX_URLS), start=1)
    ]
    if files:
        yield _index("sitemap-news.xml", [path for path, _ in files], catalog)
        for path, part in files:
            yield Sitemap(path=path, render=partial(urlset, part, news.NAMESPACES))
    elif (last := catalog.newest_listed()) is not None:
        # Google allows older articles in a news sitemap without the news elements.
        yield Sitemap(path="sitemap-news.xml", render=partial(urlset, [plain_url(last.url)], {}))


def _languages(catalog: Catalog, months: Iterable[str], others: list[str]) -> Iterator[Sitemap]:
    """Yield the sitemaps of some months, and the index, which lists others as well."""
    files = {
        languages.month_path(month, number): part
        for month in months
        for number, part in enumerate(_parts(catalog, month), start=1)
    }
    if paths := languages.parts_in_order([*others, *files]):
        yield _index(languages.INDEX, paths, catalog)
        for path, part in files.items():
            yield Sitemap(path=path, render=partial(urlset, part, languages.NAMESPACES))


def _parts(catalog: Catalog, month: str) -> tuple[tuple[SitemapUrl, ...], ...]:
    urls = (url for editions in catalog.stories(month) for url in languages.edition_urls(editions))
    return split_urls(urls, max_urls=languages.MAX_URLS)


def _index(path: str, listed: list[str], catalog: Catalog) -> Sitemap:
    base = catalog.site.feeds_url
    return Sitemap(path=path, render=partial(sitemap_index, [ascii_uri(base + name) for name in listed]))
