"""What was found in the rows of a store: in each of them, and where they conflict."""

from collections.abc import Callable, Iterator

from newsfeed.catalog.conflicts import same_edition, same_id
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.index.derived_rows import LOSER, StoredRow
from newsfeed.catalog.stored.index.row_tables import decoded_findings
from newsfeed.catalog.stored.rows.records import place_of
from newsfeed.findings import Finding

__all__ = ["stored_findings"]

_OF_ROWS = """
SELECT r.source, r.key, f.findings FROM row_finding f JOIN stored_row r ON r.number = f.number ORDER BY f.number
"""
_OF_CHANGED_ROWS = """
SELECT r.source, r.key, f.findings
FROM article a JOIN row_finding f ON f.number = a.number JOIN stored_row r ON r.number = a.number
WHERE a.revision > ? ORDER BY a.revision, a.number
"""
_IN_CONFLICT = """
SELECT number, state, own_id, story, language FROM article
WHERE state IN ('loser', 'set aside') AND revision > ? ORDER BY state, number
"""
_WINNER_OF_ID = """
SELECT r.source, r.key FROM article a JOIN stored_row r ON r.number = a.number
WHERE a.own_id = ? AND a.state <> 'loser'
"""
_WINNER_OF_EDITION = """
SELECT r.source, r.key FROM article a JOIN stored_row r ON r.number = a.number
WHERE a.story = ? AND a.language = ? AND a.story IS NOT NULL
    AND a.state IN ('live', 'set aside') AND a.state = 'live'
"""


def stored_findings(
    snapshot: Snapshot, load: Callable[[int], StoredRow], since: int | None = None
) -> tuple[Finding, ...]:
    """Return what was found in rows, and where they conflict, in order of place.

    Args:
        snapshot: The store.
        load: Reads a row.
        since: Only rows that changed since this revision; None: all rows.
    """
    found = [*_of_rows(snapshot, since), *_of_conflicts(snapshot, load, -1 if since is None else since)]
    return tuple(sorted(found, key=lambda finding: finding.place))


def _of_rows(snapshot: Snapshot, since: int | None) -> Iterator[Finding]:
    rows = snapshot.each(_OF_ROWS) if since is None else snapshot.each(_OF_CHANGED_ROWS, since)
    for source, key, findings in rows:
        yield from decoded_findings(findings, place_of(source, key))


def _of_conflicts(snapshot: Snapshot, load: Callable[[int], StoredRow], since: int) -> Iterator[Finding]:
    for number, state, own_id, story, language in snapshot.all(_IN_CONFLICT, since):
        loser = load(number).sourced
        if state == LOSER:
            winner, finding = snapshot.one(_WINNER_OF_ID, own_id), same_id
        else:
            winner, finding = snapshot.one(_WINNER_OF_EDITION, story, language), same_edition
        if loser is not None and winner is not None:
            yield finding(loser, place_of(*winner))
