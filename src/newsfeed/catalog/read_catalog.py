"""A catalog read from the sources: one pass over the articles, a second where some of them conflict.

Several workers may read, each a part of the sources; then the catalog is merged from what they found.
"""

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from shutil import rmtree
from tempfile import mkdtemp

from newsfeed.catalog.article_reader import ArticleReader
from newsfeed.catalog.candidates import ArticleHead, Candidate
from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.collector import Collector
from newsfeed.catalog.editions import Editions
from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.listed import ListedArticle, ListedEdition
from newsfeed.catalog.listing import Listing
from newsfeed.catalog.workers import Workers
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.cached_property import cached_property
from newsfeed.model.facets import NO_CONDITIONS, Conditions
from newsfeed.model.feed import Translation
from newsfeed.model.plain_paths import plain_segment
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.text.slugs import same_file

__all__ = ["ReadCatalog"]


class ReadCatalog:
    """A `Catalog` of articles that are read from where they are.

    Args:
        site: The site.
        articles: Its articles: Articles, or rows to make them from, in any order. What can be iterated again is read
            one by one, twice at most; an iterator is read into memory.
        as_of: The moment, aware.
        findings: What was found wrong with the articles before.
        workers: Read the articles in parts, if they are in files; None: this process reads them.

    Raises:
        InvalidValue: If `articles` is one article, a text, or not iterable.

    Example:
        >>> from datetime import UTC, datetime
        >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
        >>> noon = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
        >>> snow = Article(language="en", title="Snow", url="https://report.example/snow", published=noon)
        >>> catalog = ReadCatalog(site, [snow], noon)
        >>> catalog.live, [candidate.article.title for candidate in catalog.newest({"language": ("en",)}, 50)]
        (1, ['Snow'])
    """

    def __init__(
        self,
        site: Site,
        articles: Iterable[object],
        as_of: datetime,
        findings: Iterable[Finding] = (),
        workers: Workers | None = None,
    ) -> None:
        self.site = site
        self.as_of = as_of
        self._reader = ArticleReader(articles, site, as_of, findings, workers)
        folder = None
        if workers is not None and workers.are_here:
            folder = mkdtemp(prefix="newsfeed-")  # for the articles that feeds carry
            weakref.finalize(self, rmtree, folder, ignore_errors=True)
        begin = partial(Collector, site, site.feed_rules, as_of, folder)
        self._collected = self._reader.survey(begin)
        if self._reader.has_conflicts:
            self._collected = self._reader.collect(begin)
        self.carried: tuple[Candidate, ...] = self._collected.carried()
        self._editions = Editions(self._reader, site)
        self._editions.learn([candidate.head for candidate in self.carried])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the articles, in order of place."""
        return self._reader.findings

    @property
    def sources(self) -> Mapping[str, int]:
        """How many usable articles each source gave, live or not."""
        return dict(self._reader.given)

    @property
    def live(self) -> int:
        """How many articles are live."""
        return self._collected.live

    @property
    def next_change(self) -> datetime | None:
        """The next moment at which an article becomes due, expires, leaves the news sitemap, or loses its tombstone."""
        return self._reader.next_change

    @property
    def first_seen(self) -> FirstSeen:
        """In which order topics and authors were first published."""
        return self._collected.first_seen

    @property
    def withdrawn(self) -> Sequence[Article]:
        """The articles whose tombstones some feed may have."""
        return self._collected.withdrawn

    def feeds(self, rule_number: int) -> Mapping[tuple[str, ...], FeedContent]:
        """Return what the feeds of a rule have, by their terms."""
        return self._collected.rules[rule_number].contents()

    def content(self, rule_number: int, terms: tuple[str, ...]) -> FeedContent:
        """Return what one feed has."""
        return self._collected.rules[rule_number].content(terms)

    def terms_alike(self, facet: str, language: str | None, folded: str) -> list[str]:
        """Return the terms of a facet that have one plain segment in paths, those published first at the front."""
        return [
            term
            for term in self.first_seen.terms(facet, language)
            if same_file(plain_segment(facet, term, language)) == folded
        ]

    def digest(self, candidate: Candidate) -> bytes:
        """Return a digest of all that the entry of a carried article is made from."""
        return candidate.digest + self._editions.digest(candidate.head)

    def newest(
        self, conditions: Conditions, limit: int, excluded: Conditions = NO_CONDITIONS
    ) -> tuple[Candidate, ...]:
        """Return the newest articles that fit; the sources are read again for what no planned feed can tell."""
        for rule in self._collected.rules if not excluded else ():
            carried = rule.answer(conditions, limit)
            if carried is not None:
                return carried
        asked = FeedRule(path="select").with_kept(where=conditions, without=excluded, limit=limit)
        begin = partial(Collector, self.site, (asked,), self.as_of)
        return self._reader.collect(begin).rules[0].feed(()).in_order()

    def read(self) -> Iterator[Article]:
        """Yield all live articles, read again one by one, in no order; none of them is kept."""
        return (sourced.article for sourced, is_live in self._reader.read() if is_live)

    def listed_news(self) -> Sequence[ListedArticle]:
        """Return the articles that were published in the last two days, newest first."""
        return self._listing.news

    def newest_listed(self) -> ListedArticle | None:
        """Return the newest article; None if there is none."""
        return self._listing.newest

    def story_months(self) -> Sequence[str]:
        """Return the months in which the first edition of a story with several was published."""
        return tuple(self._listing.months)

    def stories(self, month: str) -> Sequence[Sequence[ListedEdition]]:
        """Return the editions of each story with several whose first edition was published in a month."""
        return self._listing.months.get(month, ())

    @cached_property
    def _listing(self) -> Listing:
        """What all sitemaps list, found in one reading."""
        return self._reader.collect(partial(Listing, self.site, self.as_of))

    def translations(self, article: ArticleHead) -> tuple[Translation, ...]:
        """Return the live editions of an article's story in other languages, in the site's order."""
        return tuple(self._editions.others(article))

    def prepare_translations(self, articles: Iterable[ArticleHead]) -> None:
        """Find the editions of many stories in one reading."""
        self._editions.learn(articles)

    def has_article(self, own_id: str) -> bool:
        """Return whether an article with an id was read, live or not; `False` is certain."""
        return self._reader.has_article(own_id)

    def is_held_back(self, own_id: str) -> bool:
        """Return whether an article with an id is embargoed, expired or withdrawn; `False` is certain."""
        return self._reader.is_held_back(own_id)

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article gives way to another edition of its story in its language."""
        return self._reader.is_set_aside(own_id)

    def is_closed(self, own_id: str) -> bool:
        """Return whether an article with an id isn't for everybody as a whole; `False` is certain."""
        return self._reader.is_closed(own_id)

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Return whether an article that is held back has this address or is this edition; `False` is certain."""
        return self._reader.has_page_held_back(url, story, language)

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose, as only a store can tell."""
        return self._reader.is_removed(own_id)
