"""Publishes of one store take turns, so that the later one has all that was put before it began; so do syncs."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from newsfeed.errors import StoreError

__all__ = ["publish_turn", "put_turn", "sync_turn"]


@contextmanager
def publish_turn(path: str, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread publishes from a store, and keep others waiting.

    Args:
        path: The store's file.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another publish takes longer, or the folder of the store can't be written.
    """
    with _turn(path, "publish", "publish from", wait):
        yield


@contextmanager
def put_turn(path: str, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread copies rows of a database into a store, and keep others waiting.

    Whoever reads rows and puts them within a turn never replaces newer rows by older ones.

    Args:
        path: The store's file.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another one takes longer, or the folder of the store can't be written.
    """
    with _turn(path, "put", "put into", wait):
        yield


@contextmanager
def sync_turn(path: str, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread syncs a store, and keep others waiting.

    Args:
        path: The store's file.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another sync takes longer, or the folder of the store can't be written.
    """
    with _turn(path, "sync", "sync of", wait):
        yield


@contextmanager
def _turn(path: str, suffix: str, what: str, wait: float) -> Iterator[None]:
    try:
        turn = FileLock(f"{path}-{suffix}").acquire(timeout=max(wait, 0))
    except Timeout:
        raise StoreError(
            f"{path}: another {what} this store has been going on for {wait:g} seconds. "
            "Try again when it is done, or allow a longer wait."
        ) from None
    except OSError as error:
        raise StoreError(
            f"{path}: no file can be written beside the store ({error.strerror or error}). "
            "Check the permissions of its folder."
        ) from error
    with turn:
        yield
