"""The plan: rules × facets → the feeds to write and their paths. Collisions are found here, before anything is written.

A rule's placeholders are its axes. Languages, categories and flags are known beforehand, so each of their values has
a feed even while no article fits: subscribers never get a 404. Topics, authors, years and months come from the
articles (topics also from the site's trending ones), so only combinations that occur have a feed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import product
from operator import attrgetter

import msgspec

from newsfeed.errors import FeedNotFound, InvalidPlan, InvalidValue
from newsfeed.intake.intake import RuleIntake
from newsfeed.intake.newest import Carried
from newsfeed.intake.parts import Part, parts_of
from newsfeed.intake.paths import CLOSED_AXES, Claim, Paths
from newsfeed.intake.segments import Segments
from newsfeed.model.facets import check_conditions, known_terms, label_of
from newsfeed.model.feed import Feed, Link, Tombstone
from newsfeed.model.finding import Finding
from newsfeed.model.profile import Profile
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS, FeedRule, filled
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.profiles import extensions_of, profile_of
from newsfeed.profiles.keeping import taken
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.urls import ascii_uri

__all__ = ["Plan", "PlannedFeed", "feed_at", "feed_without_entries", "listing_of", "plan_of"]

_TOPIC_ALONE = ({"topic"}, {"language", "topic"})


class PlannedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed to write."""

    path: str
    rule: FeedRule
    #: The rule's number in newsroom.toml, from 0.
    rule_number: int
    #: The term on each axis of the rule.
    terms: Mapping[str, str]
    language: str
    title: str
    #: What it carries, newest first.
    carried: tuple[Carried, ...]
    #: What was withdrawn from it of late, the last first.
    tombstones: tuple[Tombstone, ...] = ()
    #: What RFC 5005 calls it: `archive`, `complete`, or neither.
    mark: str = ""
    #: Links to its archives or its other pages, without a suffix.
    history: tuple[Link, ...] = ()
    #: Its archives, the newest first, or its further pages.
    parts: tuple["PlannedFeed", ...] = ()
    #: The path of the feed that this is a part of; empty for one to subscribe to.
    part_of: str = ""
    #: The period of an archive, `2025-12`.
    period: str = ""

    def __repr__(self) -> str:
        count = len(self.carried)
        return f"<PlannedFeed {self.path}: {count} article{'' if count == 1 else 's'}>"

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that it is written in; archives and pages are for feed readers alone."""
        formats = tuple(self.rule.formats)
        return tuple(name for name in formats if name in DEFAULT_FORMATS) if self.part_of else formats


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds to write, by path."""

    #: What people subscribe to, and listings.
    feeds: Mapping[str, PlannedFeed]
    #: All archives, those of a period together, and then the feeds, each after its pages: what they link to is written
    #: before them.
    with_parts: Mapping[str, PlannedFeed]
    #: The same feeds by the number of their rule and their terms.
    by_terms: Mapping[tuple[int, tuple[str, ...]], PlannedFeed]
    #: The site's feeds by language, for listings.
    siblings: Mapping[str, tuple[Link, ...]]
    #: Where a listing sends those who want everything, by language.
    all_news: Mapping[str, Link]
    #: The feeds of the site's trending topics by language; only those that are planned.
    trending: Mapping[str, tuple[Link, ...]]
    #: Terms that were told apart, because their paths would have been the same.
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        count = len(self.feeds)
        return f"<Plan: {count} feed{'' if count == 1 else 's'}>"


