"""Which archives of a feed changed, and what some of them have, answered by index whatever the size of the others."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain, islice

from newsfeed.catalog.catalog import FeedContent, Neighbours
from newsfeed.catalog.stored.answers.candidates import StoredCandidate, StoredRows
from newsfeed.catalog.stored.answers.feeds import StoredFeeds
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.model.periods import period_before, period_of
from newsfeed.model.site import Site

__all__ = ["StoredArchives"]

_CHANGED = "SELECT period, archive_revision > ? FROM feed_period WHERE feed = ? AND revision > ?"
#: A period has an archive once it is over, if it has or had an article.
_BETWEEN = """
SELECT period FROM feed_period
WHERE feed = ? AND period >= ? AND period < ? AND live + departed > 0 ORDER BY period
"""
_OLDER = """
SELECT period FROM feed_period
WHERE feed = ? AND period < ? AND live + departed > 0 ORDER BY period DESC LIMIT 1
"""
_NEWER = """
SELECT period FROM feed_period
WHERE feed = ? AND period > ? AND period < ? AND live + departed > 0 ORDER BY period LIMIT 1
"""
_STATE = "SELECT live, departed FROM feed_period WHERE feed = ? AND period = ?"


class StoredArchives:
    """The archives of the feeds of a site's rules.

    Args:
        snapshot: The store.
        site: The site.
        as_of: The moment.
        feeds: Answers about the feeds themselves.
        rows: Reads the articles.
    """

    def __init__(
        self, snapshot: Snapshot, site: Site, as_of: datetime, feeds: StoredFeeds, rows: StoredRows
    ) -> None:
        self._snapshot = snapshot
        self._site = site
        self._as_of = as_of
        self._feeds = feeds
        self._rows = rows

    def content(self, rule_number: int, terms: tuple[str, ...], periods: Collection[str]) -> FeedContent:
        """Return what a feed has itself and in the archives of some periods."""
        feed = self._feeds.number(rule_number, terms)
        if feed is None:
            return FeedContent(archives={"": Neighbours()})
        running = self._running(rule_number)
        states = {period: self._state(feed, period) for period in {*periods, running}}
        archived = [period for period, counts in states.items() if period < running and any(counts)]
        archives = {period: self._neighbours(feed, period, running) for period in archived}
        archives[""] = Neighbours(self._older(feed, running))
        found = chain(
            self._own(feed, rule_number), *(self._rows.in_period(feed, period) for period in archived)
        )
        candidates = {candidate.rank: candidate for candidate in found}
        return FeedContent(
            tuple([candidates[rank] for rank in sorted(candidates)]),
            self._feeds.tombstones(rule_number, feed),
            frozenset(period for period, (_, departed) in states.items() if departed),
            archives,
            has_enough=self._feeds.has(rule_number, terms),
        )

    def changed(
        self, rule_number: int, terms: tuple[str, ...], since: int, moment: datetime
    ) -> frozenset[str]:
        """Return the periods of a feed's archives that changed, are new or gone, or have others beside them."""
        feed = self._feeds.number(rule_number, terms)
        if feed is None:
            return frozenset()
        running, before = self._running(rule_number), self._running(rule_number, moment)
        changed: dict[str, int] = dict(self._snapshot.all(_CHANGED, since, feed, since))
        over = {period for (period,) in self._snapshot.all(_BETWEEN, feed, before, running)}
        new_or_gone = {
            period for period, is_new_or_gone in changed.items() if is_new_or_gone and period < running
        }
        beside = {
            period
            for each in new_or_gone | over
            for period in self._neighbours(feed, each, running)
            if period
        }
        return frozenset(period for period in changed if period < running).union(over, beside)

    def _own(self, feed: int, rule_number: int) -> Iterator[StoredCandidate]:
        """Yield the articles that the feed itself has, and one on which it depends when it changes next.

        It has all articles of the running period, at least the newest, and of those that were updated lately as many as
        `plan.parts` chooses from.
        """
        rule = self._site.feed_rules[rule_number]
        running = self._running(rule_number)
        newest = {each.rank: each for each in self._rows.newest(feed, rule.limit)}
        newest |= {each.rank: each for each in self._rows.since_period(feed, running)}
        yield from newest.values()
        for period in (running, period_before(self._as_of, rule.archive or "", self._site.zone)):
            updated = (each for each in self._rows.updated_in(feed, period) if each.rank not in newest)
            yield from islice(updated, rule.limit)
        yield from self._rows.updated_after(feed, running)

    def _running(self, rule_number: int, moment: datetime | None = None) -> str:
        """Return the period of a moment, of the catalog's own by default."""
        kind = self._site.feed_rules[rule_number].archive or ""
        return period_of(moment or self._as_of, kind, self._site.zone)

    def _state(self, feed: int, period: str) -> tuple[int, int]:
        """Return how many articles a period has, and how many have left it."""
        found = self._snapshot.one(_STATE, feed, period)
        return (0, 0) if found is None else (int(found[0]), int(found[1]))

    def _neighbours(self, feed: int, period: str, running: str) -> Neighbours:
        newer = self._snapshot.one(_NEWER, feed, period, running)
        return Neighbours(self._older(feed, period), "" if newer is None else str(newer[0]))

    def _older(self, feed: int, period: str) -> str:
        older = self._snapshot.one(_OLDER, feed, period)
        return "" if older is None else str(older[0])
