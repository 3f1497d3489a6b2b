"""The articles of a newsroom's folder: in its store if newsroom.toml names one, else in its files."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from newsfeed.catalog.indexed_catalog import IndexedCatalog
from newsfeed.model.site import Site
from newsfeed.sources.site_articles import SiteArticles

__all__ = ["articles_of", "indexed_catalog"]

#: How many seconds to wait for others that are writing into a store.
_WAIT = 60


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
    from newsfeed.catalog.stored.rows.articles import StoredArticles

    return StoredArticles(site.store, site, progress=progress)


def indexed_catalog(site: Site, as_of: datetime | None) -> IndexedCatalog | None:
    """Return the catalog that the index of a site's store answers.

    Args:
        site: The site.
        as_of: The moment, aware; None is now.

    Returns:
        The catalog; None if the site has no store, or its index can't answer for the moment.

    Raises:
        StoreError: If the site names a store that isn't there or can't be read.
    """
    if site.store is None:
        return None
    from newsfeed.catalog.stored.answers.opening import opened_catalog
    from newsfeed.catalog.stored.rows.article_cache import ArticleCache

    return opened_catalog(site.store, site, as_of, wait=_WAIT, cache=ArticleCache())
