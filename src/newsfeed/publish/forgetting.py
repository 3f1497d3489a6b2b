"""Forgetting a target: a folder or bucket that a store isn't published to any longer."""

from contextlib import closing
from os import PathLike, fspath

from newsfeed.catalog.stored.database.connecting import connected, store_errors
from newsfeed.catalog.stored.database.connection import transaction
from newsfeed.catalog.stored.database.turns import publish_turn
from newsfeed.errors import StoreError
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.target import Target, place_of, target_of

__all__ = ["forget_target"]

_TARGETS = "SELECT place FROM target ORDER BY place"
_DOCUMENTS = "SELECT count(*) FROM document WHERE target = ?"


def forget_target(path: str, folder: str | PathLike[str] | Target, *, wait: float) -> int:
    """Forget what was published to a target. Nothing changes there, and it need not be there any more.

    Args:
        path: The store.
        folder: The target, as for `Store.publish`.
        wait: How many seconds to wait for others that publish from the store or write into it.

    Returns:
        How many documents were published there, and stay.

    Raises:
        StoreError: If the store wasn't published there, or can't be written.
    """
    with (
        closing(connected(path, wait=wait, create=False)) as connection,
        publish_turn(connection, wait=wait),
        store_errors(path, wait),
        transaction(connection),
    ):
        places = [place for (place,) in connection.execute(_TARGETS)]
        stored = StoredTarget(connection, _place(folder, places))
        if not stored.row.number:
            published = f"It was published to {', '.join(places)}." if places else "It was published nowhere."
            name = fspath(folder) if isinstance(folder, str | PathLike) else folder.name
            raise StoreError(f"{connection.name}: this store wasn't published to {name}. {published}")
        (documents,) = connection.execute(_DOCUMENTS, (stored.row.number,)).fetchone()
        stored.forget(stored.row.number)
    return int(documents)


def _place(folder: str | PathLike[str] | Target, places: list[str]) -> str:
    """Return the place of a target; one that is written as the store knows it isn't looked for."""
    written = str(folder).rstrip("/")
    return written if written in places else place_of(target_of(folder))
