"""What was found in the rows of a store: in each of them, and where they conflict."""

from collections.abc import Callable, Iterable, Iterator

from newsfeed.catalog.conflicts import same_edition, same_id
from newsfeed.catalog.stored.derived_rows import LOSER, SET_ASIDE, StoredRow
from newsfeed.catalog.stored.records import place_of
from newsfeed.catalog.stored.row_tables import decoded_findings
from newsfeed.catalog.stored.snapshot import Snapshot
from newsfeed.findings import Finding

__all__ = ["stored_findings", "touched_findings"]

_FOUND = "SELECT r.source, r.key, f.findings FROM row_finding f JOIN stored_row r ON r.number = f.number"
_TOUCHED = (
    "SELECT number, state, own_id, story, language FROM article WHERE touched > ? ORDER BY touched, number"
)
_IN_CONFLICT = """
SELECT number, state, own_id, story, language FROM article
WHERE state IN ('loser', 'set aside') ORDER BY state, number
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


def stored_findings(snapshot: Snapshot, load: Callable[[int], StoredRow]) -> tuple[Finding, ...]:
    """Return what was found in all rows, and where they conflict, in order of place.

    Args:
        snapshot: The store.
        load: Reads a row.
    """
    found = list(_decoded(snapshot.each(f"{_FOUND} ORDER BY f.number")))
    found += (_conflict(snapshot, load, *row) for row in snapshot.all(_IN_CONFLICT))
    return _in_order(found)


def touched_findings(snapshot: Snapshot, load: Callable[[int], StoredRow], since: int) -> tuple[Finding, ...]:
    """Return the same of the rows that were touched since a mark."""
    touched = snapshot.all(_TOUCHED, since)
    found = [
        finding
        for number, *_ in touched
        for finding in _decoded(snapshot.all(f"{_FOUND} WHERE f.number = ?", number))
    ]
    found += (_conflict(snapshot, load, *row) for row in touched if row[1] in {LOSER, SET_ASIDE})
    return _in_order(found)


def _decoded(rows: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
    for source, key, findings in rows:
        yield from decoded_findings(findings, place_of(source, key))


def _conflict(
    snapshot: Snapshot,
    load: Callable[[int], StoredRow],
    number: int,
    state: str,
    own_id: str,
    story: str,
    language: str,
) -> Finding:
    """Return the error of a row that lost."""
    loser = load(number).sourced
    if state == LOSER:
        winner, finding = snapshot.one(_WINNER_OF_ID, own_id), same_id
    else:
        winner, finding = snapshot.one(_WINNER_OF_EDITION, story, language), same_edition
    if loser is None or winner is None:
        raise AssertionError  # whatever has lost can be used, and something has won
    return finding(loser, place_of(*winner))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.place))
