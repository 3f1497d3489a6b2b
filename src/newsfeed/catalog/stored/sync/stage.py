"""What a sync found in the files that it read, held against what the store has of them.

It is kept in temporary tables, so that a million records take no more memory than one, and nothing is changed before
it is known whether too much would be lost.

A record is known by its file, its key, and its number among the records of the file that have this key. Each has a
row of its own in the store, also where several files have one id: the store publishes one of them, and has the others
when that one goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from newsfeed.catalog.stored.database.packing import packed
from newsfeed.catalog.stored.rows.records import PutRow
from newsfeed.catalog.stored.rows.rows import Change, Rows
from newsfeed.catalog.stored.sync.report import SourceChanges

__all__ = ["Lost", "Stage"]

#: A transaction holds at most this many rows, or so many characters of them and one row more.
_ROWS_AT_ONCE = 500
_CHARACTERS_AT_ONCE = 8_000_000
#: What the digest of a record begins with whose row was withdrawn by another record of the file.
_WITHDRAWN = b"W"
_DIGEST_SIZE = 16
#: The number, among those with its key, of a record that can't be used: it stands for all of them.
_ANY = 0

_TABLES = (
    """CREATE TEMPORARY TABLE found (
        file INTEGER NOT NULL, key TEXT NOT NULL, occurrence INTEGER NOT NULL, PRIMARY KEY (file, key, occurrence)
    ) WITHOUT ROWID""",
    # new and changed records; `row_number` is the row to replace
    """CREATE TEMPORARY TABLE staged (
        number INTEGER PRIMARY KEY, file INTEGER NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL,
        occurrence INTEGER NOT NULL, digest BLOB NOT NULL, own_id TEXT NOT NULL, story TEXT, record TEXT NOT NULL,
        row_number INTEGER
    )""",
    # the records that files had, and no longer have
    """CREATE TEMPORARY TABLE missing (
        row_number INTEGER PRIMARY KEY, file INTEGER NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL,
        digest BLOB NOT NULL
    )""",
    "CREATE INDEX missing_by_key ON missing (source, key)",
)
_KNOWN = "SELECT row_number, digest FROM synced_record WHERE file = ? AND key = ? AND occurrence = ?"
_FOUND = "INSERT INTO found (file, key, occurrence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_NEXT = "SELECT max(occurrence) + 1 FROM found WHERE file = ? AND key = ?"
_STAGED = (
    "INSERT INTO staged (file, source, key, occurrence, digest, own_id, story, record, row_number) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MISSING = """
