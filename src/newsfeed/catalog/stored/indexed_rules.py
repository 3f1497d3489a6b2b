"""For which feeds a store has an index: those of the site's rules, and some more that only questions need."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsfeed.model.axes import AXES
from newsfeed.model.site import Site

__all__ = ["IndexedRule", "indexed_rules"]


class IndexedRule(NamedTuple):
    """A rule for whose feeds there is an index."""

    #: The place in `site.feed_rules`, from 0; rules that only questions need come behind.
    number: int
    axes: tuple[str, ...]
    conditions: Mapping[str, Sequence[str]]
    #: The kind of periods that its feeds have archives for, if any.
    archive: str | None = None


def indexed_rules(site: Site) -> list[IndexedRule]:
    """Return the rules of a site, and one more for each facet that none of these has on its own.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> [rule.axes for rule in indexed_rules(site)][len(site.feed_rules) :]
    [('language', 'year', 'month')]
    """
    rules = [
        IndexedRule(number, rule.axes, rule.conditions, rule.archive)
        for number, rule in enumerate(site.feed_rules)
    ]
    whole = [frozenset(rule.axes) | {"language"} for rule in rules if not rule.conditions]
    periods = tuple(name for name, axis in AXES.items() if axis.is_period)
    facets = [
        (),
        *((name,) for name, axis in AXES.items() if name != "language" and not axis.is_period),
        periods,
    ]
    for facet in facets:
        axes = ("language", *facet)
        if frozenset(axes) not in whole:
            rules.append(IndexedRule(len(rules), axes, {}))
    return rules
