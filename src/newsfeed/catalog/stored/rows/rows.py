"""The rows of a store: put, withdrawn and removed, in transactions."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

import msgspec

from newsfeed.catalog.repairs import own_id
from newsfeed.catalog.stored.database.addresses import store_name
from newsfeed.catalog.stored.database.connecting import busy, closed_with, connected, store_errors
from newsfeed.catalog.stored.database.connection import Connection, transaction
from newsfeed.catalog.stored.database.facts import fact_of, save_fact
from newsfeed.catalog.stored.database.packing import packed, storable, unpacked
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.catalog.stored.rows.put_report import PutReport
from newsfeed.catalog.stored.rows.records import (
    Key,
    PutRow,
    RowReader,
    Withdrawal,
    withdrawn_record,
)
from newsfeed.errors import StoreError
from newsfeed.findings import Finding, Place
from newsfeed.model.article import article_id
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_values import decoded
from newsfeed.sources.records import article_or_findings
from newsfeed.text.dates import rfc3339

__all__ = ["Change", "Rows"]

#: A transaction holds at most this many rows, or so many characters of them and one row more.
_ROWS_AT_ONCE = 500
_CHARACTERS_AT_ONCE = 8_000_000

_PUT = """
INSERT INTO stored_row (source, key, own_id, story, record, changed, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, key) DO UPDATE SET own_id = excluded.own_id, story = excluded.story, record = excluded.record,
    changed = excluded.changed, changed_at = excluded.changed_at
WHERE stored_row.record IS NULL OR stored_row.record <> excluded.record
"""
_BY_KEY = "SELECT number, record FROM stored_row WHERE source = ? AND key = ? AND record IS NOT NULL"
_BY_ID = "SELECT number, record FROM stored_row WHERE own_id = ? AND record IS NOT NULL"
_KEYS = "SELECT key FROM stored_row WHERE source = ? AND key > ? AND record IS NOT NULL ORDER BY key LIMIT ?"
_SOME = (
    "SELECT number, record FROM stored_row WHERE number > ? AND record IS NOT NULL ORDER BY number LIMIT ?"
)
#: The name by which the store knows the settings by which it has the ids of articles.
_IDS = "ids"
_CHANGES = "SELECT value FROM counter WHERE name = 'changes'"
_CHANGE = "UPDATE stored_row SET record = ?, changed = ?, changed_at = ? WHERE number = ?"
_REMOVE = "UPDATE stored_row SET story = NULL, record = NULL, changed = ?, changed_at = ? WHERE number = ?"


class Change:
    """A transaction that changes rows."""

    def __init__(self, connection: Connection, site: Site, moment: datetime) -> None:
        self._connection = connection
        self._site = site
        self.moment = moment
        self._stamp = rfc3339(moment)
        (last,) = connection.execute(_CHANGES).fetchone()
        self._number = last + 1
        #: How many rows have changed.
        self.rows = 0

    def put(self, source: str, rows: Iterable[PutRow]) -> None:
        """Store rows."""
        values = [(source, *row[:-1], packed(row.record), self._number, self._stamp) for row in rows]
        self.rows += max(self._connection.executemany(_PUT, values).rowcount, 0)

    def found(self, statement: str, *values: str | int) -> list[tuple[int, bytes]]:
        """Return the numbers and records of stored rows, as the store keeps them."""
        return self._connection.execute(statement, values).fetchall()

    def withdraw(self, number: int, record: bytes) -> None:
        """Let a stored row say that its article is withdrawn."""
        if changed := withdrawn_record(unpacked(record), self.moment, self._site):
            self._connection.execute(_CHANGE, (packed(changed), self._number, self._stamp, number))
            self.rows += 1

    def remove(self, number: int) -> None:
        """Remove what a row says. That it was there is kept, so that a publish knows that it was meant to go."""
        self._connection.execute(_REMOVE, (self._number, self._stamp, number))
        self.rows += 1

    def forget(self, number: int) -> None:
        """Remove what a row says, and which article it was: that it goes was not said by anybody."""
        self.remove(number)
        self.renumber(number, "")

    def renumber(self, number: int, article: str) -> None:
        """Store the id that an article has by the site's current settings."""
        self._connection.execute("UPDATE stored_row SET own_id = ? WHERE number = ?", (article, number))

    def end(self) -> None:
        """Count the change, at the end of the transaction."""
        if self.rows:
            self._connection.execute("UPDATE counter SET value = ? WHERE name = 'changes'", (self._number,))


