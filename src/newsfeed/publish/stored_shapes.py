"""What was traced of RSS and Atom, kept in a store, so that a fresh process needn't import feedgen to trace it again."""

from contextlib import suppress

import msgspec

from newsfeed.formats.xml_documents import count_shapes, learn_shapes, traced_shapes
from newsfeed.publish.fingerprints import engine
from newsfeed.publish.stored_target import StoredTarget

__all__ = ["StoredShapes"]

#: More characters aren't kept: of a site whose articles have hundreds of shapes, processes trace most again.
_MOST = 500_000


class StoredShapes:
    """Gives this process what others have traced, and others what this one has.

    Args:
        target: Has what the store says of itself.
    """

    def __init__(self, target: StoredTarget) -> None:
        self._target = target
        program, _, traced = target.fact("traced").partition("\n")
        self._is_known = program == engine()
        if self._is_known and not count_shapes():
            with suppress(
                msgspec.DecodeError
            ):  # it is damaged, or another newsfeed's; what was traced can be traced again
                learn_shapes(traced.encode())
        self._count = count_shapes()

    def save(self) -> None:
        """Write what was traced since, within a transaction."""
        if self._is_known and count_shapes() == self._count:
            return
        traced = traced_shapes().decode()
        if len(traced) <= _MOST:
            self._target.save_fact("traced", f"{engine()}\n{traced}")
