"""Articles of a store that were read, kept for the next time they are asked for."""

from collections import OrderedDict
from threading import Lock
from typing import TypeAlias

from newsfeed.model.article import Article

__all__ = ["ArticleCache"]

#: An article's row and the number of its last change.
_Key: TypeAlias = tuple[int, int]


class ArticleCache:
    """An LRU cache of articles, bounded by the length of what they were read from. Threads may share it.

    Args:
        most: How many characters the records of the articles that are kept may have.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
    >>> snow = Article(language="en", title="Snow", url="https://report.example/snow", published=noon)
    >>> cache = ArticleCache(most=100)
    >>> for number in (1, 2, 3):
    ...     cache.put((number, 1), snow, 40)
    >>> cache.get((1, 1)) is None, cache.get((2, 1)) is snow
    (True, True)
    """

    def __init__(self, most: int = 32_000_000) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[_Key, tuple[Article, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key) -> Article | None:
        """Return an article; None if it isn't kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: _Key, article: Article, size: int) -> None:
        """Keep an article.

        Args:
            key: Its row and the number of its last change.
            article: The article.
            size: The length of its record.
        """
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = article, size
            self._size += size
            while self._size > self._most and len(self._kept) > 1:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone
