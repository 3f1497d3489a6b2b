"""What a build writes into: a folder on a disk, objects on a store, or whatever else keeps these promises."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from newsfeed.publish.record import PublishedDocument, Stamp, digest_of

__all__ = ["Place", "Searchable", "Store", "is_as_recorded"]


class Store(Protocol):
    """A place that is open for one build. Paths are relative to it, with `/`.

    Nothing changes for those who read there until `commit`; a document is replaced whole or not at all.
    """

    #: Unfinished files of a build that died, cleared away.
    cleared: list[str]

    def read(self, path: str) -> bytes | None:
        """Read a document; None where there is none."""

    def stamp(self, path: str) -> Stamp | None:
        """Tell what stays the same as long as a document does; None where there is none.

        A stamp that equals an earlier one promises equal bytes. One that can't promise this isn't `is_sure`, and the
        document is read and compared.
        """

    def put(self, path: str, document: bytes, media_type: str) -> None:
        """Take a document, to be put into its place by `commit`."""

    def remove(self, path: str) -> None:
        """Take note of a document that `commit` is to remove."""

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Put all documents into their places, remove what is to be removed, and replace the record, in this order.

        Args:
            record: Makes the record, when all documents are in their places.
            unfinished: What the next build must know if this one dies; kept from before the first change until the
                record is there.

        Raises:
            PublishError: If the store can't be written.
        """


@runtime_checkable
class Searchable(Protocol):
    """A `Store` that can tell what lies there, so that feeds are found that no record tells of."""

    def may_be_feeds(self) -> Iterable[str]:
        """Give the paths of documents that may be feeds, by their suffixes, but for those of another newsroom."""


class Place(Protocol):
    """Where a newsroom can be published, besides the path of a folder and the URL of a store."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    def for_build(self, *, wait: float = 0) -> AbstractContextManager[Store]:
        """Open it for one build; what is unfinished at the end is discarded.

        Args:
            wait: How many seconds to wait for another build to end, where the place can tell.

        Raises:
            PublishError: If it can't be written, or another build goes on in it.
        """

    def for_reading(self) -> AbstractContextManager[Store]:
        """Open it to look at what lies there. Nothing is made, locked or changed.

        Raises:
            PublishError: If it can't be read.
        """


def is_as_recorded(output: Store, known: PublishedDocument, stamp: Stamp | None) -> bool:
    """Return whether the document that lies in a store is still the one that was published.

    Args:
        output: The store.
        known: The document as it was published.
        stamp: Its stamp in the store now; None where it isn't there.
    """
    if stamp is None:
        return False
    if stamp == known.stamp and stamp.is_sure:
        return True
    data = output.read(known.document)
    return data is not None and digest_of(data) == known.digest
