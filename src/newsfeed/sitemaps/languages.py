"""Sitemaps of stories in several languages: each edition names the others, so that readers find their own.

What search engines require: https://developers.google.com/search/docs/specialty/international/localized-versions

A file holds the stories of one month, that of their first edition, and an index names the files. So a new story changes
the file of its month alone, however many there are.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from markupsafe import escape

from newsfeed.catalog.listed import ListedEdition
from newsfeed.sitemaps.urlsets import SitemapUrl, numbered
from newsfeed.text.dates import rfc3339
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["INDEX", "MAX_URLS", "NAMESPACES", "edition_urls", "month_path", "parts_in_order"]

INDEX = "sitemap-languages.xml"
#: The most addresses in a file.
MAX_URLS = 50_000
NAMESPACES = {"xhtml": "http://www.w3.org/1999/xhtml"}
_PART = lazy_pattern(r"sitemap-languages-(?P<month>[0-9]{4}-[0-9]{2})(?:-(?P<number>[0-9]+))?\.xml")


def edition_urls(editions: Sequence[ListedEdition]) -> Iterator[SitemapUrl]:
    """Yield the addresses of the editions of a story.

    Args:
        editions: The editions.

    Yields:
        The element `url` of each; it names all editions, itself among them.
    """
    # A month may have tens of thousands of them, and Markup.format takes ten times as long.
    addresses = [escape(edition.url) for edition in editions]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(edition.language)}" href="{address}"/>'
        for edition, address in zip(editions, addresses, strict=True)
    )
    for edition, address in zip(editions, addresses, strict=True):
        updated = rfc3339(edition.updated.replace(microsecond=0))
        element = f"<url><loc>{address}</loc><lastmod>{updated}</lastmod>{links}</url>"
        yield SitemapUrl(edition.url, element.encode())


def month_path(month: str, number: int) -> str:
    """Return the path of a file with stories of a month, of which there may be several.

    >>> month_path("2025-12", 1), month_path("2025-12", 2)
    ('sitemap-languages-2025-12.xml', 'sitemap-languages-2025-12-2.xml')
    """
    return numbered(f"sitemap-languages-{month}", number)


def parts_in_order(paths: Iterable[str], *, without: Collection[str] = ()) -> list[str]:
    """Return those paths that are of months, in the order of the months and their files.

    Args:
        paths: Paths of any documents.
        without: The months whose files to leave out.

    >>> names = ("2025-12-2", "2025-12", "2025-11", "2026-01-10", "2026-01-9", "7")
    >>> parts_in_order([f"sitemap-languages-{name}.xml" for name in names], without=["2025-12"])
    ['sitemap-languages-2025-11.xml', 'sitemap-languages-2026-01-9.xml', 'sitemap-languages-2026-01-10.xml']
    """
    found = [
        (part["month"], int(part["number"] or 1), part[0]) for part in map(_PART.fullmatch, paths) if part
    ]
    return [path for month, _, path in sorted(found) if month not in without]
