"""The documents over which a feed is spread, its archives or its pages, and their links to each other (RFC 5005)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.catalog import Neighbours
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
    #: Whether a feed with archives changes when the running period is over.
    changes_with_period: bool = False


def parts_of(
    rule: FeedRule,
    carried: tuple[Candidate, ...],
    *,
    as_of: datetime,
    zone: tzinfo,
    departed: Collection[str] = (),
    archives: Mapping[str, Neighbours] | None = None,
) -> tuple[Part, ...]:
    """Spread a feed over its documents.

    Args:
        rule: Its rule.
        carried: Every article of the feed, newest first.
        as_of: The moment, which tells the archives' periods that are over.
        zone: The time zone of archives.
        departed: Periods from which articles have expired or were withdrawn; their archives stay, if only as empty
            ones, so that the links of their neighbours do.
        archives: The archives to return, with their neighbours, as in `FeedContent`; the articles of others may be
            missing. None for all.

    Returns:
        The feed itself, and then its archives from the newest to the oldest, or its further pages.
    """
    if rule.archive:
        periods = period_before(as_of, rule.archive, zone), period_of(as_of, rule.archive, zone)
        return _with_archives(rule, carried, periods, zone, departed, archives)
    if rule.paged:
        return _on_pages(rule, carried)
    return (Part("", carried),)


def _with_archives(
    rule: FeedRule,
    carried: tuple[Candidate, ...],
    periods: tuple[str, str],
    zone: tzinfo,
    departed: Collection[str],
    archives: Mapping[str, Neighbours] | None,
) -> tuple[Part, ...]:
    """Return the feed, and an archive for each period that is over.

    The feed has all articles of the running period, and at least the newest `limit`. Clients fetch no archive twice
    (RFC 5005 §4.2), so of older articles it has those as well that were updated in the running period, or in the
    one before, at whose end no client may have polled.
    """
    before, running = periods
    kind = rule.archive or ""
    own: list[Candidate] = []
    updated: list[Candidate] = []
    archived: dict[str, list[Candidate]] = {period: [] for period in departed if period < running}
    is_news = running in departed
    for each in carried:
        period = period_of(each.head.published, kind, zone)
        changed = period_of(_updated(each), kind, zone)
        is_news = is_news or period >= running or (period < changed and changed >= before)
        if period < running:
            archived.setdefault(period, []).append(each)
        if period >= running or len(own) < rule.limit:
            own.append(each)
        elif period < changed and changed in periods:
            updated.append(each)
    own += sorted(nlargest(rule.limit, updated, key=_updated), key=_rank)
    if archives is None:
        archives = _neighbours(archived)
    parts = [
        Part(_archive(period), tuple(archived.get(period, ())), _around(neighbours), period)
        for period, neighbours in sorted(archives.items(), reverse=True)
        if period
    ]
    newest = archives[""].older
    links = (Relation("prev-archive", _archive(newest)),) if newest else ()
    return (Part("", tuple(own), links, changes_with_period=is_news), *parts)


def _archive(period: str) -> str:
    return f"archive/{period}"


def _neighbours(archived: Iterable[str]) -> dict[str, Neighbours]:
    """Return each period with those beside it; the feed itself, under an empty name, comes after the newest."""
    over = sorted(archived)
    beside = zip([*over, ""], ["", *over], [*over, "", ""][1:], strict=True)
    return {period: Neighbours(older, newer) for period, older, newer in beside}


def _updated(each: Candidate) -> datetime:
    return each.head.updated or each.head.published


def _around(neighbours: Neighbours) -> tuple[Relation, ...]:
    """Return the links of an archive; the oldest has none before it, and the newest none after it yet."""
    links = [Relation("current", "")]
    if neighbours.older:
        links.append(Relation("prev-archive", _archive(neighbours.older)))
    if neighbours.newer:
        links.append(Relation("next-archive", _archive(neighbours.newer)))
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