class Rows:
    """The rows of a store, for those who write them. Threads and forked processes may share it.

    Args:
        path: The store's file; created, or migrated, when need be.
        site: The site.
        wait: How many seconds to wait for others that are writing.
        create: Whether to create the file if there is none.

    Raises:
        StoreError: If the file can't be opened, isn't a store, or is one of a newer newsfeed.
    """

    def __init__(self, path: str, site: Site, *, wait: float, create: bool = True) -> None:
        self.path = path
        self.wait = wait
        self._site = site
        self._process = os.getpid()
        self._lock = Lock()
        self._connect(create=create)
        self._keep_ids()

    @property
    def cache(self) -> ArticleCache:
        """Articles that were read, for those who read the store again."""
        self._leave_parent()
        return self._cache if self._connection.is_current() else ArticleCache()

    @property
    def connection(self) -> Connection:
        """The connection to the store, for statements inside and outside of a change."""
        return self._connection

    def _connect(self, *, create: bool = False) -> None:
        self._connection = connected(self.path, wait=self.wait, create=create)
        self._cache = ArticleCache()
        self.close = closed_with(self, self._connection)

    def put(
        self,
        rows: Iterable[object],
        *,
        source: str,
        key: Key | None,
        progress: Callable[[int, int], object] | None = None,
    ) -> PutReport:
        """Store rows, in transactions of a bounded number; the store isn't locked while rows are waited for."""
        source = storable(source)
        reader = RowReader(self._site, source, key)
        findings: list[Finding] = []
        taken = changed = characters = 0
        pending: list[PutRow | Withdrawal] = []
        for number, row in enumerate(rows, start=1):
            change, found = reader.read(row, number)
            findings += found
            if isinstance(change, Withdrawal):
                change = change._replace(findings=(*_taken_back(findings, row), *change.findings))
            if change is not None:
                pending.append(change)
                characters += len(change.record) if isinstance(change, PutRow) else 0
            if len(pending) >= _ROWS_AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
                taken, changed = _sum((taken, changed), self._store(pending, source, findings))
                pending, characters = [], 0
                if progress is not None:
                    progress(taken, changed)
        taken, changed = _sum((taken, changed), self._store(pending, source, findings))
        return PutReport(taken=taken, changed=changed, findings=tuple(findings))

    def withdraw(self, ids: Iterable[object], when: datetime, source: str | None = None) -> tuple[str, ...]:
        """Withdraw articles by id, or by key in a source; return the ids or keys that the store doesn't have."""
        return self._of_each(
            ids, when, source, lambda change, number, record: change.withdraw(number, record)
        )

    def remove(self, ids: Iterable[object], source: str | None = None) -> tuple[str, ...]:
        """Remove articles by id, or by key in a source; return the ids or keys that the store doesn't have."""
        return self._of_each(ids, datetime.now(UTC), source, lambda change, number, _: change.remove(number))

    def keys(self, source: str) -> Iterator[str]:
        """Yield the keys of a source's rows, in order; they may be removed meanwhile."""
        source, last = storable(source), ""
        while True:
            with self._alone() as connection:
                found = connection.execute(_KEYS, (source, last, _ROWS_AT_ONCE)).fetchall()
            if not found:
                return
            for (last,) in found:
                yield last

    def changes(self) -> int:
        """Return how many changes were made in the store."""
        with self._alone() as connection:
            return int(connection.execute(_CHANGES).fetchone()[0])

    def _of_each(
        self,
        ids: Iterable[object],
        when: datetime,
        source: str | None,
        act: Callable[[Change, int, bytes], None],
    ) -> tuple[str, ...]:
        given = list(dict.fromkeys(article_id(each) for each in ids))
        unknown: list[str] = []
        for start in range(0, len(given), _ROWS_AT_ONCE):
            with self.change(when) as change:
                for each in given[start : start + _ROWS_AT_ONCE]:
                    if source is not None:
                        found = dict(change.found(_BY_KEY, storable(source), storable(each)))
                    else:
                        found = dict(row for name in self._names(each) for row in change.found(_BY_ID, name))
                    for number, record in found.items():
                        act(change, number, record)
                    if not found:
                        unknown.append(each)
        return tuple(unknown)

    def _names(self, given: str) -> Sequence[str]:
        """Return the ids that an article may have of which somebody gave the id or the address."""
        own = own_id(given, None, self._site), own_id(None, given, self._site)
        return tuple(dict.fromkeys(storable(str(name)) for name in own))

    def _store(
        self, pending: Sequence[PutRow | Withdrawal], source: str, findings: list[Finding]
    ) -> tuple[int, int]:
        """Store some rows in a transaction, and return how many were taken, and how many have changed.

        The findings of rows that should withdraw what isn't stored are added to the others.
        """
        if not pending:
            return 0, 0
        taken = 0
        with self.change() as change:
            rows: list[PutRow] = []
            for each in pending:
                if isinstance(each, PutRow):
                    rows.append(each)
                    taken += 1
                    continue
                change.put(source, rows)
                rows = []
                stored = change.found(_BY_KEY, source, each.key)
                for number, record in stored:
                    change.withdraw(number, record)
                    taken += 1
                if not stored:
                    findings += each.findings
            change.put(source, rows)
        return taken, change.rows

    @contextmanager
    def change(self, moment: datetime | None = None) -> Iterator[Change]:
        """Begin a transaction, and end it; an error undoes it."""
        with self._alone() as connection, transaction(connection):
            change = Change(connection, self._site, moment or datetime.now(UTC))
            yield change
            change.end()

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Wait until no other thread uses the connection, and keep others waiting."""
        if not self.close.alive:
            raise StoreError(f"{store_name(self.path)}: this Store was closed. Open another one.")
        self._leave_parent()
        if not self._lock.acquire(timeout=self.wait):
            raise busy(self.path, self.wait)
        try:
            with store_errors(self.path, self.wait):
                if not self._connection.is_current():
                    close = self.close
                    self._connect()
                    close()
                yield self._connection
        finally:
            self._lock.release()

    def _leave_parent(self) -> None:
        """Let a process that was forked have a connection of its own, and a lock that no thread of its parent holds."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._lock = Lock()
            self._connect()

    def _keep_ids(self) -> None:
        """Store the ids of all articles anew if the site's settings give others than when they were stored.

        Others may write in between. As long as it isn't done, no settings are those by which they were stored.
        """
        settings = msgspec.json.encode([self._site.url, self._site.ids_url]).decode()
        with store_errors(self.path, self.wait):
            if fact_of(self._connection, _IDS) == settings:
                return
        last = 0
        is_done = False
        while not is_done:
            with self.change() as change:
                rows = change.found(_SOME, last, _ROWS_AT_ONCE)
                for last, record in rows:
                    read = article_or_findings(decoded(unpacked(record)), place=Place(), site=self._site)[-1]
                    if isinstance(read, SourcedArticle):
                        change.renumber(last, own_id(read.article.id, read.article.url, self._site))
                is_done = not rows
                save_fact(self._connection, _IDS, settings if is_done else "")


def _taken_back(findings: list[Finding], row: object) -> list[Finding]:
    """Take the findings of a file's record that came before its last one out of others, and return them."""
    taken: list[Finding] = []
    while isinstance(row, Finding) and findings and findings[-1].place == row.place:
        taken.insert(0, findings.pop())
    return taken


def _sum(so_far: tuple[int, int], more: tuple[int, int]) -> tuple[int, int]:
    return so_far[0] + more[0], so_far[1] + more[1]
