"""The plan of a few feeds, for a publish that knows which of them may have changed.

What a feed's documents say depends on other feeds only through their paths and titles: those that listings link to, the
same feed in other languages, and feeds that want the same path. So these are planned too, but without their articles.
The feeds come out as `plan_of` would plan them, and the work depends on their number alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, product
from operator import itemgetter

from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.indexed_catalog import FeedKey, IndexedCatalog
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.facets import known_terms
from newsfeed.model.plain_paths import plain_path, plain_segment
from newsfeed.model.site import Site
from newsfeed.plan.kept_paths import WasPublished, never_published
from newsfeed.plan.paths import Paths
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.plan.planning import (
    assembled,
    feeds_of_rule,
    known_combinations,
    place_in_newsroom_toml,
    with_own_paths,
)
from newsfeed.plan.segments import IndexedSegments
from newsfeed.text.slugs import may_have_digest, same_file

__all__ = [
    "can_be_in_part",
    "in_other_languages",
    "part_of_plan",
    "plan_of_path",
    "related_feeds",
    "trending_feeds",
]

_EMPTY = FeedContent()


def part_of_plan(
    catalog: IndexedCatalog,
    wanted: Mapping[FeedKey, Collection[str] | None],
    changed: Collection[str] = (),
    named: Iterable[FeedKey] = (),
    was_published: WasPublished = never_published,
) -> Plan:
    """Plan some feeds of a site.

    Args:
        catalog: Its articles.
        wanted: The feeds, with the periods whose archives are planned, None for all. Feeds that have no articles, and
            that the site doesn't define, aren't planned.
        changed: The own ids of the articles to compare with those that were published.
        named: More feeds to link to, without articles. The plan has them by their terms.
        was_published: As for `plan_of`.

    Returns:
        The plan of these feeds alone; it knows what they link to.

    Raises:
        InvalidPlan: As for `plan_of`.
    """
    site = catalog.site
    defined = frozenset(_defined(site))

    def existing(keys: Iterable[FeedKey]) -> set[FeedKey]:
        return {key for key in keys if key in defined or catalog.has_feed(*key)}

    to_write = existing(wanted)
    linked = existing([*in_other_languages(to_write, site), *named]) | to_write | defined
    rivals = existing(_rivals(linked, catalog))
    segments = IndexedSegments(site, catalog)
    paths = Paths(site, catalog.first_seen)
    planned = [
        feed
        for number, those in _by_rule(linked | rivals, site)
        for feed in feeds_of_rule(
            number,
            [(key[1], _content(key, catalog, wanted[key]) if key in to_write else _EMPTY) for key in those],
            segments,
            catalog,
            was_published,
        )
    ]
    feeds = with_own_paths(planned, paths, catalog)
    written = {path: feed for path, feed in feeds.items() if feed.key in to_write}
    carried = {
        each.rank[1]: each
        for feed in _with_parts(written.values())
        for each in feed.carried
        if each.rank[1] in changed
    }
    return assembled(
        catalog,
        written,
        feeds,
        carried=tuple(carried.values()),
        withdrawn=_withdrawn(catalog, written.values(), changed),
        findings=(*segments.findings(), *paths.findings),
    )


def plan_of_path(catalog: IndexedCatalog, path: str) -> Plan | None:
    """Plan the feed at a path, or the feed whose archive or page is there.

    Args:
        catalog: The site's articles.
        path: The path without a suffix, `en/category/media` or `en/all/archive/2025-12`.

    Returns:
        A plan that has it, or that doesn't because there is none; None if only a whole plan can tell, because a path
        like that may be one that a feed got in place of another.

    Raises:
        InvalidPlan: As for `plan_of`.
    """
    feed, *part = path.rsplit("/", 2)
    wanted = {
        key: periods if catalog.site.feed_rules[key[0]].archive else None
        for whose, periods in ((feed, part[1:]), (path, []))
        for key in _with_plain_path(whose, catalog)
    }
    plan = part_of_plan(catalog, wanted)
    is_certain = path in plan.with_parts or (can_be_in_part(catalog.site) and not may_have_digest(path))
    return plan if is_certain else None


def _with_plain_path(path: str, catalog: IndexedCatalog) -> Iterator[FeedKey]:
    folded = same_file(path)
    yield from (key for key in _defined(catalog.site) if plain_path(*key, catalog.site) == folded)
    yield from catalog.feeds_wanting(folded)


def _content(key: FeedKey, catalog: IndexedCatalog, periods: Collection[str] | None) -> FeedContent:
    return catalog.content(*key) if periods is None else catalog.content_in_part(*key, periods)


def _with_parts(feeds: Iterable[PlannedFeed]) -> Iterator[PlannedFeed]:
    for feed in feeds:
        yield feed
        yield from feed.parts


def _withdrawn(
    catalog: IndexedCatalog, feeds: Iterable[PlannedFeed], changed: Collection[str]
) -> Sequence[Article]:
    """Return the changed articles of which some feeds say that they were withdrawn."""
    return catalog.withdrawn_with(
        {gone.id for feed in feeds for gone in feed.tombstones}.intersection(changed)
    )


def related_feeds(catalog: IndexedCatalog, keys: Collection[FeedKey]) -> set[FeedKey]:
    """Return feeds with all others whose paths may depend on them: of terms that are spelled alike, or on one path."""
    segments = IndexedSegments(catalog.site, catalog)
    found = set(keys)
    for number, terms in keys:
        axes = catalog.site.feed_rules[number].axes
        language = dict(zip(axes, terms, strict=True)).get("language")
        for axis, term in zip(axes, terms, strict=True):
            if AXES[axis].is_named_freely:
                alike = {*segments.alike(axis, term, language), term}
                for each in alike if len(alike) > 1 else ():  # all feeds of the term move with it
                    found.update(catalog.feeds_with(axis, each))
    return found | set(_rivals(keys, catalog))


def _defined(site: Site) -> Iterator[FeedKey]:
    """Yield the feeds that the site defines, which exist even while no article fits."""
    for number, rule in enumerate(site.feed_rules):
        for terms in known_combinations(rule, site):
            yield number, terms


def in_other_languages(keys: Iterable[FeedKey], site: Site) -> Iterator[FeedKey]:
    """Yield the same feeds in the other languages of the site."""
    for number, terms in keys:
        axes = site.feed_rules[number].axes
        if "language" in axes:
            place = axes.index("language")
            for language in site.languages:
                yield number, (*terms[:place], language, *terms[place + 1 :])


def can_be_in_part(site: Site) -> bool:
    """Return whether some feeds of a site can be planned without the others.

    They can't if a feed might want the path of an archive or a page of another one, because only whole plans know of all
    of these.

    >>> import msgspec
    >>> from newsfeed.model.rule import FeedRule
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC")
    >>> for path in (
    ...     "{language}/news/{topic}",
    ...     "{language}/news/archive/{topic}",
    ...     "{language}/news/{flag}/{topic}",
    ... ):
    ...     rules = [FeedRule(path="{language}/news", archive="month"), FeedRule(path=path)]
    ...     can_be_in_part(msgspec.structs.replace(site, feeds=rules))
    True
    False
    True
    """
    rules = site.feed_rules
    parts = [f"{rule.path}/archive/{{period}}" for rule in rules if rule.archive]
    parts += [f"{rule.path}/page/{{number}}" for rule in rules if rule.paged]
    return not any(_may_be_one(part, rule.path, site) for part, rule in product(parts, rules))


def _may_be_one(path: str, other: str, site: Site) -> bool:
    """Return whether the paths of two rules may become the same."""
    segments, others = path.split("/"), other.split("/")
    return len(segments) == len(others) and all(
        (one := _possible(segment, site)) is None or (two := _possible(rival, site)) is None or one & two
        for segment, rival in zip(segments, others, strict=True)
    )


def _possible(segment: str, site: Site) -> set[str] | None:
    """Return what a segment of a rule's path may become; None for anything."""
    if "{" not in segment:
        return {same_file(segment)}
    axis = segment.removeprefix("{").removesuffix("}")
    terms = known_terms(axis, site) if axis in AXES else None
    if terms is None:
        return None
    return {same_file(plain_segment(axis, term, language)) for term in terms for language in site.languages}


def trending_feeds(site: Site) -> Iterator[FeedKey]:
    """Yield the feeds of the site's trending topics, to which listings of other feeds link."""
    for number, terms in _defined(site):
        if any(AXES[axis].is_named_freely for axis in site.feed_rules[number].axes):
            yield number, terms


def _rivals(keys: Iterable[FeedKey], catalog: IndexedCatalog) -> Iterator[FeedKey]:
    """Yield the feeds that articles cause and that want the path of one of some feeds that articles cause, too.

    To those that the site defines all others give way.
    """
    rules = catalog.site.feed_rules
    for number, terms in keys:
        if not all(AXES[axis].is_closed for axis in rules[number].axes):
            yield from catalog.feeds_wanting(plain_path(number, terms, catalog.site))


def _by_rule(keys: Collection[FeedKey], site: Site) -> Iterator[tuple[int, list[FeedKey]]]:
    """Yield the keys of each rule in the order of newsroom.toml, as a whole plan has them."""
    for number, those in groupby(sorted(keys), key=itemgetter(0)):
        place = place_in_newsroom_toml(site.feed_rules[number].axes, site)
        yield number, sorted(those, key=lambda key: place(key[1]))
