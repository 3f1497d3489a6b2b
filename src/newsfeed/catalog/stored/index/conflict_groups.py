"""Which rows win where several have one id, or are editions of one story in one language.

A group is looked up by an index that has the best row first. So it doesn't matter how many others are in it: only the
row that has won so far, the one that wins now, and the rows that change are looked at. (Of rows that were updated at
the same moment all are.)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.lookups import looked_up
from newsfeed.catalog.stored.index.derived_rows import LOSER, SET_ASIDE, StoredRow

__all__ = ["Outcome", "editions_in_conflict", "ids_in_conflict"]

#: The rows that were looked at, and for each whether it wins.
Outcome: TypeAlias = dict[int, bool]
#: A row, the moment that decides, and its state.
_Standing: TypeAlias = tuple[int, float, str]

_KNOWN_IDS = """
WITH asked (own_id) AS (VALUES {keys})
SELECT own_id FROM asked WHERE EXISTS (SELECT 1 FROM article a WHERE a.own_id = asked.own_id)
"""
_KNOWN_EDITIONS = """
WITH asked (story, language) AS (VALUES {keys})
SELECT story, language FROM asked WHERE EXISTS (
    SELECT 1 FROM article a
    WHERE a.story = asked.story AND a.language = asked.language
        AND a.story IS NOT NULL AND a.state IN ('live', 'set aside')
)
"""
_OF_ID = "SELECT number, stands, state FROM article WHERE own_id = ? ORDER BY stands DESC"
_OF_EDITION = """
SELECT number, stands, state FROM article
WHERE story = ? AND language = ? AND story IS NOT NULL AND state IN ('live', 'set aside') ORDER BY stands DESC
"""


def ids_in_conflict(
    connection: Connection,
    ids: Iterable[str],
    rows: Mapping[int, StoredRow],
    load: Callable[[int], StoredRow],
) -> Outcome:
    """Find the winner of each of some ids.

    Args:
        connection: The store.
        ids: The ids that a changed row has or had.
        rows: The changed rows by number.
        load: Reads a row that hasn't changed.

    Returns:
        The changed rows that have these ids, and those others that win now, or have won so far.
    """
    changed = _grouped((row.own_id, row) for row in rows.values() if row.own_id is not None)
    outcome: Outcome = {}
    asked = sorted(ids)
    known = {own_id for (own_id,) in looked_up(connection, _KNOWN_IDS, zip(asked))}
    for own_id in asked:
        found: Iterable[_Standing] = connection.execute(_OF_ID, (own_id,)) if own_id in known else ()
        others = _best((row for row in found if row[0] not in rows), LOSER)
        outcome |= _outcome(changed.get(own_id, ()), others, LOSER, load)
    return outcome


def editions_in_conflict(
    connection: Connection,
    editions: Iterable[tuple[str, str]],
    rows: Mapping[int, StoredRow],
    eligible: Iterable[StoredRow],
    load: Callable[[int], StoredRow],
) -> Outcome:
    """Find the live edition of each of some stories in each of some languages.

    Args:
        connection: The store.
        editions: The stories and languages of the rows that may have changed.
        rows: The rows that may have changed, by number.
        eligible: Those of them that may be live.
        load: Reads another row.

    Returns:
        The eligible rows, and those others that win now, or have won so far.
    """
    changed = _grouped((row.edition, row) for row in eligible if row.edition is not None)
    outcome: Outcome = {}
    asked = sorted(editions)
    known = set(looked_up(connection, _KNOWN_EDITIONS, asked))
    for edition in asked:
        found: Iterable[_Standing] = connection.execute(_OF_EDITION, edition) if edition in known else ()
        others = _best((row for row in found if row[0] not in rows), SET_ASIDE)
        outcome |= _outcome(changed.get(edition, ()), others, SET_ASIDE, load)
    return outcome


def _grouped(named: Iterable[tuple[object, StoredRow]]) -> dict[object, list[StoredRow]]:
    groups: dict[object, list[StoredRow]] = {}
    for name, row in named:
        groups.setdefault(name, []).append(row)
    return groups


def _best(found: Iterator[_Standing], lost: str) -> list[_Standing]:
    """Return the best rows, all that stand alike, with the winner so far among them if there is one."""
    for _, alike in groupby(found, key=itemgetter(1)):
        best = list(alike)
        return [row for row in best if row[2] != lost] or best
    return []


def _outcome(
    changed: Sequence[StoredRow],
    others: list[_Standing],
    lost: str,
    load: Callable[[int], StoredRow],
) -> Outcome:
    """Return which rows win and which lose.

    Args:
        changed: The changed rows of the group.
        others: The best of its other rows.
        lost: The state of rows that have lost so far.
        load: Reads another row.
    """
    if len(changed) == 1 and not others:
        return {changed[0].number: True}
    stands = {row.number: row.stands for row in changed} | {row[0]: row[1] for row in others}
    if not stands:
        return {}
    most = max(stands.values())
    best = [number for number, stand in stands.items() if stand == most]
    if len(best) > 1:
        by_number = {row.number: row for row in changed}
        best.sort(key=lambda number: (by_number.get(number) or load(number)).standing)
    winner = best[-1]
    have_won = {number for number, _, state in others if state != lost}
    return {number: number == winner for number in {*(row.number for row in changed), *have_won, winner}}
