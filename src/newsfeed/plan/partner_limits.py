"""What a partner accepts: how many articles, how old, in how many bytes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule

__all__ = ["byte_limit", "within_limits"]

_Item = TypeVar("_Item")


def within_limits(
    profile: Profile, items: Sequence[_Item], published: Callable[[_Item], datetime], *, as_of: datetime
) -> tuple[_Item, ...]:
    """Return the articles that a partner accepts: new enough, and at most as many as it allows.

    Args:
        profile: The partner's profile.
        items: Articles in any form, newest first.
        published: Returns when one was published.
        as_of: The moment of the build, aware.

    Returns:
        The newest that the partner accepts, in their order.
    """
    if profile.max_age_days is not None:
        oldest = as_of - timedelta(days=profile.max_age_days)
        items = [item for item in items if published(item) >= oldest]
    return tuple(items[: profile.max_entries])


def byte_limit(rule: FeedRule, profile: Profile | None) -> int | None:
    """Return the maximum size of a rule's files in bytes: the rule's own limit, or its profile's if that is lower.

    >>> byte_limit(FeedRule(path="all", max_bytes=500), Profile(name="p", max_bytes=400))
    400
    """
    limits = [rule.max_bytes, profile.max_bytes if profile is not None else None]
    return min((limit for limit in limits if limit is not None), default=None)
