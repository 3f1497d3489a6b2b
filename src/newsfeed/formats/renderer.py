"""Makes the entries of a catalog's articles, and the feeds that carry them; keeps what was rendered."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.catalog.catalog import Catalog
from newsfeed.formats.entries import entry_of
from newsfeed.formats.entry_cache import KeptEntries
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.writing import render
from newsfeed.model.article import Article
from newsfeed.model.feed import Entry, Extension, FeedData
from newsfeed.plan.feed_heads import head_of
from newsfeed.plan.plan import Plan, PlannedFeed

__all__ = ["RenderedEntry", "Renderer"]


class RenderedEntry(NamedTuple):
    """An entry, and what formats have written of it."""

    entry: Entry
    #: What each format wrote, by its own keys: see `RenderCache.rendered`.
    rendered: Mapping[Hashable, Any]


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
        self.extensions = tuple(extensions)
        #: What was rendered of the entries.
        self.cache = RenderCache() if kept is None else kept.rendered
        self._kept = kept
        self._catalog = catalog
        self._entries: dict[str, Entry] = {}
        #: The digests of those that are kept.
        self._digests: dict[str, bytes] = {}

    def planned_feed(self, planned: PlannedFeed, plan: Plan) -> FeedData:
        """Return a planned feed with its entries."""
        extensions = self.extensions
        if planned.profile is not None and planned.profile.elements:
            from newsfeed.formats.profile_elements import extension_of

            extensions = (*extensions, extension_of(planned.profile))
        return msgspec.structs.replace(
            head_of(planned, plan), entries=self.entries(planned.carried), extensions=extensions
        )

    def feed(self, head: FeedData, candidates: Sequence[Candidate]) -> FeedData:
        """Return a feed that no rule plans, with the entries of some candidates."""
        return msgspec.structs.replace(head, entries=self.entries(candidates), extensions=self.extensions)

    def render(self, feed: FeedData, name: str) -> bytes:
        """Write a feed in the format of that name."""
        return render(feed, name, self.cache)

    def entries(self, candidates: Sequence[Candidate]) -> tuple[Entry, ...]:
        """Return the entries of candidates, in their order."""
        if self._kept is not None:
            return tuple([self._kept_entry(candidate, self._kept) for candidate in candidates])
        self._catalog.prepare_translations([candidate.head for candidate in candidates])
        return tuple([self._entry(candidate) for candidate in candidates])

    def _entry(self, candidate: Candidate) -> Entry:
        """Return an entry; its article is asked for only if the entry isn't made yet, because it may have to be read."""
        entry = self._entries.get(candidate.rank[1])
        return self.entry(candidate.article) if entry is None else entry

    def _kept_entry(self, candidate: Candidate, kept: KeptEntries) -> Entry:
        name = candidate.rank[1]
        entry = self._entries.get(name)
        if entry is None:
            digest = self._catalog.digest(candidate)
            entry = kept.get(digest)
            if entry is None:
                entry = self.entry(candidate.article)
                kept.put(digest, entry)
            self._entries[name] = entry
            self._digests[name] = digest
        return entry

    def entry(self, article: Article) -> Entry:
        """Return the entry of a live article."""
        name = article.id or ""
        entry = self._entries.get(name)
        if entry is None:
            translations = self._catalog.translations(article)
            entry = self._entries[name] = entry_of(article, self._catalog.site, translations)
        return entry

    def missing(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates whose entries aren't made yet."""
        return [each for each in candidates if each.rank[1] not in self._entries]

    def add(self, rendered: Iterable[RenderedEntry]) -> None:
        """Keep entries that were made and rendered elsewhere."""
        for entry, written in rendered:
            self.cache.rendered(self._entries.setdefault(entry.id, entry)).update(written)

    def forget(self, names: Iterable[str]) -> None:
        """Forget the entries of articles, by their ids. They are made again when a feed needs them again."""
        for name in names:
            entry = self._entries.pop(name, None)
            digest = self._digests.pop(name, None)
            if self._kept is not None and digest is not None:
                self._kept.let_go(digest)
            elif entry is not None:
                self.cache.forget([entry])
