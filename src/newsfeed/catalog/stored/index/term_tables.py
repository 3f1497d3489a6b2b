"""The derived tables of terms: which topics and authors there are in each language, and when each was first used.

Uses by articles that have expired, were withdrawn or are set aside count as well, so that a new term never takes the
path of an old one. When the first use goes, the next one takes its place.
"""

from collections.abc import Iterable, Mapping
from operator import itemgetter

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.index.derived_rows import ArticleRow, decoded_parts
from newsfeed.model.axes import AXES
from newsfeed.model.facets import Facets
from newsfeed.model.plain_paths import plain_segment
from newsfeed.model.site import Site
from newsfeed.text.slugs import same_file

__all__ = ["TermTables", "axes_named_freely"]

_NONE = (None, None, None)
#: How many terms are remembered from one transaction to the next.
_REMEMBERED = 200_000
#: The moment of a use, the article's id, and the place of the term in it.
_Use = tuple[float, str, int]

_FIND = """
SELECT number, first_moment, first_id, first_position FROM term WHERE facet = ? AND term = ? AND language = ?
"""
_ADD = """
INSERT INTO term
    (number, facet, term, language, segment, bare_segment, first_moment, first_id, first_position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FIRST = "SELECT moment, own_id, position FROM term_use WHERE term = ? ORDER BY moment, own_id LIMIT 1"
_CHANGE = "UPDATE term SET first_moment = ?, first_id = ?, first_position = ? WHERE number = ?"
#: The terms that would have the same segment in paths as one, that one included.
_ALIKE = """
SELECT o.facet, o.term FROM term t JOIN term o ON o.facet = t.facet AND o.bare_segment = t.bare_segment
WHERE t.number = ?
UNION
SELECT o.facet, o.term FROM term t
JOIN term o ON o.facet = t.facet AND o.language = t.language AND o.segment = t.segment
WHERE t.number = ?
"""
_MARK_CHANGED = """
UPDATE feed SET revision = ? WHERE number IN (SELECT feed FROM feed_term WHERE facet = ? AND term = ?)
"""
_LEAVE = "DELETE FROM term_use WHERE term = ? AND moment = ? AND own_id = ?"
_JOIN = "INSERT INTO term_use (term, moment, own_id, position) VALUES (?, ?, ?, ?)"


def axes_named_freely(site: Site) -> tuple[str, ...]:
    """Return the axes of a site's feeds whose terms come from articles, and may want one path."""
    axes = dict.fromkeys(facet for rule in site.feed_rules for facet in rule.facets)
    return tuple(axis for axis in axes if AXES[axis].is_named_freely)


class _Term(msgspec.Struct):
    number: int
    first: _Use | None


class TermTables:
    """The terms and their uses, changed in one transaction after the other.

    Args:
        connection: The store.
        site: The site.
    """

    def __init__(self, connection: Connection, site: Site) -> None:
        self._connection = connection
        self._axes = axes_named_freely(site)
        self._terms: dict[tuple[str, str, str], _Term] = {}
        self._by_number: dict[int, _Term] = {}
        #: Whether there are no terms but those that are remembered.
        self._knows_all = False
        self._begin()

    def begin(self, *, forget: bool, is_empty: bool) -> None:
        """Begin a transaction.

        Args:
            forget: Whether others may have changed the tables since the last one.
            is_empty: Whether the tables were emptied.
        """
        if forget or len(self._terms) > _REMEMBERED:
            self._terms.clear()
            self._knows_all = is_empty
            self._by_number.clear()
        self._begin()

    def _begin(self) -> None:
        self._last: int | None = None
        self._new: dict[int, tuple[str, ...]] = {}
        self._left: set[tuple[int, float, str, int]] = set()
        self._joined: set[tuple[int, float, str, int]] = set()

    def of(self, facets: Facets, language: str) -> list[tuple[int, int]]:
        """Return the numbers of an article's terms, and the place of each in it."""
        return [
            (self._term(axis, term, language).number, position)
            for axis in self._axes
            for term, position in _first_places(facets[axis]).items()
        ]

    def change(self, old: ArticleRow | None, new: ArticleRow | None) -> None:
        """Let a row use other terms than before."""
        before, after = _uses(old), _uses(new)
        self._left |= before - after
        self._joined |= after - before

    def write(self, revision: int) -> None:
        """Write what has changed. The feeds of terms that may have changed places have changed, too.

        Args:
            revision: The number of the refresh. The tables of feeds are written before.
        """
        connection = self._connection
        connection.executemany(_LEAVE, [use[:3] for use in sorted(self._left)])
        connection.executemany(_JOIN, sorted(self._joined))
        changed: dict[int, _Use | None] = {}
        for number, moment, own_id, position in self._joined:
            term, first = self._by_number[number], (moment, own_id, position)
            if term.first is None or first < term.first:
                term.first = changed[number] = first
        for number in {use[0] for use in self._left}:
            found = connection.execute(_FIRST, (number,)).fetchone()
            changed[number] = found
            if number in self._by_number:
                self._by_number[number].first = found
        moved = [] if self._knows_all else sorted(changed)  # after a derivation anew, everything is looked at
        connection.executemany(
            _ADD,
            [(number, *facts, *(changed.pop(number, None) or _NONE)) for number, facts in self._new.items()],
        )
        connection.executemany(
            _CHANGE,
            [(*(first or _NONE), number) for number, first in sorted(changed.items(), key=itemgetter(0))],
        )
        alike = (connection.execute(_ALIKE, (number, number)).fetchall() for number in moved)
        terms = {(facet, term) for those in alike if len(those) > 1 for facet, term in those}
        connection.executemany(_MARK_CHANGED, [(revision, *term) for term in sorted(terms)])

    def _term(self, facet: str, term: str, language: str) -> _Term:
        key = facet, term, language
        known = self._terms.get(key)
        if known is None:
            found = None if self._knows_all else self._connection.execute(_FIND, key).fetchone()
            if found is None:
                known = _Term(self._add(*key), None)
            else:
                known = _Term(found[0], None if found[1] is None else (found[1], found[2], found[3]))
            self._terms[key] = self._by_number[known.number] = known
        return known

    def _add(self, facet: str, term: str, language: str) -> int:
        if self._last is None:
            (self._last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM term").fetchone()
        self._last += 1
        segments = [same_file(plain_segment(facet, term, spoken)) for spoken in (language, None)]
        self._new[self._last] = facet, term, language, *segments
        return self._last


def _first_places(terms: Iterable[str]) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for position, term in enumerate(terms):
        places.setdefault(term, position)
    return places


def _uses(row: ArticleRow | None) -> set[tuple[int, float, str, int]]:
    if row is None or row.rank is None or row.own_id is None:
        return set()
    return {(term, -row.rank, row.own_id, position) for term, position in decoded_parts(row.parts).uses}
