"""When a publish would next change something although nothing was edited."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain

from newsfeed.catalog.indexed_catalog import IndexedCatalog
from newsfeed.model.periods import end_of_period
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.plan.planning import checked_profile
from newsfeed.text.ages import length_of_age

__all__ = ["indexed_next_change", "moments_due", "next_change"]

#: What is as old as it may be is still carried; a second later it isn't.
_A_MOMENT = timedelta(seconds=1)


def next_change(plan: Plan) -> datetime | None:
    """Return the next moment at which a publish would change something although nothing was edited.

    An article becomes due, expires, or leaves the news sitemap; it moves into an archive, or out of a feed that carries
    only new ones.

    Args:
        plan: The plan.

    Returns:
        The moment, after the plan's own, or an earlier one of no consequence; None if nothing will change.
    """
    due = plan.catalog.next_change
    of_feeds = (moment for feed in plan.feeds.values() for moment in moments_due(feed, plan))
    return min(chain(of_feeds, [due] if due is not None else []), default=None)


def indexed_next_change(catalog: IndexedCatalog) -> datetime | None:
    """Return the same by index, without planning the feeds: perhaps an earlier moment of no consequence.

    Raises:
        InvalidPlan: If a rule asks for what the site doesn't have.
    """
    site = catalog.site
    moments = [catalog.next_change]
    for number, rule in enumerate(site.feed_rules):
        profile = checked_profile(rule, number, site)
        with suppress(OverflowError, ValueError):  # as below
            if rule.archive:
                moments.append(end_of_period(catalog.as_of, rule.archive, site.zone))
            most = _most_age(rule, profile)
            if most is not None:
                oldest = catalog.first_published(catalog.as_of - most)
                moments.append(oldest and oldest + most + _A_MOMENT)
    return min((moment for moment in moments if moment is not None), default=None)


def moments_due(feed: PlannedFeed, plan: Plan) -> Iterator[datetime]:
    """Yield the moments at which a feed changes although none of its articles does: a period ends, one is too old."""
    try:
        yield from _end_of_period(feed, plan)
        yield from _too_old(feed)
    except (OverflowError, ValueError):  # at the end of the calendar nothing changes
        return


def _end_of_period(feed: PlannedFeed, plan: Plan) -> Iterator[datetime]:
    if feed.changes_with_period and feed.rule.archive:
        yield end_of_period(plan.as_of, feed.rule.archive, plan.site.zone)


def _too_old(feed: PlannedFeed) -> Iterator[datetime]:
    """Yield when the oldest article of a feed is older than its rule or its profile has it."""
    most = _most_age(feed.rule, feed.profile)
    if most is not None and feed.carried:
        yield min(each.head.published for each in feed.carried) + most + _A_MOMENT


def _most_age(rule: FeedRule, profile: Profile | None) -> timedelta | None:
    """Return how old an article of a feed may be; None if there is no limit."""
    days = None if profile is None else profile.max_age_days
    ages = [
        None if days is None else timedelta(days=days),
        None if rule.max_age is None else length_of_age(rule.max_age),
    ]
    return min((age for age in ages if age is not None), default=None)
