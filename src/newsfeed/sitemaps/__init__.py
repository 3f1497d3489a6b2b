"""Sitemaps, for search engines: the news of two days, and stories in several languages.

Addresses stay what they are while files come and go: `sitemap-news.xml` is always the index of the news sitemaps,
and `sitemap-languages.xml` is the sitemap itself until there is so much that it has to be an index.
"""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsfeed.newsroom import Newsroom
from newsfeed.sitemaps import languages, news
from newsfeed.sitemaps.listed import recent, stories
from newsfeed.sitemaps.urlsets import Url, index, parted, urlset
from newsfeed.text.urls import ascii_uri

__all__ = ["Sitemap", "sitemaps"]


class Sitemap(msgspec.Struct, frozen=True, kw_only=True):
    """A file for search engines."""

    #: Where it lies below the output folder.
    path: str
    render: Callable[[], bytes]


def sitemaps(newsroom: Newsroom) -> Iterator[Sitemap]:
    """Yield the sitemaps that a site asks for; they are read from all its articles.

    Args:
        newsroom: The newsroom.

    Yields:
        Each file, an index before what it lists.

    Example:
        >>> import msgspec, newsfeed
        >>> newsroom = newsfeed.open("examples/report")
        >>> asking = msgspec.structs.replace(newsroom.site, sitemaps=("languages",))
        >>> [sitemap.path for sitemap in sitemaps(newsfeed.Newsroom(asking, newsroom.articles))]
        ['sitemap-languages.xml']
    """
    if "news" in newsroom.site.sitemaps:
        yield from _news(newsroom)
    if "languages" in newsroom.site.sitemaps:
        yield from _languages(newsroom)


def _news(newsroom: Newsroom) -> Iterator[Sitemap]:
    urls: dict[str, list[Url]] = {language: [] for language in newsroom.site.languages}
    for article in recent(newsroom):
        urls[article.language].append(news.news_url(article, newsroom.site))
    files = [
        (_numbered(f"sitemap-news-{language}", number), part)
        for language, those in urls.items()
        # a language without news keeps its file, so that nobody is told that it is gone
        for number, part in enumerate(parted(those, most=news.MOST) or ((),), start=1)
    ]
    yield _index("sitemap-news.xml", [path for path, _ in files], newsroom)
    for path, part in files:
        yield Sitemap(path=path, render=partial(urlset, part, news.NAMESPACES))


def _languages(newsroom: Newsroom) -> Iterator[Sitemap]:
    urls = (url for editions in stories(newsroom) for url in languages.edition_urls(editions))
    parts = parted(urls, most=languages.MOST) or ((),)
    if len(parts) == 1:
        yield Sitemap(path="sitemap-languages.xml", render=partial(urlset, parts[0], languages.NAMESPACES))
        return
    paths = [f"sitemap-languages-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _index("sitemap-languages.xml", paths, newsroom)
    for path, part in zip(paths, parts, strict=True):
        yield Sitemap(path=path, render=partial(urlset, part, languages.NAMESPACES))


def _numbered(name: str, number: int) -> str:
    return f"{name}.xml" if number == 1 else f"{name}-{number}.xml"


def _index(path: str, listed: list[str], newsroom: Newsroom) -> Sitemap:
    base = newsroom.site.feeds_url
    return Sitemap(path=path, render=partial(index, [ascii_uri(base + name) for name in listed]))
