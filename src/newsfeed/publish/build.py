"""One build: what it finds unchanged, what it makes, what it retires, and the record that it leaves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from newsfeed.findings import Finding
from newsfeed.formats.renderer import Renderer
from newsfeed.model.cached_property import cached_property
from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import OutputDocument, output_documents
from newsfeed.publish.fingerprints import engine
from newsfeed.publish.identities import Identities, identities_of
from newsfeed.publish.loss import build_loss
from newsfeed.publish.orphans import unreadable_record
from newsfeed.publish.published_articles import (
    DepartedArticles,
    carried_lines,
    departed_articles,
    names_what_is_held_back,
)
from newsfeed.publish.record import (
    RECORD_PATH,
    PublishedDocument,
    PublishRecord,
    SealedArticle,
    Stamp,
    digest_of,
    digest_of_path,
    line_of,
)
from newsfeed.publish.record_file import RecordFile
from newsfeed.publish.retirement import Retirement
from newsfeed.publish.target import OpenTarget, is_as_recorded
from newsfeed.publish.unfinished import UNFINISHED_PATH, Unfinished
from newsfeed.sitemaps import is_sitemap

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["Build"]

CheckDocument = Callable[[str, bytes], Sequence[Finding]]


class Build:
    """A build of the documents of a plan.

    Args:
        plan: The plan of what is published.
        renderer: Makes the entries, and writes the feeds.
        output: Where to.
        check: Called with the path and the bytes of each feed that changed.
        accept: Whether ids may change.
        record_file: Where the record is kept besides, for an output that begins empty each time.
    """

    def __init__(
        self,
        plan: Plan,
        renderer: Renderer,
        output: OpenTarget,
        *,
        check: CheckDocument | None = None,
        accept: bool = False,
        record_file: RecordFile | None = None,
    ) -> None:
        self._plan = plan
        self._renderer = renderer
        self._output = output
        self._check = check
        self._accept = accept
        self._unfinished = Unfinished.read(output.read(UNFINISHED_PATH))
        self._record_file = record_file
        recorded = output.read(RECORD_PATH)
        before = (record_file.record if record_file else None) or PublishRecord.read(recorded)
        self._before = before.with_articles(self._unfinished.articles)
        #: What was found in files that are there.
        self._found = [unreadable_record()] if before.is_new and recorded is not None else []
        self._put: list[PublishedDocument] = []
        self._after: dict[str, PublishedDocument] = {}
        #: What isn't planned any more and isn't there: a build that died has removed it, or somebody has.
        self._missing: list[str] = []
        self._identities = Identities({} if accept else self._before.kept_ids)
        self._is_compared = False
        keeps_feed_ids = self._before.feed_ids and not accept
        self._feed_ids = self._before.feed_ids if keeps_feed_ids else plan.site.feeds_url
        #: Documents by what became of them.
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []
        #: Which documents had no room for all their articles.
        self.shortened: list[Finding] = []
        #: What the check found.
        self.checked: list[Finding] = []
        self._documents = self._planned_documents()
        #: What this build would take from subscribers without anybody having said so.
        self.loss = build_loss(plan, self._before, self._identities, output, self._documents)

    @property
    def changed(self) -> tuple[Finding, ...]:
        """What was found in articles that were published before and have changed, and in files of earlier builds."""
        return (*self._identities.findings, *self._found)

    def run(
        self, progress: Callable[[int, int], object] | None = None, executor: "Executor | None" = None
    ) -> None:
        """Make what changed, and put it beside its place.

        Args:
            progress: Called after each document with the number done and the number of all.
            executor: Who makes the entries; default: this thread.
        """
        documents = self._documents
        ready: Iterable[OutputDocument] = documents
        if executor is not None:
            from newsfeed.publish.parallel import with_rendered_entries

            ready = with_rendered_entries(
                self._plan, self._renderer, documents, executor, is_as_before=self._seems_as_before
            )
        for number, document in enumerate(ready, start=1):
            (self.unchanged if self._is_unchanged(document) else self.written).append(document.path)
            if progress is not None:
                progress(number, len(documents))
        self._retire()

    def commit(self) -> None:
        """Put everything into its place, remove what is no longer planned, and leave a record."""
        sealed = self._departed.sealed if self._is_compared else self._before.sealed
        is_as_before = self._after == self._before.documents and self._before.head == self._head(sealed)
        if self._unfinished or not is_as_before:
            new = [line for line in self._articles if line not in self._before.articles]
            unfinished = self._unfinished.followed_by(self._put, new)
            self._output.commit(self._record, unfinished=unfinished.encoded())
        if self._record_file is not None:
            self._record_file.write(self._record())

    def _planned_documents(self) -> list[OutputDocument]:
        """List all documents; who kept which id is looked at only where something changed."""
        documents = list(
            output_documents(self._plan, self._renderer, self._identities, self._feed_ids, self.shortened)
        )
        fingerprint = {document.path: document.fingerprint for document in documents}
        known = {
            path: document.fingerprint
            for path, document in self._before.documents.items()
            if not document.retired
        }
        can_tell = all(document.fingerprint for document in documents if document.feed)
        is_as_before = fingerprint == known and can_tell and not self._accept
        if is_as_before and not names_what_is_held_back(self._before, self._plan):
            return documents
        before = self._identities.kept
        self._is_compared = True
        self._identities = identities_of(self._plan, self._before, self._lines_as_before, accept=self._accept)
        if self._identities.kept == before:
            return documents
        return list(
            output_documents(self._plan, self._renderer, self._identities, self._feed_ids, self.shortened)
        )

    def _is_unchanged(self, document: OutputDocument) -> bool:
        """Tell whether a file stays as it is; if not, the new one is written beside it."""
        path = document.path
        stamp = self._output.stamp(path)  # as it is before the file is looked at
        if self._is_as_before(document, stamp):
            known = self._before.documents[path]
            if known.stamp != stamp or known.retired:
                known = msgspec.structs.replace(known, stamp=stamp, retired=False)
            self._after[path] = known
            return True
        rendered = document.render()
        if self._check is not None and document.is_checked:
            self.checked += self._check(path, rendered)
        return self._is_put(path, rendered, document.media_type, document.fingerprint)

    def _seems_as_before(self, document: OutputDocument) -> bool:
        return self._is_as_before(document, self._output.stamp(document.path))

    def _is_as_before(self, document: OutputDocument, stamp: Stamp | None) -> bool:
        """Tell whether a document is made of what it was made of, and its file is still there."""
        known = self._before.documents.get(document.path)
        return (
            known is not None
            and known.fingerprint == document.fingerprint != ""
            and is_as_recorded(self._output, known, stamp)
        )

    def _is_put(
        self,
        path: str,
        rendered: bytes,
        media_type: str,
        fingerprint: str,
        *,
        retired: bool = False,
        vanished: tuple[str, str] | None = None,
    ) -> bool:
        """Put a document beside its place, unless the same lies there; tell whether it does."""
        stamp = self._output.stamp(path)
        unchanged = stamp is not None and stamp.size == len(rendered) and self._output.read(path) == rendered
        document = PublishedDocument(
            path, fingerprint, digest_of(rendered), stamp if unchanged else None, retired, vanished
        )
        if not unchanged:
            self._output.put(path, rendered, media_type)
            self._put.append(document)
        self._after[path] = document
        return unchanged

    def _retire(self) -> None:
        """Do with documents that are no longer planned what the site says."""
        retirement = Retirement(
            self._plan,
            self._identities,
            self._feed_ids,
            self._output,
            self._before,
            begins_empty=self._record_file is not None,
        )
        unplanned = [document for document in self._published() if document.document not in self._after]
        retirement.decide(unplanned, self._after.keys())
        for known in retirement.kept:
            self._after[known.document] = known
            self.unchanged.append(known.document)
        for document, vanished in retirement.emptied:
            self._put_retired(document, vanished)
        for path in (*retirement.removed, *retirement.missing):
            self._output.remove(path)  # of one that is missing, an empty folder may be left
        self.removed += retirement.removed
        self._missing += retirement.missing
        self._after.update({known.document: known for known in retirement.orphans})
        self._found += retirement.findings

    def _published(self) -> tuple[PublishedDocument, ...]:
        """List what was published, or was about to be when a build died."""
        return (*self._before.documents.values(), *self._unfinished.documents)

    def _put_retired(self, document: OutputDocument, vanished: tuple[str, str] | None = None) -> None:
        """Put the document of a feed that isn't planned any more in the place of its last one."""
        unchanged = self._is_put(
            document.path, document.render(), document.media_type, "", retired=True, vanished=vanished
        )
        self._after[document.path] = msgspec.structs.replace(self._after[document.path], carries=())
        (self.unchanged if unchanged else self.written).append(document.path)

    def _head(self, sealed: tuple[SealedArticle, ...]) -> Mapping[str, object]:
        site = self._plan.site
        return {
            "engine": engine(),
            "site_url": site.url,
            "feeds_url": site.feeds_url,
            "feed_ids": self._feed_ids,
            "kept_ids": dict(self._identities.kept),
            "gone": self._gone(),
            "sealed": sealed,
            "sources": dict(self._plan.catalog.sources),
        }

    def _gone(self) -> tuple[str, ...]:
        """Tell which documents were removed for good: not those that come back, nor sitemaps, which do."""
        went = [path for path in (*self.removed, *self._missing) if not is_sitemap(path)]
        gone = self._before.gone | {digest_of_path(path) for path in went}
        return tuple(sorted(gone - {digest_of_path(path) for path in self._after} if gone else ()))

    def _record(self) -> bytes:
        """Make the record of what lies there now."""
        documents = [
            document
            if document.stamp is not None
            else msgspec.structs.replace(document, stamp=self._output.stamp(path))
            for path, document in self._after.items()
        ]
        return PublishRecord(self._head(self._departed.sealed), documents, self._articles).encoded()

    @cached_property
    def _lines_as_before(self) -> list[bytes]:
        """What would be recorded of articles that are carried if those that have a kept id keep it."""
        return carried_lines(self._plan, self._before.kept_ids)

    @cached_property
    def _lines(self) -> list[bytes]:
        """What is recorded of articles that are carried."""
        kept = self._identities.kept
        return self._lines_as_before if kept == self._before.kept_ids else carried_lines(self._plan, kept)

    @cached_property
    def _departed(self) -> DepartedArticles:
        return departed_articles(self._plan, self._identities, self._before, frozenset(self._lines))

    @cached_property
    def _articles(self) -> list[bytes]:
        """What is recorded of articles."""
        return [*self._lines, *map(line_of, self._departed.articles)]
