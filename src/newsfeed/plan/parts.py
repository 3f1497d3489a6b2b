"""The documents over which a feed is spread, its archives or its pages, and their links to each other (RFC 5005)."""

from collections.abc import Collection, Sequence
from datetime import datetime, tzinfo
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from newsfeed.catalog.candidates import Candidate
from newsfeed.model.periods import period_before, period_of
from newsfeed.model.rule import FeedRule

__all__ = ["Part", "Relation", "parts_of"]

_rank = attrgetter("rank")


class Relation(NamedTuple):
    """A link from one part of a feed to another."""

    #: The relation (RFC 5005 §3, §4).
    rel: str
    #: The other part's name.
    part: str


class Part(NamedTuple):
    """A document of a feed."""

    #: What its path has behind the feed's: nothing for the feed itself, or `archive/2025-12` or `page/2`.
    name: str
    #: What it carries, newest first.
    carried: tuple[Candidate, ...]
    links: tuple[Relation, ...] = ()
    #: The period of an archive, `2025-12`.
    period: str = ""


def parts_of(
    rule: FeedRule,
    carried: tuple[Candidate, ...],
    *,
    as_of: datetime,
    zone: tzinfo,
    departed: Collection[str] = (),
) -> tuple[Part, ...]:
    """Spread a feed over its documents.

    Args:
        rule: Its rule.
        carried: Every article of the feed, newest first.
        as_of: The moment, which tells the archives' periods that are over.
        zone: The time zone of archives.
        departed: Periods from which articles have expired or were withdrawn; their archives stay, if only as empty
            ones, so that the links of their neighbours do.

    Returns:
        The feed itself, and then its archives from the newest to the oldest, or its further pages.
    """
    if rule.archive:
        periods = period_before(as_of, rule.archive, zone), period_of(as_of, rule.archive, zone)
        return _with_archives(rule, carried, periods, zone, departed)
    if rule.paged:
        return _on_pages(rule, carried)
    return (Part("", carried),)


def _with_archives(
    rule: FeedRule,
    carried: tuple[Candidate, ...],
    periods: tuple[str, str],
    zone: tzinfo,
    departed: Collection[str],
) -> tuple[Part, ...]:
    """Return the feed, and an archive for each period that is over.

    The feed has all articles of the running period, and at least the newest `limit`. Clients fetch no archive twice
    (RFC 5005 §4.2), so of older articles it has those as well that were updated in the running period, or in the
    one before, at whose end no client may have polled.
    """
    _, running = periods
    kind = rule.archive or ""
    own: list[Candidate] = []
    updated: list[Candidate] = []
    archived: dict[str, list[Candidate]] = {period: [] for period in departed if period < running}
    for each in carried:
        period = period_of(each.article.published, kind, zone)
        if period < running:
            archived.setdefault(period, []).append(each)
        if period >= running or len(own) < rule.limit:
            own.append(each)
        elif period < (changed := period_of(_updated(each), kind, zone)) and changed in periods:
            updated.append(each)
    own += sorted(nlargest(rule.limit, updated, key=_updated), key=_rank)
    over = sorted(archived, reverse=True)
    names = [f"archive/{period}" for period in over]
    newest = (Relation("prev-archive", names[0]),) if names else ()
    archives = [
        Part(names[number], tuple(archived[period]), _around(names, number), period)
        for number, period in enumerate(over)
    ]
    return (Part("", tuple(own), newest), *archives)


def _updated(each: Candidate) -> datetime:
    return each.article.updated or each.article.published


def _around(names: Sequence[str], number: int) -> tuple[Relation, ...]:
    """Return the links of an archive; the oldest has none before it, and the newest none after it yet."""
    links = [Relation("current", "")]
    if number + 1 < len(names):
        links.append(Relation("prev-archive", names[number + 1]))
    if number > 0:
        links.append(Relation("next-archive", names[number - 1]))
    return tuple(links)


def _on_pages(rule: FeedRule, carried: tuple[Candidate, ...]) -> tuple[Part, ...]:
    starts = range(0, len(carried) or 1, rule.limit)
    pages = [carried[start : start + rule.limit] for start in starts]
    names = ["", *[f"page/{number}" for number in range(2, len(pages) + 1)]]
    return tuple(
        [
            Part(name, page, _beside(names, number))
            for number, (name, page) in enumerate(zip(names, pages, strict=True))
        ]
    )


def _beside(names: Sequence[str], number: int) -> tuple[Relation, ...]:
    """Return the links of a page."""
    links = [Relation("first", names[0])]
    if number > 0:
        links.append(Relation("previous", names[number - 1]))
    if number + 1 < len(names):
        links.append(Relation("next", names[number + 1]))
    return (*links, Relation("last", names[-1]))
