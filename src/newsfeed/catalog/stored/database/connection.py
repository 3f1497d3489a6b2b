"""What is asked of the database of a store, whichever it is.

Statements are those that SQLite and PostgreSQL have in common, with `?` for values. What differs is in `sqlite.py` and
`postgresql.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

__all__ = ["Connection", "Cursor", "transaction"]


class Cursor(Protocol):
    """What a statement found or changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row has what was asked for
        """Return the next row; None if there is none."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""


class Connection(Protocol):
    """A connection to the database of a store, without implicit transactions. Threads may share it."""

    @property
    def name(self) -> str:
        """The database, for messages."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""

    def is_current(self) -> bool:
        """Return whether the database is still where it was opened: a restored backup may have taken its place."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        """Execute a statement."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Cursor:
        """Execute a statement for each of some values; `rowcount` is the number of rows that all of them changed."""

    def run(self, statement: str, values: Sequence[Any]) -> None:
        """Execute a statement that nobody asks for its outcome. Statements after it find what it has done."""

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows that a statement finds in a transaction; those that nobody asks for aren't looked up."""

    def define(self, statement: str) -> None:
        """Execute a statement that creates, changes or drops a table or an index, written as for SQLite."""

    def begin(self, *, writes: bool) -> None:
        """Begin a transaction.

        Args:
            writes: Whether it writes into the store: one transaction at a time does. Others see the store as it is when
                they look first, whatever is written meanwhile, and write into temporary tables only.
        """

    def commit(self) -> None:
        """End a transaction."""

    def rollback(self) -> None:
        """Undo a transaction, if one has begun and not ended."""

    def unsynced(self) -> AbstractContextManager[None]:
        """Don't wait meanwhile until the disk has what is written. A loss of power may undo it, as a whole.

        It begins and ends outside of transactions.
        """

    def version(self) -> int:
        """Return the version of the store's tables, 0 if there are none.

        Raises:
            StoreError: If the database belongs to another program.
        """

    def set_version(self, version: int) -> None:
        """Note the version of the store's tables, in a transaction."""

    def turn(self, what: str, wait: float) -> AbstractContextManager[object]:
        """Wait until no other connection to the store does something, and keep others waiting.

        Args:
            what: What is done.
            wait: How many seconds to wait.

        Raises:
            TimeoutError: If another does it for longer.
            OSError: If that can't be noted.
        """

    def close(self) -> None:
        """Close it, and undo what wasn't committed."""


@contextmanager
def transaction(connection: Connection, *, writes: bool = True) -> Iterator[None]:
    """Begin a transaction, and end it; an error undoes it.

    Args:
        connection: The database, in no transaction.
        writes: As for `Connection.begin`.
    """
    connection.begin(writes=writes)
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
