"""Writes the documents of a build, except those that didn't change."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from newsfeed.findings import Finding
from newsfeed.publish.document_tasks import WrittenDocument
from newsfeed.publish.documents import OutputDocument
from newsfeed.publish.record import PublishedDocument, Stamp, digest_of
from newsfeed.publish.target import OpenTarget, is_as_recorded, put_if_changed

__all__ = ["CheckDocument", "DocumentWriter"]

#: Checks the bytes of the document at a path.
CheckDocument = Callable[[str, bytes], Sequence[Finding]]


class DocumentWriter:
    """Writes documents to an output, and notes what becomes of each.

    Args:
        output: The output.
        before: The documents that were published before, by their paths.
        check: Called with the path and the bytes of each feed that is rendered.
    """

    def __init__(
        self, output: OpenTarget, before: Mapping[str, PublishedDocument], check: CheckDocument | None
    ) -> None:
        self._output = output
        self._before = before
        self._check = check
        #: Whether documents are checked here.
        self.has_check = check is not None
        #: All documents that the next record lists, by their paths.
        self.documents: dict[str, PublishedDocument] = {}
        #: Those that are put into the output.
        self.put: list[PublishedDocument] = []
        #: Paths of documents that are new or changed, and of those that aren't.
        self.written: list[str] = []
        self.unchanged: list[str] = []
        #: Findings about documents in which some articles don't fit.
        self.shortened: list[Finding] = []
        #: The findings of the check.
        self.checked: list[Finding] = []

    def is_current(self, document: OutputDocument) -> bool:
        """Return whether a document need not be rendered."""
        return self._is_current(document, self._output.stamp(document.path))

    def write(self, document: OutputDocument) -> None:
        """Render and write a document, unless it didn't change."""
        path = document.path
        stamp = self._output.stamp(path)  # as it is before the file is read
        if self._is_current(document, stamp):
            known = self._before[path]
            if known.stamp != stamp or known.retired:
                known = msgspec.structs.replace(known, stamp=stamp, retired=False)
            self.keep(known)
            return
        rendered = document.render()
        self.shortened += rendered.shortened
        if self._check is not None and document.is_checked:
            self.checked += self._check(path, rendered.data)
        self._write(document, rendered.data)

    def accept(self, document: OutputDocument, written: WrittenDocument) -> None:
        """Note what a worker made of a document, and write it if the worker didn't."""
        self.shortened += written.shortened
        if written.data is None:
            self._note(document, written.digest, written.stamp)
            return
        if self._check is not None and document.is_checked:
            self.checked += self._check(document.path, written.data)
        self._write(document, written.data)

    def write_retired(self, document: OutputDocument, vanished: tuple[str, str] | None) -> None:
        """Write the document that replaces the last one of a feed that isn't planned any more."""
        self._write(document, document.render().data, retired=True, vanished=vanished)
        self.documents[document.path] = msgspec.structs.replace(self.documents[document.path], carries=())

    def keep(self, known: PublishedDocument) -> None:
        """Leave a document as it is."""
        self.documents[known.document] = known
        self.unchanged.append(known.document)

    def _is_current(self, document: OutputDocument, stamp: Stamp | None) -> bool:
        """Return whether a document's fingerprint and its file are unchanged."""
        known = self._before.get(document.path)
        return (
            known is not None
            and known.fingerprint == document.fingerprint != ""
            and is_as_recorded(self._output, known, stamp)
        )

    def _write(
        self,
        document: OutputDocument,
        rendered: bytes,
        *,
        retired: bool = False,
        vanished: tuple[str, str] | None = None,
    ) -> None:
        """Put a document into the output, unless its file has the same bytes."""
        stamp = put_if_changed(self._output, document.path, rendered, document.media_type)
        self._note(document, digest_of(rendered), stamp, retired=retired, vanished=vanished)

    def _note(
        self,
        document: OutputDocument,
        digest: str,
        stamp: Stamp | None,
        *,
        retired: bool = False,
        vanished: tuple[str, str] | None = None,
    ) -> None:
        """Note a document that was put into the output, or, if it has a stamp, was there already."""
        path = document.path
        published = PublishedDocument(path, document.fingerprint, digest, stamp, retired, vanished)
        self.documents[path] = published
        if stamp is not None:
            self.unchanged.append(path)
        else:
            self.put.append(published)
            self.written.append(path)
