"""From rules and a catalog to a plan. Collisions of paths are found here, before anything is written.

A rule's placeholders are its axes. Languages, categories and flags are known beforehand, so each of their values has
a feed even while no article fits: subscribers never get a 404. Topics, authors, years and months come from the
articles (topics also from the site's trending ones), so only combinations that occur have a feed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, product
from operator import attrgetter

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.catalog import Catalog, FeedContent
from newsfeed.catalog.indexed_catalog import IndexedCatalog
from newsfeed.errors import InvalidPlan, InvalidValue
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import checked_conditions, known_terms
from newsfeed.model.feed import Link
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import filled
from newsfeed.model.site import Site
from newsfeed.plan.document_paths import check_documents, own_documents
from newsfeed.plan.kept_paths import WasPublished, kept_path, never_published
from newsfeed.plan.links import all_news, siblings, trending
from newsfeed.plan.missing_words import missing_words
from newsfeed.plan.partner_limits import within_limits
from newsfeed.plan.parts import Part, parts_of
from newsfeed.plan.paths import Claim, Paths
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.plan.segments import Segments
from newsfeed.plan.titles import title_of
from newsfeed.profiles import profile_of
from newsfeed.text.urls import ascii_uri

__all__ = [
    "assembled",
    "checked_profile",
    "feeds_of_rule",
    "known_combinations",
    "outline_of",
    "place_in_newsroom_toml",
    "plan_of",
    "with_own_paths",
]


def plan_of(catalog: Catalog, was_published: WasPublished = never_published) -> Plan:
    """Plan the feeds of a site.

    Args:
        catalog: Its articles.
        was_published: What was published before, so that feeds keep their paths.

    Returns:
        The plan; its feeds are in the order of the rules and of the terms in newsroom.toml.

    Raises:
        InvalidPlan: If two feeds have one path, letter case aside, or a rule asks for what the site doesn't have.
    """
    site = catalog.site
    contents = (_contents(rule, number, catalog) for number, rule in enumerate(site.feed_rules))
    feeds, findings = _planned(contents, catalog, was_published)
    return assembled(
        catalog,
        feeds,
        feeds,
        carried=catalog.carried,
        withdrawn=catalog.withdrawn,
        findings=(*missing_words(site), *findings),
    )


def outline_of(catalog: IndexedCatalog, was_published: WasPublished = never_published) -> Plan:
    """Plan the feeds of a site without what they carry, for lists of feeds.

    Args:
        catalog: Its articles.
        was_published: As for `plan_of`.
    """
    site = catalog.site
    contents = (
        [(terms, FeedContent()) for terms in _combinations(rule, catalog.feed_terms(number), site)]
        for number, rule in enumerate(site.feed_rules)
    )
    feeds, _ = _planned(contents, catalog, was_published)
    return assembled(catalog, feeds, feeds, carried=(), withdrawn=(), findings=())


def _planned(
    contents: Iterable[Iterable[tuple[tuple[str, ...], FeedContent]]],
    catalog: Catalog,
    was_published: WasPublished,
) -> tuple[dict[str, PlannedFeed], Sequence[Finding]]:
    """Return all feeds of a site by path, and warnings about their paths.

    Args:
        contents: Of each rule, the terms of its feeds, and what each has.
        catalog: The articles.
        was_published: As for `plan_of`.
    """
    segments = Segments(catalog.site, catalog.first_seen)
    paths = Paths(catalog.site, catalog.first_seen)
    wanted = [
        feed
        for number, of_rule in enumerate(contents)
        for feed in feeds_of_rule(number, of_rule, segments, catalog, was_published)
    ]
    feeds = with_own_paths(wanted, paths, catalog)
    return feeds, (*segments.findings(), *paths.findings)


def assembled(
    catalog: Catalog,
    feeds: Mapping[str, PlannedFeed],
    linked: Mapping[str, PlannedFeed],
    *,
    carried: tuple[Candidate, ...],
    withdrawn: Sequence[Article],
    findings: tuple[Finding, ...],
) -> Plan:
    """Put a plan together.

    Args:
        catalog: The articles.
        feeds: The feeds to write, by path.
        linked: All feeds that these may link to, by path.
        carried: The articles to compare with those that were published.
        withdrawn: The withdrawn articles to compare.
        findings: Warnings about paths.
    """
    site, others = catalog.site, linked.values()
    check_documents(others, site)
    return Plan(
        catalog=catalog,
        feeds=feeds,
        with_parts={planned.path: planned for planned in _in_writing_order(feeds.values())},
        by_terms={feed.key: feed for feed in others},
        siblings={language: tuple(siblings(others, site, language)) for language in site.languages},
        all_news=dict(all_news(others, site)),
        trending={language: tuple(trending(others, site, language)) for language in site.languages},
        carried=carried,
        withdrawn=withdrawn,
        findings=findings,
    )


def feeds_of_rule(
    number: int,
    contents: Iterable[tuple[tuple[str, ...], FeedContent]],
    segments: Segments,
    catalog: Catalog,
    was_published: WasPublished = never_published,
) -> Iterator[tuple[PlannedFeed, FeedContent]]:
    """Yield feeds of a rule with the paths that they would like, and what each of them has.

    Args:
        number: The rule's number, from 0.
        contents: The terms of each feed, and what it has.
        segments: What stands in paths for terms.
        catalog: The articles.
        was_published: As for `plan_of`.
    """
    site = catalog.site
    rule = site.feed_rules[number]
    profile = checked_profile(rule, number, site)
    fixed_languages = rule.conditions.get("language", ())
    fixed_language = fixed_languages[0] if len(fixed_languages) == 1 else site.default_language
    for combination, content in contents:
        terms = dict(zip(rule.axes, combination, strict=True))
        language = terms.get("language") or fixed_language
        names = {axis: segments.of(axis, term, terms.get("language")) for axis, term in terms.items()}
        carried = content.candidates
        if profile is not None:
            carried = within_limits(profile, carried, _published, as_of=catalog.as_of)
        planned = PlannedFeed(
            path=kept_path(rule, terms, filled(rule.path, names), was_published),
            rule=rule,
            rule_number=number,
            terms=terms,
            language=language,
            title=title_of(rule, terms, site, language),
            carried=carried,
            profile=profile,
            tombstones=content.tombstones,
            documents=own_documents(rule, names, site),
        )
        yield planned, content


def checked_profile(rule: FeedRule, number: int, site: Site) -> Profile | None:
    """Return the profile of a rule whose terms and profile the site has.

    Raises:
        InvalidPlan: If it doesn't have them.
    """
    for key, conditions in (("where", rule.conditions), ("without", rule.excluded)):
        try:
            checked_conditions(conditions, site)
        except InvalidValue as problem:
            raise InvalidPlan(str(problem.at(f"feeds[{number}].{key}"))) from None
    try:
        return profile_of(rule, site)
    except InvalidValue as problem:
        raise InvalidPlan(str(problem.at(f"feeds[{number}]"))) from None


def _contents(rule: FeedRule, number: int, catalog: Catalog) -> Iterator[tuple[tuple[str, ...], FeedContent]]:
    """Yield the terms of each feed of a rule, and what it has."""
    contents = catalog.feeds(number)
    occurring = [combination for combination, content in contents.items() if content.has_enough]
    for combination in _combinations(rule, occurring, catalog.site):
        yield combination, contents.get(combination, FeedContent())


def _combinations(rule: FeedRule, occurring: Iterable[tuple[str, ...]], site: Site) -> list[tuple[str, ...]]:
    """Return the terms of all feeds of a rule, in the order of newsroom.toml."""
    combinations = dict.fromkeys([*known_combinations(rule, site), *occurring])
    return sorted(combinations, key=place_in_newsroom_toml(rule.axes, site))


def _published(candidate: Candidate) -> datetime:
    return candidate.head.published


def with_own_paths(
    wanted: Sequence[tuple[PlannedFeed, FeedContent]], paths: Paths, catalog: Catalog
) -> dict[str, PlannedFeed]:
    """Return feeds by their own paths, each split into itself and its parts."""
    spread = [_in_parts(feed, content, catalog) for feed, content in wanted]
    claims = [
        Claim(feed.path, feed.rule, feed.rule_number, feed.terms, [part.path for part in feed.parts])
        for feed in spread
    ]
    own: dict[str, PlannedFeed] = {}
    for (feed, content), planned, path in zip(wanted, spread, paths.of(claims), strict=True):
        if path == planned.path:
            own[path] = planned
        else:
            own[path] = _in_parts(msgspec.structs.replace(feed, path=path), content, catalog)
    return own


def _in_parts(planned: PlannedFeed, content: FeedContent, catalog: Catalog) -> PlannedFeed:
    """Spread a feed over itself and its archives or pages, as its rule says."""
    site = catalog.site
    itself, *others = parts_of(
        planned.rule,
        planned.carried,
        as_of=catalog.as_of,
        zone=site.zone,
        departed=content.departed,
        archives=content.archives,
    )
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
            [
                Link(
                    rel=link.rel,
                    url=ascii_uri(feeds_url + path(link.part)),
                    documents=() if link.part else planned.documents,
                )
                for link in part.links
            ]
        ),
        documents=() if part.name else planned.documents,
        part_of=planned.path if part.name else "",
        period=part.period,
        changes_with_period=part.changes_with_period,
    )


def _in_writing_order(feeds: Iterable[PlannedFeed]) -> Iterator[PlannedFeed]:
    """Yield archives from the newest to the oldest, and then feeds with their pages."""
    archives = [part for feed in feeds for part in feed.parts if part.period]
    yield from sorted(archives, key=attrgetter("period"), reverse=True)
    for feed in feeds:
        yield from (part for part in feed.parts if not part.period)
        yield feed


def known_combinations(rule: FeedRule, site: Site) -> Iterator[tuple[str, ...]]:
    """Yield the combinations that have a feed whether or not an article fits."""
    free = [axis for axis in rule.axes if not AXES[axis].is_closed]
    if not free:
        yield from product(*(_allowed(axis, rule, known_terms(axis, site) or ()) for axis in rule.axes))
    elif {*rule.axes} - {"language"} == {free[0]} and (planned := AXES[free[0]].planned) is not None:
        for language in _allowed("language", rule, site.languages):
            for term in _allowed(free[0], rule, planned(site, language)):
                yield tuple({"language": language, free[0]: term}[axis] for axis in rule.axes)


def _allowed(axis: str, rule: FeedRule, terms: Iterable[str]) -> list[str]:
    excluded = rule.excluded.get(axis, ())
    return [term for term in terms if term in rule.conditions.get(axis, (term,)) and term not in excluded]


def place_in_newsroom_toml(
    axes: tuple[str, ...], site: Site
) -> Callable[[tuple[str, ...]], list[tuple[int, str]]]:
    """Return the key that sorts terms as newsroom.toml does; those that it doesn't name come last, by their letters."""
    ranks = [{term: rank for rank, term in enumerate(_named(axis, site))} for axis in axes]

    def key(combination: tuple[str, ...]) -> list[tuple[int, str]]:
        return [(rank.get(term, len(rank)), term) for rank, term in zip(ranks, combination, strict=True)]

    return key


def _named(name: str, site: Site) -> Collection[str]:
    """Return the terms of an axis that newsroom.toml names, in its order."""
    axis = AXES[name]
    planned = [axis.planned(site, language) for language in site.languages] if axis.planned else []
    return known_terms(name, site) or dict.fromkeys(chain.from_iterable(planned))
