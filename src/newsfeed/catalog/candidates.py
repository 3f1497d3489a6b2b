"""Candidates for a feed: of all articles that are offered the newest, and no more of them than the feed can carry."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Protocol

import msgspec

from newsfeed.model.article import Article
from newsfeed.model.sourced_article import SourcedArticle

__all__ = [
    "ArticleHead",
    "Candidate",
    "Newest",
    "Rank",
    "ReadCandidate",
    "digest_of_source",
    "rank_by_update",
    "rank_of",
]

#: The order in feeds, the newest or the last updated first, ties by id.
Rank = tuple[float, str]

_LAST: Rank = (float("inf"), "")
_rank = attrgetter("rank")
_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)


class ArticleHead(Protocol):
    """What a plan and a record say of an article: an `Article`, or the few fields of one."""

    @property
    def id(self) -> str | None:
        """Its id."""

    @property
    def url(self) -> str | None:
        """Its address."""

    @property
    def story(self) -> str | None:
        """The story that it tells, if any."""

    @property
    def language(self) -> str:
        """Its language."""

    @property
    def title(self) -> str:
        """Its title, if it has one."""

    @property
    def headline(self) -> str:
        """Its title, or what stands for it."""

    @property
    def published(self) -> datetime:
        """When it was published."""

    @property
    def updated(self) -> datetime | None:
        """When it last changed."""


class Candidate(Protocol):
    """An article that a feed carries, unless newer ones take its place."""

    @property
    def rank(self) -> Rank:
        """Its place in the order of feeds."""

    @property
    def head(self) -> ArticleHead:
        """What plans and records say of the article."""

    @property
    def article(self) -> Article:
        """The article; it may be read when it is asked for."""

    @property
    def digest(self) -> bytes:
        """A digest of all that its editor wrote."""

    @property
    def row(self) -> int | None:
        """The number of the row of a store that it is; None if it isn't stored."""


class ReadCandidate(msgspec.Struct, frozen=True, gc=False):
    """A candidate whose article is in memory."""

    rank: Rank
    article: Article
    digest: bytes
    row: None = None

    @property
    def head(self) -> ArticleHead:
        """What plans and records say of the article."""
        return self.article


def rank_of(article: Article) -> Rank:
    """Return an article's place in the order of feeds.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> rank_of(Article(language="en", title="Snow", url="https://a.example/", id="a:1", published=noon))
    (-1766145600.0, 'a:1')
    """
    return -article.published.timestamp(), article.id or ""


def rank_by_update(article: Article) -> Rank:
    """Return an article's place in a feed whose articles are in the order of their last changes."""
    return -(article.updated or article.published).timestamp(), article.id or ""


def digest_of_source(sourced: SourcedArticle) -> bytes:
    """Return a digest of all that an article's editor wrote."""
    written = sourced.source or _ENCODER.encode(sourced.article)
    return blake2b(written, digest_size=16).digest()


class Newest:
    """The newest of many articles.

    Twice as many as are wanted are let in before the older half is dropped, which is faster than keeping them in order.
    Nothing has to be sorted if the articles come oldest first, as they do from most archives.

    Args:
        limit: The most articles to keep.
    """

    __slots__ = ("_is_in_order", "_kept", "_last", "_limit", "_most", "worst")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._most = 2 * limit
        #: The oldest first, as long as they are in order.
        self._kept: list[Candidate] = []
        self._is_in_order = True
        self._last = _LAST
        #: Only an article whose rank comes before this one is among the newest so far.
        self.worst = _LAST

    def add(self, article: Candidate) -> None:
        """Keep an article that is among the newest so far."""
        rank = article.rank
        if rank > self._last:
            self._is_in_order = False
        self._last = rank
        self._kept.append(article)
        if len(self._kept) > self._most:
            self._cut()

    def merge(self, others: Iterable[Candidate]) -> None:
        """Keep those of some more articles that are among the newest."""
        for each in others:
            if each.rank < self.worst:
                self.add(each)

    def in_order(self) -> tuple[Candidate, ...]:
        """Return the articles, newest first, ties by id."""
        self._cut()
        return tuple(reversed(self._kept))

    @property
    def is_full(self) -> bool:
        """Whether there may have been more than are kept."""
        return len(self._kept) >= self._limit

    def _cut(self) -> None:
        if not self._is_in_order:
            self._kept.sort(key=_rank, reverse=True)
            self._is_in_order = True
            self._last = self._kept[-1].rank
        if len(self._kept) >= self._limit:
            del self._kept[: len(self._kept) - self._limit]
            self.worst = self._kept[0].rank
