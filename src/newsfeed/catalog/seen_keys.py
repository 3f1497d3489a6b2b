"""Which of very many keys were counted more than once, in about five bytes each.

Of each key 44 bits of its hash are kept, in 4,096 buckets by twelve of them. Different keys with the same 44 bits are
taken for one, about three pairs in ten million keys; so the caller compares the keys themselves. The hash is the same
in every process, as Python's own isn't, so that what several processes have counted can be put together.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b
from typing import TypeAlias

__all__ = ["Key", "Repeated", "SeenKeys"]

#: A text, or several that are a key together.
Key: TypeAlias = str | tuple[str | None, ...]

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

    def count(self, key: Key) -> None:
        """Count a key."""
        self._hashes.append(_hashed(key))
        if len(self._hashes) == _AT_ONCE:
            self._distribute()

    def __contains__(self, key: Key) -> bool:
        """Return whether a key, or one that is taken for it, was counted."""
        self._distribute()
        bucket, kept = _place(_hashed(key))
        return kept in self._buckets.get(bucket, ())

    def repeated(self) -> "Repeated":
        """Return the keys that were counted more than once, and those that are taken for them."""
        self._distribute()
        return Repeated(
            (bucket, kept) for bucket, keys in self._buckets.items() for kept in _those_twice_in(keys)
        )

    def merge(self, other: "SeenKeys") -> None:
        """Count the keys that another one has counted."""
        other._distribute()
        for bucket, keys in other._buckets.items():
            self._buckets[bucket].extend(keys)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the buckets as one text of bytes, because thousands of small arrays take long."""
        self._distribute()
        lengths = array("I", [len(self._buckets.get(bucket, ())) for bucket in range(_BUCKETS)])
        kept = b"".join([keys.tobytes() for _, keys in sorted(self._buckets.items())])
        return _unpickled, (lengths.tobytes(), kept) if kept else ()

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

    def __contains__(self, key: Key) -> bool:
        """Return whether a key, or one that is taken for it, was counted more than once."""
        return _place(_hashed(key)) in self._places

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._places)


def _unpickled(lengths: bytes = b"", kept: bytes = b"") -> SeenKeys:
    seen = SeenKeys()
    hashes, start = array("I", kept), 0
    for bucket, length in enumerate(array("I", lengths)):
        if length:
            seen._buckets[bucket] = hashes[start : start + length]
            start += length
    return seen


def _hashed(key: Key) -> int:
    text = key if isinstance(key, str) else "\0".join(["" if part is None else part for part in key])
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _place(hashed: int) -> tuple[int, int]:
    return hashed % _BUCKETS, (hashed >> 12) & ((1 << _BITS) - 1)


def _those_twice_in(keys: "array[int]") -> Iterator[int]:
    seen: set[int] = set()
    if len(set(keys)) < len(keys):
        for kept in keys:
            if kept in seen:
                yield kept
            seen.add(kept)
