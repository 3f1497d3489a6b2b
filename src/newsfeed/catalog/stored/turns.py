"""Publishes of one store take turns, so that the later one has all that was put before it began."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from newsfeed.errors import StoreError

__all__ = ["publish_turn"]


@contextmanager
def publish_turn(path: str, *, wait: float) -> Iterator[None]:
    """Wait until no other process or thread publishes from a store, and keep others waiting.

    Args:
        path: The store's file.
        wait: How many seconds to wait.

    Raises:
        StoreError: If another publish takes longer, or the folder of the store can't be written.
    """
    try:
        turn = FileLock(f"{path}-publish").acquire(timeout=max(wait, 0))
    except Timeout:
        raise StoreError(
            f"{path}: another publish from this store has been going on for {wait:g} seconds. "
            "Try again when it is done, or allow a longer wait."
        ) from None
    except OSError as error:
        raise StoreError(
            f"{path}: no file can be written beside the store ({error.strerror or error}). "
            "Check the permissions of its folder."
        ) from error
    with turn:
        yield
