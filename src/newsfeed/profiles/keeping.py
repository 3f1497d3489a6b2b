"""Feeds that keep a profile's limits: articles that the partner wouldn't take are left out."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TypeVar

import msgspec

from newsfeed.model.feed import Feed
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule

__all__ = ["byte_limit", "keeping", "taken"]

_Item = TypeVar("_Item")


def taken(
    profile: Profile, items: Sequence[_Item], published: Callable[[_Item], datetime], *, as_of: datetime
) -> tuple[_Item, ...]:
    """Choose what a partner takes: nothing too old, and the newest up to the number that it takes.

    Args:
        profile: What the partner asks.
        items: Articles in any form, newest first.
        published: Tells when one was published.
        as_of: The moment of the build, aware.

    Returns:
        Those that the partner takes, in their order.
    """
    if profile.max_age_days is not None:
        oldest = as_of - timedelta(days=profile.max_age_days)
        items = [item for item in items if published(item) >= oldest]
    return tuple(items[: profile.max_entries])


def keeping(feed: Feed, profile: Profile, *, as_of: datetime) -> Feed:
    """Leave out of a feed what a partner wouldn't take: see `taken`.

    What else a partner asks (a picture, a longer title) is the editors' to mend, and told by
    `newsfeed check --profile`.

    Returns:
        The feed, the same object where nothing is left out.
    """
    entries = taken(profile, feed.entries, attrgetter("published"), as_of=as_of)
    return feed if len(entries) == len(feed.entries) else msgspec.structs.replace(feed, entries=entries)


def byte_limit(rule: FeedRule, profile: Profile | None) -> int | None:
    """Give the most bytes that a file of a rule may have: the rule's own limit, or its profile's if that is less.

    >>> byte_limit(FeedRule(path="all", max_bytes=500), Profile(name="p", max_bytes=400))
    400
    """
    limits = [rule.max_bytes, profile.max_bytes if profile is not None else None]
    return min((limit for limit in limits if limit is not None), default=None)