INSERT INTO missing (row_number, file, source, key, digest)
SELECT had.row_number, had.file, ?, had.key, had.digest FROM synced_record AS had
WHERE had.file = ? AND NOT EXISTS (
    SELECT 1 FROM found WHERE found.file = had.file AND found.key = had.key AND found.occurrence IN (had.occurrence, 0)
)
"""
_MOVED = """
SELECT staged.number, missing.row_number FROM staged
JOIN missing ON missing.source = staged.source AND missing.key = staged.key
WHERE staged.row_number IS NULL ORDER BY staged.number, missing.row_number
"""
#: An article isn't lost if another row has its id, or will have.
_LOST = """
SELECT missing.source, missing.file, stored_row.own_id FROM missing
JOIN stored_row ON stored_row.number = missing.row_number
WHERE stored_row.record IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM staged WHERE staged.own_id = stored_row.own_id)
AND NOT EXISTS (
    SELECT 1 FROM stored_row AS other WHERE other.own_id = stored_row.own_id AND other.record IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM missing AS gone WHERE gone.row_number = other.number)
)
ORDER BY missing.row_number
"""
_ROWS_OF = """
FROM synced_file JOIN synced_record ON synced_record.file = synced_file.number
JOIN stored_row ON stored_row.number = synced_record.row_number
WHERE synced_file.source = ? AND stored_row.record IS NOT NULL
"""
_BY_KEY = "SELECT number, record FROM stored_row WHERE source = ? AND key = ?"
_IS_SYNCED = "SELECT 1 FROM synced_record WHERE row_number = ?"
_DIGEST = "SELECT digest FROM synced_record WHERE row_number = ?"
_SET_DIGEST = "UPDATE synced_record SET digest = ? WHERE row_number = ?"
_SYNCED = "INSERT INTO synced_record (file, key, occurrence, row_number, digest) VALUES (?, ?, ?, ?, ?)"


class Lost(NamedTuple):
    """An article that would be removed, and of which no other row is stored."""

    source: str
    #: The number of the file that had it.
    file: int
    own_id: str


class _Staged(NamedTuple):
    """A record to put."""

    number: int
    file: int
    source: str
    key: str
    occurrence: int
    digest: bytes
    own_id: str
    story: str | None
    record: str
    row_number: int | None


class Stage:
    """What a sync found.

    Args:
        rows: The rows of the store, used by nobody else.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._connection = rows.connection
        for table in _TABLES:
            self._connection.define(table)
        #: By source and key: the records that can't be used, but withdraw their article.
        self._withdrawn: set[tuple[str, str]] = set()
        #: How many records were taken in this transaction.
        self._pending = 0
        self._changes: defaultdict[str, SourceChanges] = defaultdict(SourceChanges)

    @property
    def changes(self) -> dict[str, SourceChanges]:
        """What was changed so far, by source."""
        return {source: self._changes[source] for source in sorted(self._changes)}

    def take(self, file: int, source: str, row: PutRow) -> bool:
        """Take a record of a file, and return whether it is new or has changed."""
        self._begin()
        occurrence = self._occurrence(file, row.key)
        known = self._connection.execute(_KNOWN, (file, row.key, occurrence)).fetchone()
        digest = blake2b(row.record.encode(), digest_size=_DIGEST_SIZE).digest()
        row_number, before = known or (None, None)
        if before == digest:
            return False
        values = (file, source, row.key, occurrence, digest, row.own_id, row.story, row.record, row_number)
        self._connection.execute(_STAGED, values)
        return before != _WITHDRAWN + digest

    def keep(self, file: int, key: str) -> bool:
        """Keep what is stored of a file under a key, because a record with this key can't be used.

        Returns:
            Whether something is stored.
        """
        self._connection.execute(_FOUND, (file, key, _ANY))
        asked = "SELECT 1 FROM synced_record WHERE file = ? AND key = ?"
        return self._connection.execute(asked, (file, key)).fetchone() is not None

    def withdraw(self, file: int, source: str, key: str) -> None:
        """Withdraw what is stored under a key."""
        self.keep(file, key)
        self._withdrawn.add((source, key))

    def has_several(self, file: int) -> bool:
        """Return whether a file had several records."""
        asked = "SELECT 1 FROM synced_record WHERE file = ? LIMIT 2"
        return len(self._connection.execute(asked, (file,)).fetchall()) > 1

    def find_missing(self, files: Iterable[tuple[int, str]]) -> bool:
        """Find the records that files, given by number and source, no longer have.

        Those that are in another file now aren't missing.

        Returns:
            Whether there are any.
        """
        self._end()
        missing = 0
        for number, source in files:
            missing += self._connection.execute(_MISSING, (source, number)).rowcount
        if not missing:
            return False
        moved: dict[int, int] = {}
        taken: set[int] = set()
        for staged, row_number in self._connection.execute(_MOVED):
            if staged not in taken and row_number not in moved:
                moved[row_number] = staged
                taken.add(staged)
        for row_number, staged in moved.items():
            self._connection.execute(
                "UPDATE staged SET row_number = ? WHERE number = ?", (row_number, staged)
            )
            self._connection.execute("DELETE FROM missing WHERE row_number = ?", (row_number,))
        return len(moved) < missing

    def lost(self) -> list[Lost]:
        """Return the articles that would be lost."""
        self._connection.define("CREATE INDEX staged_by_id ON staged (own_id)")
        return [Lost(*row) for row in self._connection.execute(_LOST)]

    def stored_of(self, source: str, most: int) -> int:
        """Return how many rows a source has, or `most` if it has more."""
        asked = f"SELECT count(*) FROM (SELECT 1 {_ROWS_OF} LIMIT ?) AS some"  # noqa: S608 - nothing of a user's
        return int(self._connection.execute(asked, (source, most)).fetchone()[0])

    def count(self) -> None:
        """Count what would be changed, without changing it."""
        for values in self._connection.execute("SELECT * FROM staged ORDER BY number"):
            staged = _Staged(*values)
            stored = self._connection.execute(_BY_KEY, (staged.source, self._key_of(staged))).fetchone()
            if not self._is_withdrawn_still(staged) and (
                stored is None or stored[1] != packed(staged.record)
            ):
                self._tell(staged.source, is_new=staged.row_number is None)
        asked = (
            "SELECT missing.source, count(*) FROM missing JOIN stored_row ON stored_row.number = missing.row_number "
            "WHERE stored_row.record IS NOT NULL GROUP BY missing.source"
        )
        for source, removed in self._connection.execute(asked):
            self._changes[source].removed += removed

    def store(self) -> set[tuple[str, str]]:
        """Put and withdraw what waits, and return the keys of withdrawals whose article isn't stored."""
        self._end()
        while batch := list(self._batch()):
            with self._rows.change() as change:
                for each in batch:
                    self._put(change, each)
                self._connection.execute("DELETE FROM staged WHERE number <= ?", (batch[-1].number,))
        withdrawn, self._withdrawn = sorted(self._withdrawn), set()
        if not withdrawn:
            return set()
        with self._rows.change() as change:
            return {each for each in withdrawn if not self._withdraw(change, *each)}

    def remove_missing(self, *, is_meant: bool) -> None:
        """Remove the rows of records that are missing.

        Args:
            is_meant: Whether somebody said that they may go. Else a publish treats their articles as a build treats
                those that vanished from its files.
        """
        asked = "SELECT row_number, source FROM missing ORDER BY row_number LIMIT ?"
        while batch := self._connection.execute(asked, (_ROWS_AT_ONCE,)).fetchall():
            with self._rows.change() as change:
                for row_number, source in batch:
                    has_row = "SELECT 1 FROM stored_row WHERE number = ? AND record IS NOT NULL"
                    if self._connection.execute(has_row, (row_number,)).fetchone():
                        (change.remove if is_meant else change.forget)(row_number)
                        self._changes[source].removed += 1
                    self._connection.execute("DELETE FROM synced_record WHERE row_number = ?", (row_number,))
                self._connection.execute("DELETE FROM missing WHERE row_number <= ?", (batch[-1][0],))

    def _begin(self) -> None:
        """Begin a transaction for some hundred records, because one for each statement takes longer than the statement."""
        if self._pending == _ROWS_AT_ONCE:
            self._end()
        if not self._connection.in_transaction:
            self._connection.begin(writes=False)
        self._pending += 1

    def _end(self) -> None:
        self._pending = 0
        if self._connection.in_transaction:
            self._connection.commit()

    def _occurrence(self, file: int, key: str) -> int:
        """Return the number of a record among those of its file with its key, from 1."""
        if self._connection.execute(_FOUND, (file, key, 1)).rowcount > 0:
            return 1
        (occurrence,) = self._connection.execute(_NEXT, (file, key)).fetchone()
        self._connection.execute(_FOUND, (file, key, occurrence))
        return int(occurrence)

    def _batch(self) -> Iterator[_Staged]:
        characters = 0
        waiting = self._connection.execute("SELECT * FROM staged ORDER BY number LIMIT ?", (_ROWS_AT_ONCE,))
        for values in waiting:
            yield (staged := _Staged(*values))
            characters += len(staged.record)
            if characters >= _CHARACTERS_AT_ONCE:
                return

    def _put(self, change: Change, staged: _Staged) -> None:
        if self._is_withdrawn_still(staged):
            return
        key = self._key_of(staged)
        before = change.rows
        change.put(staged.source, [PutRow(key, staged.own_id, staged.story, staged.record)])
        if change.rows > before:
            self._tell(staged.source, is_new=staged.row_number is None)
        row_number = staged.row_number
        if row_number is None:
            (row_number, _) = self._connection.execute(_BY_KEY, (staged.source, key)).fetchone()
        else:
            self._connection.execute("DELETE FROM synced_record WHERE row_number = ?", (row_number,))
        synced = (staged.file, staged.key, staged.occurrence, row_number, staged.digest)
        self._connection.execute(_SYNCED, synced)

    def _is_withdrawn_still(self, staged: _Staged) -> bool:
        """Return whether a record is as it was, and was and will be withdrawn by another."""
        if (staged.source, staged.key) not in self._withdrawn:
            return False
        known = (staged.file, staged.key, staged.occurrence)
        found = self._connection.execute(_KNOWN, known).fetchone()
        return found is not None and found[1] == _WITHDRAWN + staged.digest

    def _key_of(self, staged: _Staged) -> str:
        """Return the key under which to store a record: with a number if another record has its key."""
        if staged.row_number is not None:
            asked = "SELECT key FROM stored_row WHERE number = ?"
            return str(self._connection.execute(asked, (staged.row_number,)).fetchone()[0])
        return next(name for name in _names(staged.key) if self._is_free(staged.source, name))

    def _is_free(self, source: str, key: str) -> bool:
        found = self._connection.execute(_BY_KEY, (source, key)).fetchone()
        return found is None or not self._connection.execute(_IS_SYNCED, found[:1]).fetchone()

    def _withdraw(self, change: Change, source: str, key: str) -> bool:
        """Withdraw the rows of a key, and return whether there are any."""
        is_stored = False
        for name in _names(key):
            found = self._connection.execute(_BY_KEY, (source, name)).fetchone()
            if found is None:
                break
            row_number, record = found
            if record is None:
                continue
            is_stored = True
            before = change.rows
            change.withdraw(row_number, record)
            if change.rows > before:
                self._tell(source, is_new=False)
            for (digest,) in self._connection.execute(_DIGEST, (row_number,)).fetchall():
                if len(digest) == _DIGEST_SIZE:
                    self._connection.execute(_SET_DIGEST, (_WITHDRAWN + digest, row_number))
        return is_stored

    def _tell(self, source: str, *, is_new: bool) -> None:
        changes = self._changes[source]
        if is_new:
            changes.new += 1
        else:
            changes.changed += 1


def _names(key: str) -> Iterator[str]:
    """Yield the keys of rows whose records have one key."""
    yield key
    number = 2
    while True:
        yield f"{key} ({number})"
        number += 1
