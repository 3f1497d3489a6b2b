"""For which feeds a store has an index: those of the site's rules, and some more that only questions need."""

from datetime import timedelta
from typing import NamedTuple

from newsfeed.model.axes import AXES
from newsfeed.model.facets import NO_CONDITIONS, Conditions
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.text.ages import length_of_age

__all__ = ["IndexedRule", "ages_by_update", "indexed_rules"]


class IndexedRule(NamedTuple):
    """A rule for whose feeds there is an index."""

    #: The place in `site.feed_rules`, from 0; rules that only questions need come behind.
    number: int
    axes: tuple[str, ...]
    conditions: Conditions = NO_CONDITIONS
    excluded: Conditions = NO_CONDITIONS
    #: The kind of periods that its feeds have archives for, if any.
    archive: str | None = None
    #: Whether its feeds are in the order of updates.
    by_update: bool = False
    #: How old an article may be in feeds in that order. In others, those that are too old come last.
    max_age: timedelta | None = None

    @property
    def facets(self) -> tuple[str, ...]:
        """What has to be known of an article to tell to which of its feeds it belongs."""
        return (*self.axes, *self.conditions, *self.excluded)

    @property
    def has_newest(self) -> bool:
        """Whether its feeds have all articles with their terms, the newest first."""
        return not (self.conditions or self.excluded or self.by_update)


def indexed_rules(site: Site) -> list[IndexedRule]:
    """Return the rules of a site, and one more for each facet that none of these has on its own.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> [rule.axes for rule in indexed_rules(site)][len(site.feed_rules) :]
    [('language', 'year', 'month')]
    """
    rules = [_indexed(number, rule) for number, rule in enumerate(site.feed_rules)]
    whole = [frozenset(rule.axes) | {"language"} for rule in rules if rule.has_newest]
    periods = tuple(name for name, axis in AXES.items() if axis.is_period)
    facets = [
        (),
        *((name,) for name, axis in AXES.items() if name != "language" and not axis.is_period),
        periods,
    ]
    for facet in facets:
        axes = ("language", *facet)
        if frozenset(axes) not in whole:
            rules.append(IndexedRule(len(rules), axes))
    return rules


def ages_by_update(site: Site) -> set[timedelta]:
    """Return the ages at which articles leave feeds that are in the order of updates."""
    rules = (_indexed(number, rule) for number, rule in enumerate(site.feed_rules))
    return {rule.max_age for rule in rules if rule.max_age is not None}


def _indexed(number: int, rule: FeedRule) -> IndexedRule:
    by_update = rule.order == "updated"
    max_age = length_of_age(rule.max_age) if rule.max_age is not None and by_update else None
    return IndexedRule(number, rule.axes, rule.conditions, rule.excluded, rule.archive, by_update, max_age)
