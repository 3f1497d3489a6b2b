"""Publishing from a store: what changed since the last publish to the target, or everything where that isn't known."""

from collections.abc import Sequence
from datetime import UTC, datetime
from os import PathLike

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import IndexedCatalog, is_indexed
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.formats.renderer import Renderer
from newsfeed.formats.site_extensions import site_extensions
from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.plan.due import next_change
from newsfeed.publish.build import Build
from newsfeed.publish.dry_run import DryRun
from newsfeed.publish.exported_records import ExportedRecords
from newsfeed.publish.extension_digests import digest_of_extensions
from newsfeed.publish.fingerprints import digest_of_settings
from newsfeed.publish.options import PublishOptions
from newsfeed.publish.publish_task import PublishTask, changes_to_publish, everything
from newsfeed.publish.publishing import check_strictly, report_of, run
from newsfeed.publish.record import RECORD_PATH
from newsfeed.publish.report import Report
from newsfeed.publish.stored_entries import StoredEntries
from newsfeed.publish.stored_records import StoredRecords
from newsfeed.publish.stored_shapes import StoredShapes
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.target import Target, place_of, target_of
from newsfeed.publish.target_state import TargetState

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
        state = TargetState(stored, output.read(RECORD_PATH), stored.intent(), settings, catalog)
        if export:
            state.check_is_known(target.name)
        if indexed is None or state.is_unknown(indexed) or verify or export or options.accept:
            task = everything(state, catalog)
        elif (changes := changes_to_publish(state, indexed)) is not None:
            task = changes
        else:
            return _nothing_published(indexed, target.name, stored, options)
        check_strictly(catalog.findings if options.strict else task.findings, options)
        entries = StoredEntries(connection, kept, settings)
        records = (ExportedRecords if export else StoredRecords)(
            connection,
            stored,
            output,
            task.plan,
            entries,
            StoredShapes(stored),
            settings=settings,
            revision=_NO_REVISION if indexed is None else indexed.revision,
            scope=task.scope,
            found=state.found,
            is_as_left=state.has_marker,
        )
        build = Build(
            task.plan,
            Renderer(catalog, extensions, entries),
            output,
            records,
            scope=None if task.scope is None else task.scope.site,
            check=options.check,
            accept=options.accept,
        )
        run(build, task.findings, options)
        report = report_of(build, output, task.findings, options)
    kept.trim()
    return msgspec.structs.replace(
        report,
        folder=target.name,
        changed=(*state.findings, *report.changed),
        is_whole=task.scope is None,
        next_change=_next_change(task, stored),
    )


def _nothing_published(
    catalog: IndexedCatalog, folder: str, stored: StoredTarget, options: PublishOptions
) -> Report:
    """Note that a publish had nothing to do, and return its report."""
    if options.strict:
        check_strictly(catalog.findings, options)
    if not options.dry_run:
        stored.save_nothing_new(catalog.revision, datetime.now(UTC))
    return Report(
        folder=folder,
        as_of=catalog.as_of,
        feeds_url=catalog.site.feeds_url,
        articles=catalog.live,
        languages=tuple(catalog.site.languages),
        is_whole=False,
        next_change=_earliest(catalog.next_change, stored.next_due()),
    )


def _next_change(task: PublishTask, stored: StoredTarget) -> datetime | None:
    plan = task.plan
    return next_change(plan) if task.scope is None else _earliest(plan.catalog.next_change, stored.next_due())


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _digest_of_settings(site: Site, extensions: Sequence[Extension]) -> str:
    of_extensions = digest_of_extensions([*site_extensions(site), *extensions]) or b"unknown"
    return (digest_of_settings(site) + of_extensions).hex()
