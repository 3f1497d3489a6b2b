"""Sitemaps 0.9 (sitemaps.org), and Google's elements for news."""

from typing import Final

from newsfeed.check.structure import Grammar, element

__all__ = ["SITEMAP", "SITEMAP_NEWS", "SITEMAP_NEWS_SPACE", "SITEMAP_SPACE"]

SITEMAP_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_NEWS_SPACE: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_TEXT: Final = element(content="text")

SITEMAP: Final = Grammar(
    codes={
        "missing": "NF600",
        "repeated": "NF607",
        "unknown": "NF607",
        "misplaced": "NF607",
        "no namespace": "NF607",
        "attribute": "NF607",
        "text": "NF607",
    },
    elements={
        "urlset": element("url*"),
        "sitemapindex": element("sitemap*"),
        "url": element("loc lastmod? changefreq? priority?"),
        "sitemap": element("loc lastmod?"),
        "loc": _TEXT,
        "lastmod": _TEXT,
        "changefreq": _TEXT,
        "priority": _TEXT,
    },
    is_complete=True,
)
SITEMAP_NEWS: Final = Grammar(
    codes={"missing": "NF604", "empty": "NF604", "repeated": "NF607"},
    elements={
        "news": element("publication publication_date title *"),
        "publication": element("name language"),
        "name": element(content="text", filled=True),
        "language": element(content="text", filled=True),
        "publication_date": element(content="text", filled=True),
        "title": element(content="text", filled=True),
    },
)
