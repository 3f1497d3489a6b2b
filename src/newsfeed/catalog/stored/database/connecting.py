"""Connections to the database of a store, and what their errors mean."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import finalize

from newsfeed.catalog.stored.database import sqlite
from newsfeed.catalog.stored.database.addresses import is_server, located, store_name
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.schema import migrate
from newsfeed.errors import MissingExtra, StoreError

if TYPE_CHECKING:
    from newsfeed.catalog.stored.database.postgresql import PostgresConnection

__all__ = ["busy", "closed_with", "connected", "is_busy", "store_errors", "store_exists"]


def connected(path: str, *, wait: float, create: bool = True) -> Connection:
    """Open the database of a store.

    Args:
        path: Its file or address, or `env:` and the name of an environment variable that holds it.
        wait: How many seconds to wait for others that are writing.
        create: Whether to create the store if there is none.

    Returns:
        A connection without implicit transactions, that any thread may use.

    Raises:
        StoreError: If the database can't be opened, isn't a store, or is one of a newer newsfeed.
    """
    where = located(path)
    with store_errors(where, wait):
        return (
            _of_server(where, wait, create=create)
            if is_server(where)
            else _of_file(where, wait, create=create)
        )


def closed_with(owner: object, connection: Connection) -> "finalize[..., object]":
    """Close a connection when its owner is let go.

    A forked process leaves the connections that it inherits to its parent, which goes on using them.

    Returns:
        A function that closes it at once.
    """
    return finalize(owner, _close, connection, os.getpid())


def _close(connection: Connection, process: int) -> None:
    if process == os.getpid():
        connection.close()


def store_exists(path: str) -> bool:
    """Return whether there is a store.

    Raises:
        StoreError: If its server can't be reached.
    """
    where = located(path)
    if not is_server(where):
        return sqlite.SqliteConnection.exists(where)
    with store_errors(where, 0):
        connection = _postgres(where, 1)
        try:
            return connection.exists()
        finally:
            connection.close()


def _of_file(path: str, wait: float, *, create: bool) -> Connection:
    if not create and not sqlite.SqliteConnection.exists(path):
        raise _no_store(path)
    connection = sqlite.SqliteConnection(path, wait=wait)
    try:
        migrate(connection)
        connection.prepare()
    except BaseException:
        connection.close()
        raise
    return connection


def _of_server(address: str, wait: float, *, create: bool) -> Connection:
    connection = _postgres(address, wait)
    try:
        if create or connection.exists():
            migrate(connection)
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    raise _no_store(address)


def _no_store(path: str) -> StoreError:
    return StoreError(f"{store_name(path)}: there is no such store. To create one, put articles into it.")


def _postgres(address: str, wait: float) -> "PostgresConnection":
    try:
        from newsfeed.catalog.stored.database.postgresql import PostgresConnection
    except ImportError as error:
        raise MissingExtra("Stores in PostgreSQL", "postgres") from error
    return PostgresConnection(address, wait=wait)


@contextmanager
def store_errors(path: str, wait: float) -> Iterator[None]:
    """Raise errors of the database as StoreErrors that say what to do.

    Args:
        path: The store.
        wait: How many seconds were waited for others.
    """
    try:
        yield
    except Exception as error:
        meaning = _meaning_of(error)
        if meaning is None:
            raise
        if is_busy(error):
            raise busy(path, wait) from error
        raise StoreError(f"{store_name(path)}: {meaning}") from error


def is_busy(error: Exception) -> bool:
    """Return whether an error of a database says that others have been writing all the time."""
    if isinstance(error, sqlite3.Error):
        return sqlite.is_busy_error(error)
    if "psycopg" in sys.modules:
        import psycopg

        from newsfeed.catalog.stored.database import postgresql

        return isinstance(error, psycopg.Error) and postgresql.is_busy_error(error)
    return False


def _meaning_of(error: Exception) -> str | None:
    """Return what an error of a database means, and what to do; None for another error."""
    if isinstance(error, sqlite3.Error):
        return sqlite.meaning_of(error)
    if "psycopg" in sys.modules:
        import psycopg

        from newsfeed.catalog.stored.database import postgresql

        if isinstance(error, psycopg.Error):
            return postgresql.meaning_of(error)
    return None


def busy(path: str, wait: float) -> StoreError:
    """Return the error of a store in which others have been writing all the time."""
    return StoreError(
        f"{store_name(path)}: others have been writing into the store for {wait:g} seconds. "
        "Try again when they are done, or allow a longer wait."
    )
