"""What each feed of a site carries, collected from its articles as they pass."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from newsfeed.catalog.candidates import Candidate, Newest, candidate_of, rank_of
from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.tombstones import end_of_tombstone
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import Facets, combinations, facets_of
from newsfeed.model.feed import Tombstone
from newsfeed.model.periods import period_of
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle

__all__ = ["Collector", "RuleCollector"]


class RuleCollector:
    """What the feeds of one rule carry.

    Args:
        axes: The facets that have a feed for each term.
        conditions: The terms that articles must have, by facet.
        limit: The most articles of a feed, with its pages and archives.
        archive: The kind of periods that its feeds have archives for, if any.
    """

    def __init__(
        self,
        axes: Sequence[str],
        conditions: Mapping[str, Sequence[str]],
        limit: int,
        archive: str | None = None,
    ) -> None:
        self.axes = tuple(axes)
        self.conditions = conditions
        self.limit = limit
        self.archive = archive
        self._departed: dict[tuple[str, ...], set[str]] = {}
        self._tombstones: dict[tuple[str, ...], list[Tombstone]] = {}
        self._feeds: defaultdict[tuple[str, ...], Newest] = defaultdict(partial(Newest, limit))

    @classmethod
    def of(cls, rule: FeedRule) -> "RuleCollector":
        """Begin with a rule of the site."""
        return cls(rule.axes, rule.conditions, rule.most, rule.archive)

    def feeds_for(self, facets: Facets) -> list[Newest]:
        """Return the feeds that an article belongs to."""
        return list(map(self._feeds.__getitem__, self._combinations(facets)))

    def note_departed(self, facets: Facets, period: str) -> None:
        """Note that an article of a period has left the feeds that it belonged to."""
        for combination in self._combinations(facets):
            self._departed.setdefault(combination, set()).add(period)

    def note_withdrawn(self, facets: Facets, tombstone: Tombstone) -> None:
        """Note that an article was withdrawn from the feeds that it belonged to."""
        for combination in self._combinations(facets):
            self._tombstones.setdefault(combination, []).append(tombstone)

    def _combinations(self, facets: Facets) -> Iterable[tuple[str, ...]]:
        return combinations(facets, self.axes, self.conditions)

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
            for combination in {**self._feeds, **self._departed, **self._tombstones}
        }

    def content(self, combination: tuple[str, ...]) -> FeedContent:
        """Return what the feed of some terms has."""
        return FeedContent(
            newest.in_order() if (newest := self._feeds.get(combination)) else (),
            self._latest_tombstones(combination),
            frozenset(self._departed.get(combination, ())),
        )

    def _latest_tombstones(self, combination: tuple[str, ...]) -> tuple[Tombstone, ...]:
        tombstones = self._tombstones.get(combination, [])
        return tuple(sorted(tombstones, key=lambda gone: (-gone.when.timestamp(), gone.id))[: self.limit])

    def answer(self, conditions: Mapping[str, Sequence[str]], limit: int) -> tuple[Candidate, ...] | None:
        """Return the newest articles that have one term on each of some facets.

        Returns:
            The articles; None if no feed of this rule can tell.
        """
        if self.conditions or set(conditions) != set(self.axes):
            return None
        combination = tuple(conditions[axis][0] for axis in self.axes)
        feed = self._feeds.get(combination)
        if any(len(terms) != 1 for terms in conditions.values()) or feed is None:
            return None
        return feed.in_order()[:limit] if limit <= self.limit or not feed.is_full else None


class Collector:
    """What all feeds of a site carry, and in which order its topics and authors were first published.

    Args:
        site: The site.
        rules: What to collect for; the site's own rules in their order, or some of the moment.
        as_of: The moment for which they are collected.
    """

    def __init__(self, site: Site, rules: Iterable[RuleCollector], as_of: datetime) -> None:
        self._site = site
        self._as_of = as_of
        self.rules = tuple(rules)
        self.first_seen = FirstSeen()
        #: How many live articles there are.
        self.live = 0
        #: Withdrawn articles whose tombstones feeds carry.
        self.withdrawn: list[Article] = []
        self._axes = tuple(
            dict.fromkeys(axis for rule in self.rules for axis in (*rule.axes, *rule.conditions))
        )
        self._named_freely = tuple(axis for axis in self._axes if AXES[axis].is_named_freely)

    def carried(self) -> Iterable[Candidate]:
        """Return every article that a feed carries, once."""
        feeds = (feed for rule in self.rules for feed in rule.carried())
        return {each.rank[1]: each for feed in feeds for each in feed}.values()

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
        feeds = [feed for rule in self.rules for feed in rule.feeds_for(facets) if rank < feed.worst]
        if feeds:
            candidate = candidate_of(sourced, rank)
            for feed in feeds:
                feed.add(candidate)

    def _note_withdrawn(self, article: Article, facets: Facets) -> None:
        """Keep a tombstone for as long as the site says."""
        when = article.updated or article.published
        until = end_of_tombstone(article, self._site)
        if until is not None and when <= self._as_of < until:
            self.withdrawn.append(article)
            for rule in self.rules:
                rule.note_withdrawn(facets, Tombstone(id=article.id or "", when=when))

    def _note_departed(self, article: Article, facets: Facets) -> None:
        for rule in self.rules:
            if rule.archive:
                rule.note_departed(facets, period_of(article.published, rule.archive, self._site.zone))
