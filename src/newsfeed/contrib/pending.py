"""Changes of rows that are noted in their database, in the same transaction, until they are in the store."""

from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

from newsfeed.catalog.stored.database.turns import put_turn
from newsfeed.contrib.live_feeds import LiveFeeds, log_findings
from newsfeed.contrib.model_rows import ROWS_AT_ONCE, ModelRows

__all__ = ["NotedChange", "PendingChanges", "put_pending"]


class NotedChange(NamedTuple):
    """A row that was saved or deleted."""

    #: The number of the note.
    number: int
    #: The name of its source in the store.
    source: str
    #: Its key there.
    key: str


class PendingChanges(Protocol):
    """The changes that are noted in a database."""

    def first(self) -> Collection[NotedChange]:
        """Return the first ones, at most `ROWS_AT_ONCE`."""

    def forget(self, changes: Collection[NotedChange]) -> None:
        """Delete notes."""


def put_pending(
    feeds: LiveFeeds, pending: PendingChanges, rows_of: Callable[[str], ModelRows | None]
) -> None:
    """Put all rows that changed, as they are now.

    Args:
        feeds: Where to.
        pending: The changes.
        rows_of: Returns the rows of a source; None if it isn't registered any longer.

    Raises:
        StoreError: If the store can't be written. The changes stay noted.
    """
    while True:
        # within a turn, so that nobody replaces newer rows by older ones, or deletes notes that were never seen
        with put_turn(feeds.path, wait=feeds.wait):
            changes = pending.first()
            keys: dict[str, list[str]] = {}
            for change in changes:
                keys.setdefault(change.source, []).append(change.key)
            for source, some in keys.items():
                rows = rows_of(source)
                if rows is not None:
                    log_findings(feeds.put(source, rows.by_key(dict.fromkeys(some))).findings)
            if changes:
                pending.forget(changes)
        if len(changes) < ROWS_AT_ONCE:
            break
