"""From a change in Django's database to the feeds: noted in the same transaction, put and published after it."""

import threading
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from newsfeed.contrib import pending
from newsfeed.contrib.django.registry import registered, registration_of
from newsfeed.contrib.django.settings import configuration
from newsfeed.contrib.live_feeds import LiveFeeds, log_error
from newsfeed.contrib.model_rows import ROWS_AT_ONCE, ModelRows
from newsfeed.contrib.pending import NotedChange

__all__ = ["changed", "is_pending", "note", "put_pending"]


class _AfterCommit:
    """Puts and publishes once, however many changes of a transaction ask for it."""

    def __init__(self, using: str | None) -> None:
        self._using = using
        self.is_done = False

    def __call__(self) -> None:
        """Put and publish, and log what goes wrong: the row is saved, whatever becomes of its feeds."""
        if self.is_done:
            return
        self.is_done = True
        try:
            feeds, publishes_on_commit, _ = configuration()
            if publishes_on_commit:
                put_pending(feeds, self._using)
                feeds.publish()
        except Exception as error:  # noqa: BLE001 - a request must not fail because of its feeds
            log_error(error)


class _ThisThread(threading.local):
    """What happens after the transactions of a thread, by database."""

    def __init__(self) -> None:
        self.after_commit: dict[str | None, _AfterCommit] = {}


_this_thread = _ThisThread()


def note(source: str, keys: Iterable[object], using: str | None) -> None:
    """Note in the current transaction that rows changed, and see to their feeds after it.

    Args:
        source: The label of their model.
        keys: Their primary keys.
        using: The database.
    """
    from newsfeed.contrib.django.models import PendingChange

    changes = (PendingChange(source=source, key=str(key)) for key in keys)
    PendingChange.objects.using(using).bulk_create(changes, batch_size=ROWS_AT_ONCE)
    after = _this_thread.after_commit.get(using)
    if after is None or after.is_done:
        after = _this_thread.after_commit[using] = _AfterCommit(using)
    transaction.on_commit(after, using=using)


def changed(rows: Any) -> None:  # noqa: ANN401 - Django ships no types
    """Tell that rows changed which Django sends no signals for: after `update`, `bulk_create` or raw SQL.

    Args:
        rows: A query of a registered model, or a list of its rows.
    """
    by_source: dict[tuple[str, str | None], list[object]] = {}
    for row in rows.only("pk").iterator() if hasattr(rows, "iterator") else rows:
        names = [each.source for each in registered() if isinstance(row, each.model._meta.concrete_model)]  # noqa: SLF001 - as above
        if not names:
            label = row._meta.label_lower  # noqa: SLF001 - as above
            raise ValueError(
                f"{label} isn't registered for feeds. Register it in a module feeds.py of its app."
            )
        for name in names:
            by_source.setdefault((name, row._state.db), []).append(row.pk)  # noqa: SLF001 - Django documents it
    for (source, using), keys in by_source.items():
        note(source, keys, using)


def is_pending(using: str | None) -> bool:
    """Return whether rows changed that weren't put yet."""
    from newsfeed.contrib.django.models import PendingChange

    return bool(PendingChange.objects.using(using).exists())


def put_pending(feeds: LiveFeeds, using: str | None) -> None:
    """Put all rows of a database that changed, as they are now.

    Raises:
        StoreError: If the store can't be written. The changes stay noted.
    """

    def rows_of(source: str) -> ModelRows | None:
        registration = registration_of(source)
        return None if registration is None else registration.rows_in(using, feeds.site)

    pending.put_pending(feeds, _PendingInDatabase(using), rows_of)


class _PendingInDatabase:
    """The changes that are noted in a database."""

    def __init__(self, using: str | None) -> None:
        from newsfeed.contrib.django.models import PendingChange

        self._noted = PendingChange.objects.using(using)

    def first(self) -> Collection[NotedChange]:
        """Return the first ones."""
        noted = self._noted.order_by("pk").values_list("pk", "source", "key")
        return [NotedChange(*each) for each in noted[:ROWS_AT_ONCE]]

    def forget(self, changes: Collection[NotedChange]) -> None:
        """Delete notes."""
        self._noted.filter(pk__in=[change.number for change in changes]).delete()
