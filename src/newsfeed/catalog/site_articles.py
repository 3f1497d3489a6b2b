"""The articles of a newsroom's folder: in its store if newsroom.toml names one, else in its files."""

from collections.abc import Callable, Iterable
from pathlib import Path

from newsfeed.model.site import Site
from newsfeed.sources.site_articles import SiteArticles

__all__ = ["articles_of"]


def articles_of(
    site: Site, root: Path, progress: Callable[[int, int, int], object] | None = None
) -> Iterable[object]:
    """Return the articles of a newsroom, to be read as often as need be.

    Args:
        site: The site.
        root: The newsroom's folder.
        progress: As for `newsfeed.open`.

    Raises:
        StoreError: If the site names a store that isn't there or can't be read.
    """
    if site.store is None:
        return SiteArticles(site, root, progress)
    from newsfeed.catalog.stored.articles import StoredArticles

    return StoredArticles(site.store, site, progress=progress)
