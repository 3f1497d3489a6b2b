"""What a catalog that answers by index can tell besides: what changed, and which feeds an article can move."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeAlias, TypeGuard

from newsfeed.catalog.catalog import Catalog, FeedContent
from newsfeed.findings import Finding
from newsfeed.model.article import Article

__all__ = ["Changes", "FeedKey", "IndexedCatalog", "is_indexed"]

#: The number of a feed's rule, and its terms: one on each axis of the rule.
FeedKey: TypeAlias = tuple[int, tuple[str, ...]]


class Changes(NamedTuple):
    """What changed since a revision."""

    #: The feeds that carry, or carried, what changed.
    feeds: Sequence[FeedKey]
    #: The own ids of articles that changed themselves, or became live, or no longer are.
    articles: Sequence[str]
    #: The months whose stories in several languages changed, `2025-12`.
    months: Collection[str]
    #: What was found in the rows that changed.
    findings: tuple[Finding, ...] = ()


class IndexedCatalog(Catalog, Protocol):
    """A catalog whose answers about a feed or an article don't depend on how many there are."""

    @property
    def revision(self) -> int:
        """A number that grows with each change."""

    @property
    def known_since(self) -> int:
        """The first revision since which it is known what changed."""

    def changes_since(self, revision: int) -> Changes:
        """Return what changed since a revision, which isn't before `known_since`."""

    def content_in_part(
        self, rule_number: int, terms: tuple[str, ...], periods: Collection[str]
    ) -> FeedContent:
        """Return what a feed with archives has itself and in the archives of some periods.

        Those of the periods that have no archive aren't in its `archives`.
        """

    def changed_archives(
        self, rule_number: int, terms: tuple[str, ...], since: int, moment: datetime
    ) -> Collection[str]:
        """Return the periods of a feed's archives that changed, are new or gone, or have others beside them.

        Args:
            rule_number: The number of the feed's rule, which has archives.
            terms: The feed's terms.
            since: A revision.
            moment: The moment of the catalog of this revision.
        """

    def first_published(self, since: datetime) -> datetime | None:
        """Return when the first of those live articles was published that were published since a moment; None if none was."""

    def withdrawn_with(self, own_ids: Iterable[str]) -> Sequence[Article]:
        """Return the withdrawn articles with some ids."""

    def feed_terms(self, rule_number: int) -> Iterable[tuple[str, ...]]:
        """Return the terms of all feeds of a rule to which as many live articles belong as it needs."""

    def has_feed(self, rule_number: int, terms: tuple[str, ...]) -> bool:
        """Return whether as many live articles belong to a feed as its rule needs."""

    def feeds_with(self, facet: str, term: str) -> Iterable[FeedKey]:
        """Return the feeds of a term that articles name freely."""

    def feeds_wanting(self, plain_path: str) -> Iterable[FeedKey]:
        """Return the feeds that would have a path if no other wanted it; see `plain_path`."""


def is_indexed(catalog: Catalog) -> TypeGuard[IndexedCatalog]:
    """Return whether a catalog answers by index."""
    return hasattr(catalog, "changes_since")
