"""Articles of a store, read one at a time when somebody asks for them."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from newsfeed.catalog.candidates import ArticleHead, Rank
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.index.derived_rows import StoredRow
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.model.article import Article
from newsfeed.model.site import Site

__all__ = ["StoredCandidate", "StoredRows"]

_RECORD = "SELECT source, key, record, changed FROM stored_row WHERE number = ?"
_MEMBERS = """
SELECT m.number, m.rank, m.own_id, a.digest, a.changed, a.story
FROM membership m JOIN article a ON a.number = m.number
WHERE m.feed = ? ORDER BY m.rank, m.own_id
"""
_ARCHIVED = """
SELECT m.number, m.rank, m.own_id, a.digest, a.changed, a.story
FROM archived m JOIN article a ON a.number = m.number
WHERE m.feed = ? AND m.period = ? ORDER BY m.rank, m.own_id
"""
_ARCHIVED_SINCE = """
SELECT m.number, m.rank, m.own_id, a.digest, a.changed, a.story
FROM archived m JOIN article a ON a.number = m.number
WHERE m.feed = ? AND m.period >= ?
"""
_LATE_UPDATES = """
SELECT u.number, u.rank, u.own_id, a.digest, a.changed, a.story
FROM late_update u JOIN article a ON a.number = u.number
WHERE u.feed = ? AND u.period = ? ORDER BY u.stands, u.rank, u.own_id
"""
_LATER_UPDATE = """
SELECT u.number, u.rank, u.own_id, a.digest, a.changed, a.story
FROM late_update u JOIN article a ON a.number = u.number
WHERE u.feed = ? AND u.period > ? LIMIT 1
"""
_MEMBERS_OF_SMALL_FEEDS = """
SELECT f.number, m.number, m.rank, m.own_id, a.digest, a.changed, a.story
FROM feed f JOIN membership m ON m.feed = f.number JOIN article a ON a.number = m.number
WHERE f.rule = ? AND f.live <= ? ORDER BY f.terms, m.rank, m.own_id
"""
_LIVE = "SELECT number, changed FROM article WHERE state = 'live'"


class StoredCandidate:
    """A candidate whose article is read when it is asked for.

    Args:
        number: The number of its row.
        rank: Its place in the order of feeds.
        digest: A digest of all that its editor wrote.
        changed: The number of the row's last change.
        story: The story that it tells, if any.
        rows: Reads it.
    """

    __slots__ = ("_rows", "changed", "digest", "number", "rank", "story")

    def __init__(
        self, number: int, rank: Rank, digest: bytes, changed: int, story: str | None, rows: "StoredRows"
    ) -> None:
        self.number = number
        self.rank = rank
        self.digest = digest
        self.changed = changed
        self.story = story
        self._rows = rows

    @property
    def row(self) -> int:
        """The number of its row."""
        return self.number

    def __repr__(self) -> str:
        return f"<StoredCandidate {self.rank[1]}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredCandidate):
            return NotImplemented
        return (self.rank, self.digest) == (other.rank, other.digest)

    def __hash__(self) -> int:
        return hash((self.rank, self.digest))

    @property
    def head(self) -> ArticleHead:
        """What plans and records say of the article."""
        return self.article

    @property
    def article(self) -> Article:
        """The article."""
        return self._rows.article(self.number, self.changed)


class StoredRows:
    """Reads the articles of a store as it was at one moment.

    Args:
        snapshot: The store.
        site: The site.
        cache: Where articles are kept.
    """

    def __init__(self, snapshot: Snapshot, site: Site, cache: ArticleCache) -> None:
        self._snapshot = snapshot
        self._site = site
        self._cache = cache

    def article(self, number: int, changed: int) -> Article:
        """Return the article of a row that can be used.

        Args:
            number: The row's number.
            changed: The number of its last change.
        """
        article = self._cache.get((number, changed))
        if article is None:
            article, size = self._read(number)
            self._cache.put((number, changed), article, size)
        return article

    def members(self, feed: int) -> Iterator[StoredCandidate]:
        """Yield the live articles of a feed, the newest first."""
        return self._candidates(_MEMBERS, feed)

    def in_period(self, feed: int, period: str) -> Iterator[StoredCandidate]:
        """Yield the live articles of a feed with archives that were published in a period, the newest first."""
        return self._candidates(_ARCHIVED, feed, period)

    def since_period(self, feed: int, period: str) -> Iterator[StoredCandidate]:
        """Yield the live articles of a feed with archives that were published in a period or after it, in no order."""
        return self._candidates(_ARCHIVED_SINCE, feed, period)

    def updated_in(self, feed: int, period: str) -> Iterator[StoredCandidate]:
        """Yield those that were updated in a period and published in an earlier one, the last updated first."""
        return self._candidates(_LATE_UPDATES, feed, period)

    def updated_after(self, feed: int, period: str) -> Iterator[StoredCandidate]:
        """Yield one that says that it was updated after a period, if there is any, and was published earlier."""
        return self._candidates(_LATER_UPDATE, feed, period)

    def newest(self, feed: int, most: int) -> tuple[StoredCandidate, ...]:
        """Return the newest live articles of a feed."""
        return tuple(self._candidates(f"{_MEMBERS} LIMIT ?", feed, most))

    def of_small_feeds(
        self, rule_number: int, most: int
    ) -> Iterator[tuple[int, tuple[StoredCandidate, ...]]]:
        """Yield each feed of a rule that has live articles, but no more than some, and these, the newest first."""
        found = self._snapshot.each(_MEMBERS_OF_SMALL_FEEDS, rule_number, most)
        for feed, members in groupby(found, key=itemgetter(0)):
            yield (
                feed,
                tuple(
                    [
                        StoredCandidate(number, (rank, own_id), digest, changed, story, self)
                        for _, number, rank, own_id, digest, changed, story in members
                    ]
                ),
            )

    def live(self) -> Iterator[Article]:
        """Yield all live articles; none of them is kept."""
        for number, changed in self._snapshot.each(_LIVE):
            yield self._cache.get((number, changed)) or self._read(number)[0]

    def row(self, number: int) -> StoredRow:
        """Return a row, without what was found in its content."""
        ((source, key, record, changed),) = self._snapshot.all(_RECORD, number)
        return StoredRow(number, source, key, record, changed, self._site, tell_losses=False)

    def _candidates(self, statement: str, *values: str | int) -> Iterator[StoredCandidate]:
        for number, rank, own_id, digest, changed, story in self._snapshot.each(statement, *values):
            yield StoredCandidate(number, (rank, own_id), digest, changed, story, self)

    def _read(self, number: int) -> tuple[Article, int]:
        row = self.row(number)
        if row.sourced is None:
            raise AssertionError  # it could be used when it was refreshed, by the same settings
        return row.sourced.article, len(row.sourced.source)
