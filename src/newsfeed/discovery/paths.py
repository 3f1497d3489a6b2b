"""Where the documents lie that a site has in each language."""

from newsfeed.model.site import Site

__all__ = ["path_in"]


def path_in(language: str, name: str, site: Site) -> str:
    """Give the path of a document in a language: on top for the site's first, in a folder for the others.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "ar"])
    >>> path_in("en", "feed.css", site), path_in("ar", "feed.css", site)
    ('feed.css', 'ar/feed.css')
    """
    return name if language == site.default_language else f"{language}/{name}"
