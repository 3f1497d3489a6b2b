"""What a publish from a store has to do: everything, what changed since the last publish to the target, or nothing."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import Changes, FeedKey, IndexedCatalog
from newsfeed.discovery.documents import SiteScope
from newsfeed.findings import Finding
from newsfeed.plan.partial import in_other_languages, part_of_plan, trending_feeds
from newsfeed.plan.plan import Plan
from newsfeed.plan.planning import outline_of, plan_of
from newsfeed.publish.stored_target import StoredTarget
from newsfeed.publish.target_state import TargetState

__all__ = ["PublishTask", "Scope", "changes_to_publish", "everything"]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a publish looks at, if not at everything."""

    #: The feeds, with the periods of archives that it looks at, None for all documents of a feed.
    feeds: Mapping[FeedKey, Collection[str] | None]
    #: The own ids of the articles that changed.
    articles: Collection[str]
    site: SiteScope


class PublishTask(NamedTuple):
    """What a publish has to do."""

    plan: Plan
    #: What it looks at; None for everything.
    scope: Scope | None
    #: What was found in articles and paths.
    findings: tuple[Finding, ...]


def everything(state: TargetState, catalog: Catalog) -> PublishTask:
    """Return the task of a publish that looks at everything."""
    plan = plan_of(catalog, state.was_published)
    return PublishTask(plan, None, (*catalog.findings, *plan.findings))


def changes_to_publish(state: TargetState, catalog: IndexedCatalog) -> PublishTask | None:
    """Return the task of a publish that looks at what changed since the last one; None if nothing did.

    Args:
        state: The target, which is as the last publish left it.
        catalog: The articles.
    """
    changes = catalog.changes_since(state.stored.row.revision)
    feeds = state.feeds_to_look_at(changes, catalog)
    if not (feeds or changes.articles or changes.findings or state.intent):
        return None
    plan, scope = _what_changed(state, catalog, changes, feeds)
    if _moves_links(plan, state.stored) or state.stored.articles.is_kept_by_another(changes.articles):
        return everything(state, catalog)
    return PublishTask(plan, scope, (*changes.findings, *plan.findings))


def _what_changed(
    state: TargetState, catalog: IndexedCatalog, changes: Changes, feeds: set[FeedKey]
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
    newcomers = stored.articles.not_carried(sorted(carried.keys() - compared))
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
