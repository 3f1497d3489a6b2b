"""A store as it was at one moment, to be read."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from newsfeed.catalog.stored.database.connecting import closed_with, store_errors
from newsfeed.catalog.stored.database.connection import Connection

__all__ = ["Snapshot"]

_Row: TypeAlias = tuple[Any, ...]


class Snapshot:
    """What a store held when a transaction began, whatever is put since.

    The transaction ends when the snapshot is let go, or by `close`. Until then, SQLite can't use the write-ahead log
    from the start again, so the log grows with each put.

    Args:
        connection: The store, in the transaction.
        path: Its file, for messages.
    """

    def __init__(self, connection: Connection, path: str) -> None:
        self._connection = connection
        self._path = path
        #: Ends the transaction, and closes the connection.
        self.close = closed_with(self, connection)

    def one(self, statement: str, *values: object) -> _Row | None:
        """Return the first row that a statement finds; None if there is none."""
        with store_errors(self._path, 0):
            found: _Row | None = self._connection.execute(statement, values).fetchone()
            return found

    def all(self, statement: str, *values: object) -> list[_Row]:
        """Return all rows that a statement finds."""
        with store_errors(self._path, 0):
            return self._connection.execute(statement, values).fetchall()

    def each(self, statement: str, *values: object) -> Iterator[_Row]:
        """Yield the rows that a statement finds, one by one; those that nobody asks for aren't looked up."""
        with store_errors(self._path, 0):
            yield from self._connection.stream(statement, values)
