"""Publishing from a store: what changed since the last publish to the target, or everything where that isn't known."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from os import PathLike

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import Changes, FeedKey, IndexedCatalog, is_indexed
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.discovery.documents import SiteScope
from newsfeed.errors import StoreError
from newsfeed.findings import Finding, Place
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.formats.renderer import Renderer
from newsfeed.formats.site_extensions import site_extensions
from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.plan.due import next_change
from newsfeed.plan.partial import (
    can_be_in_part,
    in_other_languages,
    part_of_plan,
    related_feeds,
    trending_feeds,
)
from newsfeed.plan.plan import Plan
from newsfeed.plan.planning import outline_of, plan_of
from newsfeed.publish.build import Build
from newsfeed.publish.dry_run import DryRun
from newsfeed.publish.exported_records import ExportedRecords
from newsfeed.publish.extension_digests import digest_of_extensions
from newsfeed.publish.fingerprints import digest_of_settings
from newsfeed.publish.options import PublishOptions
from newsfeed.publish.orphans import unreadable_record_finding
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.publishing import check_strictly, report_of, run
from newsfeed.publish.record import FOLDER, RECORD_PATH, PublishRecord
from newsfeed.publish.report import Report
from newsfeed.publish.stored_entries import StoredEntries
from newsfeed.publish.stored_records import Scope, StoredRecords
from newsfeed.publish.stored_shapes import StoredShapes
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.target import Target, place_of, target_of
from newsfeed.publish.unfinished import Unfinished

__all__ = ["publish_stored"]


#: The revision of a publish that no catalog with an index made; the next one looks at everything.
_NO_REVISION = -1


def publish_stored(
    catalog: Catalog,
    connection: Connection,
    folder: str | PathLike[str] | Target,
    options: PublishOptions,
    *,
    kept: EntryCache,
    extensions: Sequence[Extension] = (),
    verify: bool = False,
    export: bool = False,
) -> Report:
    """Publish the articles of a store.

    Args:
        catalog: The articles, as of a moment. Unless it answers by index, everything is looked at.
        connection: The store, without implicit transactions, to read and write what was published.
        folder: Where to.
        options: What the caller asks for.
        kept: Entries that were rendered before; others are added.
        extensions: feedgen extensions for every RSS and Atom feed.
        verify: Whether to look at everything.
        export: Whether to leave the whole record in the target, which then belongs to the store no longer.

    Returns:
        What was written, unchanged, removed and left out, of what was looked at.

    Raises:
        StoreError: If the record of a target is to be exported to which nothing was published from the store.
    """
    target = target_of(folder)
    indexed = catalog if is_indexed(catalog) else None
    with target.for_reading() if options.dry_run else target.for_build(wait=options.wait) as opened:
        output = DryRun(opened) if options.dry_run else opened
        stored = StoredTarget(connection, place_of(target))
        settings = _digest_of_settings(catalog.site, extensions)
        state = _State(stored, output.read(RECORD_PATH), stored.intent(), settings, catalog)
        is_unknown = indexed is None or state.is_unknown(indexed)
        if export:
            state.check_is_known(target.name)
        if indexed is None or is_unknown or verify or export or options.accept:
            plan, scope, found = plan_of(catalog, state.was_published), None, catalog.findings
        else:
            changes = indexed.changes_since(stored.row.revision)
            feeds = state.feeds_to_look_at(changes, indexed)
            if not (feeds or changes.articles or changes.findings or state.intent):
                if options.strict:
                    check_strictly(catalog.findings, options)
                if not options.dry_run:
                    stored.save_nothing_new(indexed.revision, datetime.now(UTC))
                return _nothing_changed(catalog, target.name, stored)
            plan, scope = _what_changed(state, indexed, changes, feeds)
            found = changes.findings
            if _moves_links(plan, stored) or stored.is_kept_by_another(changes.articles):
                plan, scope, found = plan_of(catalog, state.was_published), None, catalog.findings
        findings = (*found, *plan.findings)
        check_strictly(catalog.findings if options.strict else findings, options)
        entries = StoredEntries(connection, kept, settings)
        records = (ExportedRecords if export else StoredRecords)(
            connection,
            stored,
            output,
            plan,
            entries,
            StoredShapes(stored),
            settings=settings,
            revision=_NO_REVISION if indexed is None else indexed.revision,
            scope=scope,
            found=state.found,
            is_as_left=state.has_marker,
        )
        build = Build(
            plan,
            Renderer(catalog, extensions, entries),
            output,
            records,
            scope=None if scope is None else scope.site,
            check=options.check,
            accept=options.accept,
        )
        run(build, findings, options)
        report = report_of(build, output, findings, options)
    kept.trim()
    return msgspec.structs.replace(
        report,
        folder=target.name,
        changed=(*state.findings, *report.changed),
        is_whole=scope is None,
        next_change=_next_change(plan, stored, scope),
    )


class _State:
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


def _what_changed(
    state: _State, catalog: IndexedCatalog, changes: Changes, feeds: set[FeedKey]
) -> tuple[Plan, Scope]:
    """Return the plan of what changed since the last publish, and what it has to look at."""
    stored, changed = state.stored, frozenset(changes.articles)
    wanted = state.in_part(feeds, (), catalog)
    plan = part_of_plan(catalog, wanted, changed, was_published=state.was_published)
    moved = _moved(feeds, plan, stored)
    if moved:
        wanted = state.in_part(feeds | {*in_other_languages(moved, catalog.site)}, moved, catalog)
        plan = part_of_plan(catalog, wanted, changed, was_published=state.was_published)
    site = SiteScope(
        outline=outline_of(catalog, state.was_published)
        if moved or stored.has_begun()
        else None,  # one that died may have listed others
        months=changes.months,
        published=[known.document for known in stored.site_documents()],
    )
    return _with_newcomers(plan, stored), Scope(feeds=wanted, articles=changed, site=site)


def _with_newcomers(plan: Plan, stored: StoredTarget) -> Plan:
    """Compare articles, too, that haven't changed and are carried now because another has left a feed."""
    carried = {each.rank[1]: each for feed in plan.with_parts.values() for each in feed.carried}
    compared = {each.rank[1] for each in plan.carried}
    newcomers = stored.not_carried(sorted(carried.keys() - compared))
    return msgspec.structs.replace(
        plan, carried=(*plan.carried, *(carried[own_id] for own_id in sorted(newcomers)))
    )


