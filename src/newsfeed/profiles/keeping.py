"""Feeds that keep a profile's limits: articles that the partner wouldn't take are left out."""

from datetime import datetime, timedelta

import msgspec

from newsfeed.model.feed import Feed
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule

__all__ = ["byte_limit", "keeping"]


def keeping(feed: Feed, profile: Profile, *, as_of: datetime) -> Feed:
    """Leave out what is too old for a partner, and the oldest beyond the number that it takes.

    What else a partner asks (a picture, a longer title) is the editors' to mend, and told by
    `newsfeed check --profile`.

    Args:
        feed: The feed, newest first.
        profile: What the partner asks.
        as_of: The moment of the build, aware.

    Returns:
        The feed, the same object where nothing is left out.
    """
    entries = feed.entries
    if profile.max_age_days is not None:
        oldest = as_of - timedelta(days=profile.max_age_days)
        entries = tuple(entry for entry in entries if entry.published >= oldest)
    entries = entries[: profile.max_entries]
    return feed if len(entries) == len(feed.entries) else msgspec.structs.replace(feed, entries=entries)


def byte_limit(rule: FeedRule, profile: Profile | None) -> int | None:
    """Give the most bytes that a file of a rule may have: the rule's own limit, or its profile's if that is less.

    >>> byte_limit(FeedRule(path="all", max_bytes=500), Profile(name="p", max_bytes=400))
    400
    """
    limits = [rule.max_bytes, profile.max_bytes if profile is not None else None]
    return min((limit for limit in limits if limit is not None), default=None)
