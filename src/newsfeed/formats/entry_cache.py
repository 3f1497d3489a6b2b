"""Entries that outlive a catalog, for a process that publishes again and again."""

from collections import OrderedDict
from typing import Protocol

from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import Entry

__all__ = ["EntryCache", "KeptEntries"]


class KeptEntries(Protocol):
    """Entries that were made before, by a digest of all that they are made from."""

    @property
    def rendered(self) -> RenderCache:
        """What was rendered of the entries."""

    def get(self, digest: bytes) -> Entry | None:
        """Return an entry; None if it isn't kept."""

    def put(self, digest: bytes, entry: Entry) -> None:
        """Keep an entry."""

    def let_go(self, digest: bytes) -> None:
        """Note that nobody renders an entry any more."""


class EntryCache:
    """Keeps entries, and what was rendered of them, by a digest of all that they are made from.

    An article that didn't change has the same digest in the next catalog, so its entry needn't be made again.

    Args:
        most: How many entries are kept that nobody renders, those used last. Some 20 KB each, in three formats.
    """

    def __init__(self, most: int = 4_000) -> None:
        self._most = most
        self._in_use: dict[bytes, Entry] = {}
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()
        #: What was rendered of the entries.
        self.rendered = RenderCache()

    def get(self, digest: bytes) -> Entry | None:
        """Return an entry, and keep it at least until it is let go; None if it isn't kept."""
        entry = self._entries.pop(digest, None)
        if entry is None:
            return self._in_use.get(digest)
        self._in_use[digest] = entry
        return entry

    def put(self, digest: bytes, entry: Entry) -> None:
        """Keep an entry, at least until it is let go."""
        self._in_use[digest] = entry

    def let_go(self, digest: bytes) -> None:
        """Note that nobody renders an entry any more; those that weren't used for the longest time are forgotten."""
        entry = self._in_use.pop(digest, None)
        if entry is None:
            return
        self._entries[digest] = entry
        while len(self._entries) > self._most:
            _, forgotten = self._entries.popitem(last=False)
            self.rendered.forget([forgotten])

    def trim(self) -> None:
        """Let all entries go, after a publish."""
        for digest in list(self._in_use):
            self.let_go(digest)
