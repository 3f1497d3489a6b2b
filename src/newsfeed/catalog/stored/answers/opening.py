"""Opening a catalog that is answered by the index of a store."""

from datetime import UTC, datetime
from typing import Final

from newsfeed.catalog.stored.answers.catalog import StoredCatalog
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.database.connecting import connected, is_busy, store_errors
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.index.progress import CLOCK_TOLERANCE, Progress, progress_of, settings_of
from newsfeed.catalog.stored.index.refresh import refresh
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.model.site import Site

__all__ = ["opened_catalog", "refreshed_if_possible"]

#: So often a store is refreshed that others change between the refresh and reading.
_ATTEMPTS: Final = 5

_MOMENTS = "SELECT moment FROM target"


def opened_catalog(
    path: str, site: Site, as_of: datetime | None, *, wait: float, cache: ArticleCache
) -> StoredCatalog | None:
    """Refresh a store, and open the catalog of what is in it.

    Args:
        path: The store's file.
        site: The site.
        as_of: The moment, aware; None is now.
        wait: How many seconds to wait for others that are writing.
        cache: Where articles are kept.

    Returns:
        The catalog. None if the index can't answer: for a moment that it has left behind, or that is yet to come; while
        others keep writing; or while another process uses the store with other settings.

    Raises:
        StoreError: If the store can't be read.
    """
    connection = connected(path, wait=wait, create=False)
    try:
        with store_errors(path, wait):
            catalog = _opened(connection, path, site, as_of, cache)
    except BaseException:
        connection.close()
        raise
    if catalog is None:
        connection.close()
    return catalog


def refreshed_if_possible(connection: Connection, site: Site, as_of: datetime) -> bool:
    """Refresh a store if it has to be, and return whether its tables are exact as of a moment.

    They aren't while others keep writing, or if they have left the moment behind.

    Args:
        connection: The store, in no transaction.
        site: The site.
        as_of: The moment.

    Raises:
        Exception: An error of the database, if the store can't be read or written.
    """
    progress = progress_of(connection)
    if progress.is_exact(as_of, settings_of(site)):
        return True
    return (progress.clock is None or progress.clock <= as_of) and _refreshed(connection, site, as_of)


def _opened(
    connection: Connection, path: str, site: Site, asked: datetime | None, cache: ArticleCache
) -> StoredCatalog | None:
    settings = settings_of(site)
    for _ in range(_ATTEMPTS):
        connection.begin(writes=False)
        progress = progress_of(connection)
        now = datetime.now(UTC)
        as_of = _present(connection, progress, now) if asked is None else asked
        if asked is not None and (asked > now or (progress.clock is not None and asked < progress.clock)):
            return None
        if progress.is_exact(as_of, settings):
            return StoredCatalog(Snapshot(connection, path), site, as_of, progress, cache)
        connection.rollback()
        if not _refreshed(connection, site, as_of):
            return None
    return None


def _present(connection: Connection, progress: Progress, now: datetime) -> datetime:
    """Return the moment for which to open a store now: no earlier one than another machine, whose clock is a little ahead."""
    known = [progress.clock, *(datetime.fromisoformat(moment) for (moment,) in connection.execute(_MOMENTS))]
    return max([now, *(moment for moment in known if moment is not None and moment <= now + CLOCK_TOLERANCE)])


def _refreshed(connection: Connection, site: Site, as_of: datetime) -> bool:
    """Refresh a store, and return whether others let it be done."""
    try:
        refresh(connection, site, as_of)
    except Exception as error:
        if not is_busy(error):
            raise
        return False
    return True
