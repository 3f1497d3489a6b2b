"""Makes the entries of a catalog's articles, and the feeds that carry them; keeps what was rendered."""

from collections.abc import Iterable, Sequence

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.catalog import Catalog
from newsfeed.formats.entries import EVERYBODY, EntryView, entry_of, view_of
from newsfeed.formats.entry_cache import KeptEntries
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.site_extensions import site_extensions
from newsfeed.formats.writing import render
from newsfeed.model.article import Article
from newsfeed.model.feed import Entry, Extension, FeedData
from newsfeed.plan.feed_heads import head_of
from newsfeed.plan.plan import Plan, PlannedFeed

__all__ = ["Renderer"]


class Renderer:
    """Turns articles into entries, and feeds into documents. Each entry is made and rendered once for all feeds.

    Args:
        catalog: The articles.
        extensions: feedgen extensions for every RSS and Atom feed.
        kept: Entries of earlier catalogs of the same site. Others are added.
    """

    def __init__(
        self, catalog: Catalog, extensions: Sequence[Extension] = (), kept: KeptEntries | None = None
    ) -> None:
        #: Those of the site, and those that the caller adds.
        self.extensions = (*site_extensions(catalog.site), *extensions)
        #: What was rendered of the entries.
        self.cache = RenderCache() if kept is None else kept.rendered
        self._kept = kept
        self._catalog = catalog
        #: By the articles' ids, and by what feeds show of them.
        self._entries: dict[str, dict[EntryView, Entry]] = {}
        #: The digests of those that are kept.
        self._digests: dict[str, list[bytes]] = {}

    def planned_feed(self, planned: PlannedFeed, plan: Plan) -> FeedData:
        """Return a planned feed with its entries."""
        extensions = self.extensions
        if planned.profile is not None and planned.profile.elements:
            from newsfeed.formats.profile_elements import extension_of

            extensions = (*extensions, extension_of(planned.profile))
        head = head_of(planned, plan)
        entries = self.entries(planned.carried, view_of(head))
        return msgspec.structs.replace(head, entries=entries, extensions=extensions)

    def feed(self, head: FeedData, candidates: Sequence[Candidate]) -> FeedData:
        """Return a feed that no rule plans, with the entries of some candidates."""
        entries = self.entries(candidates, view_of(head))
        return msgspec.structs.replace(head, entries=entries, extensions=self.extensions)

    def render(self, feed: FeedData, name: str) -> bytes:
        """Write a feed in the format of that name."""
        return render(feed, name, self.cache)

    def entries(self, candidates: Sequence[Candidate], view: EntryView) -> tuple[Entry, ...]:
        """Return the entries of candidates, in their order, with what a feed shows of them."""
        if self._kept is not None:
            return tuple([self._kept_entry(candidate, view, self._kept) for candidate in candidates])
        self._catalog.prepare_translations([candidate.head for candidate in candidates])
        return tuple([self._entry(candidate, view) for candidate in candidates])

    def _entry(self, candidate: Candidate, view: EntryView) -> Entry:
        """Return an entry; its article is asked for only if the entry isn't made yet, because it may have to be read."""
        entry = self._entries.get(candidate.rank[1], {}).get(view)
        return self.entry(candidate.article, view) if entry is None else entry

    def _kept_entry(self, candidate: Candidate, view: EntryView, kept: KeptEntries) -> Entry:
        entries = self._entries.setdefault(candidate.rank[1], {})
        entry = entries.get(view)
        if entry is None:
            digest = self._catalog.digest(candidate) + view.digest
            entry = kept.get(digest)
            if entry is None:
                entry = self.entry(candidate.article, view)
                kept.put(digest, entry)
            entries[view] = entry
            self._digests.setdefault(candidate.rank[1], []).append(digest)
        return entry

    def entry(self, article: Article, view: EntryView = EVERYBODY) -> Entry:
        """Return the entry of a live article, with what a feed shows of it: by default, one that is for everybody."""
        entries = self._entries.setdefault(article.id or "", {})
        view = view.on(article)
        entry = entries.get(view)
        if entry is None:
            translations = self._catalog.translations(article)
            entry = entries[view] = entry_of(article, self._catalog.site, translations, view)
        return entry

    def forget(self, names: Iterable[str]) -> None:
        """Forget the entries of articles, by their ids. They are made again when a feed needs them again."""
        for name in names:
            entries = self._entries.pop(name, {})
            if self._kept is None:
                self.cache.forget(entries.values())
            for digest in self._digests.pop(name, ()):
                if self._kept is not None:
                    self._kept.let_go(digest)
