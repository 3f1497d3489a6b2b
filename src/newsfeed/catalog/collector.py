"""What each feed of a site carries, collected from its articles as they pass."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from math import inf
from operator import attrgetter
from pathlib import Path

from newsfeed.catalog.candidates import Candidate, Newest, Rank, rank_by_update, rank_of
from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.placed_candidates import PlacedCandidate, candidate_of
from newsfeed.catalog.tombstones import end_of_tombstone
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import Conditions, Facets, combinations, facets_of
from newsfeed.model.feed import Tombstone
from newsfeed.model.periods import period_of
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle

__all__ = ["Collector", "RuleCollector"]


class RuleCollector:
    """What the feeds of one rule carry.

    Args:
        rule: The rule.
        as_of: The moment.
    """

    def __init__(self, rule: FeedRule, as_of: datetime) -> None:
        self.axes = rule.axes
        #: The facets that tell to which feeds an article belongs.
        self.facets = rule.facets
        self.archive = rule.archive
        self.by_update = rule.order == "updated"
        self._conditions, self._excluded = rule.conditions, rule.excluded
        self._limit = rule.most
        oldest = rule.oldest(as_of)
        self._oldest_rank = inf if oldest is None else -oldest.timestamp()
        self._min_articles = rule.min_articles
        #: Whether a feed may exist, or not, whatever it carries.
        self._counts = rule.min_articles > 1 or oldest is not None
        self._articles: Counter[tuple[str, ...]] = Counter()
        self._departed: dict[tuple[str, ...], set[str]] = {}
        self._tombstones: dict[tuple[str, ...], list[Tombstone]] = {}
        self._feeds: defaultdict[tuple[str, ...], Newest] = defaultdict(partial(Newest, self._limit))

    def feeds_for(self, facets: Facets, rank: Rank) -> list[Newest]:
        """Return the feeds that may carry a live article.

        Args:
            facets: The article's terms.
            rank: Its place in the order of publication.
        """
        combined = self._combinations(facets)
        if self._counts:
            combined = list(combined)
            self._articles.update(combined)
            if rank[0] > self._oldest_rank:
                return []
        return list(map(self._feeds.__getitem__, combined))

    def note_departed(self, facets: Facets, period: str) -> None:
        """Note that an article of a period has left the feeds that it belonged to."""
        for combination in self._combinations(facets):
            self._departed.setdefault(combination, set()).add(period)

    def note_withdrawn(self, facets: Facets, tombstone: Tombstone) -> None:
        """Note that an article was withdrawn from the feeds that it belonged to."""
        for combination in self._combinations(facets):
            self._tombstones.setdefault(combination, []).append(tombstone)

    def _combinations(self, facets: Facets) -> Iterable[tuple[str, ...]]:
        return combinations(facets, self.axes, self._conditions, self._excluded)

    def merge(self, other: "RuleCollector") -> None:
        """Add what another collector of the same rule, of other articles, has."""
        self._articles.update(other._articles)
        for combination, newest in other._feeds.items():
            self._feeds[combination].merge(newest.in_order())
        for combination, periods in other._departed.items():
            self._departed.setdefault(combination, set()).update(periods)
        for combination, tombstones in other._tombstones.items():
            self._tombstones.setdefault(combination, []).extend(tombstones)

    def feed(self, combination: tuple[str, ...]) -> Newest:
        """Return the feed of some terms, one on each axis."""
        return self._feeds[combination]

    def carried(self) -> Iterable[tuple[Candidate, ...]]:
        """Yield what each feed carries, newest first."""
        return (newest.in_order() for newest in self._feeds.values())

    def contents(self) -> dict[tuple[str, ...], FeedContent]:
        """Return what each feed has, by its terms."""
        return {
            combination: self.content(combination)
            for combination in {**self._feeds, **self._articles, **self._departed, **self._tombstones}
        }

    def content(self, combination: tuple[str, ...]) -> FeedContent:
        """Return what the feed of some terms has."""
        candidates = newest.in_order() if (newest := self._feeds.get(combination)) else ()
        count = self._articles[combination] if self._counts else len(candidates)
        return FeedContent(
            candidates,
            self._latest_tombstones(combination),
            frozenset(self._departed.get(combination, ())),
            has_enough=count >= self._min_articles,
        )

    def _latest_tombstones(self, combination: tuple[str, ...]) -> tuple[Tombstone, ...]:
        tombstones = self._tombstones.get(combination, [])
        return tuple(sorted(tombstones, key=lambda gone: (-gone.when.timestamp(), gone.id))[: self._limit])

    def answer(self, conditions: Conditions, limit: int) -> tuple[Candidate, ...] | None:
        """Return the newest articles that have one term on each of some facets.

        Returns:
            The articles; None if no feed of this rule can tell.
        """
        if self._carries_others(conditions):
            return None
        combination = tuple(conditions[axis][0] for axis in self.axes)
        feed = self._feeds.get(combination)
        if any(len(terms) != 1 for terms in conditions.values()) or feed is None:
            return None
        return feed.in_order()[:limit] if limit <= self._limit or not feed.is_full else None

    def _carries_others(self, conditions: Conditions) -> bool:
        """Return whether its feeds have other articles than those that have some terms, or another order."""
        is_cut = self._conditions or self._excluded or self._oldest_rank < inf
        return bool(is_cut) or self.by_update or set(conditions) != set(self.axes)


class Collector:
    """What all feeds of a site carry, and in which order its topics and authors were first published.

    Args:
        site: The site.
        rules: For which rules to collect; the site's own in their order, or one of the moment.
        as_of: The moment for which they are collected.
        folder: Where to put articles that stay where they are otherwise, so that they are read faster.
    """

    def __init__(
        self, site: Site, rules: Iterable[FeedRule], as_of: datetime, folder: str | None = None
    ) -> None:
        self._site = site
        self._folder = folder
        self._as_of = as_of
        self.rules = tuple(RuleCollector(rule, as_of) for rule in rules)
        self._in_order = tuple(rule for rule in self.rules if not rule.by_update)
        self._by_update = tuple(rule for rule in self.rules if rule.by_update)
        self.first_seen = FirstSeen()
        #: How many live articles there are.
        self.live = 0
        self._withdrawn: list[Article] = []
        self._axes = tuple(dict.fromkeys(facet for rule in self.rules for facet in rule.facets))
        self._named_freely = tuple(axis for axis in self._axes if AXES[axis].is_named_freely)

    def carried(self) -> tuple[Candidate, ...]:
        """Return every article that a feed carries, once, in the order of their ranks."""
        found: dict[str, Candidate] = {}
        for rule in self.rules:
            for feed in rule.carried():
                for each in feed:
                    found.setdefault(each.rank[1], each)
        return tuple(sorted(found.values(), key=attrgetter("rank")))

    @property
    def withdrawn(self) -> list[Article]:
        """Withdrawn articles whose tombstones feeds carry, the newest first."""
        return sorted(self._withdrawn, key=rank_of)

    def end(self) -> None:
        """Let go of what no feed carries, and put the articles of the rest into a file of the folder, if there is one."""
        carried = self.carried()
        if self._folder is None:
            return
        with Path(self._folder, uuid.uuid4().hex).open("xb") as file:
            for each in carried:
                if isinstance(each, PlacedCandidate) and each.placed.kept is not None:
                    each.placed.put_into(file)

    def merge(self, other: "Collector") -> None:
        """Add what another collector for the same rules, of other articles, has."""
        for rule, others in zip(self.rules, other.rules, strict=True):
            rule.merge(others)
        self.first_seen.merge(other.first_seen)
        self.live += other.live
        self._withdrawn += other._withdrawn

    def take(self, sourced: SourcedArticle, *, is_live: bool) -> None:
        """Offer an article to the feeds that it belongs to.

        Args:
            sourced: An article whose time has come.
            is_live: Whether it is live; one that isn't only shows when its terms were first published.
        """
        article = sourced.article
        facets = facets_of(article, self._site, self._axes)
        rank = rank_of(article)
        for facet in self._named_freely:
            self.first_seen.note(facet, facets[facet], article.language, rank)
        if not is_live:
            self._note_departed(article, facets)
            self._note_withdrawn(article, facets)
            return
        self.live += 1
        self._offer(sourced, rank, self._in_order, facets, rank)
        if self._by_update:
            self._offer(sourced, rank_by_update(article), self._by_update, facets, rank)

    def _offer(
        self,
        sourced: SourcedArticle,
        rank: Rank,
        rules: Iterable[RuleCollector],
        facets: Facets,
        published: Rank,
    ) -> None:
        """Offer a live article to the feeds of rules that have one order, at its place in it."""
        feeds = [feed for rule in rules for feed in rule.feeds_for(facets, published) if rank < feed.worst]
        if feeds:
            candidate = candidate_of(sourced, rank, self._site, keeps_article=self._folder is not None)
            for feed in feeds:
                feed.add(candidate)

    def _note_withdrawn(self, article: Article, facets: Facets) -> None:
        """Keep a tombstone for as long as the site says."""
        when = article.updated or article.published
        until = end_of_tombstone(article, self._site)
        if until is not None and when <= self._as_of < until:
            self._withdrawn.append(article)
            for rule in self.rules:
                rule.note_withdrawn(facets, Tombstone(id=article.id or "", when=when))

    def _note_departed(self, article: Article, facets: Facets) -> None:
        for rule in self.rules:
            if rule.archive:
                rule.note_departed(facets, period_of(article.published, rule.archive, self._site.zone))
