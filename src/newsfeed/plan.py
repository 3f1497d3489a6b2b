"""The plan: rules × facets → the feeds to write and their paths. Collisions are found here, before anything is written.

A rule's placeholders are its axes. Languages, categories and flags are known beforehand, so each of their values has
a feed even while no article fits: subscribers never get a 404. Topics, authors, years and months come from the
articles (topics also from the site's trending ones), so only combinations that occur have a feed.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

import msgspec

from newsfeed.errors import FeedNotFound, InvalidPlan, InvalidValue
from newsfeed.intake.intake import RuleIntake
from newsfeed.intake.newest import Carried
from newsfeed.model.facets import check_conditions, known_terms, label_of
from newsfeed.model.feed import Feed, Link
from newsfeed.model.finding import Finding, Place
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS, FeedRule, filled
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.slugs import segment, slug, told_apart
from newsfeed.text.urls import ascii_uri

__all__ = ["Plan", "PlannedFeed", "feed_at", "feed_without_entries", "listing_of", "plan_of"]

_TOPIC_ALONE = ({"topic"}, {"language", "topic"})
_CLOSED_AXES = ("language", "category", "flag")


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


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds to write, by path."""

    feeds: Mapping[str, PlannedFeed]
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


def plan_of(newsroom: Newsroom) -> Plan:
    """Plan the feeds of a newsroom.

    Returns:
        The plan; its feeds are in the order of the rules and of the terms in newsroom.toml.

    Raises:
        InvalidPlan: If two feeds have one path, letter case aside, or a rule asks for what the site doesn't have.
    """
    site = newsroom.site
    segments = _Segments(newsroom)
    feeds: dict[str, PlannedFeed] = {}
    owners: dict[str, PlannedFeed] = {}
    for number, rule in enumerate(site.plan):
        try:
            check_conditions(rule.conditions, site)
        except InvalidValue as problem:
            raise InvalidPlan(str(problem.at(f"feeds[{number}].where"))) from None
        for terms, carried in _feeds_of(rule, newsroom.intake.rules[number], site):
            language = (
                terms.get("language") or _only(rule.conditions.get("language", ())) or site.default_language
            )
            parts = {axis: segments.of(axis, term, terms.get("language")) for axis, term in terms.items()}
            planned = PlannedFeed(
                path=filled(rule.path, parts),
                rule=rule,
                rule_number=number,
                terms=terms,
                language=language,
                title=_title(rule, terms, site, language),
                carried=carried,
            )
            rival = owners.setdefault(_same_file(planned.path), planned)
            if rival is not planned:
                raise InvalidPlan(_collision(rival, planned))
            feeds[planned.path] = planned
    by_terms = {(planned.rule_number, tuple(planned.terms.values())): planned for planned in feeds.values()}
    return Plan(
        feeds=feeds,
        by_terms=by_terms,
        siblings={language: tuple(_siblings(feeds.values(), site, language)) for language in site.languages},
        all_news=dict(_all_news(feeds.values(), site)),
        trending={language: tuple(_trending(feeds.values(), site, language)) for language in site.languages},
        findings=tuple(segments.findings()),
    )


def feed_at(newsroom: Newsroom, path: str) -> Feed:
    """Make the feed that is planned at a path.

    Raises:
        FeedNotFound: If none is; the message names the nearest.
    """
    feeds = newsroom.plan.feeds
    if path not in feeds:
        raise FeedNotFound(f"no feed {path!r} is planned; {did_you_mean(path, feeds)}")
    feed = feed_without_entries(newsroom, feeds[path])
    return msgspec.structs.replace(feed, entries=newsroom.entries(feeds[path].carried))


def feed_without_entries(newsroom: Newsroom, planned: PlannedFeed) -> Feed:
    """Make a planned feed but for what it carries."""
    site, path = newsroom.site, planned.path
    return Feed(
        site=site,
        id=ascii_uri(site.feeds_url + path),
        path=path,
        title=planned.title,
        description=site.text(site.description or site.title, planned.language),
        language=planned.language,
        entries=(),
        content=planned.rule.content,
        formats=tuple(planned.rule.formats),
        editions=tuple(_editions(planned, newsroom)),
        siblings=newsroom.plan.siblings[planned.language],
        trending=newsroom.plan.trending[planned.language],
        all_news=newsroom.plan.all_news.get(planned.language),
        extensions=newsroom.extensions,
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
    )


