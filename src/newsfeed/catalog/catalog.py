"""The catalog: every question that plan, formats and publishing may ask about a site's articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from newsfeed.catalog.candidates import ArticleHead, Candidate
from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.listed import ListedArticle, ListedEdition
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.facets import NO_CONDITIONS, Conditions
from newsfeed.model.feed import Tombstone, Translation
from newsfeed.model.site import Site

__all__ = ["Catalog", "FeedContent", "Neighbours"]


class Neighbours(NamedTuple):
    """The periods of the archives before and after one; empty where there is none."""

    older: str = ""
    newer: str = ""


class FeedContent(NamedTuple):
    """What one feed of a rule has: its articles, and traces of those that it had."""

    #: In the order of the feed, no more than it can carry with its pages and archives, none older than its `max_age`.
    candidates: tuple[Candidate, ...] = ()
    #: What was withdrawn from it while the site's tombstones last, the latest first.
    tombstones: tuple[Tombstone, ...] = ()
    #: The periods of its archives from which articles have expired or were withdrawn.
    departed: frozenset[str] = frozenset()
    #: The archives whose articles are among the candidates, by their periods, with their neighbours; the feed itself comes
    #: after the newest, under an empty name. None: all that there are.
    archives: Mapping[str, Neighbours] | None = None
    #: Whether so many live articles belong to it, whatever their age, that it exists: its rule's `min_articles`.
    has_enough: bool = False


class Catalog(Protocol):
    """What is published of a site as of one moment.

    A catalog has a home: articles read from their sources (`read_catalog.py`), parts of them read by several workers
    and merged, or rows of a database. Whatever its home, a catalog of the same articles gives the same answers, and so
    the same documents, byte for byte. A home must

    - repair each article as the site's settings say, leave out those that break its rules, and report both;
    - of two articles with one id, or two editions of one story in one language, keep the one that was updated last,
      else the one with the larger digest, whatever the order in which they came;
    - let no article through that is embargoed, expired or withdrawn at `as_of`, except as a tombstone;
    - answer in bounded memory: it may keep what feeds carry, and a few bytes of each other article.

    Answers about ids and addresses marked "`False` is certain" may come from hashes: `True` can be wrong, about three
    times in ten million articles.
    """

    @property
    def site(self) -> Site:
        """The site."""

    @property
    def as_of(self) -> datetime:
        """The moment, aware."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the articles, in order of place: errors left one out, warnings repaired one."""

    @property
    def sources(self) -> Mapping[str, int]:
        """How many usable articles each source gave, live or not."""

    @property
    def live(self) -> int:
        """How many articles are live."""

    @property
    def next_change(self) -> datetime | None:
        """The next moment at which an article becomes due, expires, leaves the news sitemap, or loses its tombstone."""

    @property
    def first_seen(self) -> FirstSeen:
        """In which order topics and authors were first published."""

    @property
    def withdrawn(self) -> Sequence[Article]:
        """The articles whose tombstones some feed may have."""

    def feeds(self, rule_number: int) -> Mapping[tuple[str, ...], FeedContent]:
        """Return what the feeds of a rule have, by their terms: one on each axis of the rule.

        Args:
            rule_number: The rule's place in `site.feed_rules`, from 0.

        Returns:
            The feeds to which an article belongs or belonged, in no order.
        """

    def content(self, rule_number: int, terms: tuple[str, ...]) -> FeedContent:
        """Return what one feed has; nothing for one to which no article belongs or belonged.

        Args:
            rule_number: As for `feeds`.
            terms: One on each axis of the rule.
        """

    def terms_alike(self, facet: str, language: str | None, folded: str) -> Sequence[str]:
        """Return the terms of a facet that have one plain segment in paths, those published first at the front.

        Args:
            facet: `topic` or `author`.
            language: The language in which they were published, and whose letters are read; None for any.
            folded: The segment, folded by `same_file`.
        """

    @property
    def carried(self) -> tuple[Candidate, ...]:
        """Every article that a feed of the site's rules carries, once."""

    def digest(self, candidate: Candidate) -> bytes:
        """Return a digest of all that the entry of a carried article is made from: its text, and all its editions."""

    def newest(
        self, conditions: Conditions, limit: int, excluded: Conditions = NO_CONDITIONS
    ) -> tuple[Candidate, ...]:
        """Return the newest live articles that have one of the terms on each facet asked for, and no excluded one."""

    def read(self) -> Iterator[Article]:
        """Yield all live articles, one by one, in no order; none of them is kept."""

    # The next four questions are about what sitemaps list: live articles whose addresses are short enough for a
    # sitemap, as `listed.py` says. They are answered for the sitemaps that the site asks for, else there is nothing.

    def listed_news(self) -> Sequence[ListedArticle]:
        """Return the articles that were published in the two days before `as_of` (`NEWS_FOR`), newest first."""

    def newest_listed(self) -> ListedArticle | None:
        """Return the newest article, the first by id of several; None if there is none."""

    def story_months(self) -> Sequence[str]:
        """Return the months in which the first edition of a story with several was published, such as 2025-12.

        They are months of the site's time zone, in their order.
        """

    def stories(self, month: str) -> Sequence[Sequence[ListedEdition]]:
        """Return the editions of each story with several whose first edition was published in a month.

        Args:
            month: The month, in the site's time zone, such as 2025-12.

        Returns:
            The stories in the order of their keys, and the editions of each in the order of the site's languages.
        """

    def translations(self, article: ArticleHead) -> tuple[Translation, ...]:
        """Return the live editions of an article's story in other languages, in the site's order."""

    def prepare_translations(self, articles: Iterable[ArticleHead]) -> None:
        """Find the editions of many stories at once, which is faster than one after the other."""

    def has_article(self, own_id: str) -> bool:
        """Return whether there is an article with an id, live or not; `False` is certain."""

    def is_held_back(self, own_id: str) -> bool:
        """Return whether an article with an id is embargoed, expired or withdrawn; `False` is certain."""

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article gives way to another edition of its story in its language."""

    def is_closed(self, own_id: str) -> bool:
        """Return whether an article with an id isn't for everybody as a whole; `False` is certain."""

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Return whether an article that is held back has this address or is this edition; `False` is certain."""

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose, so that its absence is no loss."""
