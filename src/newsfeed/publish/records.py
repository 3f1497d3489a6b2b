"""Where a build finds what was published before, and leaves what it publishes."""

import shlex
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from newsfeed.errors import PublishError
from newsfeed.findings import Finding
from newsfeed.publish.orphans import unreadable_record_finding
from newsfeed.publish.record import RECORD_PATH, PublishedDocument, PublishRecord
from newsfeed.publish.record_file import RecordFile
from newsfeed.publish.target import OpenTarget
from newsfeed.publish.unfinished import UNFINISHED_PATH, Unfinished

__all__ = ["Records", "TargetRecords"]


class Records(Protocol):
    """What was published to a target, or a part of it, before a build and after it.

    `begin` is called before the first document is moved into its place, `end` when all are in their places. A build
    in which nothing changed calls `end` alone.
    """

    #: What was published.
    before: PublishRecord
    #: What builds that died may have published.
    unfinished: Unfinished
    #: Whether the target is another than the one that was published before, so that missing documents weren't removed
    #: by anybody.
    begins_empty: bool
    #: Whether it is known what was published; otherwise the target may hold feeds that no record names.
    knows_documents: bool
    #: Whether the target needs a new record even if nothing changes.
    must_write: bool
    #: What was found in what was kept of earlier builds.
    findings: Sequence[Finding]

    @property
    def changed_articles(self) -> Collection[str]:
        """The own ids of articles that are known to have changed, even if `before` says the same of them."""

    def count_carried(self, known: int) -> int:
        """Return how many articles were carried, given how many of them `before` has."""

    def count_feeds(self, rule_number: int, known: int) -> int:
        """Return how many feeds of a rule were published, given how many of them `before` has."""

    def begin(
        self, documents: Iterable[PublishedDocument], articles: Iterable[bytes], gone: Iterable[str]
    ) -> bytes:
        """Keep what is about to be published.

        Args:
            documents: The documents that are about to be replaced.
            articles: The lines of articles that are published for the first time, or differently.
            gone: Documents that are removed for good, each by the digest of its path.

        Returns:
            What the target keeps until the record is there.
        """

    def for_target(self, after: PublishRecord) -> bytes:
        """Return what the target keeps of what was published."""

    def end(self, after: Callable[[], PublishRecord], forgotten: Collection[str]) -> None:
        """Keep what was published.

        Args:
            after: Returns the record.
            forgotten: Ids that were replaced by new ones on purpose.
        """


class TargetRecords:
    """Records that lie in the target itself, and perhaps in a file as well.

    Args:
        output: The target.
        record_file: Also keeps the record, for an output that begins empty each time.
        name: What the report calls the target.

    Raises:
        PublishError: If the target belongs to a store.
    """

    must_write = False

    def __init__(self, output: OpenTarget, record_file: RecordFile | None = None, *, name: str) -> None:
        recorded = output.read(RECORD_PATH)
        before = PublishRecord.read(recorded)
        if before.store:
            raise PublishError(
                f"{name} is published from a store, which knows the ids of its articles. Publish from the store; to go "
                f"on without it, first run: newsfeed store DIR --export-record -o {shlex.quote(name)}"
            )
        self.findings: Sequence[Finding] = (
            [unreadable_record_finding()] if before.is_new and recorded is not None else []
        )
        self.unfinished = Unfinished.read(output.read(UNFINISHED_PATH))
        kept = record_file.record if record_file else None
        self.before = (kept or before).with_articles(self.unfinished.articles)
        self.begins_empty = record_file is not None
        self.knows_documents = not self.before.is_new
        self._record_file = record_file

    @property
    def changed_articles(self) -> Collection[str]:
        """Nothing is known."""
        return ()

    def count_carried(self, known: int) -> int:
        """Return the same number, because the record has all articles."""
        return known

    def count_feeds(self, rule_number: int, known: int) -> int:  # noqa: ARG002 - the record has all feeds
        """Return the same number."""
        return known

    def begin(
        self,
        documents: Iterable[PublishedDocument],
        articles: Iterable[bytes],
        gone: Iterable[str],  # noqa: ARG002 - the record has it
    ) -> bytes:
        """Return what builds that died, and this one, are about to publish."""
        return self.unfinished.followed_by(documents, articles).encoded()

    def for_target(self, after: PublishRecord) -> bytes:
        """Return the whole record."""
        return after.encoded()

    def end(self, after: Callable[[], PublishRecord], forgotten: Collection[str]) -> None:  # noqa: ARG002 - as above
        """Keep the record in the file, too."""
        if self._record_file is not None:
            self._record_file.write(after().encoded())
