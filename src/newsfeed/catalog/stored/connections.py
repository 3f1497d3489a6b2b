"""Connections to the file of a store, and what their errors mean."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfeed.catalog.stored.schema import migrate
from newsfeed.errors import StoreError

__all__ = ["busy", "checked_path", "connected", "store_errors"]

#: How long to wait before SQLite is asked again for what it refuses at once.
_A_MOMENT = 0.02
#: What the errors of SQLite mean, by their primary code, and what to do.
_MEANINGS = {
    sqlite3.SQLITE_READONLY: "the file can't be written. Check its permissions, and those of its folder.",
    sqlite3.SQLITE_CANTOPEN: "the file can't be opened. Check that its folder exists, and the permissions of both.",
    sqlite3.SQLITE_FULL: "the disk is full. Make room, and try again.",
    sqlite3.SQLITE_NOTADB: "the file isn't a store. Name another file.",
    sqlite3.SQLITE_CORRUPT: "the file is damaged. Restore it from a backup, or remove it and put all articles anew.",
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: Extended codes of SQLite hold the primary one in their last byte.
_PRIMARY = 0xFF


def checked_path(path: str) -> str:
    """Return the path of a store, and refuse what isn't one.

    >>> checked_path("postgresql://db.example/news")
    Traceback (most recent call last):
    newsfeed.errors.StoreError: postgresql://db.example/news: a store is a file. Name one, such as news.db.
    """
    if "://" in path or not path.strip():
        raise StoreError(f"{path or 'store'}: a store is a file. Name one, such as news.db.")
    return path


def connected(path: str, *, wait: float, create: bool = True) -> sqlite3.Connection:
    """Open the file of a store.

    Args:
        path: The file.
        wait: How many seconds to wait for others that are writing.
        create: Whether to create the store if there is none.

    Returns:
        A connection without implicit transactions, that any thread may use.

    Raises:
        StoreError: If the file can't be opened, isn't a store, or is one of a newer newsfeed.
    """
    if not create and not Path(path).exists():
        raise StoreError(f"{path}: there is no such store. To create one, put articles into it.")
    with store_errors(path, wait):
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            migrate(connection, path)
            _set_journal(connection, wait)
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
    return connection


def _set_journal(connection: sqlite3.Connection, wait: float) -> None:
    """Let readers and a writer work at the same time. SQLite doesn't wait by itself while others read."""
    end = time.monotonic() + wait
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(_A_MOMENT)


@contextmanager
def store_errors(path: str, wait: float) -> Iterator[None]:
    """Raise errors of the database as StoreErrors that say what to do.

    Args:
        path: The store's file.
        wait: How many seconds were waited for others.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _BUSY:
            raise busy(path, wait) from error
        raise StoreError(f"{path}: {_MEANINGS.get(code, f'the store reports: {error}')}") from error


def busy(path: str, wait: float) -> StoreError:
    """Return the error of a store in which others have been writing all the time."""
    return StoreError(
        f"{path}: others have been writing into the store for {wait:g} seconds. "
        "Try again when they are done, or allow a longer wait."
    )
