"""The derived tables of feeds: which feeds there are, and what each of them has."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.index.derived_rows import LIVE, ArticleRow, Parts, decoded_parts
from newsfeed.catalog.stored.index.indexed_rules import IndexedRule, indexed_rules
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import Facets, combinations, facets_of
from newsfeed.model.periods import period_of
from newsfeed.model.plain_paths import plain_path
from newsfeed.model.site import Site

__all__ = ["FeedTables", "decoded_terms", "encoded_terms"]

#: How many feeds are remembered from one transaction to the next.
_REMEMBERED = 200_000

_FIND = "SELECT number FROM feed WHERE rule = ? AND terms = ?"
_ADD = "INSERT INTO feed (number, rule, terms, plain, live, revision) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_TERM = "INSERT INTO feed_term (facet, term, feed) VALUES (?, ?, ?)"
_CHANGE = "UPDATE feed SET live = live + ?, revision = ? WHERE number = ?"
_CHANGE_PERIOD = """
INSERT INTO feed_period (feed, period, live, departed, revision, archive_revision) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (feed, period) DO UPDATE SET live = feed_period.live + excluded.live,
    departed = feed_period.departed + excluded.departed, revision = excluded.revision,
    archive_revision = CASE
        WHEN (feed_period.live + feed_period.departed > 0)
            = (feed_period.live + feed_period.departed + excluded.live + excluded.departed > 0)
        THEN feed_period.archive_revision ELSE excluded.archive_revision END
