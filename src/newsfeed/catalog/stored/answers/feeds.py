"""What the feeds of a store have, answered by index: one of them, or all of a rule."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile

from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.indexed_catalog import FeedKey
from newsfeed.catalog.stored.answers.candidates import StoredCandidate, StoredRows
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.database.moments import moment_at
from newsfeed.catalog.stored.index.feed_tables import decoded_terms, encoded_terms
from newsfeed.catalog.stored.index.indexed_rules import indexed_rules
from newsfeed.model.feed import Tombstone
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site

__all__ = ["StoredFeeds"]


_FEED = "SELECT number, live FROM feed WHERE rule = ? AND terms = ?"
_FEEDS = "SELECT number, terms, live FROM feed WHERE rule = ?"
_TOMBSTONES = """
SELECT t.number, a.changed FROM tombstone t JOIN article a ON a.number = t.number
WHERE t.feed = ? ORDER BY t.rank, t.own_id LIMIT ?
"""
_FEEDS_WITH_TOMBSTONES = (
    "SELECT DISTINCT t.feed FROM tombstone t JOIN feed f ON f.number = t.feed WHERE f.rule = ?"
)
_DEPARTED = "SELECT period FROM feed_period WHERE feed = ? AND departed > 0"
_ALL_DEPARTED = """
SELECT p.feed, p.period FROM feed_period p JOIN feed f ON f.number = p.feed WHERE f.rule = ? AND p.departed > 0
"""
_CHANGED = "SELECT rule, terms FROM feed WHERE revision > ? AND rule < ?"
_WITH_TERM = """
SELECT f.rule, f.terms, f.live FROM feed_term t JOIN feed f ON f.number = t.feed
WHERE t.facet = ? AND t.term = ? AND f.live > 0 AND f.rule < ?
"""
_OLDEST_SINCE = "SELECT rank FROM membership WHERE feed = ? AND rank <= ? ORDER BY rank DESC LIMIT 1"
_WANTING = "SELECT rule, terms, live FROM feed WHERE plain = ? AND live > 0"


class StoredFeeds:
    """The feeds of a site's rules to which an article belongs or belonged.

    Args:
        snapshot: The store.
        site: The site.
        as_of: The moment.
        rows: Reads the articles.
    """

    def __init__(self, snapshot: Snapshot, site: Site, as_of: datetime, rows: StoredRows) -> None:
        self._snapshot = snapshot
        self._rules = site.feed_rules
        self._indexed = indexed_rules(site)
        self._as_of = as_of
        self._has_tombstones = bool(site.tombstones)
        self._rows = rows

    def contents(self, rule_number: int) -> dict[tuple[str, ...], FeedContent]:
        """Return what each feed of a rule has, by its terms."""
        rule = self._rules[rule_number]
        carried = dict(self.carried(rule_number))
        with_tombstones = {feed for (feed,) in self._snapshot.each(_FEEDS_WITH_TOMBSTONES, rule_number)}
        departed: defaultdict[int, set[str]] = defaultdict(set)
        if rule.archive:
            for feed, period in self._snapshot.each(_ALL_DEPARTED, rule_number):
                departed[feed].add(period)
        return {
            decoded_terms(terms): FeedContent(
                carried.get(feed, ()),
                self.tombstones(rule_number, feed) if feed in with_tombstones else (),
                frozenset(departed.get(feed, ())),
                has_enough=live >= rule.min_articles,
            )
            for feed, terms, live in self._snapshot.all(_FEEDS, rule_number)
            if live or feed in with_tombstones or feed in departed
        }

    def content(self, rule_number: int, terms: tuple[str, ...]) -> FeedContent:
        """Return what one feed has."""
        found = self._snapshot.one(_FEED, rule_number, encoded_terms(terms))
        if found is None:
            return FeedContent()
        feed, live = found
        rule = self._rules[rule_number]
        periods = (period for (period,) in self._snapshot.all(_DEPARTED, feed)) if rule.archive else ()
        return FeedContent(
            self._young_enough(rule, self._rows.newest(feed, rule.most)) if live else (),
            self.tombstones(rule_number, feed),
            frozenset(periods),
            has_enough=live >= rule.min_articles,
        )

    def number(self, rule_number: int, terms: tuple[str, ...]) -> int | None:
        """Return the number of a feed; None if no article belongs or belonged to it."""
        found = self._snapshot.one(_FEED, rule_number, encoded_terms(terms))
        return None if found is None else int(found[0])

    def tombstones(self, rule_number: int, feed: int) -> tuple[Tombstone, ...]:
        """Return what was withdrawn from a feed, the latest first, while the site's tombstones last."""
        if not self._has_tombstones:
            return ()
        found = self._snapshot.all(_TOMBSTONES, feed, self._rules[rule_number].most)
        articles = [self._rows.article(number, changed) for number, changed in found]
        return tuple(
            Tombstone(id=article.id or "", when=article.updated or article.published) for article in articles
        )

    def carried(self, rule_number: int) -> Iterator[tuple[int, tuple[StoredCandidate, ...]]]:
        """Yield the number of each feed of a rule that has live articles, and those that it carries."""
        rule = self._rules[rule_number]
        most = rule.most
        for feed, members in self._rows.of_small_feeds(rule_number, most):
            yield feed, self._young_enough(rule, members)
        for feed, _, live in self._snapshot.all(_FEEDS, rule_number):
            if live > most:
                yield feed, self._young_enough(rule, self._rows.newest(feed, most))

    def has(self, rule_number: int, terms: tuple[str, ...]) -> bool:
        """Return whether so many live articles belong to a feed that it exists."""
        found = self._snapshot.one(_FEED, rule_number, encoded_terms(terms))
        return found is not None and found[1] >= self._rules[rule_number].min_articles

    def terms(self, rule_number: int) -> Iterator[tuple[str, ...]]:
        """Yield the terms of each feed of a rule that exists because of its live articles."""
        for _, terms, live in self._snapshot.each(_FEEDS, rule_number):
            if live >= self._rules[rule_number].min_articles:
                yield decoded_terms(terms)

    def with_term(self, facet: str, term: str) -> list[FeedKey]:
        """Return the feeds that exist and have a term on an axis whose terms come from articles."""
        return self._existing(_WITH_TERM, facet, term, len(self._rules))

    def wanting(self, plain_path: str) -> list[FeedKey]:
        """Return the feeds that exist and would have a path if no other wanted it."""
        return self._existing(_WANTING, plain_path)

    def first_published(self, since: datetime) -> datetime | None:
        """Return when the first of those live articles was published that were published since a moment; None if none was."""
        everything = next(rule for rule in self._indexed if rule.has_newest and {*rule.axes} <= {"language"})
        feeds = self._snapshot.all(_FEEDS, everything.number)
        found = (self._snapshot.one(_OLDEST_SINCE, feed, -since.timestamp()) for feed, _, _ in feeds)
        ranks = [row[0] for row in found if row is not None]
        return moment_at(-max(ranks)) if ranks else None

    def changed_since(self, revision: int) -> list[FeedKey]:
        """Return the feeds that changed since a revision."""
        found = self._snapshot.all(_CHANGED, revision, len(self._rules))
        return [(rule, decoded_terms(terms)) for rule, terms in found]

    def _existing(self, statement: str, *values: str | int) -> list[FeedKey]:
        return [
            (rule, decoded_terms(terms))
            for rule, terms, live in self._snapshot.all(statement, *values)
            if live >= self._rules[rule].min_articles
        ]

    def _young_enough(
        self, rule: FeedRule, newest: tuple[StoredCandidate, ...]
    ) -> tuple[StoredCandidate, ...]:
        """Leave out the articles that are too old; feeds in the order of updates have none."""
        oldest = rule.oldest(self._as_of)
        if oldest is None or rule.order == "updated":
            return newest
        last = -oldest.timestamp()
        return tuple(takewhile(lambda candidate: candidate.rank[0] <= last, newest))
