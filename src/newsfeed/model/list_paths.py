"""Where the lists of a site's feeds and its other documents lie below the output folder."""

from newsfeed.model.site import STYLESHEET, Site
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.slugs import same_file

__all__ = ["FEEDS_JSON", "OPML", "is_sitemap", "list_paths", "page_path", "reserved_for"]

OPML = "feeds.opml"
FEEDS_JSON = "feeds.json"
_SITEMAP = lazy_pattern(r"sitemap-(news|languages)[^/]*\.xml")


def page_path(language: str, site: Site) -> str:
    """Return the path of a language's page: on top for the site's first language, in a folder for the others.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "ar"])
    >>> page_path("en", site), page_path("ar", site)
    ('index.html', 'ar/index.html')
    """
    return "index.html" if language == site.default_language else f"{language}/index.html"


def list_paths(site: Site) -> list[str]:
    """Return the paths of all lists of feeds that a site can have.

    >>> list_paths(Site(title="Report", url="https://report.example/", languages=["en", "ar"]))
    ['feeds.opml', 'feeds.json', 'index.html', 'ar/index.html']
    """
    return [OPML, FEEDS_JSON, *(page_path(language, site) for language in site.languages)]


def is_sitemap(path: str) -> bool:
    """Return whether a document is a sitemap. Sitemaps come and go with the news, so they are never gone for good.

    >>> [
    ...     is_sitemap(f"sitemap-{name}.xml")
    ...     for name in ("news-en", "languages", "languages-2025-12", "languages-7")
    ... ]
    [True, True, True, True]
    >>> is_sitemap("en/sitemap-news.rss")
    False
    """
    return _SITEMAP.fullmatch(path) is not None


def reserved_for(path: str, site: Site) -> str:
    """Return what newsfeed writes at a path where no feed may have a document; empty if one may.

    A page `index.html` may be a feed's.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> [reserved_for(path, site) for path in ("Feeds.json", "sitemap-news.xml", "index.html")]
    ['the list of feeds', 'a sitemap', '']
    """
    name = same_file(path)
    if name in {OPML, FEEDS_JSON} and site.discovery:
        return "the list of feeds"
    if is_sitemap(name):
        return "a sitemap"
    return "the stylesheet of feeds" if name == STYLESHEET else ""