def plan_of(newsroom: Newsroom) -> Plan:
    """Plan the feeds of a newsroom.

    Returns:
        The plan; its feeds are in the order of the rules and of the terms in newsroom.toml.

    Raises:
        InvalidPlan: If two feeds have one path, letter case aside, or a rule asks for what the site doesn't have.
    """
    site = newsroom.site
    segments = Segments(site, newsroom.intake.seniority)
    feeds: list[PlannedFeed] = []
    for number, rule in enumerate(site.plan):
        try:
            check_conditions(rule.conditions, site)
        except InvalidValue as problem:
            raise InvalidPlan(str(problem.at(f"feeds[{number}].where"))) from None
        profile = _profile_of(rule, number, site)
        for terms, carried in _feeds_of(rule, newsroom.intake.rules[number], site):
            if profile is not None:
                carried = taken(profile, carried, _published, as_of=newsroom.as_of)  # noqa: PLW2901 - less of the same
            language = (
                terms.get("language") or _only(rule.conditions.get("language", ())) or site.default_language
            )
            parts = {axis: segments.of(axis, term, terms.get("language")) for axis, term in terms.items()}
            feeds.append(
                PlannedFeed(
                    path=filled(rule.path, parts),
                    rule=rule,
                    rule_number=number,
                    terms=terms,
                    language=language,
                    title=_title(rule, terms, site, language),
                    carried=carried,
                    tombstones=_tombstones(newsroom.intake.rules[number], tuple(terms.values())),
                )
            )
    paths = Paths(site, newsroom.intake.seniority)
    planned_feeds = _with_own_paths(feeds, paths, newsroom)
    by_terms = {
        (planned.rule_number, tuple(planned.terms.values())): planned for planned in planned_feeds.values()
    }
    return Plan(
        feeds=planned_feeds,
        with_parts={planned.path: planned for planned in _in_writing_order(planned_feeds.values())},
        by_terms=by_terms,
        siblings={
            language: tuple(_siblings(planned_feeds.values(), site, language)) for language in site.languages
        },
        all_news=dict(_all_news(planned_feeds.values(), site)),
        trending={
            language: tuple(_trending(planned_feeds.values(), site, language)) for language in site.languages
        },
        findings=(*segments.findings(), *paths.findings),
    )


def _with_own_paths(feeds: Sequence[PlannedFeed], paths: Paths, newsroom: Newsroom) -> dict[str, PlannedFeed]:
    """Give feeds the paths that they have, and spread each over itself and its parts."""
    spread = [_in_parts(feed, newsroom) for feed in feeds]
    claims = [
        Claim(feed.path, feed.rule, feed.rule_number, feed.terms, [part.path for part in feed.parts])
        for feed in spread
    ]
    own: dict[str, PlannedFeed] = {}
    for whole, planned, path in zip(feeds, spread, paths.of(claims), strict=True):
        is_moved = path != planned.path
        own[path] = _in_parts(msgspec.structs.replace(whole, path=path), newsroom) if is_moved else planned
    return own


def feed_at(newsroom: Newsroom, path: str) -> Feed:
    """Make the feed that is planned at a path.

    Raises:
        FeedNotFound: If none is; the message names the nearest.
    """
    plan = newsroom.plan
    planned = plan.with_parts.get(path)
    if planned is None:
        raise FeedNotFound(f"no feed {path!r} is planned; {did_you_mean(path, plan.feeds)}")
    feed = feed_without_entries(newsroom, planned)
    return msgspec.structs.replace(feed, entries=newsroom.entries(planned.carried))


def feed_without_entries(newsroom: Newsroom, planned: PlannedFeed) -> Feed:
    """Make a planned feed but for what it carries.

    An archive and a page say nothing of other feeds, so that these don't change them.
    """
    site, path, plan, is_part = newsroom.site, planned.path, newsroom.plan, bool(planned.part_of)
    return Feed(
        site=site,
        id=ascii_uri(site.feeds_url + path),
        path=path,
        title=planned.title,
        description=site.text(site.description or site.title, planned.language),
        language=planned.language,
        entries=(),
        content=planned.rule.content,
        formats=planned.formats,
        editions=() if is_part else tuple(_editions(planned, newsroom)),
        siblings=() if is_part else plan.siblings[planned.language],
        trending=() if is_part else plan.trending[planned.language],
        all_news=None if is_part else plan.all_news.get(planned.language),
        history=planned.history,
        tombstones=() if is_part else planned.tombstones,
        mark=planned.mark,
        extensions=(*newsroom.extensions, *extensions_of(planned.rule.profile, site)),
    )


