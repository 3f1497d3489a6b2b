"""When a build would change something although nobody has changed a file, besides articles that come and go."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from newsfeed.intake.newest import Carried
from newsfeed.intake.parts import end_of_period, period_before, period_of
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.plan import PlannedFeed
from newsfeed.profiles import profile_of

__all__ = ["moments_due"]

#: What is as old as it may be is still carried; a second later it isn't.
_A_MOMENT = timedelta(seconds=1)


def moments_due(newsroom: Newsroom) -> list[datetime]:
    """Tell when articles move on: into an archive, or out of a partner's feed, which carries only new ones.

    Args:
        newsroom: The newsroom.

    Returns:
        Moments after the newsroom's own, in no order; of each kind the next at least.

    Raises:
        InvalidPlan: If two feeds have one path.
    """
    feeds = newsroom.plan.feeds.values()
    try:
        return [*_ends_of_periods(newsroom, feeds), *_too_old_for_partners(newsroom.site, feeds)]
    except (OverflowError, ValueError):  # at the end of the calendar nothing changes
        return []


def _ends_of_periods(newsroom: Newsroom, feeds: Collection[PlannedFeed]) -> Iterator[datetime]:
    for kind in dict.fromkeys(rule.archive for rule in newsroom.site.plan if rule.archive):
        zone = newsroom.site.zone
        recent = period_before(newsroom.as_of, kind, zone), period_of(newsroom.as_of, kind, zone)
        if _has_news_of(recent, (feed for feed in feeds if feed.rule.archive == kind), zone):
            yield end_of_period(newsroom.as_of, kind, zone)


def _has_news_of(recent: tuple[str, str], feeds: Iterable[PlannedFeed], zone: tzinfo) -> bool:
    """Tell whether a feed carries an article of the running period, or one that was updated of late."""
    return any(
        _is_news(each, feed.rule.archive or "", recent, zone) for feed in feeds for each in feed.carried
    )


def _is_news(each: Carried, kind: str, recent: tuple[str, str], zone: tzinfo) -> bool:
    published = period_of(each.article.published, kind, zone)
    updated = period_of(each.article.updated or each.article.published, kind, zone)
    return published == recent[1] or (updated != published and updated in recent)


def _too_old_for_partners(site: Site, feeds: Iterable[PlannedFeed]) -> Iterator[datetime]:
    """Yield when the oldest article of each feed is older than its profile has it."""
    for feed in feeds:
        profile = profile_of(feed.rule, site)
        if profile is not None and profile.max_age_days is not None and feed.carried:
            yield feed.carried[-1].article.published + timedelta(days=profile.max_age_days) + _A_MOMENT
