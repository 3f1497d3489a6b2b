"""A thread-safe LRU cache whose values may differ in size."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["LruCache"]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LruCache(Generic[Key, Value]):
    """Keeps values up to a total size, and drops the least recently used first.

    Args:
        max_size: The total size of the values that are kept.
        size_of: Returns the size of a value; by default, each counts as one.

    Example:
        >>> cache = LruCache[str, bytes](10, len)
        >>> cache.put("a", b"123456")
        >>> cache.put("b", b"123456")
        >>> cache.get("a"), cache.get("b")
        (None, b'123456')
    """

    def __init__(self, max_size: int, size_of: Callable[[Value], int] = lambda _: 1) -> None:
        self._max_size = max_size
        self._size_of = size_of
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return a value; `None` if it isn't kept, or no longer."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, unless it is larger than the whole cache."""
        size = self._size_of(value)
        if size > self._max_size:
            return
        with self._lock:
            if key in self._values:
                self._size -= self._size_of(self._values.pop(key))
            self._values[key] = value
            self._size += size
            while self._size > self._max_size:
                _, oldest = self._values.popitem(last=False)
                self._size -= self._size_of(oldest)
