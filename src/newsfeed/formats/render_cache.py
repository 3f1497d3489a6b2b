"""What was rendered of entries, kept so that each is rendered once however many feeds carry it."""

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from newsfeed.model.feed import Entry

__all__ = ["RenderCache"]


class _Kept(NamedTuple):
    #: Keeps the entry alive, so that no other entry gets its identity.
    entry: Entry
    rendered: dict[Hashable, Any]
    shared: dict[Hashable, Any]


class RenderCache:
    """Keeps what formats have written of entries.

    Entries are distinguished by identity, not by value: comparing two would take longer than writing one.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}

    def __reduce__(self) -> tuple[type["RenderCache"], tuple[()]]:
        """Copy and pickle it empty: in a copy, the entries have other identities."""
        return RenderCache, ()

    def rendered(self, entry: Entry) -> dict[Hashable, Any]:
        """Return what was rendered of an entry, by keys that each format chooses. The format adds to it."""
        return self._of(entry).rendered

    def shared(self, entry: Entry) -> dict[Hashable, Any]:
        """Return what several formats use to render an entry. Executors don't send it."""
        return self._of(entry).shared

    def forget(self, entries: Iterable[Entry]) -> None:
        """Forget what is kept of some entries."""
        for entry in entries:
            self._kept.pop(id(entry), None)

    def _of(self, entry: Entry) -> _Kept:
        kept = self._kept.get(id(entry))
        if kept is None:
            kept = self._kept[id(entry)] = _Kept(entry, {}, {})
        return kept
