"""Newest: of all articles that are offered the newest, and no more of them than a feed can carry."""

from hashlib import blake2b
from operator import attrgetter

import msgspec

from newsfeed.model.article import Article
from newsfeed.model.conflicts import Located

__all__ = ["Carried", "Newest", "Rank", "carried", "rank_of"]

#: The order in feeds, the newest first, ties by id.
Rank = tuple[float, str]

_LAST: Rank = (float("inf"), "")
_rank = attrgetter("rank")
_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)


class Carried(msgspec.Struct, frozen=True):
    """An article that a feed carries."""

    rank: Rank
    article: Article
    #: A digest of all that its editor wrote.
    digest: bytes


def rank_of(article: Article) -> Rank:
    """Tell an article's place in the order of feeds.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> rank_of(Article(language="en", title="Snow", url="https://a.example/", id="a:1", published=noon))
    (-1766145600.0, 'a:1')
    """
    return -article.published.timestamp(), article.id or ""


def carried(located: Located, rank: Rank) -> Carried:
    """Make what feeds carry of an article."""
    written = located.source or _ENCODER.encode(located.article)
    return Carried(rank, located.article, blake2b(written, digest_size=16).digest())


class Newest:
    """The newest of many articles.

    Twice as many as are wanted are let in before the older half is put out; that is faster than to keep them in order.

    Args:
        limit: The most articles to keep.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[Carried] = []
        self._worst = _LAST
        self._is_in_order = True

    def wants(self, rank: Rank) -> bool:
        """Tell whether an article of that rank would be among the newest so far."""
        return rank < self._worst

    def offer(self, article: Carried) -> None:
        """Keep an article, if it is among the newest so far."""
        if article.rank < self._worst:
            self._is_in_order = False
            self._kept.append(article)
            if len(self._kept) > 2 * self._limit:
                self._cut()

    def in_order(self) -> tuple[Carried, ...]:
        """Give the articles, newest first, ties by id."""
        if not self._is_in_order:
            self._cut()
        return tuple(self._kept)

    @property
    def is_full(self) -> bool:
        """Whether there may have been more than are kept."""
        return len(self._kept) >= self._limit

    def _cut(self) -> None:
        self._kept.sort(key=_rank)
        del self._kept[self._limit :]
        self._is_in_order = True
        if self._kept and len(self._kept) == self._limit:
            self._worst = self._kept[-1].rank
