"""All rows of a model are compared with the store, also those that changed without anybody having said so."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsfeed.catalog.stored.database.turns import put_turn
from newsfeed.contrib.live_feeds import ABSENT, KeyedRow, LiveFeeds, log_findings
from newsfeed.contrib.model_rows import ModelRows
from newsfeed.errors import LossRefused
from newsfeed.model.loss import is_suspicious

__all__ = ["SyncedRows", "sync_rows"]


class SyncedRows(NamedTuple):
    """What a sync did with the rows of a model."""

    #: The name of their source in the store.
    source: str
    rows: int
    #: How many of them are new or changed.
    changed: int
    #: How many rows were in the store and no longer in the database.
    removed: int

    def __str__(self) -> str:
        return (
            f"{self.source}: {self.rows:,} rows, {self.changed:,} new or changed, {self.removed:,} removed."
        )


def sync_rows(
    feeds: LiveFeeds,
    rows: ModelRows,
    *,
    accept_loss: bool = False,
    progress: Callable[[str, int, int], object] | None = None,
) -> SyncedRows:
    """Put the rows of a model that are new or changed, withdraw those that aren't articles, and remove what vanished.

    Args:
        feeds: Where to.
        rows: The rows.
        accept_loss: Whether rows that vanished may be removed, however many they are.
        progress: Called after every few hundred rows with the source, the number of rows done, and of all.

    Raises:
        LossRefused: If more rows vanished than the site's `max_loss` allows, or all. Nothing is changed.
        StoreError: If the store can't be written.
    """
    source = rows.source
    vanished = list(rows.vanished(feeds.store.keys(source)))
    if vanished and not accept_loss:
        _check_loss(source, vanished, sum(1 for _ in feeds.store.keys(source)), feeds.site.max_loss)
    total = 0 if progress is None else rows.count()
    done = changed = 0
    pages = rows.pages()
    while True:
        # each page is read and put within a turn, so that nobody replaces newer rows by older ones
        with put_turn(feeds.path, wait=feeds.wait):
            page = next(pages, ())
            put = feeds.put(source, page)
        if not page:
            break
        log_findings(put.findings)
        done += len(page)
        changed += put.changed
        if progress is not None:
            progress(source, done, max(done, total))
    with put_turn(feeds.path, wait=feeds.wait):
        gone = list(rows.vanished(vanished))  # some may be back
        feeds.put(source, [KeyedRow(key, ABSENT) for key in gone])
    return SyncedRows(source, done, changed, len(gone))


def _check_loss(source: str, vanished: Sequence[str], stored: int, max_loss: float) -> None:
    count = len(vanished)
    if count == stored or is_suspicious(count, stored, max_loss):
        raise LossRefused(
            f"{source}: {count:,} of {stored:,} rows in the store would be removed, because they are no longer in the "
            "database. Nothing was changed. "
            "If this is right, let them go with --accept-loss (accept_loss=True in Python).",
            vanished,
        )
