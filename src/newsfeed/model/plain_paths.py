"""The paths of feeds as their rules say, before those that two feeds would share are told apart."""

from collections.abc import Sequence

from newsfeed.model.axes import AXES
from newsfeed.model.rule_paths import filled
from newsfeed.model.site import Site
from newsfeed.text.slugs import same_file, segment, slug

__all__ = ["plain_path", "plain_segment"]


def plain_segment(axis: str, term: str, language: str | None) -> str:
    """Return what stands in paths for a term, if no other term wants it.

    Args:
        axis: The name of the axis.
        term: The term.
        language: The language of the path; None for a path without one.

    >>> plain_segment("topic", "C++", "en"), plain_segment("language", "az", "az")
    ('c', 'az')
    """
    in_paths = AXES[axis].in_paths
    if in_paths == "term":
        return term
    return segment(term) if in_paths == "segment" else slug(term, language)


def plain_path(rule_number: int, terms: Sequence[str], site: Site) -> str:
    """Return the path of a feed, if no other feed wants it, in a form that ignores letter case.

    Args:
        rule_number: The number of its rule, from 0.
        terms: Its terms: one on each axis of the rule.
        site: The site.

    >>> from newsfeed.model.rule import FeedRule
    >>> site = Site(
    ...     title="Report",
    ...     url="https://report.example/",
    ...     languages=["en"],
    ...     feeds=[FeedRule(path="{language}/{topic}")],
    ... )
    >>> plain_path(0, ("en", "C++"), site)
    'en/c'
    """
    rule = site.feed_rules[rule_number]
    named = dict(zip(rule.axes, terms, strict=True))
    language = named.get("language")
    return same_file(
        filled(rule.path, {axis: plain_segment(axis, term, language) for axis, term in named.items()})
    )