def _feeds_of(
    rule: FeedRule, taken_in: RuleIntake, site: Site
) -> Iterator[tuple[dict[str, str], tuple[Carried, ...]]]:
    """Yield the terms of each feed of a rule, and what it carries."""
    feeds = dict.fromkeys(_known(rule, site), ()) | taken_in.feeds()
    for combination in sorted(feeds, key=_place_in_newsroom_toml(rule.axes, site)):
        yield dict(zip(rule.axes, combination, strict=True)), feeds[combination]


def _known(rule: FeedRule, site: Site) -> Iterator[tuple[str, ...]]:
    """Yield the combinations that have a feed whether or not an article fits."""
    conditions, axes = rule.conditions, rule.axes
    allowed = {
        axis: [term for term in terms if term in conditions.get(axis, (term,))]
        for axis, terms in known_terms(site).items()
    }
    if all(axis in _CLOSED_AXES for axis in axes):
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


class _Segments:
    """The path segment of each term; terms that would share one are told apart, the senior keeps it plain."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._tables: dict[tuple[str, str | None], dict[str, str]] = {}

    def of(self, axis: str, term: str, language: str | None) -> str:
        """Give the segment of a term, in the paths of a language or (`None`) in paths without one."""
        if axis in {"language", "flag", "year", "month"}:
            return term
        scope = (axis, None if axis == "category" else language)
        if scope not in self._tables:
            self._tables[scope] = told_apart(self._by_seniority(*scope), self._plain(*scope))
        return self._tables[scope][term]

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each term that was told apart."""
        for scope, table in self._tables.items():
            plain = self._plain(*scope)
            for term, assigned in table.items():
                if assigned != plain(term):
                    axis = scope[0]
                    reason = f"the {axis} {term!r} would have the path of another, {plain(term)!r}; it has {assigned!r}"
                    remedy = "if both are the same, write them alike; else give one a name that differs in its letters"
                    yield Finding(
                        code="NF117",
                        severity="warning",
                        place=Place(),
                        field=axis,
                        reason=reason,
                        remedy=remedy,
                    )

    @staticmethod
    def _plain(axis: str, language: str | None) -> Callable[[str], str]:
        return segment if axis == "category" else partial(slug, language=language)

    def _by_seniority(self, axis: str, language: str | None) -> Iterable[str]:
        """Give the terms in the order in which they were first published, so that a new one never takes a path."""
        site = self._newsroom.site
        if axis == "category":
            return site.categories_by_term
        used = self._newsroom.intake.seniority.terms(axis, language)
        languages = site.languages if language is None else [language]
        trending = (
            [topic for spoken in languages for topic in site.trending_in(spoken)] if axis == "topic" else []
        )
        return dict.fromkeys([*used, *trending])


def _title(rule: FeedRule, terms: Mapping[str, str], site: Site, language: str) -> str:
    labels = {axis: label_of(axis, term, site, language) for axis, term in terms.items()}
    name = site.text(site.title, language)
    if rule.title is not None:
        words = {"site": name, "language": label_of("language", language, site, language)}
        words |= {word: site.label(word, language) for word in ("latest", "all")} | labels
        return filled(site.text(rule.title, language), words)
    fixed = {
        facet: wanted for facet, wanted in rule.conditions.items() if facet not in terms and len(wanted) == 1
    }
    labels |= {facet: label_of(facet, wanted[0], site, language) for facet, wanted in fixed.items()}
    return " – ".join([name, *(label for facet, label in labels.items() if facet != "language")])


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
        if planned.language == language and all(axis in _CLOSED_AXES for axis in planned.rule.axes):
            for name in planned.rule.formats:
                if name in DEFAULT_FORMATS:
                    yield _document(planned, name, planned.title, site)


def _trending(feeds: Iterable[PlannedFeed], site: Site, language: str) -> Iterator[Link]:
    """Yield the feeds of a language's trending topics, in the site's order, each in its first format."""
    of_topic = {
        planned.terms["topic"]: planned
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


def _same_file(path: str) -> str:
    """Give what two paths share when a file system that ignores letter case would take them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _collision(first: PlannedFeed, second: PlannedFeed) -> str:
    if first.rule_number == second.rule_number:
        places = f"feeds[{first.rule_number}] ({first.rule.path!r}) gives one path to two of its feeds"
    else:
        places = (
            f"feeds[{first.rule_number}] ({first.rule.path!r}) and feeds[{second.rule_number}] "
            f"({second.rule.path!r}) give one path to two feeds"
        )
    return f"{places}: {second.path!r}; give each a path of its own"
