"""What a plan is: the feeds to write, each with its path, its title and what it carries."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import FeedKey
from newsfeed.errors import FeedNotFound
from newsfeed.findings import Finding, two_sentences
from newsfeed.model.article import Article
from newsfeed.model.feed import Link, Tombstone
from newsfeed.model.formats import FORMATS
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.text.nearest import did_you_mean

__all__ = ["Plan", "PlannedFeed"]


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
    carried: tuple[Candidate, ...]
    #: The partner's profile that it follows, if any.
    profile: Profile | None = None
    #: What was withdrawn from it, the latest first, while the site's tombstones last.
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
    #: Whether it has archives and changes when the running period is over.
    changes_with_period: bool = False
    #: Its documents that have a path of their own, by format.
    documents: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        count = len(self.carried)
        return f"<PlannedFeed {self.path}: {count} article{'' if count == 1 else 's'}>"

    @property
    def key(self) -> FeedKey:
        """What distinguishes it from the feeds of other rules and terms; its archives and pages have the same."""
        return self.rule_number, tuple(self.terms.values())

    def document(self, name: str) -> str:
        """Return the path of its document in a format."""
        return dict(self.documents).get(name) or self.path + FORMATS[name].suffix

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that it is written in; archives and pages are for feed readers alone."""
        formats = tuple(self.rule.formats)
        return tuple(name for name in formats if FORMATS[name].is_feed) if self.part_of else formats


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds to write, by path."""

    #: The articles that the feeds carry.
    catalog: Catalog
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
    #: The articles whose publication is compared with what was published before: all that some feed carries, or those that
    #: changed.
    carried: tuple[Candidate, ...]
    #: Those among the withdrawn articles whose tombstones feeds may have.
    withdrawn: Sequence[Article]
    #: Warnings about languages without words, and about paths that got a suffix, because another feed has the plain one.
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        count = len(self.feeds)
        return f"<Plan: {count} feed{'' if count == 1 else 's'}>"

    @property
    def site(self) -> Site:
        """The site whose feeds these are."""
        return self.catalog.site

    @property
    def as_of(self) -> datetime:
        """The moment for which they are planned, aware."""
        return self.catalog.as_of

    def at(self, path: str) -> PlannedFeed:
        """Return the feed, archive or page that is planned at a path.

        Args:
            path: The path without a suffix, `en/category/media`.

        Raises:
            FeedNotFound: If none is planned there; the message names the nearest.
        """
        planned = self.with_parts.get(path)
        if planned is None:
            raise FeedNotFound(
                two_sentences(f"no feed {path!r} is planned", did_you_mean(str(path), self._paths()))
            )
        return planned

    def _paths(self) -> list[str]:
        """Return the paths of all feeds that it knows: of a part of a plan, also of those that it links to."""
        return [feed.path for feed in self.by_terms.values()]
