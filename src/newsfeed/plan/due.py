"""When a publish would next change something although nothing was edited."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from newsfeed.catalog.candidates import Candidate
from newsfeed.model.periods import end_of_period, period_before, period_of
from newsfeed.plan.plan import Plan, PlannedFeed

__all__ = ["next_change"]

#: What is as old as it may be is still carried; a second later it isn't.
_A_MOMENT = timedelta(seconds=1)


def next_change(plan: Plan) -> datetime | None:
    """Return the next moment at which a publish would change something although nothing was edited.

    An article becomes due, expires, or leaves the news sitemap; it moves into an archive, or out of a partner's feed, which
    carries only new ones.

    Args:
        plan: The plan.

    Returns:
        The moment, after the plan's own, or an earlier one of no consequence; None if nothing will change.
    """
    due = plan.catalog.next_change
    return min((*_moments_due(plan), *([due] if due is not None else [])), default=None)


def _moments_due(plan: Plan) -> list[datetime]:
    feeds = plan.feeds.values()
    try:
        return [*_ends_of_periods(plan, feeds), *_too_old_for_partners(feeds)]
    except (OverflowError, ValueError):  # at the end of the calendar nothing changes
        return []


def _ends_of_periods(plan: Plan, feeds: Collection[PlannedFeed]) -> Iterator[datetime]:
    for kind in dict.fromkeys(rule.archive for rule in plan.site.feed_rules if rule.archive):
        zone = plan.site.zone
        recent = period_before(plan.as_of, kind, zone), period_of(plan.as_of, kind, zone)
        if _has_news_of(recent, (feed for feed in feeds if feed.rule.archive == kind), zone):
            yield end_of_period(plan.as_of, kind, zone)


def _has_news_of(recent: tuple[str, str], feeds: Iterable[PlannedFeed], zone: tzinfo) -> bool:
    """Return whether a feed carries an article of the running period, or one updated since the period before began."""
    return any(
        _is_news(each, feed.rule.archive or "", recent, zone) for feed in feeds for each in feed.carried
    )


def _is_news(each: Candidate, kind: str, recent: tuple[str, str], zone: tzinfo) -> bool:
    published = period_of(each.article.published, kind, zone)
    updated = period_of(each.article.updated or each.article.published, kind, zone)
    return published == recent[1] or (updated != published and updated in recent)


def _too_old_for_partners(feeds: Iterable[PlannedFeed]) -> Iterator[datetime]:
    """Yield when the oldest article of each feed is older than its profile has it."""
    for feed in feeds:
        profile = feed.profile
        if profile is not None and profile.max_age_days is not None and feed.carried:
            yield feed.carried[-1].article.published + timedelta(days=profile.max_age_days) + _A_MOMENT