def listing_of(newsroom: Newsroom, language: str, limit: int) -> Feed:
    """Make the latest-news listing of a language, whether or not one is planned."""
    site = newsroom.site
    return Feed(
        site=site,
        id=ascii_uri(f"{site.feeds_url}{language}/latest"),
        path="",
        title=site.label("latest", language),
        description=site.text(site.description or site.title, language),
        language=language,
        entries=newsroom.newest({"language": (language,)}, limit),
        siblings=newsroom.plan.siblings[language],
        trending=newsroom.plan.trending[language],
        all_news=newsroom.plan.all_news.get(language),
        extensions=newsroom.extensions,
        as_of=newsroom.as_of,
    )


def _profile_of(rule: FeedRule, number: int, site: Site) -> Profile | None:
    try:
        return profile_of(rule, site)
    except InvalidValue as problem:
        raise InvalidPlan(str(problem.at(f"feeds[{number}]"))) from None


def _tombstones(taken_in: RuleIntake, combination: tuple[str, ...]) -> tuple[Tombstone, ...]:
    """Give what was withdrawn from a feed of late, no more than it may carry."""
    withdrawn = taken_in.withdrawn.get(combination, [])
    return tuple(sorted(withdrawn, key=lambda gone: (-gone.when.timestamp(), gone.id))[: taken_in.limit])


def _published(carried: Carried) -> datetime:
    return carried.article.published


def _feeds_of(
    rule: FeedRule, taken_in: RuleIntake, site: Site
) -> Iterator[tuple[dict[str, str], tuple[Carried, ...]]]:
    """Yield the terms of each feed of a rule, and what it carries."""
    feeds = dict.fromkeys(_known(rule, site), ()) | taken_in.feeds()
    for combination in sorted(feeds, key=_place_in_newsroom_toml(rule.axes, site)):
        yield dict(zip(rule.axes, combination, strict=True)), feeds[combination]


def _in_parts(planned: PlannedFeed, newsroom: Newsroom) -> PlannedFeed:
    """Spread a feed over itself and its archives or pages, as its rule says."""
    rule, site = planned.rule, newsroom.site
    departed = newsroom.intake.rules[planned.rule_number].departed.get(tuple(planned.terms.values()), ())
    itself, *others = parts_of(rule, planned.carried, as_of=newsroom.as_of, zone=site.zone, departed=departed)
    with_part = partial(_with_part, planned, feeds_url=site.feeds_url)
    return msgspec.structs.replace(with_part(itself), parts=tuple(map(with_part, others)))


def _with_part(planned: PlannedFeed, part: Part, *, feeds_url: str) -> PlannedFeed:
    """Plan a part of a feed."""

    def path(name: str) -> str:
        return f"{planned.path}/{name}" if name else planned.path

    complete = "complete" if planned.rule.complete else ""
    return msgspec.structs.replace(
        planned,
        path=path(part.name),
        title=f"{planned.title} – {part.period}" if part.period else planned.title,
        carried=part.carried,
        mark="archive" if part.period else complete,
        history=tuple(
            [Link(rel=link.rel, url=ascii_uri(feeds_url + path(link.part))) for link in part.links]
        ),
        part_of=planned.path if part.name else "",
        period=part.period,
    )


def _in_writing_order(feeds: Iterable[PlannedFeed]) -> Iterator[PlannedFeed]:
    """Yield archives from the newest to the oldest, and then feeds with their pages."""
    archives = [part for feed in feeds for part in feed.parts if part.period]
    yield from sorted(archives, key=attrgetter("period"), reverse=True)
    for feed in feeds:
        yield from (part for part in feed.parts if not part.period)
        yield feed


def _known(rule: FeedRule, site: Site) -> Iterator[tuple[str, ...]]:
    """Yield the combinations that have a feed whether or not an article fits."""
    conditions, axes = rule.conditions, rule.axes
    allowed = {
        axis: [term for term in terms if term in conditions.get(axis, (term,))]
        for axis, terms in known_terms(site).items()
    }
    if all(axis in CLOSED_AXES for axis in axes):
        yield from product(*(allowed[axis] for axis in axes))
    elif set(axes) <= {"language", "topic"}:
        for language in allowed["language"]:
            for topic in site.trending_in(language):
                if topic in conditions.get("topic", (topic,)):
                    yield tuple({"language": language, "topic": topic}[axis] for axis in axes)


