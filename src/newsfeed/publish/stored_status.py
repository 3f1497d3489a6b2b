"""What is in a store, and how far it is published: for people, and for monitoring."""

from contextlib import closing
from datetime import UTC, datetime

import msgspec

from newsfeed.catalog.stored.answers.contents import SourceContents, contents_of
from newsfeed.catalog.stored.answers.opening import refreshed_if_possible
from newsfeed.catalog.stored.database.connecting import connected, store_errors
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.index.progress import progress_of
from newsfeed.model.site import Site
from newsfeed.publish.fingerprints import digest_of_settings
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.text.dates import rfc3339

__all__ = ["StoreStatus", "TargetStatus", "last_publishes", "status_of"]

_TARGETS = "SELECT place FROM target ORDER BY place"
_LAST_PUBLISHES = "SELECT place, published_at FROM target WHERE published_at IS NOT NULL"
_DOCUMENTS = "SELECT count(*) FROM document WHERE target = ?"


class TargetStatus(msgspec.Struct):
    """How far a store is published to one target."""

    #: The target's address, or the path of its folder.
    target: str
    #: How many documents were published there, and stay.
    documents: int
    #: When a publish ended last, also one that had nothing to do, in UTC (RFC 3339); None if none has.
    published_at: str | None
    #: Whether something has changed, or is due, since then.
    waiting: bool


class StoreStatus(msgspec.Struct):
    """What is in a store, and how far it is published."""

    sources: list[SourceContents]
    targets: list[TargetStatus]


def status_of(path: str, site: Site, *, wait: float) -> StoreStatus:
    """Return what is in a store now, and how far it is published.

    Args:
        path: The store's file.
        site: The site, whose settings say how rows are read, and in which languages it publishes.
        wait: How many seconds to wait for others that are writing. If they are still writing then, this is
            what the store had before.

    Raises:
        StoreError: If there is no store, or it can't be read.
    """
    with store_errors(path, wait), closing(connected(path, wait=wait, create=False)) as connection:
        now = datetime.now(UTC)
        refreshed_if_possible(connection, site, now)
        connection.begin(writes=False)
        places = [place for (place,) in connection.execute(_TARGETS)]
        targets = [_target(StoredTarget(connection, place), place, connection, site, now) for place in places]
        return StoreStatus(contents_of(connection), targets)


def last_publishes(path: str) -> dict[str, datetime]:
    """Return when a publish to each target of a store ended last, also one that had nothing to do.

    Args:
        path: The store's file.

    Raises:
        StoreError: If there is no store, or it can't be read.
    """
    with store_errors(path, 0), closing(connected(path, wait=1, create=False)) as connection:
        found = connection.execute(_LAST_PUBLISHES)
        return {place: datetime.fromisoformat(published_at) for place, published_at in found}


def _target(
    stored: StoredTarget, place: str, connection: Connection, site: Site, now: datetime
) -> TargetStatus:
    row = stored.row
    (documents,) = connection.execute(_DOCUMENTS, (row.number,)).fetchone()
    # a program's extensions are part of the settings as well, but aren't known here
    is_current = row.settings.startswith(digest_of_settings(site).hex())
    progress = progress_of(connection)
    is_refreshed = progress.refreshed == progress.changes and row.revision == progress.revision
    return TargetStatus(
        target=place,
        documents=documents,
        published_at=None if row.published_at is None else rfc3339(row.published_at),
        waiting=not (is_current and is_refreshed) or bool(stored.intent()) or bool(stored.feeds_due(now)),
    )