"""
#: The tables that list articles, and the columns of their keys. Behind them comes the number of the article's row.
_LISTS = {
    "membership": ("feed", "rank", "own_id"),
    "archived": ("feed", "period", "rank", "own_id"),
    "late_update": ("feed", "period", "stands", "rank", "own_id"),
    "tombstone": ("feed", "rank", "own_id"),
}
#: A row of such a table.
_Listed: TypeAlias = tuple[int | float | str, ...]


_TERMS = msgspec.json.Decoder(tuple[str, ...])


def decoded_terms(text: str) -> tuple[str, ...]:
    """Return the terms of a feed, read from what the table has.

    >>> decoded_terms(encoded_terms(["en", "Snow"]))
    ('en', 'Snow')
    """
    return _TERMS.decode(text)


def encoded_terms(terms: Iterable[str]) -> str:
    """Return the terms of a feed as the table has them."""
    return msgspec.json.encode(tuple(terms)).decode()


class FeedTables:
    """The feeds, their live articles, tombstones and departed periods, changed in one transaction after the other.

    Args:
        connection: The store.
        site: The site.
    """

    def __init__(self, connection: Connection, site: Site) -> None:
        self._connection = connection
        self._site = site
        self._rules = indexed_rules(site)
        self._axes = tuple(dict.fromkeys(facet for rule in self._rules for facet in rule.facets))
        self._numbers: dict[tuple[int, tuple[str, ...]], int] = {}
        #: Whether there are no feeds but those that are remembered.
        self._knows_all = False
        self._begin()

    def begin(self, *, forget: bool, is_empty: bool) -> None:
        """Begin a transaction.

        Args:
            forget: Whether others may have changed the tables since the last one.
            is_empty: Whether the tables were emptied.
        """
        if forget or len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
            self._knows_all = is_empty
        self._begin()

    def _begin(self) -> None:
        self._last: int | None = None
        self._new: dict[int, tuple[int, str, str]] = {}
        self._new_terms: list[tuple[str, str, int]] = []
        self._left: dict[str, set[_Listed]] = {table: set() for table in _LISTS}
        self._joined: dict[str, set[_Listed]] = {table: set() for table in _LISTS}
        #: By how many live articles each feed, and each period of its archives, has more than before.
        self._live: Counter[int] = Counter()
        self._live_of_period: Counter[tuple[int, str]] = Counter()
        self._departed: Counter[tuple[int, str]] = Counter()
        self._changed: set[int] = set()
        self._changed_periods: set[tuple[int, str]] = set()

    def facets(self, article: Article) -> Facets:
        """Return what an article has on the axes that matter."""
        return facets_of(article, self._site, self._axes)

    def of(self, article: Article, facets: Facets, clock: datetime) -> Parts:
        """Return the feeds that an article belongs to, and its periods in those with archives."""
        feeds: list[int] = []
        periods: list[tuple[int, str, str]] = []
        by_update: list[int] = []
        outgrown: list[int] = []
        zone = self._site.zone
        for rule in self._rules:
            numbers = [
                self._number(rule, terms)
                for terms in combinations(facets, rule.axes, rule.conditions, rule.excluded)
            ]
            feeds += numbers
            if rule.archive and numbers:
                published = period_of(article.published, rule.archive, zone)
                updated = period_of(article.updated or article.published, rule.archive, zone)
                periods += [(number, published, updated) for number in numbers]
            if rule.by_update:
                by_update += numbers
                if rule.max_age is not None and clock - article.published > rule.max_age:
                    outgrown += numbers
        return Parts(feeds=feeds, periods=periods, by_update=by_update, outgrown=outgrown)

    def change(self, old: ArticleRow | None, new: ArticleRow | None) -> None:
        """Let a row contribute something else than before."""
        before, after = _parts(old), _parts(new)
        for table, left, joined in (
            ("membership", _memberships(old, before), _memberships(new, after)),
            ("archived", _archived(old, before), _archived(new, after)),
            ("late_update", _late_updates(old, before), _late_updates(new, after)),
            ("tombstone", _tombstones(old, before), _tombstones(new, after)),
        ):
            self._left[table] |= left - joined
            self._joined[table] |= joined - left
        for row, parts, sign in ((old, before, -1), (new, after, 1)):
            self.mark_changed(parts)
            if row is not None and row.state == LIVE:
                self._live.update(dict.fromkeys(parts.feeds, sign))
            for feed, period, _ in parts.periods:
                counts = self._live_of_period if row is not None and row.state == LIVE else self._departed
                counts[feed, period] += sign

    def mark_changed(self, parts: Parts) -> None:
        """Note that the entry of an article has changed."""
        self._changed.update(parts.feeds)
        self._changed_periods.update((feed, period) for feed, period, _ in parts.periods)

    def write(self, revision: int) -> None:
        """Write what has changed.

        Args:
            revision: The number of the refresh.
        """
        connection = self._connection
        connection.executemany(_ADD_TERM, sorted(self._new_terms))
        for table, keys in _LISTS.items():
            columns = (*keys, "number")
            connection.executemany(
                f"DELETE FROM {table} WHERE {' AND '.join(f'{key} = ?' for key in keys)}",  # noqa: S608 - names above
                [listed[: len(keys)] for listed in sorted(self._left[table])],
            )
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
                sorted(self._joined[table]),
            )
        connection.executemany(
            _CHANGE_PERIOD,
            [
                (*key, self._live_of_period[key], self._departed[key], revision, revision)
                for key in sorted(self._changed_periods)
            ],
        )
        connection.executemany(
            _ADD, [(feed, *facts, self._live[feed], revision) for feed, facts in self._new.items()]
        )
        changed = sorted(self._changed - self._new.keys())
        connection.executemany(_CHANGE, [(self._live[feed], revision, feed) for feed in changed])

    def _number(self, rule: IndexedRule, terms: tuple[str, ...]) -> int:
        """Return the number of a feed, which is new if need be."""
        key = rule.number, terms
        number = self._numbers.get(key)
        if number is None:
            encoded = encoded_terms(terms)
            found = None if self._knows_all else self._find(rule, encoded)
            number = self._numbers[key] = self._add(rule, terms, encoded) if found is None else found
        return number

    def _find(self, rule: IndexedRule, encoded: str) -> int | None:
        found = self._connection.execute(_FIND, (rule.number, encoded)).fetchone()
        return None if found is None else int(found[0])

    def _add(self, rule: IndexedRule, terms: tuple[str, ...], encoded: str) -> int:
        if self._last is None:
            (self._last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM feed").fetchone()
        self._last += 1
        is_of_site = rule.number < len(self._site.feed_rules)
        plain = plain_path(rule.number, terms, self._site) if is_of_site else ""
        self._new[self._last] = rule.number, encoded, plain
        self._new_terms += [
            (axis, term, self._last)
            for axis, term in zip(rule.axes, terms, strict=True)
            if not AXES[axis].is_closed
        ]
        return self._last


def _parts(row: ArticleRow | None) -> Parts:
    return decoded_parts("" if row is None else row.parts)


def _memberships(row: ArticleRow | None, parts: Parts) -> set[_Listed]:
    if row is None or row.state != LIVE or row.own_id is None or row.rank is None or row.stands is None:
        return set()
    if not parts.by_update:
        return {(feed, row.rank, row.own_id, row.number) for feed in parts.feeds}
    return {
        (feed, -row.stands if feed in parts.by_update else row.rank, row.own_id, row.number)
        for feed in parts.feeds
        if feed not in parts.outgrown
    }


def _archived(row: ArticleRow | None, parts: Parts) -> set[_Listed]:
    if row is None or row.state != LIVE or row.own_id is None or row.rank is None:
        return set()
    return {(feed, period, row.rank, row.own_id, row.number) for feed, period, _ in parts.periods}


def _late_updates(row: ArticleRow | None, parts: Parts) -> set[_Listed]:
    if row is None or row.state != LIVE or row.own_id is None or row.rank is None or row.stands is None:
        return set()
    return {
        (feed, updated, -row.stands, row.rank, row.own_id, row.number)
        for feed, published, updated in parts.periods
        if published < updated
    }


def _tombstones(row: ArticleRow | None, parts: Parts) -> set[_Listed]:
    if row is None or parts.tombstone is None or row.own_id is None:
        return set()
    return {(feed, parts.tombstone, row.own_id, row.number) for feed in parts.feeds}