def _place_in_newsroom_toml(
    axes: tuple[str, ...], site: Site
) -> Callable[[tuple[str, ...]], list[tuple[int, str]]]:
    """Make the key that sorts terms as newsroom.toml does; those that it doesn't name come last, by their letters."""
    topics = [topic for language in site.languages for topic in site.trending_in(language)]
    named = known_terms(site) | {"topic": dict.fromkeys(topics)}
    ranks = [{term: rank for rank, term in enumerate(named.get(axis, ()))} for axis in axes]

    def key(combination: tuple[str, ...]) -> list[tuple[int, str]]:
        return [(rank.get(term, len(rank)), term) for rank, term in zip(ranks, combination, strict=True)]

    return key


def _title(rule: FeedRule, terms: Mapping[str, str], site: Site, language: str) -> str:
    name = site.text(site.title, language)
    if rule.title is not None:
        words = {"site": name, "language": label_of("language", language, site, language)}
        words |= {word: site.label(word, language) for word in ("latest", "all")}
        words |= {axis: label_of(axis, term, site, language) for axis, term in terms.items()}
        return filled(site.text(rule.title, language), words)
    fixed = {
        facet: wanted[0]
        for facet, wanted in rule.conditions.items()
        if facet not in terms and len(wanted) == 1
    }
    about = [
        label_of(facet, term, site, language)
        for facet, term in {**terms, **fixed}.items()
        if facet != "language"
    ]
    return " – ".join([name, *about])


def _editions(planned: PlannedFeed, newsroom: Newsroom) -> Iterator[Link]:
    """Yield the same feed in the site's other languages, without a suffix."""
    if "language" not in planned.terms:
        return
    for language in newsroom.site.languages:
        terms = {**planned.terms, "language": language}
        other = newsroom.plan.by_terms.get((planned.rule_number, tuple(terms.values())))
        if other is not None and other is not planned:
            yield Link(
                url=ascii_uri(newsroom.site.feeds_url + other.path), title=other.title, language=language
            )


def _siblings(feeds: Iterable[PlannedFeed], site: Site, language: str) -> Iterator[Link]:
    """Yield the site's feeds in a language that a reader may look for: everything, categories, flags."""
    for planned in feeds:
        if planned.language == language and all(axis in CLOSED_AXES for axis in planned.rule.axes):
            for name in planned.rule.formats:
                if name in DEFAULT_FORMATS:
                    yield _document(planned, name, planned.title, site)


def _trending(feeds: Iterable[PlannedFeed], site: Site, language: str) -> Iterator[Link]:
    """Yield the feeds of a language's trending topics, in the site's order, each in its first format."""
    of_topic = {
        planned.terms.get("topic") or _only(planned.rule.conditions["topic"]): planned
        for planned in feeds
        if planned.language == language and {*planned.terms, *planned.rule.conditions} in _TOPIC_ALONE
    }
    for topic in site.trending_in(language):
        if topic in of_topic:
            yield _document(of_topic[topic], of_topic[topic].rule.formats[0], topic, site)


def _all_news(feeds: Iterable[PlannedFeed], site: Site) -> Iterator[tuple[str, Link]]:
    """Yield the first feed that carries everything in each language, in its first format for feed readers."""
    found: set[str] = set()
    for planned in feeds:
        facets = {*planned.rule.axes, *planned.rule.conditions}
        everything = facets == {"language"} or (not facets and len(site.languages) == 1)
        formats = [name for name in planned.rule.formats if name in DEFAULT_FORMATS]
        if everything and formats and planned.language not in found:
            found.add(planned.language)
            yield planned.language, _document(planned, formats[0], site.label("all", planned.language), site)


def _document(planned: PlannedFeed, name: str, title: str, site: Site) -> Link:
    form = FORMATS[name]
    address = ascii_uri(site.feeds_url + planned.path + form.suffix)
    return Link(url=address, type=form.media_type, title=title, language=planned.language)


def _only(terms: Sequence[str]) -> str | None:
    return terms[0] if len(terms) == 1 else None
