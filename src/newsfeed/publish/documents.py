"""Documents: everything that a build may write, in order, and how each is rendered."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsfeed.discovery.documents import SiteScope, site_documents
from newsfeed.formats.renderer import Renderer
from newsfeed.model.cached_property import cached_property
from newsfeed.model.feed import Entry, FeedData
from newsfeed.model.formats import FORMATS
from newsfeed.plan.partner_limits import byte_limit
from newsfeed.plan.plan import Plan
from newsfeed.publish.document_rendering import RenderedDocument, rendered_document
from newsfeed.publish.fingerprints import Fingerprints
from newsfeed.publish.identities import Identities
from newsfeed.publish.last_uses import LastUses
from newsfeed.text.urls import ascii_uri

__all__ = ["OutputDocument", "output_documents", "with_published_ids"]


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
    #: The format of a feed's document, and its most bytes, if there is a limit.
    form: str = ""
    limit: int | None = None
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
            most = limit if form.is_feed else None
            yield OutputDocument(
                path=planned.document(name),
                media_type=form.media_type,
                fingerprint=fingerprints.of(planned, name),
                render=partial(_rendered, feed, name, most, renderer),
                feed=planned.path,
                form=name,
                limit=most,
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
        planned = self._renderer.planned_feed(self._plan.at(path), self._plan)
        feed = with_published_ids(planned, self._identities, self._feed_ids)
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


def with_published_ids(feed: FeedData, identities: Identities, feed_ids: str) -> FeedData:
    """Return a feed whose own id and tombstones are those under which they were published; its entries stay.

    Args:
        feed: The feed.
        identities: The ids under which articles are published.
        feed_ids: What the ids of feeds begin with.
    """
    if feed_ids != feed.site.feeds_url:
        feed = msgspec.structs.replace(feed, id=ascii_uri(feed_ids + feed.path))
    tombstones = identities.of_tombstones(feed.tombstones)
    return feed if tombstones == feed.tombstones else msgspec.structs.replace(feed, tombstones=tombstones)


def _whole(render: Callable[[], bytes]) -> RenderedDocument:
    return RenderedDocument(render())


def _rendered(
    feed: Callable[[], FeedData], name: str, limit: int | None, renderer: Renderer
) -> RenderedDocument:
    return rendered_document(feed(), name, limit, renderer.cache)
