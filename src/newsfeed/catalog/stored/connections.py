"""Connections to the database of a store, and what their errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from newsfeed.catalog.stored.database import Connection
from newsfeed.catalog.stored.schema import migrate
from newsfeed.catalog.stored.sqlite import SqliteConnection, is_busy_error, meaning_of
from newsfeed.errors import StoreError

__all__ = ["busy", "checked_path", "connected", "is_busy", "store_errors"]


def checked_path(path: str) -> str:
    """Return the path of a store, and refuse what isn't one.

    >>> checked_path("postgresql://db.example/news")
    Traceback (most recent call last):
    newsfeed.errors.StoreError: postgresql://db.example/news: a store is a file. Name one, such as news.db.
    """
    if "://" in path or not path.strip():
        raise StoreError(f"{path or 'store'}: a store is a file. Name one, such as news.db.")
    return path


def connected(path: str, *, wait: float, create: bool = True) -> Connection:
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
    if not create and not SqliteConnection.exists(path):
        raise StoreError(f"{path}: there is no such store. To create one, put articles into it.")
    with store_errors(path, wait):
        connection = SqliteConnection(path, wait=wait)
        try:
            migrate(connection)
            connection.prepare()
        except BaseException:
            connection.close()
            raise
    return connection


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
        if is_busy_error(error):
            raise busy(path, wait) from error
        raise StoreError(f"{path}: {meaning_of(error)}") from error


def is_busy(error: Exception) -> bool:
    """Return whether an error of the database says that others have been writing all the time."""
    return isinstance(error, sqlite3.Error) and is_busy_error(error)


def busy(path: str, wait: float) -> StoreError:
    """Return the error of a store in which others have been writing all the time."""
    return StoreError(
        f"{path}: others have been writing into the store for {wait:g} seconds. "
        "Try again when they are done, or allow a longer wait."
    )
