"""Which of very many keys were counted more than once, in about five bytes each.

Of each key 44 bits of its hash are kept, in 4,096 buckets by twelve of them. Different keys with the same 44 bits are
taken for one, about three pairs in ten million keys; so the caller compares the keys themselves.
"""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import partial

__all__ = ["SeenKeys"]

_BUCKETS = 1 << 12
_BITS = 32
#: This many keys are counted before they are put into their buckets.
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
        self._buckets: defaultdict[int, array[int]] = defaultdict(partial(array, "I"))
        self._hashes: list[int] = []

    def count(self, key: Hashable) -> None:
        """Count a key."""
        self._hashes.append(hash(key))
        if len(self._hashes) == _AT_ONCE:
            self._distribute()

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a key, or one that is taken for it, was counted."""
        self._distribute()
        bucket, kept = _place(hash(key))
        return kept in self._buckets.get(bucket, ())

    def repeated(self) -> "Repeated":
        """Return the keys that were counted more than once, and those that are taken for them."""
        self._distribute()
        return Repeated(
            (bucket, kept) for bucket, keys in self._buckets.items() for kept in _those_twice_in(keys)
        )

    def _distribute(self) -> None:
        """Put the counted keys into their buckets, many at once, which is faster than one by one."""
        for hashed in self._hashes:
            bucket, kept = _place(hashed)
            self._buckets[bucket].append(kept)
        self._hashes.clear()


class Repeated:
    """The keys that were counted more than once, and keys with the same 44 bits."""

    def __init__(self, places: Iterable[tuple[int, int]] = ()) -> None:
        self._places = frozenset(places)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a key, or one that is taken for it, was counted more than once."""
        return _place(hash(key)) in self._places

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._places)


def _place(hashed: int) -> tuple[int, int]:
    return hashed % _BUCKETS, (hashed >> 12) & ((1 << _BITS) - 1)


def _those_twice_in(keys: "array[int]") -> Iterator[int]:
    seen: set[int] = set()
    if len(set(keys)) < len(keys):
        for kept in keys:
            if kept in seen:
                yield kept
            seen.add(kept)
