"""The newest articles that have some terms, told by the index of the feeds that have them."""

import heapq
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.stored.feed_tables import encoded_terms
from newsfeed.catalog.stored.indexed_rules import IndexedRule, indexed_rules
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import facets_of, fits, known_terms
from newsfeed.model.site import Site

__all__ = ["newest"]

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
    feeds: tuple[int, ...]
    #: Whether they have no others.
    is_exact: bool


def newest(
    connection: sqlite3.Connection,
    site: Site,
    conditions: Mapping[str, Sequence[str]],
    limit: int,
    members: _Members,
) -> tuple[Candidate, ...]:
    """Return the newest live articles that have one of the terms on each facet asked for.

    Args:
        connection: The store, in a transaction.
        site: The site.
        conditions: The terms by facet.
        limit: How many articles are wanted.
        members: Reads the articles of a feed, the newest first.
    """
    ways = [way for rule in indexed_rules(site) if (way := _way(connection, site, rule, conditions)) is not None]
    way = min(ways)
    merged = heapq.merge(*map(members, way.feeds), key=lambda candidate: candidate.rank)
    found = (
        candidate
        for candidate in _distinct(merged)
        if way.is_exact or _has_all(candidate.article, site, conditions)
    )
    return tuple(islice(found, limit))


def _way(
    connection: sqlite3.Connection,
    site: Site,
    rule: IndexedRule,
    conditions: Mapping[str, Sequence[str]],
) -> _Way | None:
    """Return the feeds of a rule that have every article that is asked for; None if no index finds them."""
    if rule.conditions:
        return None
    asked = [axis for axis in rule.axes if axis in conditions]
    if len(asked) < len(rule.axes) and not set(rule.axes) <= {*asked, "language"}:
        free = next((axis for axis in asked if not AXES[axis].is_closed), None)
        if free is None:
            return None
        found = [
            (number, live)
            for term in conditions[free]
            for number, live, terms in connection.execute(_FEEDS_WITH, (free, term, rule.number))
            if _fits_terms(rule, terms, conditions)
        ]
    else:
        terms = [conditions.get(axis) or known_terms(axis, site) or () for axis in rule.axes]
        found = [
            feed
            for combination in dict.fromkeys(product(*terms))
            for feed in connection.execute(_FEED, (rule.number, encoded_terms(combination)))
        ]
    return _Way(sum(live for _, live in found), tuple(number for number, _ in found), set(asked) == set(conditions))


def _fits_terms(rule: IndexedRule, encoded: str, conditions: Mapping[str, Sequence[str]]) -> bool:
    import json

    terms = json.loads(encoded)
    return all(term in conditions.get(axis, (term,)) for axis, term in zip(rule.axes, terms, strict=True))


def _has_all(article: Article, site: Site, conditions: Mapping[str, Sequence[str]]) -> bool:
    return fits(facets_of(article, site, conditions), conditions)


def _distinct(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    """Leave out an article that several feeds have; they come one after the other."""
    last = None
    for candidate in candidates:
        if candidate.rank != last:
            yield candidate
        last = candidate.rank
