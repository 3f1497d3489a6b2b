"""A build, step by step: list the documents, write what changed, retire what isn't planned any more, record it all."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from newsfeed.catalog.workers import workers_of
from newsfeed.discovery.documents import SiteScope
from newsfeed.findings import Finding
from newsfeed.formats.renderer import Renderer
from newsfeed.model.cached_property import cached_property
from newsfeed.model.formats import FORMATS
from newsfeed.plan.plan import Plan
from newsfeed.publish.article_changes import ArticleChanges, article_changes
from newsfeed.publish.document_writer import CheckDocument, DocumentWriter
from newsfeed.publish.documents import OutputDocument, output_documents
from newsfeed.publish.fingerprints import engine
from newsfeed.publish.identities import Identities, identities_of
from newsfeed.publish.loss import build_loss
from newsfeed.publish.published_articles import (
    DepartedArticles,
    carried_lines,
    departed_articles,
    names_held_back_article,
)
from newsfeed.publish.record import PublishRecord, SealedArticle, articles_in, digest_of_path, line_of
from newsfeed.publish.records import Records
from newsfeed.publish.retirement import Retirement
from newsfeed.publish.target import OpenTarget
from newsfeed.publish.unlisted import put_unlisted
from newsfeed.sitemaps import is_sitemap

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from newsfeed.publish.document_tasks import WrittenDocument

__all__ = ["Build"]


class Build:
    """A build of the documents of a plan: it lists them, writes what changed, and records what was published.

    Args:
        plan: The plan of what is published.
        renderer: Makes the entries, and renders the feeds.
        output: The output.
        records: What was published before.
        scope: Which documents of the site are looked at; None: all.
        check: Called with the path and the bytes of each feed that changed.
        accept: Whether ids may change.
    """

    def __init__(
        self,
        plan: Plan,
        renderer: Renderer,
        output: OpenTarget,
        records: Records,
        *,
        scope: SiteScope | None = None,
        check: CheckDocument | None = None,
        accept: bool = False,
    ) -> None:
        self.plan = plan
        self._renderer = renderer
        self._output = output
        self._scope = scope
        self._accept = accept
        self._records = records
        self._before = records.before
        #: Findings about files of earlier builds.
        self._found = [*records.findings]
        keeps_feed_ids = self._before.feed_ids and not accept
        self._feed_ids = self._before.feed_ids if keeps_feed_ids else plan.site.feeds_url
        self._identities = Identities({} if accept else self._before.kept_ids)
        #: Whether the articles were compared with those that were published before.
        self._is_compared = False
        self.writer = DocumentWriter(output, self._before.documents, check)
        #: Paths of documents that are removed.
        self.removed: list[str] = []
        #: Paths of documents that are neither planned nor there: a build that died has removed them, or somebody has.
        self._missing: list[str] = []
        self._documents = self._planned_documents()
        #: What this build would take from subscribers without anybody having said so.
        self.loss = build_loss(
            plan, self._before, self._identities, output, self._documents, records.count_feeds
        )
        if self.loss.lost:
            published = records.count_carried(self.loss.published)
            self.loss = msgspec.structs.replace(self.loss, published=published)

    @property
    def loses_too_much(self) -> bool:
        """Whether a person has to confirm what it would take from subscribers."""
        return self.loss.is_more_than(self.plan.site.max_loss)

    @property
    def changed(self) -> tuple[Finding, ...]:
        """Findings about published articles that have changed, and about files of earlier builds."""
        return (*self._identities.findings, *self._found)

    @property
    def announced(self) -> tuple[str, ...]:
        """The paths of documents that are written and are feeds of which a hub is told."""
        feeds = {
            document.path
            for document in self._documents
            if document.form and FORMATS[document.form].is_feed
            if self.plan.with_parts[document.feed].rule.is_listed
        }
        return tuple(path for path in self.writer.written if path in feeds)

    @property
    def articles(self) -> ArticleChanges:
        """Which articles came, changed and went."""
        if not self._is_compared:
            return ArticleChanges()
        died = {known.own_id or known.article for known in articles_in(self._records.unfinished.articles)}
        changed = died.union(self._records.changed_articles)
        return article_changes(self.plan, self._identities, self._before, self._lines, changed)

    def run(
        self, progress: Callable[[int, int], object] | None = None, executor: "Executor | None" = None
    ) -> None:
        """Render what changed, and put it into the output, where nobody sees it yet.

        Args:
            progress: Called after each document with the number done and the number of all.
            executor: Renders and writes documents; default: this thread.
        """
        for number, (document, written) in enumerate(self._written_by(executor), start=1):
            if written is None:
                self.writer.write(document)
            else:
                self.writer.accept(document, written)
            if progress is not None:
                progress(number, len(self._documents))
        self._retire()

    def commit(self) -> None:
        """Publish what was put into the output, remove what is no longer planned, and write the record."""
        sealed = self._departed.sealed if self._is_compared else self._before.sealed
        is_as_before = self.writer.documents == self._before.documents and self._before.head == self._head(
            sealed
        )
        if self._records.must_write or self._records.unfinished or not is_as_before:
            new = [line for line in self._articles if line not in self._before.articles]
            unfinished = self._records.begin(self.writer.put, new, self._gone())
            if self._scope is None:
                put_unlisted(self.plan.site, self._output)
            self._output.commit(lambda: self._records.for_target(self._record), unfinished=unfinished)
        self._records.end(lambda: self._record, self._identities.replaced)

    def _planned_documents(self) -> list[OutputDocument]:
        """Return all documents. Articles are compared with those published before only if something changed."""
        documents = self._all_documents()
        if self._is_as_before(documents):
            return documents
        kept = self._identities.kept
        self._is_compared = True
        self._identities = identities_of(self.plan, self._before, self._lines_as_before, accept=self._accept)
        return documents if self._identities.kept == kept else self._all_documents()

    def _all_documents(self) -> list[OutputDocument]:
        return list(
            output_documents(self.plan, self._renderer, self._identities, self._feed_ids, self._scope)
        )

    def _is_as_before(self, documents: Iterable[OutputDocument]) -> bool:
        """Return whether all documents have the fingerprints that they had, and the record names no secrets."""
        before = self._before.documents.values()
        published = {known.document: known.fingerprint for known in before if not known.retired}
        planned = {document.path: document.fingerprint for document in documents}
        has_fingerprints = all(document.fingerprint for document in documents if document.feed)
        is_same = planned == published and has_fingerprints and not self._accept
        return is_same and not names_held_back_article(self._before, self.plan)

    def _written_by(
        self, executor: "Executor | None"
    ) -> Iterable[tuple[OutputDocument, "WrittenDocument | None"]]:
        """Return the documents, each with what a worker made of it; None for those that this process has to render.

        Users' extensions may not be picklable, so what they write is rendered here.
        """
        workers = workers_of(executor)
        if workers is None or self._renderer.extensions:
            return ((document, None) for document in self._documents)
        from newsfeed.publish.parallel import ParallelWriting

        writing = ParallelWriting(
            self.plan,
            self._identities,
            self._feed_ids,
            workers,
            self._output,
            returns_documents=self.writer.has_check,
        )
        return writing.written(self._documents, self.writer.is_current)

    def _retire(self) -> None:
        """Keep, empty or remove documents that are no longer planned, as the site says."""
        retirement = Retirement(
            self.plan,
            self._identities,
            self._feed_ids,
            self._output,
            self._before,
            begins_empty=self._records.begins_empty,
            knows_documents=self._records.knows_documents,
        )
        planned = self.writer.documents
        # a build that died may have published some that no record names
        published = (*self._before.documents.values(), *self._records.unfinished.documents)
        retirement.decide([known for known in published if known.document not in planned], planned.keys())
        for known in retirement.kept:
            self.writer.keep(known)
        for document, vanished in retirement.emptied:
            self.writer.write_retired(document, vanished)
        for path in (*retirement.removed, *retirement.missing):
            self._output.remove(path)  # a missing one may have left an empty folder
        self.writer.documents.update({known.document: known for known in retirement.orphans})
        self.removed += retirement.removed
        self._missing += retirement.missing
        self._found += retirement.findings

    def _head(self, sealed: tuple[SealedArticle, ...]) -> Mapping[str, object]:
        site = self.plan.site
        return {
            "engine": engine(),
            "site_url": site.url,
            "feeds_url": site.feeds_url,
            "feed_ids": self._feed_ids,
            "kept_ids": dict(self._identities.kept),
            "gone": self._gone(),
            "sealed": sealed,
            "sources": dict(self.plan.catalog.sources),
        }

    def _gone(self) -> tuple[str, ...]:
        """Return the digests of documents that were removed for good, which sitemaps never are."""
        went = [path for path in (*self.removed, *self._missing) if not is_sitemap(path)]
        gone = self._before.gone | {digest_of_path(path) for path in went}
        return tuple(sorted(gone - {digest_of_path(path) for path in self.writer.documents} if gone else ()))

    @cached_property
    def _record(self) -> PublishRecord:
        """The record of what is published now, with the stamps of all documents."""
        documents = [
            document
            if document.stamp is not None
            else msgspec.structs.replace(document, stamp=self._output.stamp(path))
            for path, document in self.writer.documents.items()
        ]
        return PublishRecord(self._head(self._departed.sealed), documents, self._articles)

    @cached_property
    def _lines_as_before(self) -> list[bytes]:
        """The lines of carried articles in the record, if those that have a kept id keep it."""
        return carried_lines(self.plan, self._before.kept_ids)

    @cached_property
    def _lines(self) -> list[bytes]:
        """The lines of carried articles in the record."""
        kept = self._identities.kept
        return self._lines_as_before if kept == self._before.kept_ids else carried_lines(self.plan, kept)

    @cached_property
    def _departed(self) -> DepartedArticles:
        return departed_articles(self.plan, self._identities, self._before, frozenset(self._lines))

    @cached_property
    def _articles(self) -> list[bytes]:
        """The lines of all articles in the record."""
        return [*self._lines, *map(line_of, self._departed.articles)]
