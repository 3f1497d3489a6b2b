"""A store in a file: what only SQLite knows."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from newsfeed.errors import StoreError

__all__ = ["SqliteConnection", "is_busy_error", "meaning_of"]

#: How long to wait before SQLite is asked again for what it refuses at once.
_A_MOMENT = 0.02
#: What marks a SQLite file as a store: "nfds".
_APPLICATION = 0x6E666473
_ANEW = (
    "Restore the store from a backup, or remove it with its -wal and -shm files, and put all articles anew."
)
#: What the errors of SQLite mean, by their extended or primary code, and what to do.
_MEANINGS = {
    sqlite3.SQLITE_READONLY: "the file can't be written. Check its permissions, and those of its folder.",
    sqlite3.SQLITE_CANTOPEN: "the file can't be opened. Check that its folder exists, and the permissions of both.",
    sqlite3.SQLITE_FULL: "the disk is full. Make room, and try again.",
    sqlite3.SQLITE_NOTADB: "the file isn't a store. Name another file.",
    sqlite3.SQLITE_CORRUPT: f"the file is damaged. {_ANEW}",
    sqlite3.SQLITE_IOERR_SHORT_READ: "a part of the store is missing, as if its -wal file had been deleted "
    f"while a program had it open. {_ANEW}",
    sqlite3.SQLITE_IOERR: "the disk can't be read or written. Check the disk, and try again.",
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: Extended codes of SQLite hold the primary one in their last byte.
_PRIMARY = 0xFF
#: The size of the pages of a new file, into which rows of some kilobytes fit without much waste.
_PAGE_SIZE = 8_192
#: How much of the file is kept in memory at the most, in KiB.
_CACHE_SIZE = 65_536


def is_busy_error(error: sqlite3.Error) -> bool:
    """Return whether an error says that others have been writing all the time."""
    return _code(error) in _BUSY


def meaning_of(error: sqlite3.Error) -> str:
    """Return what an error means, and what to do."""
    extended = getattr(error, "sqlite_errorcode", 0)
    return _MEANINGS.get(extended) or _MEANINGS.get(_code(error), f"the store reports: {error}")


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


class SqliteConnection:
    """A `Connection` to a file, that any thread may use.

    Args:
        path: The file.
        wait: How many seconds to wait for others that are writing.

    Raises:
        sqlite3.Error: If the file can't be opened.
    """

    def __init__(self, path: str, *, wait: float) -> None:
        self.name = path
        self._file = Path(path).absolute()
        self._wait = wait
        #: The connection of the standard library.
        self.raw = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        self.close = self.raw.close
        self.raw.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        self.raw.execute(f"PRAGMA cache_size = -{_CACHE_SIZE}")

    @staticmethod
    def exists(path: str) -> bool:
        """Return whether there is such a file."""
        return Path(path).exists()

    def prepare(self) -> None:
        """Make the file ready for several readers and a writer at once, after it was given its tables."""
        self._set_journal()
        self.raw.execute("PRAGMA synchronous = FULL")
        self._opened = self._identity()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self.raw.in_transaction

    def is_current(self) -> bool:
        """Return whether the file at the path is the one that was opened. What is written into another one is lost."""
        return self._identity() == self._opened

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """Execute a statement."""
        return self.raw.execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> sqlite3.Cursor:
        """Execute a statement for each of some values."""
        return self.raw.executemany(statement, values)

    def run(self, statement: str, values: Sequence[Any]) -> None:
        """Execute a statement that nobody asks for its outcome."""
        self.raw.execute(statement, values)

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows that a statement finds."""
        return self.raw.execute(statement, values)

    def define(self, statement: str) -> None:
        """Execute a statement that creates, changes or drops a table or an index."""
        self.raw.execute(statement)

    def begin(self, *, writes: bool) -> None:
        """Begin a transaction."""
        self.raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    def commit(self) -> None:
        """End a transaction."""
        self.raw.execute("COMMIT")

    def rollback(self) -> None:
        """Undo a transaction, if one has begun and not ended."""
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    @contextmanager
    def unsynced(self) -> Iterator[None]:
        """Don't wait meanwhile until the disk has what is written."""
        self.raw.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.raw.execute("PRAGMA synchronous = FULL")

    def version(self) -> int:
        """Return the version of the store's tables, 0 for an empty file."""
        (application,) = self.raw.execute("PRAGMA application_id").fetchone()
        if application != _APPLICATION:
            (tables,) = self.raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if application or tables:
                raise StoreError(
                    f"{self.name}: this is a database of another program. Name another file for the store."
                )
            return 0
        (version,) = self.raw.execute("PRAGMA user_version").fetchone()
        return int(version)

    def set_version(self, version: int) -> None:
        """Note the version of the store's tables, in a transaction."""
        self.raw.execute(f"PRAGMA application_id = {_APPLICATION}")
        self.raw.execute(f"PRAGMA user_version = {version}")

    def turn(self, what: str, wait: float) -> AbstractContextManager[object]:
        """Wait until no other connection does something, and keep others waiting."""
        return FileLock(f"{self.name}-{what}").acquire(timeout=wait)

    def _identity(self) -> tuple[int, int] | None:
        """Return what distinguishes the file at the path from all others; None if there is none."""
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _set_journal(self) -> None:
        """Let readers and a writer work at the same time. SQLite doesn't wait by itself while others read."""
        end = time.monotonic() + self._wait
        while self.raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            try:
                (journal,) = self.raw.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(_A_MOMENT)
            else:
                if journal != "wal":
                    raise StoreError(
                        f"{self.name}: SQLite can't keep a write-ahead log here, so readers and a writer can't work at "
                        "the same time. Put the store on a disk of this machine."
                    )
