"""Which of very many keys were counted more than once, in about five bytes each.

Of each key 44 bits of its hash are kept, in 4,096 drawers by twelve of them. Different keys with the same 44 bits are
taken for one, about three pairs in ten million keys; so the caller compares the keys themselves.
"""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import partial

__all__ = ["SeenKeys"]

_DRAWERS = 1 << 12
_BITS = 32
#: This many keys are counted before they are put into their drawers.
_AT_ONCE = 1 << 10


class SeenKeys:
    """Counts keys.

    >>> seen = SeenKeys()
    >>> for name in ("snow", "rain", "snow"):
    ...     seen.count(name)
    >>> "rain" in seen, "hail" in seen
    (True, False)
    >>> [name in seen.repeated() for name in ("snow", "rain")]
    [True, False]
    """

    def __init__(self) -> None:
        self._drawers: defaultdict[int, array[int]] = defaultdict(partial(array, "I"))
        self._hashes: list[int] = []

    def count(self, key: Hashable) -> None:
        """Count a key."""
        self._hashes.append(hash(key))
        if len(self._hashes) == _AT_ONCE:
            self._put_away()

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a key, or one that is taken for it, was counted."""
        self._put_away()
        drawer, kept = _place(hash(key))
        return kept in self._drawers.get(drawer, ())

    def repeated(self) -> "Repeated":
        """Return the keys that were counted more than once, and those that are taken for them."""
        self._put_away()
        return Repeated(
            (drawer, kept) for drawer, keys in self._drawers.items() for kept in _those_twice_in(keys)
        )

    def _put_away(self) -> None:
        """Put what was counted into its drawers. Many together is faster than one at a time."""
        for hashed in self._hashes:
            drawer, kept = _place(hashed)
            self._drawers[drawer].append(kept)
        self._hashes.clear()


class Repeated:
    """The keys that a seen has counted more than once."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self._places = frozenset(places)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a key, or one that is taken for it, was counted more than once."""
        return _place(hash(key)) in self._places

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._places)


def _place(hashed: int) -> tuple[int, int]:
    return hashed % _DRAWERS, (hashed >> 12) & ((1 << _BITS) - 1)


def _those_twice_in(keys: "array[int]") -> Iterator[int]:
    seen: set[int] = set()
    if len(set(keys)) < len(keys):
        for kept in keys:
            if kept in seen:
                yield kept
            seen.add(kept)
