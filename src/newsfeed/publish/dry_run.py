"""A dry run: a build that goes through everything, changes nothing, and reports what would change, article by article."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from newsfeed.model.formats import feed_suffixes
from newsfeed.publish.published_feeds import entries_in, xml_root
from newsfeed.publish.record import Stamp
from newsfeed.publish.report import DocumentChange
from newsfeed.publish.target import OpenTarget, SearchableTarget, SelectiveTarget

__all__ = ["DryRun", "change_between"]


class DryRun:
    """An `OpenTarget` that stands in for an output and leaves it as it is.

    Args:
        output: The output.
    """

    def __init__(self, output: OpenTarget) -> None:
        self._output = output
        self._changed: dict[str, bytes | None] = {}
        #: A dry run removes nothing.
        self.cleared: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a document."""
        return self._output.read(path)

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of a document."""
        return self._output.stamp(path)

    def expect(self, paths: Collection[str]) -> None:
        """Look at some documents alone, if the output can."""
        if isinstance(self._output, SelectiveTarget):
            self._output.expect(paths)

    def may_be_feeds(self) -> Iterable[str]:
        """Return the paths of documents that may be feeds, if the output can tell."""
        return self._output.may_be_feeds() if isinstance(self._output, SearchableTarget) else ()

    def put(self, path: str, document: bytes, media_type: str) -> None:  # noqa: ARG002 - targets are given the type
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


def change_between(path: str, before: bytes | None, after: bytes | None) -> DocumentChange:
    """Compare two states of a document.

    Args:
        path: Its path.
        before: Its bytes now; None if it is new.
        after: The bytes that would be written; None if it would be removed.

    Returns:
        What changes.
    """
    if after is None:
        return DocumentChange(path=path, what="removed", dropped=tuple(_parts(path, before)[1]))
    if before is None:
        return DocumentChange(path=path, what="new", added=tuple(_parts(path, after)[1]))
    old_head, old = _parts(path, before)
    new_head, new = _parts(path, after)
    return DocumentChange(
        path=path,
        what="changed",
        added=tuple(article for article in new if article not in old),
        dropped=tuple(article for article in old if article not in new),
        altered=tuple(article for article in new if article in old and old[article] != new[article]),
        head=old_head != new_head,
    )


def _parts(path: str, document: bytes | None) -> tuple[object, Mapping[str, object]]:
    """Return a document's head, and its articles by id; a document that isn't a feed is all head."""
    try:
        if path.endswith(feed_suffixes("json")):
            return _parts_of_json(document or b"")
        if path.endswith(feed_suffixes()):
            return _parts_of_xml(document or b"")
    except ValueError:  # it was damaged
        pass
    return document, {}


def _parts_of_xml(document: bytes) -> tuple[object, Mapping[str, object]]:
    from lxml import etree

    root = xml_root(document)
    entries: dict[str, object] = {}
    for name, entry in entries_in(root):
        entries[name] = etree.tostring(entry, method="c14n", exclusive=True, with_tail=False)
        parent = entry.getparent()
        if parent is not None:
            parent.remove(entry)
    return etree.tostring(root, method="c14n", exclusive=True), entries


def _parts_of_json(document: bytes) -> tuple[object, Mapping[str, object]]:
    feed: dict[str, Any] = msgspec.json.decode(document, type=dict)
    items = feed.pop("items", [])
    return feed, {str(item.get("id")): item for item in items}
