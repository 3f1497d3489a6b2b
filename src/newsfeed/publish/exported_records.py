"""The records of a last publish from a store, after which builds without it go on in the target."""

from collections.abc import Callable, Collection, Iterable

import msgspec

from newsfeed.catalog.stored.database.connection import transaction
from newsfeed.publish.record import GONE_PATH, PublishedDocument, PublishRecord, articles_in, line_of
from newsfeed.publish.stored_records import StoredRecords

__all__ = ["ExportedRecords"]


class ExportedRecords(StoredRecords):
    """`Records` that leave in the target all that a build without a store leaves there. The store forgets the target."""

    must_write = True

    def begin(
        self, documents: Iterable[PublishedDocument], articles: Iterable[bytes], gone: Iterable[str]
    ) -> bytes:
        """Write into the store what is about to be published."""
        unfinished = super().begin(documents, articles, gone)
        self._output.remove(GONE_PATH)
        return unfinished

    def for_target(self, after: PublishRecord) -> bytes:
        """Return the whole record. The numbers of rows mean nothing outside of the store."""
        articles = (msgspec.structs.replace(known, row=None) for known in articles_in(after.articles))
        return PublishRecord(after.head, after.documents.values(), map(line_of, articles)).encoded()

    def end(self, after: Callable[[], PublishRecord], forgotten: Collection[str]) -> None:
        """Write into the store what was published of the articles, and forget the target."""
        with transaction(self._connection):
            self._save(after(), forgotten)
            self._target.forget(self._target.row.number)

    def _put_gone(self, gone: frozenset[str]) -> None:
        """Leave it to the record to say what is gone."""
