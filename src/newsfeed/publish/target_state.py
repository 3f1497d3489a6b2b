"""What is known of a target before a publish from a store: whether it is as the last publish left it."""

from collections.abc import Collection, Iterable, Sequence

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import Changes, FeedKey, IndexedCatalog, is_indexed
from newsfeed.errors import StoreError
from newsfeed.findings import Finding, Place
from newsfeed.plan.partial import can_be_in_part, related_feeds
from newsfeed.publish.orphans import unreadable_record_finding
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.record import FOLDER, RECORD_PATH, PublishRecord
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.unfinished import Unfinished

__all__ = ["TargetState"]


class TargetState:
    """What is known of a target before a publish.

    Args:
        stored: What the store says of it.
        recorded: The record that lies in it; None if there is none.
        intent: What publishes that died were about to write.
        settings: A digest of the settings and the program.
        catalog: The articles.
    """

    def __init__(
        self,
        stored: StoredTarget,
        recorded: bytes | None,
        intent: Unfinished,
        settings: str,
        catalog: Catalog,
    ) -> None:
        self.stored = stored
        self._settings = settings
        #: A marker of this store or another, the record of builds without a store, or nothing.
        self.found = PublishRecord.read(recorded)
        self.intent = intent
        self._found_paths = frozenset(map(feed_path, self.found.documents))
        self._is_unreadable = recorded is not None and self.found.is_new
        self._is_ours = self.found.store == stored.fact("store")
        generation = stored.row.generation
        is_current = self.found.generation in {generation, generation + stored.has_begun()}
        #: Whether it is as the last publish left it, or one that died.
        self.has_marker = self._is_ours and bool(stored.row.number) and is_current
        #: About a target that isn't as the last publish left it.
        self.findings = [*self._findings(), *self._findings_about_settings(catalog)]

    def is_unknown(self, catalog: IndexedCatalog) -> bool:
        """Return whether more may have to change than what changed in the store since the last publish."""
        row = self.stored.row
        is_newer = row.revision > catalog.revision or row.moment > catalog.as_of
        is_left_behind = row.revision < catalog.known_since  # so is one without a revision
        is_known = row.number and row.settings == self._settings and self.has_marker
        return not is_known or is_newer or is_left_behind or not can_be_in_part(catalog.site)

    def was_published(self, path: str) -> bool:
        """Return whether something was published at a feed's path, by the store or by builds without it."""
        stored = self.stored
        return bool(stored.feeds_at(path) or stored.ended_documents_at(path)) or path in self._found_paths

    def in_part(
        self, feeds: Iterable[FeedKey], whole: Collection[FeedKey], catalog: IndexedCatalog
    ) -> dict[FeedKey, Collection[str] | None]:
        """Return feeds with the periods whose archives may have to change, None for all documents of a feed.

        Args:
            feeds: The feeds.
            whole: Those that are looked at with all their archives.
            catalog: The articles.
        """
        row, rules = self.stored.row, catalog.site.feed_rules
        unfinished = self.stored.archives_of(self.intent)
        return {
            key: {*catalog.changed_archives(*key, row.revision, row.moment), *unfinished.get(key, ())}
            if rules[key[0]].archive and key not in whole
            else None
            for key in feeds
        }

    def feeds_to_look_at(self, changes: Changes, catalog: IndexedCatalog) -> set[FeedKey]:
        """Return the feeds whose documents may have to change, and those whose paths depend on them."""
        due = self.stored.feeds_due(catalog.as_of)
        beside = self.stored.feeds_beside_kept_documents(changes.articles)
        feeds = {*changes.feeds, *due, *beside, *self.stored.archives_of(self.intent)}
        return related_feeds(catalog, feeds)

    def check_is_known(self, name: str) -> None:
        """Refuse to export the record of a target that the store doesn't know.

        Raises:
            StoreError: If it doesn't.
        """
        if not self.stored.row.number:
            raise StoreError(
                f"{name} isn't published from this store, so there is no record to export. "
                "Name the folder or the address that it is published to."
            )

    def _findings(self) -> Sequence[Finding]:
        row = self.stored.row
        if self.has_marker or not (row.generation or self.found.store or self._is_unreadable):
            return ()
        copied = self.stored.place_of(self.found.target) if self._is_ours else ""
        if copied and not row.number:
            return (_not_as_left(f"this was copied or moved from {copied}", "nothing needs to be done"),)
        if self.found.store and not self._is_ours:
            return (_not_as_left("another store published here", "publish to each place from one store"),)
        if row.generation and self.found.is_new:
            what = "the record is missing" if not self._is_unreadable else "the record can't be read"
            return (_not_as_left(what, f"keep {FOLDER} when you clean or replace the output"),)
        if self._is_unreadable:
            return (unreadable_record_finding(),)
        what = "this isn't as the last publish from this store left it"
        return (
            _not_as_left(
                what, "if the store or the output was restored from a backup, nothing needs to be done"
            ),
        )

    def _findings_about_settings(self, catalog: Catalog) -> Sequence[Finding]:
        """Return a finding if programs with different settings make each other compare everything."""
        row = self.stored.row
        is_index_new = is_indexed(catalog) and row.revision < catalog.known_since
        if (is_index_new and self.stored.index_alternates()) or self.stored.alternates_with(self._settings):
            return (
                Finding(
                    code="NF120",
                    severity="warning",
                    place=Place(file=self.stored.store),
                    reason="programs with different settings, or versions of newsfeed, use this store in turns, "
                    "so everything is compared each time",
                    remedy="give all of them the same newsroom.toml, or Site and extensions, and the same version",
                ),
            )
        return ()


def _not_as_left(what: str, remedy: str) -> Finding:
    return Finding(
        code="NF129",
        severity="warning",
        place=Place(file=RECORD_PATH),
        reason=f"{what}, so everything was compared",
        remedy=remedy,
    )