def _moved(feeds: Iterable[FeedKey], plan: Plan, stored: StoredTarget) -> set[FeedKey]:
    """Return the feeds that are new, gone, or at another path than before."""
    paths = {feed.key: {feed.path} for feed in plan.feeds.values()}
    return {key for key in feeds if stored.feed_paths(key) != paths.get(key, set())}


def _moves_links(plan: Plan, stored: StoredTarget) -> bool:
    """Return whether the feed of a trending topic gets another path, to which the listings of all feeds link."""
    return any(
        (feed := plan.by_terms.get(key)) is not None and stored.feed_paths(key) != {feed.path}
        for key in trending_feeds(plan.site)
    )


def _nothing_changed(catalog: Catalog, folder: str, stored: StoredTarget) -> Report:
    return Report(
        folder=folder,
        as_of=catalog.as_of,
        feeds_url=catalog.site.feeds_url,
        articles=catalog.live,
        languages=tuple(catalog.site.languages),
        is_whole=False,
        next_change=_earliest(catalog.next_change, stored.next_due()),
    )


def _next_change(plan: Plan, stored: StoredTarget, scope: Scope | None) -> datetime | None:
    return next_change(plan) if scope is None else _earliest(plan.catalog.next_change, stored.next_due())


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _digest_of_settings(site: Site, extensions: Sequence[Extension]) -> str:
    of_extensions = digest_of_extensions([*site_extensions(site), *extensions]) or b"unknown"
    return (digest_of_settings(site) + of_extensions).hex()
