"""Publishing from a store: what changed since the last publish to the target, or everything where that isn't known."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from os import PathLike
from typing import NamedTuple

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import FeedKey, IndexedCatalog, Touched
from newsfeed.discovery.documents import SiteScope
from newsfeed.findings import Finding, Place
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.formats.renderer import Renderer
from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.plan.due import next_change
from newsfeed.plan.part import in_other_languages, part_of_plan, related_feeds
from newsfeed.plan.plan import Plan
from newsfeed.plan.planning import outline_of, plan_of
from newsfeed.publish.build import Build
from newsfeed.publish.dry_run import DryRun
from newsfeed.publish.extension_digests import digest_of_extensions
from newsfeed.publish.fingerprints import digest_of_settings
from newsfeed.publish.options import PublishOptions
from newsfeed.publish.publishing import check_strictly, report_of, run
from newsfeed.publish.record import RECORD_PATH, PublishRecord
from newsfeed.publish.report import Report
from newsfeed.publish.stored_records import Scope, StoredRecords
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.target import Target, place_of, target_of
from newsfeed.publish.unfinished import Unfinished

__all__ = ["publish_stored"]


#: The mark of a publish that no catalog with an index made; the next one looks at everything.
_NO_MARK = -1


def publish_stored(
    catalog: Catalog,
    indexed: IndexedCatalog | None,
    connection: sqlite3.Connection,
    folder: str | PathLike[str] | Target,
    options: PublishOptions,
    *,
    kept: EntryCache,
    extensions: Sequence[Extension] = (),
    verify: bool = False,
) -> Report:
    """Publish the articles of a store.

    Args:
        catalog: The articles, as of a moment.
        indexed: The same catalog, if it answers by index; otherwise everything is looked at.
        connection: The store, without implicit transactions, to read and write what was published.
        folder: Where to.
        options: What the caller asks for.
        kept: Entries that were rendered before; others are added.
        extensions: feedgen extensions for every RSS and Atom feed.
        verify: Whether to look at everything.

    Returns:
        What was written, unchanged, removed and left out, of what was looked at.
    """
    target = target_of(folder)
    with target.for_reading() if options.dry_run else target.for_build(wait=options.wait) as opened:
        output = DryRun(opened) if options.dry_run else opened
        stored = StoredTarget(connection, place_of(target))
        state = _State(stored, PublishRecord.read(output.read(RECORD_PATH)), stored.intent())
        unexpected = state.findings()  # of the target as it is now
        settings = _digest_of_settings(catalog.site, extensions)
        is_unknown = indexed is None or state.is_unknown(settings, indexed)
        if indexed is None or is_unknown or verify or options.accept:
            plan, scope, found = plan_of(catalog), None, catalog.findings
        else:
            touched = indexed.touched(stored.row.mark)
            feeds = state.feeds_to_look_at(touched, indexed)
            if not (feeds or touched.articles or touched.findings or state.intent):
                if options.strict:
                    check_strictly(catalog.findings, options)
                if not options.dry_run:
                    stored.save_nothing_new(indexed.mark, datetime.now(UTC))
                return _nothing_changed(catalog, target.name, stored)
            plan, scope = _what_changed(stored, indexed, touched, feeds)
            found = touched.findings
        findings = (*found, *plan.findings)
        check_strictly(catalog.findings if options.strict else findings, options)
        records = StoredRecords(
            connection,
            stored,
            output,
            plan,
            settings=settings,
            mark=_NO_MARK if indexed is None else indexed.mark,
            scope=scope,
            found=state.found,
        )
        build = Build(
            plan,
            Renderer(catalog, extensions, kept),
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
        changed=(*unexpected, *report.changed),
        is_whole=scope is None,
        next_change=_next_change(plan, stored, scope),
    )


class _State(NamedTuple):
    """What is known of a target before a publish."""

    stored: StoredTarget
    #: What lies in it: a marker of this store or another, the record of builds without a store, or nothing.
    found: PublishRecord
    #: What publishes that died were about to write.
    intent: Unfinished

    def is_unknown(self, settings: str, catalog: IndexedCatalog) -> bool:
        """Return whether more may have to change than what changed in the store since the last publish."""
        row = self.stored.row
        is_newer = row.mark == _NO_MARK or row.mark > catalog.mark or row.moment > catalog.as_of
        return not row.number or row.settings != settings or is_newer or not self.has_marker

    def feeds_to_look_at(self, touched: Touched, catalog: IndexedCatalog) -> set[FeedKey]:
        """Return the feeds whose documents may have to change, and those whose paths depend on them."""
        due = self.stored.feeds_due(catalog.as_of)
        feeds = {*touched.feeds, *due, *self.stored.feeds_of(self.intent)}
        return related_feeds(catalog, feeds)

    @property
    def has_marker(self) -> bool:
        """Whether the target is as the last publish left it, or one that died."""
        generation = self.stored.row.generation
        is_ours = self.found.store == self.stored.fact("store")
        return is_ours and self.found.generation in {generation, generation + bool(self.intent)}

    def findings(self) -> list[Finding]:
        """Return a finding about a target that isn't as the last publish left it."""
        if self.has_marker or not (self.stored.row.generation or self.found.store):
            return []
        return [
            Finding(
                code="NF129",
                severity="warning",
                place=Place(file=RECORD_PATH),
                reason="this isn't as the last publish from this store left it, so everything was compared",
                remedy="publish to it from this store alone",
            )
        ]


def _what_changed(
    stored: StoredTarget, catalog: IndexedCatalog, touched: Touched, feeds: set[FeedKey]
) -> tuple[Plan, Scope]:
    """Return the plan of what changed since the last publish, and what it has to look at."""
    changed = frozenset(touched.articles)
    plan = part_of_plan(catalog, feeds, changed)
    moved = _moved(feeds, plan, stored)
    if moved:
        feeds |= {*in_other_languages(moved, catalog.site)}
        plan = part_of_plan(catalog, feeds, changed)
    site = SiteScope(
        outline=outline_of(catalog) if moved else None,
        months=touched.months,
        published=[known.document for known in stored.site_documents()],
    )
    return plan, Scope(feeds=feeds, articles=changed, site=site)


def _moved(feeds: Iterable[FeedKey], plan: Plan, stored: StoredTarget) -> set[FeedKey]:
    """Return the feeds that are new, gone, or at another path than before."""
    paths = {feed.key: {feed.path} for feed in plan.feeds.values()}
    return {key for key in feeds if stored.feed_paths(key) != paths.get(key, set())}


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
    of_extensions = digest_of_extensions(extensions) or b"unknown"
    return (digest_of_settings(site) + of_extensions).hex()
