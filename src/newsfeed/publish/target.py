"""Targets: what a newsroom publishes to. A folder on a disk, object storage, or anything else that keeps these promises."""

import re
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from os import PathLike
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from newsfeed.errors import InvalidValue
from newsfeed.model.shown_values import kind, quoted
from newsfeed.publish.folder_target import FolderTarget
from newsfeed.publish.record import PublishedDocument, Stamp, digest_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "OpenTarget",
    "SearchableTarget",
    "SelectiveTarget",
    "Target",
    "is_as_recorded",
    "place_of",
    "put_if_changed",
    "target_of",
]

_URL = lazy_pattern(r"[a-z][a-z0-9+.-]*(://|::)", re.IGNORECASE)


class OpenTarget(Protocol):
    """A target that is open for one build. Paths are relative to it, with `/`.

    Readers see no change until `commit`; a document is replaced whole or not at all.
    """

    #: Unfinished files of a build that died, removed when the target was opened.
    cleared: list[str]

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a document; None if there is none."""

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of a document; None if there is none.

        A stamp that equals an earlier one promises equal bytes. One that can't promise this isn't `is_sure`, and the
        document is read and compared.
        """

    def put(self, path: str, document: bytes, media_type: str) -> None:
        """Accept a document, which `commit` will put into its place."""

    def remove(self, path: str) -> None:
        """Mark a document, which `commit` will remove."""

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Put all documents into their places, remove those that are marked, and replace the record, in this order.

        Args:
            record: Returns the record; called when all documents are in their places.
            unfinished: What the next build must know if this one dies; kept from before the first change until the
                record is there.

        Raises:
            PublishError: If the target can't be written.
        """


@runtime_checkable
class SearchableTarget(Protocol):
    """An `OpenTarget` that can list its documents, so that feeds are found that no record names."""

    def may_be_feeds(self) -> Iterable[str]:
        """Return the paths of documents that may be feeds by their suffixes, except those of another newsroom."""


@runtime_checkable
class SelectiveTarget(Protocol):
    """An `OpenTarget` that would otherwise look at all its documents to know the stamps of a few."""

    def expect(self, paths: Collection[str]) -> None:
        """Look at some documents alone, because a publish looks at hardly any others.

        Args:
            paths: Their paths; perhaps not all of them are there.

        Raises:
            PublishError: If the target can't be read.
        """


class Target(Protocol):
    """Somewhere to publish, besides the path of a folder and the URL of object storage."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    def for_build(self, *, wait: float = 0) -> AbstractContextManager[OpenTarget]:
        """Open it for one build; what is unfinished at the end is discarded.

        Args:
            wait: How many seconds to wait for another build to end, if the target can tell.

        Raises:
            PublishError: If it can't be written, or another build is writing to it.
        """

    def for_reading(self) -> AbstractContextManager[OpenTarget]:
        """Open it to look at its documents. Nothing is created, locked or changed.

        Raises:
            PublishError: If it can't be read.
        """


def place_of(target: Target) -> str:
    """Return the name by which a store knows a target, however it was written.

    >>> place_of(target_of("memory://feeds/")) == place_of(target_of("memory://feeds"))
    True
    """
    return target.place if isinstance(target, FolderTarget) else target.name.rstrip("/")


def target_of(output: str | PathLike[str] | Target) -> Target:
    """Return the target that a caller names.

    Args:
        output: A folder's path; a URL, `s3://bucket/feeds/`, of anything that fsspec reaches; or a target.

    Raises:
        InvalidValue: If it is none of these.
        MissingExtra: If the package for the URL's storage is not installed.
        PublishError: If fsspec doesn't know the URL.

    >>> target_of("public/").name, target_of("memory://feeds/").name
    ('public/', 'memory://feeds/')
    """
    if isinstance(output, PathLike):
        output = str(output.__fspath__())
    if not isinstance(output, str):
        if not (hasattr(output, "for_build") and hasattr(output, "for_reading")):
            remedy = "give the path of a folder, a URL such as s3://news/feeds/, or a Target of your own"
            raise InvalidValue(f"{quoted(output)} is {kind(output)}", remedy, field="folder")
        return output
    if not _URL.match(output):
        return FolderTarget(Path(output), output)
    address = urlsplit(output)
    if address.scheme == "file" and address.netloc in {"", "localhost"}:
        from urllib.request import url2pathname  # loads much that the path of a folder doesn't need

        return FolderTarget(Path(url2pathname(address.path)), output)
    from newsfeed.publish.objects import ObjectStorage

    return ObjectStorage(output)


def is_as_recorded(output: OpenTarget, known: PublishedDocument, stamp: Stamp | None) -> bool:
    """Return whether a document is still the one that was published.

    Args:
        output: The target.
        known: The document as it was published.
        stamp: Its stamp now; None if it isn't there.
    """
    if stamp is None:
        return False
    if stamp == known.stamp and stamp.is_sure:
        return True
    data = output.read(known.document)
    return data is not None and digest_of(data) == known.digest


def put_if_changed(output: OpenTarget, path: str, document: bytes, media_type: str) -> Stamp | None:
    """Put a document, unless it is there already.

    Args:
        output: The target.
        path: The document's path.
        document: Its bytes.
        media_type: Its media type.

    Returns:
        The stamp of the one that is there with the same bytes; None if it was put.
    """
    stamp = output.stamp(path)
    if stamp is not None and stamp.size == len(document) and output.read(path) == document:
        return stamp
    output.put(path, document, media_type)
    return None
