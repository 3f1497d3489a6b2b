"""A shelf: what was worked out once and may be asked for again, as far as there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Shelf"]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """Keeps values up to a weight; the ones that were asked for longest ago make room.

    Args:
        room: The weight that there is room for.
        weigh: Tells the weight of a value; one each by default.

    Example:
        >>> shelf = Shelf[str, bytes](10, len)
        >>> shelf.put("a", b"123456")
        >>> shelf.put("b", b"123456")
        >>> shelf.get("a"), shelf.get("b")
        (None, b'123456')
    """

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._room = room
        self._weigh = weigh
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Give a value; `None` where there is none any more."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, unless it alone would fill the shelf."""
        weight = self._weigh(value)
        if weight > self._room:
            return
        with self._lock:
            if key in self._values:
                self._weight -= self._weigh(self._values.pop(key))
            self._values[key] = value
            self._weight += weight
            while self._weight > self._room:
                _, oldest = self._values.popitem(last=False)
                self._weight -= self._weigh(oldest)
