"""Sitemaps of stories in several languages: each edition names the others, so that readers find their own.

What search engines require: https://developers.google.com/search/docs/specialty/international/localized-versions
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from newsfeed.sitemaps.articles import SitemapArticle
from newsfeed.sitemaps.urlsets import SitemapUrl
from newsfeed.text.dates import rfc3339

__all__ = ["MAX_URLS", "NAMESPACES", "edition_urls"]

#: The most addresses in a file.
MAX_URLS = 50_000
NAMESPACES = {"xhtml": "http://www.w3.org/1999/xhtml"}
#: Templates that escape what is put into them.
_URL = Markup("<url><loc>{}</loc><lastmod>{}</lastmod>{}</url>")
_EDITION = Markup('<xhtml:link rel="alternate" hreflang="{}" href="{}"/>')


def edition_urls(editions: Sequence[SitemapArticle]) -> Iterator[SitemapUrl]:
    """Yield the addresses of the editions of a story.

    Args:
        editions: The editions.

    Yields:
        The element `url` of each; it names all editions, itself among them.
    """
    links = Markup().join(_EDITION.format(edition.language, edition.url) for edition in editions)
    for edition in editions:
        updated = rfc3339(edition.updated.replace(microsecond=0))
        yield SitemapUrl(edition.url, _URL.format(edition.url, updated, links).encode())
