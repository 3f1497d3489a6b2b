"""Documents that an executor's workers render and write: other processes of this machine, or other machines.

It takes two rounds. First each entry is made and rendered once, by whichever worker has it, and waits in a file of a
folder that all workers reach. Then each worker joins some documents from these entries, and writes them beside their
places. The process that builds says what is to be made, puts the documents into their places, and writes the record. If
there is no such folder, workers make the entries of their documents themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from tempfile import TemporaryDirectory
from typing import TypeAlias

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.placed_candidates import PlacedArticle, PlacedCandidate
from newsfeed.catalog.workers import Workers
from newsfeed.formats.entries import EntryView, view_of
from newsfeed.model.article import Article
from newsfeed.model.feed import ContentProfile, FeedData
from newsfeed.model.formats import FORMATS
from newsfeed.plan.feed_heads import head_of
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.publish.document_tasks import (
    DocumentBatch,
    DocumentTask,
    FeedTask,
    SharedTarget,
    WrittenBatch,
    WrittenDocument,
    write_documents,
)
from newsfeed.publish.documents import OutputDocument, with_published_ids
from newsfeed.publish.entry_tasks import EntryBatch, EntryTask, SpooledEntry, spool_entries
from newsfeed.publish.identities import Identities
from newsfeed.publish.target import OpenTarget

__all__ = ["ParallelWriting"]

#: So few entries are rendered faster by the process that builds.
_FEW = 200
#: The most entries of a batch, and the most bytes of their articles, unless one alone has more.
_MOST_ENTRIES = 500
_MOST_BYTES = 4_000_000
#: The most entries in the documents of a batch, unless one feed alone has more.
_MOST_IN_DOCUMENTS = 2_000

#: The documents to write, by the paths of their feeds.
_Feeds: TypeAlias = Mapping[str, Sequence[OutputDocument]]
#: An article, by its own id, and what of it is shown.
_Shown: TypeAlias = tuple[str, EntryView]
_Done: TypeAlias = Iterator[tuple[OutputDocument, WrittenDocument | None]]


class ParallelWriting:
    """Lets workers render and write the documents of feeds.

    Args:
        plan: The plan of what is published.
        identities: The ids under which its articles are published.
        feed_ids: What the ids of its feeds begin with.
        workers: Those who do it.
        output: Where to. Workers write there themselves if it is a `SharedTarget`.
        returns_documents: Whether workers return the documents instead.
    """

    def __init__(
        self,
        plan: Plan,
        identities: Identities,
        feed_ids: str,
        workers: Workers,
        output: OpenTarget,
        *,
        returns_documents: bool,
    ) -> None:
        self._plan = plan
        self._identities = identities
        self._feed_ids = feed_ids
        self._workers = workers
        self._heads: dict[str, FeedData] = {}
        self._shared = output if isinstance(output, SharedTarget) else None
        self._returns_documents = returns_documents or self._shared is None

    def written(
        self, documents: Sequence[OutputDocument], is_current: Callable[[OutputDocument], bool]
    ) -> _Done:
        """Let workers write documents.

        Args:
            documents: All documents of a build, in their order.
            is_current: Returns whether a document need not be rendered.

        Yields:
            Each document in its order, and what a worker made of it. That is None for those that this process has to
            look at: documents that are current, those of the site, and all if feeds have few entries.

        Raises:
            PublishError: If the executor fails, or a document can't be written.
        """
        feeds: defaultdict[str, list[OutputDocument]] = defaultdict(list)
        for document in documents:
            if document.form and not is_current(document):
                feeds[document.feed].append(document)
        carried = {each.rank[1]: each for path in feeds for each in self._plan.with_parts[path].carried}
        if len(carried) <= _FEW:
            yield from ((document, None) for document in documents)
            return
        by_workers = {document.path for of_feed in feeds.values() for document in of_feed}
        with self._folder() as folder:
            tasks = self._entry_tasks(carried, feeds)
            entries: dict[_Shown, SpooledEntry | EntryTask] = {}
            entries.update(tasks if folder is None else self._spooled(tasks, folder))
            done = self._workers.map(write_documents, self._document_batches(feeds, entries, folder))
            own = {each.path: _rendered(each) for each in documents if not (each.form or is_current(each))}
            written = self._adopted(done)
            for document in documents:
                if document.path in by_workers:
                    yield document, next(written)
                else:
                    yield own.get(document.path, document), None

    def _folder(self) -> AbstractContextManager[str | None]:
        """Return a folder that all workers reach, as far as it is known; None otherwise."""
        if self._shared is not None:
            return nullcontext(self._shared.workers_folder())
        return TemporaryDirectory() if self._workers.are_here else nullcontext()

    def _entry_tasks(
        self, carried: Mapping[str, Candidate], feeds: _Feeds
    ) -> Iterator[tuple[_Shown, EntryTask]]:
        """Yield what makes each entry, those of one file in the order in which they stand there."""
        catalog = self._plan.catalog
        catalog.prepare_translations([each.head for each in carried.values()])
        renderings: defaultdict[_Shown, set[tuple[ContentProfile, str]]] = defaultdict(set)
        whole: set[_Shown] = set()
        for path, documents in feeds.items():
            planned = self._plan.with_parts[path]
            names = [document.form for document in documents]
            own: set[tuple[ContentProfile, str]] = set()
            if planned.profile is None:
                profile = self._head(planned).content_profile
                own.update((profile, name) for name in names if FORMATS[name].entry_writer)
            for shown in self._shown(planned):
                renderings[shown] |= own
                if len(own) < len(names):
                    whole.add(shown)
        for shown, needed in sorted(renderings.items(), key=lambda item: _place(carried[item[0][0]])):
            own_id, view = shown
            candidate = carried[own_id]
            yield (
                shown,
                EntryTask(
                    _sendable(candidate),
                    self._identities.kept.get(own_id),
                    catalog.translations(candidate.head),
                    frozenset(needed),
                    view,
                    shown in whole,
                ),
            )

    def _shown(self, planned: PlannedFeed) -> list[_Shown]:
        """Return the articles of a feed, and what it shows of each."""
        view = view_of(self._head(planned))
        return [(each.rank[1], view.of(each)) for each in planned.carried]

    def _head(self, planned: PlannedFeed) -> FeedData:
        """Return a feed without its entries, as it is published."""
        head = self._heads.get(planned.path)
        if head is None:
            head = with_published_ids(head_of(planned, self._plan), self._identities, self._feed_ids)
            self._heads[planned.path] = head
        return head

    def _spooled(
        self, tasks: Iterable[tuple[_Shown, EntryTask]], folder: str
    ) -> Iterator[tuple[_Shown, SpooledEntry]]:
        """Let workers render entries, and yield where each is."""
        given: list[_Shown] = []

        def batches() -> Iterator[EntryBatch]:
            batch: list[EntryTask] = []
            room = _MOST_BYTES
            for shown, task in tasks:
                size = _size(task)
                if batch and (len(batch) == _MOST_ENTRIES or size > room):
                    yield EntryBatch(self._plan.site, tuple(batch), folder)
                    batch, room = [], _MOST_BYTES
                given.append(shown)
                batch.append(task)
                room -= size
            yield EntryBatch(self._plan.site, tuple(batch), folder)

        spooled = chain.from_iterable(self._workers.map(spool_entries, batches()))
        yield from ((given[number], entry) for number, entry in enumerate(spooled))

    def _document_batches(
        self, feeds: _Feeds, entries: Mapping[_Shown, SpooledEntry | EntryTask], folder: str | None
    ) -> Iterator[DocumentBatch]:
        """Yield what workers write together: feeds that follow each other."""
        numbers: dict[_Shown, int] = {}
        tasks: list[FeedTask] = []

        def batch() -> DocumentBatch:
            own = tuple([entries[shown] for shown in numbers])
            target = None
            if self._shared is not None and not self._returns_documents:
                target = self._shared.for_worker()
            return DocumentBatch(self._plan.site, folder or "", own, tuple(tasks), target)

        for path, documents in feeds.items():
            planned = self._plan.with_parts[path]
            if tasks and len(numbers) + len(planned.carried) > _MOST_IN_DOCUMENTS:
                yield batch()
                numbers, tasks = {}, []
            own = tuple([numbers.setdefault(shown, len(numbers)) for shown in self._shown(planned)])
            tasks.append(
                FeedTask(self._head(planned), own, planned.profile, tuple(map(_document_task, documents)))
            )
        yield batch()

    def _adopted(self, done: Iterable[WrittenBatch]) -> Iterator[WrittenDocument]:
        """Yield what became of each document, after the target knows those that its batch has written."""
        for batch in done:
            if batch.staged and self._shared is not None:
                self._shared.adopt(batch.staged)
            yield from batch.documents


def _sendable(candidate: Candidate) -> Article | PlacedArticle:
    """Return an article as it is sent to workers: where it stands, if it stands in a file."""
    return candidate.placed if isinstance(candidate, PlacedCandidate) else candidate.article


def _place(candidate: Candidate) -> tuple[str, int]:
    """Return where an article stands; nowhere, for one that isn't in a file."""
    if not isinstance(candidate, PlacedCandidate):
        return "", 0
    return candidate.placed.location.path, candidate.placed.location.offset


def _size(task: EntryTask) -> int:
    article = task.article
    return article.location.length if isinstance(article, PlacedArticle) else len(article.content or "")


def _document_task(document: OutputDocument) -> DocumentTask:
    return DocumentTask(document.path, document.form, document.media_type, document.limit)


def _rendered(document: OutputDocument) -> OutputDocument:
    """Render a document, so that it needn't be rendered later."""
    rendered = document.render()
    return msgspec.structs.replace(document, render=lambda: rendered)
