"""Publishes of one store take turns, so that the later one has all that was put before it began; so do syncs."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from newsfeed.catalog.stored.database.connecting import connected, store_errors
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.errors import StoreError

__all__ = ["publish_turn", "put_turn", "sync_turn"]


@contextmanager
def publish_turn(connection: Connection, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread publishes from a store, and keep others waiting.

    Args:
        connection: The store. The turn ends with it: who loses it can't write, too.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another publish takes longer, or the folder of the store can't be written.
    """
    with _turn(connection, "publish", "publish from", wait):
        yield


@contextmanager
def put_turn(path: str, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread copies rows of a database into a store, and keep others waiting.

    Whoever reads rows and puts them within a turn never replaces newer rows by older ones.

    Args:
        path: The store.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another one takes longer, or the folder of the store can't be written.
    """
    with closing(connected(path, wait=wait)) as connection, _turn(connection, "put", "put into", wait):
        yield


@contextmanager
def sync_turn(connection: Connection, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread syncs a store, and keep others waiting.

    Args:
        connection: As for `publish_turn`.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another sync takes longer, or the folder of the store can't be written.
    """
    with _turn(connection, "sync", "sync of", wait):
        yield


@contextmanager
def _turn(connection: Connection, name: str, what: str, wait: float) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            with store_errors(connection.name, wait):
                stack.enter_context(connection.turn(name, max(wait, 0)))
        except TimeoutError:
            raise StoreError(
                f"{connection.name}: another {what} this store has been going on for {wait:g} seconds. "
                "Try again when it is done, or allow a longer wait."
            ) from None
        except OSError as error:
            raise StoreError(
                f"{connection.name}-{name} can't be written ({error.strerror or error}), by which programs wait for each "
                "other. Check its permissions, and those of its folder."
            ) from error
        yield
