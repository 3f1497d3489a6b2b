"""Documents: everything that a build may write, in order, and how each is rendered."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from newsfeed.discovery.documents import SiteScope, site_documents
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.formats.renderer import Renderer
from newsfeed.formats.size_budget import Fitted, fit
from newsfeed.model.cached_property import cached_property
from newsfeed.model.feed import Entry, FeedData
from newsfeed.model.formats import FORMATS
from newsfeed.plan.partner_limits import byte_limit
from newsfeed.plan.plan import Plan
from newsfeed.publish.fingerprints import Fingerprints
from newsfeed.publish.identities import Identities
from newsfeed.publish.last_uses import LastUses
from newsfeed.text.urls import ascii_uri

__all__ = ["OutputDocument", "RenderedDocument", "output_documents"]


class RenderedDocument(NamedTuple):
    """The bytes of a document, and what was left out of it."""

    data: bytes
    #: A finding for entries that didn't fit.
    shortened: tuple[Finding, ...] = ()


class OutputDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a build may write."""

    #: Its path below the output folder.
    path: str
    media_type: str
    #: A digest of what it is rendered from; empty if that is unknown, so that it has to be rendered to see a change.
    fingerprint: str
    render: Callable[[], RenderedDocument]
    #: The path of its feed; empty for a document of the site.
    feed: str = ""
    #: Whether `newsfeed check` can check it.
    is_checked: bool = False


def output_documents(
    plan: Plan, renderer: Renderer, identities: Identities, feed_ids: str, scope: SiteScope | None = None
) -> Iterator[OutputDocument]:
    """Yield every document of a plan: its feeds in their order, after what they link to; then lists.

    Args:
        plan: The plan of what is published.
        renderer: Makes the entries, and writes the feeds.
        identities: The ids under which its articles are published.
        feed_ids: What the ids of its feeds begin with.
        scope: Which documents of the site are looked at; None: all.
    """
    fingerprints = Fingerprints(plan, identities, feed_ids, renderer.extensions)
    published = _PublishedFeeds(plan, renderer, identities, feed_ids)
    for planned in plan.with_parts.values():
        feed = partial(published.feed, planned.path)
        limit = byte_limit(planned.rule, planned.profile)
        for name in planned.formats:
            form = FORMATS[name]
            yield OutputDocument(
                path=planned.path + form.suffix,
                media_type=form.media_type,
                fingerprint=fingerprints.of(planned, name),
                render=partial(_rendered, feed, name, limit if form.is_feed else None, renderer),
                feed=planned.path,
                is_checked=form.vocabulary is not None,
            )
    outline = plan if scope is None else scope.outline
    for document in site_documents(plan, feed_ids=feed_ids, scope=scope):
        yield OutputDocument(
            path=document.path,
            media_type=document.media_type,
            fingerprint=fingerprints.of_lists(document.path, outline or plan) if document.lists_feeds else "",
            render=partial(_whole, document.render),
            is_checked=document.path.endswith((".opml", ".xml")),
        )


class _PublishedFeeds:
    """Feeds with the ids under which they and their entries are published."""

    def __init__(self, plan: Plan, renderer: Renderer, identities: Identities, feed_ids: str) -> None:
        self._plan = plan
        self._renderer = renderer
        self._identities = identities
        self._kept = identities.kept
        self._feed_ids = feed_ids
        #: Entries under their published ids, with those that they are made from, by the ids of these.
        self._entries: dict[str, list[tuple[Entry, Entry]]] = {}
        self._last: FeedData | None = None

    def feed(self, path: str) -> FeedData:
        """Return a planned feed. It is kept until another is asked for, because its documents are rendered in a row."""
        if self._last is None or self._last.path != path:
            self._last = None
            self._forget_before(path)
            self._last = self._feed(path)
        return self._last

    def _forget_before(self, path: str) -> None:
        """Forget the entries that no feed carries from a path on, so that memory doesn't grow with the archive."""
        over = self._last_uses.over_before(path)
        self._renderer.forget(over)
        renamed = [pair for name in over for pair in self._entries.pop(name, ())]
        self._renderer.cache.forget(entry for _, entry in renamed)

    @cached_property
    def _last_uses(self) -> LastUses:
        return LastUses(self._plan)

    def _feed(self, path: str) -> FeedData:
        feed = self._renderer.planned_feed(self._plan.at(path), self._plan)
        if self._feed_ids != feed.site.feeds_url:
            feed = msgspec.structs.replace(feed, id=ascii_uri(self._feed_ids + path))
        tombstones = self._identities.of_tombstones(feed.tombstones)
        if tombstones != feed.tombstones:
            feed = msgspec.structs.replace(feed, tombstones=tombstones)
        if any(entry.id in self._kept for entry in feed.entries):
            feed = msgspec.structs.replace(feed, entries=tuple(map(self._entry, feed.entries)))
        return feed

    def _entry(self, entry: Entry) -> Entry:
        """Return an entry under its published id, the same for every feed that shows it alike."""
        if entry.id not in self._kept:
            return entry
        pairs = self._entries.setdefault(entry.id, [])
        renamed = next((renamed for known, renamed in pairs if known is entry), None)
        if renamed is None:
            renamed = msgspec.structs.replace(entry, id=self._kept[entry.id])
            pairs.append((entry, renamed))
        return renamed


def _whole(render: Callable[[], bytes]) -> RenderedDocument:
    return RenderedDocument(render())


def _rendered(
    feed: Callable[[], FeedData], name: str, limit: int | None, renderer: Renderer
) -> RenderedDocument:
    if limit is None:
        return RenderedDocument(renderer.render(feed(), name))
    fitted = fit(feed(), name, limit, renderer.cache)
    path = feed().path + FORMATS[name].suffix
    return RenderedDocument(fitted.document, (_shortened(path, fitted, limit),) if fitted.left_out else ())


def _shortened(path: str, fitted: Fitted, limit: int) -> Finding:
    count = len(fitted.left_out)
    reason = f"{count} of its articles don't fit into {limit:,} bytes; the oldest are left out"
    problem = InvalidValue(reason, 'lower the rule\'s limit, or set content to "summary"', field="max_bytes")
    return Finding.of(problem, place=Place(file=path), code="NF131", severity="warning")
