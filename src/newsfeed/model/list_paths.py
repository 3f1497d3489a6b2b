"""Where the lists of a site's feeds lie below the output folder."""

from newsfeed.model.site import Site

__all__ = ["FEEDS_JSON", "OPML", "list_paths", "page_path"]

OPML = "feeds.opml"
FEEDS_JSON = "feeds.json"


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
