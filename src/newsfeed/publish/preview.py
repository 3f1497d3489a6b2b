"""A dry run: a build that goes through everything, touches nothing, and notes what it would have done."""

from collections.abc import Callable, Iterable, Iterator

from newsfeed.publish.changes import DocumentChange, change_between
from newsfeed.publish.record import Stamp
from newsfeed.publish.target import OpenTarget, SearchableTarget

__all__ = ["Preview"]


class Preview:
    """Stands in for an output: an `OpenTarget`.

    Args:
        output: The output as it is.
    """

    def __init__(self, output: OpenTarget) -> None:
        self._output = output
        self._changed: dict[str, bytes | None] = {}
        #: A dry run clears nothing away.
        self.cleared: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Read a file as it is."""
        return self._output.read(path)

    def stamp(self, path: str) -> Stamp | None:
        """Tell what changes with a file as it is."""
        return self._output.stamp(path)

    def may_be_feeds(self) -> Iterable[str]:
        """Give the paths of documents that may be feeds, where the output can tell."""
        return self._output.may_be_feeds() if isinstance(self._output, SearchableTarget) else ()

    def put(self, path: str, document: bytes, media_type: str) -> None:  # noqa: ARG002 - as outputs have it
        """Note a document that would be written."""
        self._changed[path] = document

    def remove(self, path: str) -> None:
        """Note a document that would be removed, if it is there."""
        if self._output.read(path) is not None:
            self._changed[path] = None

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Leave everything as it is."""

    def changes(self) -> Iterator[DocumentChange]:
        """Yield what would change, document by document."""
        for path, document in self._changed.items():
            yield change_between(path, self._output.read(path), document)
