"""The tables of a store, and how an older store gets them.

They are written as for SQLite. Texts sort by code point.
"""

from secrets import token_hex

from newsfeed.catalog.stored.database.connection import Connection, transaction
from newsfeed.catalog.stored.database.index_tables import DERIVED
from newsfeed.catalog.stored.database.published_tables import PUBLISHED
from newsfeed.errors import StoreError

__all__ = ["VERSION", "migrate"]

#: The rows, and the files that they were synced from.
_ROWS = (
    # what the store knows of itself
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # `changes` counts the transactions that changed rows
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    "INSERT INTO counter (name, value) VALUES ('changes', 0)",
    # `record` is the row's JSON as it was put, packed, NULL once it was removed; `own_id` and `story` are as a catalog has
    # them; `changed` is the number of the last change, `changed_at` its moment
    """CREATE TABLE stored_row (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            own_id TEXT NOT NULL,
            story TEXT,
            record BLOB,
            changed INTEGER NOT NULL,
            changed_at TEXT NOT NULL,
            UNIQUE (source, key)
        )""",
    "CREATE INDEX stored_row_of_article ON stored_row (own_id)",
    "CREATE INDEX stored_row_of_story ON stored_row (story)",
    "CREATE INDEX stored_row_by_change ON stored_row (changed)",
    # the files that were synced; `stamp` is NULL before one was synced as a whole, and empty if it has to be read again
    """CREATE TABLE synced_file (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            stamp TEXT,
            UNIQUE (source, name)
        )""",
    # the records of these files: each has a row of its own, also where several have one key
    """CREATE TABLE synced_record (
            file INTEGER NOT NULL,
            key TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            row_number INTEGER NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (file, key, occurrence)
        ) WITHOUT ROWID""",
    "CREATE INDEX synced_record_of_row ON synced_record (row_number)",
)
#: The first version of the tables that was released. Stores from before aren't migrated.
_FIRST = 5
#: The statements that lead from nothing to the first version, and from each version to the next.
_MIGRATIONS: tuple[tuple[str, ...], ...] = ((*_ROWS, *DERIVED, *PUBLISHED),)
#: The version of the tables. A store of an older version is migrated when it is opened.
VERSION = _FIRST + len(_MIGRATIONS) - 1


def migrate(connection: Connection) -> None:
    """Give a database the tables of this version.

    Args:
        connection: The database.

    Raises:
        StoreError: If the database belongs to another program, or is a store of a newer newsfeed.
        Exception: An error of the database, if it can't be read or written.
    """
    if _version(connection) == VERSION:
        return
    with transaction(connection):
        # another process may have been faster
        done = max(0, _version(connection) + 1 - _FIRST)
        for statements in _MIGRATIONS[done:]:
            for statement in statements:
                connection.define(statement)
        name_store = "INSERT INTO fact (name, value) VALUES ('store', ?) ON CONFLICT (name) DO NOTHING"
        connection.execute(name_store, (token_hex(8),))  # targets name the store that they belong to
        connection.set_version(VERSION)


def _version(connection: Connection) -> int:
    """Return the version of a store, 0 for an empty database."""
    version = connection.version()
    if version > VERSION:
        raise StoreError(
            f"{connection.name}: the store has version {version}, and this newsfeed reads versions up to {VERSION}. "
            "Install a newer newsfeed."
        )
    if 0 < version < _FIRST:
        raise StoreError(
            f"{connection.name}: the store is of a version that was never released. Put all articles into a new one."
        )
    return version
