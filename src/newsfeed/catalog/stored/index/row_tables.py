"""The derived tables that have something for each row: its article, its findings, when it is due, and counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.index.derived_rows import ArticleRow, StoredRow
from newsfeed.findings import Finding, Place, Severity

__all__ = ["RowChange", "decoded_findings", "write_rows"]

_FIELDS = ArticleRow._fields
_WRITE = (
    f"INSERT INTO article ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) "  # noqa: S608
    f"ON CONFLICT (number) DO UPDATE SET {', '.join(f'{field} = excluded.{field}' for field in _FIELDS[1:])}"
)
_GONE = "INSERT INTO gone_id (own_id, revision) VALUES (?, ?) ON CONFLICT (own_id) DO UPDATE SET revision = excluded.revision"
_COUNT = """
INSERT INTO source_count (source, state, articles) VALUES (?, ?, ?)
ON CONFLICT (source, state) DO UPDATE SET articles = source_count.articles + excluded.articles
"""


class RowChange(NamedTuple):
    """A row, and what was and is derived of it."""

    row: StoredRow
    old: ArticleRow | None
    new: ArticleRow | None
    #: Whether its time has come, to leave the news sitemap for example, which nothing that is derived of it shows.
    is_due: bool = False

    @property
    def is_change(self) -> bool:
        """Whether anything else is derived of it than before."""
        if self.new is None:
            return self.old is not None
        return self.is_due or self.new.differs(self.old) or (self.is_read_anew and not self.new.is_usable)

    @property
    def is_read_anew(self) -> bool:
        """Whether the row itself has changed, not only its place among others."""
        return self.old is None or self.new is None or self.old.changed != self.new.changed

    @property
    def stories(self) -> set[str]:
        """The stories of which it is or was an edition."""
        return {row.story for row in (self.old, self.new) if row is not None and row.story}

    @property
    def stories_renamed(self) -> set[str]:
        """The stories whose other editions say something else of it than before."""
        old = () if self.old is None else self.old.as_named_by_editions
        new = () if self.new is None else self.new.as_named_by_editions
        return self.stories if old != new else set()


class _Found(msgspec.Struct, array_like=True):
    """A finding, without its place."""

    code: str
    severity: Severity
    field: str
    reason: str
    remedy: str


_DECODER = msgspec.json.Decoder(list[_Found])


def write_rows(connection: Connection, changes: Sequence[RowChange], clock: datetime, revision: int) -> None:
    """Write what is derived of rows.

    Args:
        connection: The store.
        changes: The rows.
        clock: The moment as of which everything is derived.
        revision: The number of the refresh.
    """
    changed = [change for change in changes if change.is_change]
    anew = [change for change in changes if change.is_read_anew]
    connection.executemany(
        "DELETE FROM article WHERE number = ?", [(each.row.number,) for each in changed if each.new is None]
    )
    connection.executemany(
        _WRITE,
        [
            _with_revision(each, revision)
            for each in changes
            if each.new is not None and (each.is_change or each.is_read_anew)
        ],
    )
    connection.executemany(_GONE, [(own_id, revision) for each in changed for own_id in _gone(each)])
    _write_findings(connection, anew)
    _write_due(connection, changes, clock)
    _count(connection, changed)


def decoded_findings(text: str, place: Place) -> list[Finding]:
    """Return the findings of a row.

    Args:
        text: As the table has them.
        place: The place of the row.
    """
    return [Finding(place=place, **msgspec.structs.asdict(found)) for found in _DECODER.decode(text)]


def _with_revision(change: RowChange, revision: int) -> ArticleRow:
    new = change.new
    if new is None:
        raise AssertionError
    return new._replace(revision=revision if change.is_change or change.old is None else change.old.revision)


def _gone(change: RowChange) -> list[str]:
    if change.old is None or change.old.own_id is None:
        return []
    has_id = change.new is not None and change.new.own_id == change.old.own_id
    return [] if has_id else [change.old.own_id]


def _write_findings(connection: Connection, changes: Sequence[RowChange]) -> None:
    connection.executemany(
        "DELETE FROM row_finding WHERE number = ?",
        [(each.row.number,) for each in changes if each.old is not None],
    )
    connection.executemany(
        "INSERT INTO row_finding (number, findings) VALUES (?, ?)",
        [(each.row.number, _encoded(each.row.findings)) for each in changes if each.row.findings],
    )


def _encoded(findings: Sequence[Finding]) -> str:
    found = [_Found(each.code, each.severity, each.field, each.reason, each.remedy) for each in findings]
    return msgspec.json.encode(found).decode()


def _write_due(connection: Connection, changes: Sequence[RowChange], clock: datetime) -> None:
    connection.executemany(
        "DELETE FROM due WHERE number = ?", [(each.row.number,) for each in changes if each.old is not None]
    )
    connection.executemany(
        "INSERT INTO due (number, moment, is_reported) VALUES (?, ?, ?)",
        [
            (each.row.number, moment, int(reported))
            for each in changes
            for moment, reported in each.row.due(clock)
        ],
    )


def _count(connection: Connection, changes: Sequence[RowChange]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for change in changes:
        for row, count in ((change.old, -1), (change.new, 1)):
            if row is not None:
                counts[change.row.source, row.state] += count
    connection.executemany(_COUNT, [(*counted, count) for counted, count in counts.items() if count])
