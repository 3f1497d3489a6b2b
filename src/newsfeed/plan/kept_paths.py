"""Paths that feeds keep: terms in Cyrillic are written in other letters since each language has its own standard."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from newsfeed.model.axes import AXES
from newsfeed.model.plain_paths import plain_segment
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import filled
from newsfeed.plan.plan import Plan
from newsfeed.text.slugs import slug

__all__ = ["WasPublished", "has_kept_paths", "kept_path", "never_published"]

#: Returns whether some document was published at a feed's path, which has no suffix.
WasPublished: TypeAlias = Callable[[str], bool]


def never_published(path: str) -> bool:  # noqa: ARG001 - as all of its type
    """Return that nothing was published."""
    return False


def kept_path(rule: FeedRule, terms: Mapping[str, str], path: str, was_published: WasPublished) -> str:
    """Return the path of a feed: the one at which it was published, if only the letters of its terms differ.

    Args:
        rule: Its rule.
        terms: The term on each axis of the rule.
        path: The path that it would have.
        was_published: What was published before.

    >>> rule = FeedRule(path="{language}/{topic}")
    >>> kept_path(rule, {"language": "uk", "topic": "Київ"}, "uk/kyiv", {"uk/kyyiv"}.__contains__)
    'uk/kyyiv'
    """
    if was_published is never_published or all(term.isascii() for term in terms.values()):
        return path
    language = terms.get("language")
    names = {axis: plain_segment(axis, term, language) for axis, term in terms.items()}
    if filled(rule.path, names) != path:  # another term has its plain path
        return path
    names |= {
        axis: slug(term, language, earlier=True)
        for axis, term in terms.items()
        if AXES[axis].in_paths == "slug"
    }
    earlier = filled(rule.path, names)
    return earlier if earlier != path and was_published(earlier) and not was_published(path) else path


def has_kept_paths(plan: Plan, was_published: WasPublished) -> bool:
    """Return whether some feed of a plan keeps another path than it is planned at."""
    return any(
        kept_path(feed.rule, feed.terms, feed.path, was_published) != feed.path
        for feed in plan.feeds.values()
    )
