"""What syncing a store with files did."""

from collections.abc import Mapping

import msgspec

from newsfeed.findings import Finding

__all__ = ["SourceChanges", "SyncReport"]


class SourceChanges(msgspec.Struct):
    """How many rows of a source a sync changed."""

    new: int = 0
    changed: int = 0
    removed: int = 0


class SyncReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `Store.sync` did; after a dry run, what it would do."""

    #: How many files of articles there are, and other sources.
    files: int
    #: How many of them were read, because they are new or changed, or had problems the last time.
    files_read: int
    #: How many records in these can be used.
    taken: int
    #: What changed in the store, by source, as `site.articles` names it; only sources with changes.
    sources: Mapping[str, SourceChanges]
    #: What was found: errors of records that were left out, and warnings about new and changed ones.
    findings: tuple[Finding, ...] = ()

    @property
    def changed(self) -> int:
        """How many rows are new or have changed."""
        return sum(source.new + source.changed for source in self.sources.values())

    @property
    def removed(self) -> int:
        """How many rows were removed."""
        return sum(source.removed for source in self.sources.values())
