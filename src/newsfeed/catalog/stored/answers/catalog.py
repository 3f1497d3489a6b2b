"""A catalog that is answered by the index of a store, and knows what has changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, takewhile

from newsfeed.catalog.candidates import ArticleHead, Candidate
from newsfeed.catalog.catalog import FeedContent
from newsfeed.catalog.indexed_catalog import Changes, FeedKey
from newsfeed.catalog.listed import ListedArticle, ListedEdition, listed_article
from newsfeed.catalog.stored.answers.archives import StoredArchives
from newsfeed.catalog.stored.answers.candidates import StoredCandidate, StoredRows
from newsfeed.catalog.stored.answers.feeds import StoredFeeds
from newsfeed.catalog.stored.answers.findings import stored_findings
from newsfeed.catalog.stored.answers.first_seen import StoredFirstSeen
from newsfeed.catalog.stored.answers.newest import StoredNewest
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.answers.stories import StoredStories
from newsfeed.catalog.stored.database.moments import moment_of
from newsfeed.catalog.stored.index.progress import Progress
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.findings import Finding
from newsfeed.model.access import closing_word
from newsfeed.model.article import Article
from newsfeed.model.cached_property import cached_property
from newsfeed.model.facets import NO_CONDITIONS, Conditions
from newsfeed.model.feed import Translation
from newsfeed.model.periods import NEWS_FOR
from newsfeed.model.site import Site

__all__ = ["StoredCatalog"]

_USABLE = """
SELECT source, sum(CASE WHEN state = 'refused' THEN 0 ELSE articles END) FROM source_count
GROUP BY source HAVING sum(articles) > 0 ORDER BY source
"""
_WITHDRAWN = "SELECT DISTINCT t.number, a.changed FROM tombstone t JOIN article a ON a.number = t.number"
_WITHDRAWN_WITH_ID = "SELECT number, changed FROM article WHERE own_id = ? AND state = 'withdrawn'"
_NEXT_CHANGE = "SELECT moment FROM due WHERE is_reported = 1 ORDER BY moment LIMIT 1"
_CHANGED_MONTHS = "SELECT month FROM story_month WHERE revision > ?"
_IS_HELD_BACK = "SELECT 1 FROM article WHERE own_id = ? AND is_held_back = 1 LIMIT 1"
_IS_PAGE_HELD_BACK = "SELECT 1 FROM article WHERE url = ? AND is_held_back = 1 LIMIT 1"
_IS_EDITION_HELD_BACK = """
SELECT 1 FROM article WHERE story = ? AND language = ? AND story IS NOT NULL AND is_held_back = 1 LIMIT 1
"""
_WITH_ID = "SELECT number, changed FROM article WHERE own_id = ? AND state <> 'refused'"
_IS_SET_ASIDE = "SELECT 1 FROM article WHERE own_id = ? AND state = 'set aside' LIMIT 1"
_IS_REMOVED = "SELECT 1 FROM stored_row WHERE own_id = ? AND record IS NULL LIMIT 1"
_CHANGED_ARTICLES = """
SELECT own_id FROM article WHERE revision > ? AND own_id IS NOT NULL
UNION SELECT own_id FROM gone_id WHERE revision > ?
"""


class StoredCatalog:
    """A `Catalog` of the rows of a store, as they were when it was opened; see `opening.py`.

    Args:
        snapshot: The store, refreshed.
        site: The site.
        as_of: The moment, aware.
        progress: How far the store is refreshed in this transaction.
        cache: Where articles are kept.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        site: Site,
        as_of: datetime,
        progress: Progress,
        cache: ArticleCache,
    ) -> None:
        self.site = site
        self.as_of = as_of
        #: The number of the last refresh that changed something.
        self.revision = progress.revision
        #: The first revision since which it is known what changed.
        self.known_since = progress.rebuilt
        self.first_seen = StoredFirstSeen(snapshot)
        self._snapshot = snapshot
        self._rows = StoredRows(snapshot, site, cache)
        self._feeds = StoredFeeds(snapshot, site, as_of, self._rows)
        self._archives = StoredArchives(snapshot, site, as_of, self._feeds, self._rows)
        self._stories = StoredStories(snapshot, site)
        self._newest = StoredNewest(snapshot, site, self._rows.members)
        #: Ends the snapshot. The catalog answers no more questions.
        self.close = snapshot.close

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the articles, in order of place."""
        return stored_findings(self._snapshot, self._rows.row)

    @property
    def sources(self) -> Mapping[str, int]:
        """How many usable articles each source gave, live or not."""
        return dict(self._snapshot.all(_USABLE))

    @property
    def live(self) -> int:
        """How many articles are live."""
        found = self._snapshot.one("SELECT sum(articles) FROM source_count WHERE state = 'live'")
        return 0 if found is None else int(found[0] or 0)

    @property
    def next_change(self) -> datetime | None:
        """The next moment at which an article becomes due, expires, leaves the news sitemap, or loses its tombstone."""
        found = self._snapshot.one(_NEXT_CHANGE)
        return None if found is None else moment_of(found[0])

    @cached_property
    def withdrawn(self) -> Sequence[Article]:
        """The articles whose tombstones some feed may have."""
        return [self._rows.article(number, changed) for number, changed in self._snapshot.all(_WITHDRAWN)]

    def withdrawn_with(self, own_ids: Iterable[str]) -> Sequence[Article]:
        """Return the withdrawn articles with some ids."""
        found = chain.from_iterable(self._snapshot.all(_WITHDRAWN_WITH_ID, own_id) for own_id in own_ids)
        return [self._rows.article(number, changed) for number, changed in found]

    def first_published(self, since: datetime) -> datetime | None:
        """Return when the first of those live articles was published that were published since a moment; None if none was."""
        return self._feeds.first_published(since)

    def feeds(self, rule_number: int) -> Mapping[tuple[str, ...], FeedContent]:
        """Return what the feeds of a rule have, by their terms."""
        return self._feeds.contents(rule_number)

    def content(self, rule_number: int, terms: tuple[str, ...]) -> FeedContent:
        """Return what one feed has."""
        return self._feeds.content(rule_number, terms)

    def content_in_part(
        self, rule_number: int, terms: tuple[str, ...], periods: Collection[str]
    ) -> FeedContent:
        """Return what a feed with archives has itself and in the archives of some periods."""
        return self._archives.content(rule_number, terms, periods)

    def changed_archives(
        self, rule_number: int, terms: tuple[str, ...], since: int, moment: datetime
    ) -> Collection[str]:
        """Return the periods of a feed's archives that changed, are new or gone, or have others beside them."""
        return self._archives.changed(rule_number, terms, since, moment)

    def has_feed(self, rule_number: int, terms: tuple[str, ...]) -> bool:
        """Return whether as many live articles belong to a feed as its rule needs."""
        return self._feeds.has(rule_number, terms)

    def feed_terms(self, rule_number: int) -> Iterator[tuple[str, ...]]:
        """Yield the terms of each feed of a rule to which as many live articles belong as it needs."""
        return self._feeds.terms(rule_number)

    def feeds_with(self, facet: str, term: str) -> Sequence[FeedKey]:
        """Return the feeds that exist and have a term on an axis whose terms come from articles."""
        return self._feeds.with_term(facet, term)

    def feeds_wanting(self, plain_path: str) -> Sequence[FeedKey]:
        """Return the feeds that exist and would have a path if no other wanted it; see `plain_path`."""
        return self._feeds.wanting(plain_path)

    def terms_alike(self, facet: str, language: str | None, folded: str) -> Sequence[str]:
        """Return the terms of a facet that have one plain segment in paths, those published first at the front."""
        return self.first_seen.alike(facet, language, folded)

    def changes_since(self, revision: int) -> Changes:
        """Return what changed since a revision."""
        return Changes(
            feeds=self._feeds.changed_since(revision),
            articles=[own_id for (own_id,) in self._snapshot.all(_CHANGED_ARTICLES, revision, revision)],
            months={month for (month,) in self._snapshot.all(_CHANGED_MONTHS, revision)},
            findings=stored_findings(self._snapshot, self._rows.row, revision),
        )

    @cached_property
    def carried(self) -> tuple[Candidate, ...]:
        """Every article that a feed of the site's rules carries, once."""
        found: dict[int, Candidate] = {}
        for number in range(len(self.site.feed_rules)):
            for _, carried in self._feeds.carried(number):
                for candidate in carried:
                    found.setdefault(candidate.number, candidate)
        return tuple(found.values())

    def digest(self, candidate: Candidate) -> bytes:
        """Return a digest of all that the entry of a carried article is made from."""
        story = candidate.story if isinstance(candidate, StoredCandidate) else candidate.article.story
        return candidate.digest + self._stories.digest(story)

    def newest(
        self, conditions: Conditions, limit: int, excluded: Conditions = NO_CONDITIONS
    ) -> tuple[Candidate, ...]:
        """Return the newest live articles that have one of the terms on each facet asked for, and no excluded one."""
        return self._newest.of(conditions, limit, excluded)

    def read(self) -> Iterator[Article]:
        """Yield all live articles, one by one, in no order; none of them is kept."""
        return self._rows.live()

    def listed_news(self) -> Sequence[ListedArticle]:
        """Return the articles that were published in the last two days, newest first."""
        first = self.as_of - NEWS_FOR
        recent = takewhile(lambda article: article.published >= first, self._listable())
        return tuple(listed for article in recent if (listed := listed_article(article)) is not None)

    def newest_listed(self) -> ListedArticle | None:
        """Return the newest article; None if there is none."""
        listed = (listed_article(article) for article in self._listable())
        return next((article for article in listed if article is not None), None)

    def story_months(self) -> Sequence[str]:
        """Return the months in which the first edition of a story with several was published."""
        return self._stories.months()

    def stories(self, month: str) -> Sequence[Sequence[ListedEdition]]:
        """Return the editions of each story with several whose first edition was published in a month."""
        return self._stories.listed(month)

    def translations(self, article: ArticleHead) -> tuple[Translation, ...]:
        """Return the live editions of an article's story in other languages, in the site's order."""
        editions = self._stories.editions(article.story) if article.story else []
        return tuple(edition for edition in editions if edition.language != article.language)

    def prepare_translations(self, articles: Iterable[ArticleHead]) -> None:
        """Do nothing: each story is found by index."""

    def has_article(self, own_id: str) -> bool:
        """Return whether there is an article with an id, live or not."""
        return self._snapshot.one("SELECT 1 FROM article WHERE own_id = ? LIMIT 1", own_id) is not None

    def is_held_back(self, own_id: str) -> bool:
        """Return whether an article with an id is embargoed, expired or withdrawn."""
        return self._snapshot.one(_IS_HELD_BACK, own_id) is not None

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article gives way to another edition of its story in its language."""
        return self._snapshot.one(_IS_SET_ASIDE, own_id) is not None

    def is_closed(self, own_id: str) -> bool:
        """Return whether an article with an id isn't for everybody as a whole."""
        found = self._snapshot.all(_WITH_ID, own_id)
        return any(closing_word(self._rows.article(number, changed)) is not None for number, changed in found)

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Return whether an article that is held back has this address or is this edition."""
        if self._snapshot.one(_IS_PAGE_HELD_BACK, url) is not None:
            return True
        return story is not None and self._snapshot.one(_IS_EDITION_HELD_BACK, story, language) is not None

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose."""
        return self._snapshot.one(_IS_REMOVED, own_id) is not None

    def _listable(self) -> Iterator[Article]:
        """Yield the live articles, the newest first, if there is a sitemap of news."""
        if "news" in self.site.sitemaps:
            yield from (candidate.article for candidate in self._newest.each({}))
