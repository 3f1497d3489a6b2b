"""The newest articles that have some terms, answered by the index of the feeds that have them."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.index.feed_tables import decoded_terms, encoded_terms
from newsfeed.catalog.stored.index.indexed_rules import IndexedRule, indexed_rules
from newsfeed.model.axes import AXES
from newsfeed.model.facets import NO_CONDITIONS, Conditions, facets_of, fits
from newsfeed.model.site import Site

__all__ = ["StoredNewest"]


_FEED = "SELECT number, live FROM feed WHERE rule = ? AND terms = ? AND live > 0"
_FEEDS_WITH = """
SELECT f.number, f.live, f.terms FROM feed_term t JOIN feed f ON f.number = t.feed
WHERE t.facet = ? AND t.term = ? AND f.rule = ? AND f.live > 0
"""
#: Reads the articles of a feed, the newest first.
_Members: TypeAlias = Callable[[int], Iterator[Candidate]]


class _Way(NamedTuple):
    """Some feeds that together have every article that is asked for."""

    articles: int
    #: Whether they may have others as well.
    has_others: bool
    feeds: tuple[int, ...]


class StoredNewest:
    """Finds the newest articles that have some terms.

    Args:
        snapshot: The store.
        site: The site.
        members: Reads the articles of a feed, the newest first.
    """

    def __init__(self, snapshot: Snapshot, site: Site, members: _Members) -> None:
        self._snapshot = snapshot
        self._site = site
        self._members = members

    def of(self, conditions: Conditions, limit: int, excluded: Conditions) -> tuple[Candidate, ...]:
        """Return the newest live articles that have one of the terms on each facet asked for.

        Args:
            conditions: The terms by facet.
            limit: The most articles.
            excluded: The terms of articles to leave out, by facet.
        """
        return tuple(islice(self.each(conditions, excluded), limit))

    def each(self, conditions: Conditions, excluded: Conditions = NO_CONDITIONS) -> Iterator[Candidate]:
        """Yield the live articles that have one of the terms on each facet asked for, the newest first."""
        way = min(
            way for rule in indexed_rules(self._site) if (way := self._way(rule, conditions)) is not None
        )
        merged = heapq.merge(*map(self._members, way.feeds), key=attrgetter("rank"))
        asked = (*conditions, *excluded)
        for candidate in _distinct(merged):
            if not (way.has_others or excluded) or fits(
                facets_of(candidate.article, self._site, asked), conditions, excluded
            ):
                yield candidate

    def _way(self, rule: IndexedRule, conditions: Conditions) -> _Way | None:
        """Return the feeds of a rule that have every article that is asked for; None if no index finds them."""
        if not rule.has_newest:
            return None
        unasked = set(rule.axes) - conditions.keys()
        if unasked <= {"language"}:
            found = list(self._feeds_of(rule, conditions))
        else:
            named = [axis for axis in rule.axes if axis in conditions and not AXES[axis].is_closed]
            if not named:
                return None
            found = list(self._feeds_with(rule, named[0], conditions))
        has_others = not conditions.keys() <= set(rule.axes)
        return _Way(sum(live for _, live in found), has_others, tuple(number for number, _ in found))

    def _feeds_of(self, rule: IndexedRule, conditions: Conditions) -> Iterator[tuple[int, int]]:
        """Yield the feeds of all terms that are asked for, in all languages if none is."""
        terms = [conditions.get(axis) or self._site.languages for axis in rule.axes]
        for combination in dict.fromkeys(product(*terms)):
            yield from (
                (feed, live)
                for feed, live in self._snapshot.all(_FEED, rule.number, encoded_terms(combination))
            )

    def _feeds_with(self, rule: IndexedRule, axis: str, conditions: Conditions) -> Iterator[tuple[int, int]]:
        """Yield the feeds that have a term on one axis, of those that have a term that is asked for on the others."""
        for term in dict.fromkeys(conditions[axis]):
            for number, live, encoded in self._snapshot.all(_FEEDS_WITH, axis, term, rule.number):
                terms = zip(rule.axes, decoded_terms(encoded), strict=True)
                if all(each in conditions.get(name, (each,)) for name, each in terms):
                    yield number, live


def _distinct(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leave out articles that several feeds have; they come one after the other."""
    last = None
    for candidate in candidates:
        if candidate.rank != last:
            yield candidate
        last = candidate.rank
