"""Refreshing: brings the derived tables of a store up to date with its rows, as of a moment.

`put`, `withdraw` and `remove` write rows, and no more. A refresh looks at the rows that have changed since, and at those
that change something because their time has come (`due`): time is a change like any other. With each it looks at the
rows that had to give way to it, or that it has to give way to now, takes back what these rows contributed, and lets
them contribute what they do now. So a refresh costs what has changed, whatever the size of the archive.

It goes on in steps, each in a transaction of its own that leaves the tables consistent; rows are read and repaired,
which takes most of the time, while nobody is kept waiting. Other settings of the site make all tables new.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from newsfeed.catalog.stored.database.connection import Connection, transaction
from newsfeed.catalog.stored.database.index_tables import DERIVED_TABLES
from newsfeed.catalog.stored.database.lookups import looked_up
from newsfeed.catalog.stored.database.moments import microseconds, moment_of
from newsfeed.catalog.stored.index.conflict_groups import editions_in_conflict, ids_in_conflict
from newsfeed.catalog.stored.index.derived_rows import (
    LIVE,
    LOSER,
    NO_PARTS,
    SET_ASIDE,
    ArticleRow,
    StoredRow,
    decoded_parts,
)
from newsfeed.catalog.stored.index.feed_tables import FeedTables
from newsfeed.catalog.stored.index.progress import Progress, keep_progress, progress_of, settings_of
from newsfeed.catalog.stored.index.row_tables import RowChange, write_rows
from newsfeed.catalog.stored.index.story_tables import change_stories
from newsfeed.catalog.stored.index.term_tables import TermTables
from newsfeed.model.site import Site

__all__ = ["refresh"]

#: About how many rows a step looks at.
_ROWS_AT_ONCE = 1_500

_ROWS = """
WITH asked (number) AS (VALUES {keys})
SELECT r.number, r.source, r.key, r.record, r.changed FROM asked JOIN stored_row r ON r.number = asked.number
"""
_CHANGED_UP_TO = "SELECT changed FROM stored_row WHERE changed > ? ORDER BY changed LIMIT 1 OFFSET ?"
_CHANGED = "SELECT number, changed FROM stored_row WHERE changed > ? AND changed <= ?"
_DUE_UP_TO = "SELECT moment FROM due WHERE moment <= ? ORDER BY moment LIMIT 1 OFFSET ?"
_DUE = "SELECT d.number, r.changed FROM due d JOIN stored_row r ON r.number = d.number WHERE d.moment <= ?"
_ARTICLES = (
    "WITH asked (number) AS (VALUES {keys}) "  # noqa: S608 - names of ours
    f"SELECT {', '.join(f'a.{field}' for field in ArticleRow._fields)} "
    "FROM asked JOIN article a ON a.number = asked.number"
)
_DATE_CHANGES = """
INSERT INTO source_change (source, changed_at)
SELECT source, max(changed_at) FROM stored_row WHERE changed > ? AND changed <= ? GROUP BY source
ON CONFLICT (source) DO UPDATE SET changed_at = excluded.changed_at WHERE excluded.changed_at > source_change.changed_at
"""
_LIVE_EDITIONS = """
SELECT parts FROM article
WHERE story = ? AND story IS NOT NULL AND state IN ('live', 'set aside') AND state = 'live'
"""


def refresh(connection: Connection, site: Site, as_of: datetime) -> None:
    """Bring the derived tables of a store up to date.

    Args:
        connection: The store, in no transaction.
        site: The site.
        as_of: The moment. Tables that are as of one a little later, by the clock of another machine, stay as of that;
            if it is much later, that clock was wrong, and all tables are made new.

    Raises:
        Exception: An error of the database, if the store can't be written.
    """
    refreshing = _Refresh(connection, site)
    while not refreshing.step(as_of):
        pass


class _Work(msgspec.Struct, frozen=True):
    """What a step has to do."""

    progress: Progress
    #: The numbers of the rows to look at, and of the last change of each.
    rows: dict[int, int]
    #: Those whose time has come.
    due: frozenset[int]
    #: How far the store will be refreshed.
    target: Progress
    #: Whether everything is derived anew.
    is_anew: bool
    #: Whether nothing remains to be done.
    is_last: bool


class _Refresh:
    def __init__(self, connection: Connection, site: Site) -> None:
        self._connection = connection
        self._site = site
        self._settings = settings_of(site)
        self._feeds = FeedTables(connection, site)
        self._terms = TermTables(connection, site)
        self._revision: int | None = None

    def step(self, as_of: datetime) -> bool:
        """Refresh some rows, and return whether nothing remains to be done."""
        with transaction(self._connection, writes=False):
            read = {row.number: row for row in self._read(self._work(as_of).rows)}
        # what is derived can be derived again, so nobody has to wait until the disk has it
        with self._connection.unsynced(), transaction(self._connection):
            work = self._work(as_of)
            stale = [n for n, changed in work.rows.items() if n not in read or read[n].changed != changed]
            read |= {row.number: row for row in self._read(stale)}
            self._refresh({number: read[number] for number in work.rows}, work)
        return work.is_last

    def _work(self, as_of: datetime) -> _Work:
        progress = progress_of(self._connection)
        target = progress._replace(settings=self._settings)
        is_ahead = progress.is_ahead_of(as_of)
        is_anew = is_ahead or progress.settings != self._settings
        if is_anew:
            rebuilt = progress.revision + 1
            clock = as_of if progress.clock is None or is_ahead else max(as_of, progress.clock)
            target = target._replace(refreshed=0, revision=rebuilt, rebuilt=rebuilt, clock=clock)
        rows: dict[int, int] = {}
        due: frozenset[int] = frozenset()
        has_more_due = False
        if not is_anew and progress.clock is not None and as_of > progress.clock:
            rows, clock, has_more_due = self._due(as_of)
            due = frozenset(rows)
            target = target._replace(clock=clock)
        if not has_more_due:
            bound = self._bound(_CHANGED_UP_TO, target.refreshed, progress.changes)
            rows |= dict(self._connection.execute(_CHANGED, (target.refreshed, bound)))
            target = target._replace(refreshed=bound)
        is_last = not has_more_due and target.refreshed == progress.changes
        return _Work(progress=progress, rows=rows, due=due, target=target, is_anew=is_anew, is_last=is_last)

    def _due(self, as_of: datetime) -> tuple[dict[int, int], datetime, bool]:
        """Return rows whose time has come, up to when, and whether there are more."""
        until = microseconds(as_of)
        bound = self._bound(_DUE_UP_TO, until, until)
        rows = dict(self._connection.execute(_DUE, (bound,)))
        return rows, as_of if bound == until else moment_of(bound), bound < until

    def _bound(self, statement: str, given: int, most: int) -> int:
        found = self._connection.execute(statement, (given, _ROWS_AT_ONCE - 1)).fetchone()
        return most if found is None else int(found[0])

    def _read(self, numbers: Iterable[int]) -> Iterator[StoredRow]:
        for number, source, key, record, changed in looked_up(self._connection, _ROWS, zip(numbers)):
            yield StoredRow(number, source, key, record, changed, self._site)

    def _load(self, number: int) -> StoredRow:
        (row,) = self._read([number])
        return row

    def _refresh(self, rows: dict[int, StoredRow], work: _Work) -> None:
        """Let rows contribute what they do as of the clock, and write down how far the store is refreshed."""
        if work.is_anew:
            for table in DERIVED_TABLES:
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        forget = work.is_anew or work.progress.revision != self._revision
        self._feeds.begin(forget=forget, is_empty=work.is_anew)
        self._terms.begin(forget=forget, is_empty=work.is_anew)
        target = work.target
        clock = target.clock
        if clock is None:
            raise AssertionError  # the first refresh derives everything anew, as of a moment
        old = self._articles(rows)
        states = self._states(rows, old, clock)
        revision = work.progress.revision + 1
        changes = [
            RowChange(row, old.get(number), self._derived(row, states[number], clock), number in work.due)
            for number, row in rows.items()
        ]
        if any(change.is_change for change in changes):
            target = target._replace(revision=revision)
        write_rows(self._connection, changes, clock, revision)
        first = 0 if work.is_anew else work.progress.refreshed
        self._connection.execute(_DATE_CHANGES, (first, target.refreshed))
        self._pass_on([change for change in changes if change.is_change], revision)
        keep_progress(self._connection, target)
        self._revision = target.revision

    def _articles(self, numbers: Iterable[int]) -> dict[int, ArticleRow]:
        """Return what is derived of some rows."""
        found = looked_up(self._connection, _ARTICLES, zip(numbers))
        return {row.number: row for row in map(ArticleRow._make, found)}

    def _states(
        self, rows: dict[int, StoredRow], old: dict[int, ArticleRow], clock: datetime
    ) -> dict[int, str]:
        """Return the state of each row, and add rows whose state changes with it."""

        def add(numbers: Iterable[int]) -> None:
            others = [number for number in numbers if number not in rows]
            old.update(self._articles(others))
            rows.update({row.number: row for row in self._read(others)})

        known: Sequence[StoredRow | ArticleRow] = [*rows.values(), *old.values()]
        ids = {row.own_id for row in known if row.own_id is not None}
        wins = ids_in_conflict(self._connection, ids, rows, self._load)
        add(wins)
        states = {number: row.state(clock, is_winner=wins.get(number, False)) for number, row in rows.items()}
        eligible = [row for row in rows.values() if states[row.number] == LIVE]
        known = [*eligible, *old.values()]
        editions = {row.edition for row in known if row.edition is not None}
        is_edition = editions_in_conflict(self._connection, editions, rows, eligible, self._load)
        add(is_edition)
        return states | {number: LIVE if is_live else SET_ASIDE for number, is_live in is_edition.items()}

    def _derived(self, row: StoredRow, state: str, clock: datetime) -> ArticleRow | None:
        """Return what is derived of a row; None if it was removed."""
        if row.is_removed:
            return None
        if row.article is None or state == LOSER or row.article.published > clock:
            return row.row(state, clock, NO_PARTS)
        facets = self._feeds.facets(row.article)
        parts = self._feeds.of(row.article, facets, clock)
        uses = self._terms.of(facets, row.article.language)
        return row.row(
            state, clock, msgspec.structs.replace(parts, uses=uses, tombstone=row.tombstone(clock))
        )

    def _pass_on(self, changes: Sequence[RowChange], revision: int) -> None:
        """Bring the tables of feeds, terms and stories up to date, after the rows were written."""
        stories: set[str] = set()
        renamed: set[str] = set()
        for change in changes:
            self._feeds.change(change.old, change.new)
            self._terms.change(change.old, change.new)
            stories |= change.stories
            renamed |= change.stories_renamed
        for story in sorted(renamed):
            for (parts,) in self._connection.execute(_LIVE_EDITIONS, (story,)):
                self._feeds.mark_changed(decoded_parts(parts))
        self._feeds.write(revision)
        self._terms.write(revision)
        change_stories(self._connection, stories, self._site, revision)
