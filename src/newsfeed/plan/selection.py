"""A feed that no rule plans, of what a caller asks for."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import access_word
from newsfeed.model.facets import Conditions, checked_conditions, label_of
from newsfeed.model.feed import FeedData
from newsfeed.model.rule import CONTENT, check_limit
from newsfeed.model.shown_values import is_a
from newsfeed.model.site import Site
from newsfeed.model.value_rules import distinct, one_of
from newsfeed.text.urls import ascii_uri

__all__ = ["checked_access", "checked_exclusions", "checked_limit", "selection_head"]


def selection_head(
    conditions: Conditions,
    excluded: Conditions,
    site: Site,
    *,
    title: str | None,
    content: str,
    access: tuple[str, ...],
) -> FeedData:
    """Return a feed, without its entries, of the articles that have one of the terms on each facet asked for.

    Args:
        conditions: The terms by facet, checked.
        excluded: The terms of articles that are left out, by facet, checked.
        site: The site.
        title: The feed's title; default: the site's, and the terms.
        content: `full`, `teaser` or `summary`.
        access: The words whose articles it may carry whole.

    Raises:
        InvalidValue: If `content` is neither, or the title isn't text.
    """
    try:
        one_of(CONTENT)(content)
    except InvalidValue as problem:
        raise problem.at("content") from None
    if title is not None and not isinstance(title, str):
        raise InvalidValue(is_a(title), 'write text: "…"', field="title")
    languages = conditions.get("language", ())
    spoken = languages[0] if len(languages) == 1 else site.default_language
    terms = {**conditions, **{f"without.{facet}": terms for facet, terms in excluded.items()}}
    return FeedData(
        site=site,
        id=ascii_uri(f"{site.feeds_url}select?{urlencode(terms, doseq=True)}"),
        path="",
        title=title or " – ".join([site.text(site.title, spoken), *_labels(conditions, site, spoken)]),
        description=site.text(site.description or site.title, spoken),
        language=spoken,
        entries=(),
        content=content,
        access=access,
    )


def checked_exclusions(
    without: Mapping[str, str | Sequence[str]] | None, site: Site
) -> dict[str, tuple[str, ...]]:
    """Return what a feed leaves out as the site writes it.

    Raises:
        InvalidValue: As for `checked_conditions`; also if it isn't a mapping.
    """
    if without is None:
        return {}
    if not isinstance(without, Mapping):
        raise InvalidValue(is_a(without), 'write a mapping, {"category": "…"}', field="without")
    try:
        return checked_conditions(without, site)
    except InvalidValue as problem:
        raise problem.at("without") from None


def checked_access(access: Sequence[str]) -> tuple[str, ...]:
    """Return the words whose articles a feed may carry whole.

    Raises:
        InvalidValue: If it isn't a list of words.
    """
    try:
        return distinct(access_word)(access)
    except InvalidRecord as problem:
        raise problem.problems[0].at("access") from None
    except InvalidValue as problem:
        raise problem.at("access") from None


def checked_limit(limit: int) -> int:
    """Check the most entries of a feed.

    Raises:
        InvalidValue: If it isn't 1 or more.
    """
    try:
        check_limit(limit)
    except InvalidValue as problem:
        raise problem.at("limit") from None
    return limit


def _labels(conditions: Conditions, site: Site, language: str) -> list[str]:
    """Return the names of what is asked for, except languages."""
    return [
        label_of(facet, term, site, language)
        for facet, terms in conditions.items()
        if facet != "language"
        for term in terms
    ]
