"""What readers can subscribe to: a newsroom's feeds by language, and in each language by what they are about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from newsfeed.model.axes import AXES
from newsfeed.model.cached_property import cached_property
from newsfeed.model.facets import label_of
from newsfeed.model.formats import FORMATS
from newsfeed.model.labels import LABELS
from newsfeed.model.site import Site
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.text.languages import direction, own_name
from newsfeed.text.one_line import one_line
from newsfeed.text.urls import ascii_uri

__all__ = [
    "Directory",
    "FeedDocument",
    "Group",
    "ListedFeed",
    "Section",
    "feed_documents",
    "kinds",
    "listed_languages",
]

#: Feeds about everything, and those of periods; the others are about an axis.
_ALL, _ARCHIVE = "all", "archive"


def kinds() -> tuple[str, ...]:
    """Return what feeds are about, in the order in which people look for it."""
    axes = sorted(AXES.values(), key=lambda axis: not axis.is_closed)
    about = [axis.name for axis in axes if axis.name != "language" and not axis.is_period]
    return _ALL, *about, _ARCHIVE


class FeedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A feed in one format."""

    #: `rss`, `atom` or `json`.
    format: str
    #: The format's name for people, `JSON Feed`.
    name: str
    #: The media type.
    type: str
    url: str


class ListedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to subscribe to. Its texts are single lines."""

    id: str
    path: str
    #: The whole title, `Report – Media`.
    title: str
    #: What distinguishes it from the others of its language, `Media`.
    label: str
    #: One of `kinds()`.
    kind: str
    #: What it is about, by facet: the placeholders of its path, and the conditions of its rule.
    terms: Mapping[str, Sequence[str]]
    #: In the order of its rule.
    documents: tuple[FeedDocument, ...]

    @property
    def best_known(self) -> FeedDocument:
        """The document for programs that accept one address, in the best known format; plug-ins' come last."""
        order = [*FORMATS.own]
        return min(
            self.documents,
            key=lambda document: order.index(document.format) if document.format in order else len(order),
        )


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The feeds of one kind in one language."""

    kind: str
    #: Its heading.
    label: str
    feeds: tuple[ListedFeed, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A listing for people."""

    title: str
    url: str


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """What readers can subscribe to in one language."""

    language: str
    #: The language's name in itself.
    name: str
    direction: Literal["ltr", "rtl"]
    pages: tuple[Page, ...]
    groups: tuple[Group, ...]


class Directory:
    """The feeds of a plan to subscribe to, by language. They are listed on first use.

    Args:
        plan: The plan.

    Example:
        >>> import newsfeed
        >>> english, *_ = Directory(newsfeed.open("examples/report").plan).sections
        >>> english.name, [group.label for group in english.groups]
        ('English', ['All News Feed', 'Categories', 'Kinds of news', 'Topics', 'Authors'])
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.site = plan.site

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """A section for each language of the site that has feeds, in the site's order."""
        spoken = listed_languages(self.plan)
        return tuple(_section(language, self.plan) for language in self.site.languages if language in spoken)


def listed_languages(plan: Plan) -> set[str]:
    """Return the languages that have feeds to subscribe to; this is faster than listing the feeds."""
    return {
        feed.language
        for feed in plan.feeds.values()
        if feed.rule.is_listed and any(FORMATS[name].is_feed for name in feed.rule.formats)
    }


def feed_documents(planned: PlannedFeed, site: Site) -> Iterator[FeedDocument]:
    """Yield a feed in each of its formats for feed readers."""
    for name in planned.rule.formats:
        form = FORMATS[name]
        if form.is_feed:
            address = ascii_uri(site.feeds_url + planned.document(name))
            yield FeedDocument(format=name, name=form.label, type=form.media_type, url=address)


def _section(language: str, plan: Plan) -> Section:
    planned = [feed for feed in plan.feeds.values() if feed.language == language and feed.rule.is_listed]
    return Section(
        language=language,
        name=own_name(language),
        direction=direction(language),
        pages=tuple(_pages(planned, plan.site)),
        groups=tuple(_groups(_listed(planned, plan.site), language, plan.site)),
    )


def _pages(planned: Iterable[PlannedFeed], site: Site) -> Iterator[Page]:
    """Yield the listings that aren't also published as feeds."""
    for feed in planned:
        if "html" in feed.rule.formats and not any(feed_documents(feed, site)):
            address = ascii_uri(site.feeds_url + feed.document("html"))
            yield Page(title=one_line(feed.title), url=address)


def _listed(planned: Iterable[PlannedFeed], site: Site) -> Iterator[ListedFeed]:
    for feed in planned:
        documents = tuple(feed_documents(feed, site))
        if documents:
            terms = _terms(feed)
            yield ListedFeed(
                id=ascii_uri(site.feeds_url + feed.path),
                path=feed.path,
                title=one_line(feed.title),
                label=one_line(_label(feed, terms, site)),
                kind=_kind(terms),
                terms=terms,
                documents=documents,
            )


def _groups(feeds: Iterable[ListedFeed], language: str, site: Site) -> Iterator[Group]:
    order = kinds()
    in_order = sorted(feeds, key=lambda feed: order.index(feed.kind))
    for kind, those in groupby(in_order, key=lambda feed: feed.kind):
        yield Group(kind=kind, label=one_line(_heading(kind, site, language)), feeds=tuple(those))


def _heading(kind: str, site: Site, language: str) -> str:
    """Return the words above the feeds of a kind."""
    axis = AXES.get(kind)
    word = kind if axis is None else axis.heading or axis.name.capitalize()
    return site.label(word, language) if word in LABELS else word


def _terms(planned: PlannedFeed) -> dict[str, tuple[str, ...]]:
    fixed = {facet: (term,) for facet, term in planned.terms.items()}
    return {**planned.rule.conditions, **fixed}


def _kind(terms: Mapping[str, Sequence[str]]) -> str:
    if any(AXES[axis].is_period for axis in terms):
        return _ARCHIVE
    return next((kind for kind in kinds() if kind in terms), _ALL)


def _label(planned: PlannedFeed, terms: Mapping[str, Sequence[str]], site: Site) -> str:
    """Return the title of the rule, otherwise what the feed is about."""
    if planned.rule.title is not None:
        return planned.title
    about = [
        ", ".join(label_of(facet, term, site, planned.language) for term in those)
        for facet, those in terms.items()
        if facet != "language" and not AXES[facet].is_period
    ]
    if time := "-".join(",".join(terms[axis]) for axis in AXES if AXES[axis].is_period and axis in terms):
        about.append(time)
    return " – ".join(about) or site.label("all", planned.language)
