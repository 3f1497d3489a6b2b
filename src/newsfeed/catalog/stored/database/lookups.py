"""Looking up many keys with few statements."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from newsfeed.catalog.stored.database.connection import Connection

__all__ = ["looked_up"]

#: The most values in one statement; older versions of SQLite allow 999.
_VALUES_AT_ONCE = 900


def looked_up(
    connection: Connection, statement: str, keys: Iterable[Sequence[object]]
) -> Iterator[tuple[Any, ...]]:
    """Yield what a statement finds for many keys.

    Args:
        connection: The database.
        statement: The statement, which begins `WITH asked (…) AS (VALUES {keys})`.
        keys: The values of each key; all have as many.

    >>> from newsfeed.catalog.stored.database.sqlite import SqliteConnection
    >>> database = SqliteConnection(":memory:", wait=0)
    >>> squares = "WITH asked (number) AS (VALUES {keys}) SELECT number * number FROM asked"
    >>> list(looked_up(database, squares, [(2,), (3,)])), list(looked_up(database, squares, []))
    ([(4,), (9,)], [])
    >>> database.close()
    """
    asked = list(keys)
    width = len(asked[0]) if asked else 1
    at_once = _VALUES_AT_ONCE // width
    for start in range(0, len(asked), at_once):
        some = asked[start : start + at_once]
        places = ", ".join([f"({', '.join('?' * width)})"] * len(some))
        yield from connection.execute(statement.format(keys=places), list(chain.from_iterable(some)))
