"""Census: which of very many keys were counted more than once, in about five bytes each.

Of each key 44 bits of its hash are kept, in 4,096 drawers by twelve of them. Different keys with the same 44 bits are
taken for one, about three pairs in ten million keys; so whoever asks has to compare the keys themselves.
"""

from array import array
from collections.abc import Hashable, Iterable, Iterator

__all__ = ["Census"]

_DRAWERS = 1 << 12
_BITS = 32


class Census:
    """Counts keys.

    >>> census = Census()
    >>> for name in ("snow", "rain", "snow"):
    ...     census.count(name)
    >>> "rain" in census, "hail" in census
    (True, False)
    >>> [name in census.repeated() for name in ("snow", "rain")]
    [True, False]
    """

    def __init__(self) -> None:
        self._drawers: dict[int, array[int]] = {}

    def count(self, key: Hashable) -> None:
        """Count a key."""
        drawer, kept = _place(key)
        if drawer not in self._drawers:
            self._drawers[drawer] = array("I")
        self._drawers[drawer].append(kept)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether a key, or one that is taken for it, was counted."""
        drawer, kept = _place(key)
        return kept in self._drawers.get(drawer, ())

    def repeated(self) -> "Repeated":
        """Give the keys that were counted more than once, and those that are taken for them."""
        return Repeated(
            (drawer, kept) for drawer, keys in self._drawers.items() for kept in _those_twice_in(keys)
        )


class Repeated:
    """The keys that a census has counted more than once."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self._places = frozenset(places)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether a key, or one that is taken for it, was counted more than once."""
        return _place(key) in self._places

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._places)


def _place(key: Hashable) -> tuple[int, int]:
    hashed = hash(key)
    return hashed % _DRAWERS, (hashed >> 12) & ((1 << _BITS) - 1)


def _those_twice_in(keys: "array[int]") -> Iterator[int]:
    seen: set[int] = set()
    if len(set(keys)) < len(keys):
        for kept in keys:
            if kept in seen:
                yield kept
            seen.add(kept)
