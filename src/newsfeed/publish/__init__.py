"""Documents onto a disk: whole or not at all, only what changed, and a record of it."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from os import PathLike, fspath
from pathlib import Path

import msgspec

from newsfeed.errors import FeedsRefused, ProblemsFound
from newsfeed.model.finding import Finding
from newsfeed.newsroom import Newsroom
from newsfeed.publish.documents import Document, documents_of
from newsfeed.publish.fingerprints import engine
from newsfeed.publish.folder import Folder, folder_for_build
from newsfeed.publish.record import NAME, PublishedArticle, PublishedDocument, Record
from newsfeed.publish.report import Report

__all__ = ["Report", "publish"]


def publish(
    newsroom: Newsroom,
    folder: str | PathLike[str],
    *,
    strict: bool = False,
    progress: Callable[[int, int], object] | None = None,
    check: Callable[[str, bytes], Sequence[Finding]] | None = None,
    wait: float = 0,
) -> Report:
    """Write every planned feed of a newsroom into a folder.

    Args:
        newsroom: The newsroom.
        folder: The output folder; made if it isn't there. Files that newsfeed didn't write are left alone.
        strict: Whether to refuse when articles had to be left out.
        progress: Called after each document with the number done and the number of all.
        check: Called with the path and the bytes of each feed that is about to be written; an error that it finds
            keeps all from being written.
        wait: How many seconds to wait for another build of the same folder to end.

    Returns:
        What was written, unchanged, removed and left out.

    Raises:
        InvalidPlan: If two feeds have one path. Nothing is written.
        ProblemsFound: If `strict`, and articles had to be left out. Nothing is written.
        FeedsRefused: If `check` found an error. Nothing is written.
        PublishError: If the folder can't be written, or another build goes on in it.
    """
    findings = (*newsroom.findings, *newsroom.plan.findings)
    left_out = tuple(finding for finding in findings if finding.severity == "error")
    if strict and left_out:
        raise ProblemsFound(findings)
    with folder_for_build(Path(folder), wait=wait) as output:
        build = _Build(newsroom, output, check)
        build.run(progress)
        if any(finding.severity == "error" for finding in build.checked):
            raise FeedsRefused(build.checked)
        build.commit()
    return Report(
        folder=fspath(folder),
        as_of=newsroom.as_of,
        articles=newsroom.intake.live,
        languages=tuple(newsroom.site.languages),
        written=tuple(build.written),
        unchanged=tuple(build.unchanged),
        removed=(*output.cleared, *build.removed),
        left_out=left_out,
        repaired=tuple(finding for finding in findings if finding.severity == "warning"),
        checked=tuple(build.checked),
    )


class _Build:
    """One build: what it finds unchanged, what it writes, and the record that it leaves."""

    def __init__(
        self, newsroom: Newsroom, output: Folder, check: Callable[[str, bytes], Sequence[Finding]] | None
    ) -> None:
        self._newsroom = newsroom
        self._output = output
        self._check = check
        self._before = Record.read(output.read(NAME))
        self._after: dict[str, PublishedDocument] = {}
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []
        self.checked: list[Finding] = []

    def run(self, progress: Callable[[int, int], object] | None) -> None:
        """Make what changed, and put it beside its place."""
        documents = list(documents_of(self._newsroom))
        for number, document in enumerate(documents, start=1):
            (self.unchanged if self._is_unchanged(document) else self.written).append(document.path)
            if progress is not None:
                progress(number, len(documents))

    def commit(self) -> None:
        """Put everything into its place, remove what is no longer planned, and leave a record."""
        for path in self._obsolete():
            self._output.remove(path)
            self.removed.append(path)
        if self._after != self._before.documents or self._before.engine != engine():
            self._output.commit(self._record)

    def _is_unchanged(self, document: Document) -> bool:
        """Tell whether a file stays as it is; if not, the new one is written beside it."""
        path = document.path
        known = self._before.documents.get(path)
        if known is not None and known.made_of == document.made_of != "" and self._lies_there(known):
            self._after[path] = known
            return True
        rendered = document.render()
        if self._check is not None and document.is_feed:
            self.checked += self._check(path, rendered)
        digest = _digest(rendered)
        stamp = self._output.stamp(path)
        unchanged = stamp is not None and stamp.size == len(rendered) and self._output.read(path) == rendered
        if not unchanged:
            self._output.put(path, rendered, document.media_type)
        self._after[path] = PublishedDocument(path, document.made_of, digest, stamp if unchanged else None)
        return unchanged

    def _lies_there(self, known: PublishedDocument) -> bool:
        """Tell whether the file of a document is still the one that was written."""
        stamp = self._output.stamp(known.document)
        if stamp is None:
            return False
        if stamp == known.stamp:
            return True
        data = self._output.read(known.document)
        return data is not None and _digest(data) == known.digest

    def _obsolete(self) -> Iterator[str]:
        """Yield the files that were written for feeds that are no longer planned, and that nobody has changed."""
        for path, known in self._before.documents.items():
            if path not in self._after:
                data = self._output.read(path)
                if data is not None and _digest(data) == known.digest:
                    yield path

    def _record(self) -> bytes:
        """Make the record of what lies in the folder now."""
        site = self._newsroom.site
        documents = [
            msgspec.structs.replace(document, stamp=self._output.stamp(path))
            for path, document in self._after.items()
        ]
        record = Record(
            engine=engine(),
            site_url=site.url,
            feeds_url=site.feeds_url,
            feed_ids=site.feeds_url,
            documents=documents,
            articles=self._articles(),
        )
        return record.written()

    def _articles(self) -> Iterator[PublishedArticle]:
        for article in self._newsroom.intake.carried():
            yield PublishedArticle(
                article=article.id or "",
                url=article.url or "",
                language=article.language,
                published=article.published,
                updated=article.updated or article.published,
                story=article.story,
            )


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
