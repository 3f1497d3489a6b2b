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


class EntryCache:
    """Keeps entries, and what was rendered of them, by a digest of all that they are made from.

    An article that didn't change has the same digest in the next catalog, so its entry needn't be made again.

    Args:
        most: How many entries are kept between two publishes, those used last. Some 20 KB each, in three formats.
    """

    def __init__(self, most: int = 4_000) -> None:
        self._most = most
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()
        #: What was rendered of the entries.
        self.rendered = RenderCache()

    def get(self, digest: bytes) -> Entry | None:
        """Return an entry; None if it isn't kept."""
        entry = self._entries.get(digest)
        if entry is not None:
            self._entries.move_to_end(digest)
        return entry

    def put(self, digest: bytes, entry: Entry) -> None:
        """Keep an entry, at least until the next `trim`."""
        self._entries[digest] = entry

    def trim(self) -> None:
        """Forget the entries that weren't used for the longest time; nobody may render them meanwhile."""
        while len(self._entries) > self._most:
            _, entry = self._entries.popitem(last=False)
            self.rendered.forget([entry])
