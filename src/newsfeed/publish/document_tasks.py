"""Documents that workers render, and write beside their places; the process that builds puts them there."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol, runtime_checkable

import msgspec

from newsfeed.findings import Finding
from newsfeed.model.feed import Extension, FeedData
from newsfeed.model.profile import Profile
from newsfeed.model.site import Site
from newsfeed.publish.document_rendering import rendered_document
from newsfeed.publish.entry_tasks import EntryTask, SpooledEntries, SpooledEntry
from newsfeed.publish.record import Stamp, digest_of
from newsfeed.publish.target import OpenTarget, put_if_changed

__all__ = [
    "DocumentBatch",
    "DocumentTask",
    "FeedTask",
    "SharedTarget",
    "WorkerTarget",
    "WrittenBatch",
    "WrittenDocument",
    "write_documents",
]


class WorkerTarget(OpenTarget, Protocol):
    """A target to which a worker writes; picklable."""

    @property
    def staged(self) -> list[tuple[str, str]]:
        """What it has accepted, for `SharedTarget.adopt`."""


@runtime_checkable
class SharedTarget(Protocol):
    """An `OpenTarget` to which workers can write, because they reach it as well."""

    def workers_folder(self) -> str:
        """Return the path of a folder that all workers reach; it is removed when the build ends."""

    def for_worker(self) -> WorkerTarget:
        """Return a new target for the documents of one worker."""

    def adopt(self, staged: list[tuple[str, str]]) -> None:
        """Accept documents that a worker has written, as if they had been put here."""


class DocumentTask(NamedTuple):
    """A document to render."""

    path: str
    form: str
    media_type: str
    #: Its most bytes, if there is a limit.
    limit: int | None


class FeedTask(NamedTuple):
    """A feed whose documents are to be rendered."""

    #: The feed without its entries.
    head: FeedData
    #: The numbers of its entries in the batch.
    entries: tuple[int, ...]
    #: The partner's profile whose elements its entries get, if any.
    profile: Profile | None
    documents: tuple[DocumentTask, ...]


class DocumentBatch(msgspec.Struct, frozen=True):
    """What a worker is to write together."""

    site: Site
    #: The folder with the rendered entries.
    folder: str
    entries: tuple[SpooledEntry | EntryTask, ...]
    feeds: tuple[FeedTask, ...]
    #: Where to write; None to return the documents instead.
    target: WorkerTarget | None


class WrittenDocument(msgspec.Struct, frozen=True):
    """What became of a document."""

    digest: str
    #: Its stamp, if it was there already, with the same bytes.
    stamp: Stamp | None
    #: A finding for entries that didn't fit.
    shortened: tuple[Finding, ...]
    #: Its bytes, if the worker didn't write it.
    data: bytes | None


class WrittenBatch(NamedTuple):
    """What became of a batch."""

    documents: list[WrittenDocument]
    #: What its target has accepted.
    staged: list[tuple[str, str]]


def write_documents(batch: DocumentBatch) -> WrittenBatch:
    """Render documents where a worker runs, and write those that changed.

    Returns:
        What became of each document, in the order of the feeds and of their documents.
    """
    spooled = SpooledEntries(batch.folder, batch.site)
    entries = spooled.read(batch.entries)
    documents: list[WrittenDocument] = []
    for feed in batch.feeds:
        own = tuple([entries[number] for number in feed.entries])
        data = msgspec.structs.replace(feed.head, entries=own, extensions=tuple(_extensions(feed.profile)))
        for task in feed.documents:
            rendered = rendered_document(data, task.form, task.limit, spooled.cache)
            written = rendered.data
            stamp = None
            if batch.target is not None:
                stamp = put_if_changed(batch.target, task.path, written, task.media_type)
            returned = written if batch.target is None else None
            documents.append(WrittenDocument(digest_of(written), stamp, rendered.shortened, returned))
    return WrittenBatch(documents, [] if batch.target is None else batch.target.staged)


def _extensions(profile: Profile | None) -> Iterator[Extension]:
    if profile is not None and profile.elements:
        from newsfeed.formats.profile_elements import extension_of

        yield extension_of(profile)
