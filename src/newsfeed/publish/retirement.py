"""Retirement: what becomes of documents that were published and that nobody plans any more.

A feed whose articles vanished from their source stays, empty. One that somebody ended is removed, emptied or kept, as
`site.retired` says. A file that somebody has changed is left alone, and so is a feed that no record knows.
"""

from collections.abc import Collection, Iterable, Mapping

from newsfeed.findings import Finding
from newsfeed.model.cached_property import cached_property
from newsfeed.model.formats import FORMATS
from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import Document
from newsfeed.publish.identities import Identities
from newsfeed.publish.kept_feeds import emptied, kept_document
from newsfeed.publish.orphans import (
    as_orphan,
    changed_since,
    found_in,
    unrecorded,
    was_written_by_newsfeed,
)
from newsfeed.publish.published_feeds import PublishedFeed, published_feed
from newsfeed.publish.record import PublishedDocument, Record
from newsfeed.publish.retired import retired_document
from newsfeed.publish.target import OpenTarget, is_as_recorded
from newsfeed.publish.vanished import empty_document, feed_path, not_ended, unseen_feed
from newsfeed.sitemaps import is_sitemap

__all__ = ["Retirement"]


class Retirement:
    """What a build does with the documents that are no longer planned.

    Args:
        plan: The plan of what is published.
        identities: Under which ids its articles are published.
        feed_ids: Where the ids of feeds begin.
        output: Where the documents lie.
        before: What was published before.
        begins_empty: Whether the output is another than the one that was published before, as in CI, so that
            documents which aren't there weren't removed by anybody.
    """

    def __init__(
        self,
        plan: Plan,
        identities: Identities,
        feed_ids: str,
        output: OpenTarget,
        before: Record,
        *,
        begins_empty: bool,
    ) -> None:
        self._plan = plan
        self._identities = identities
        self._feed_ids = feed_ids
        self._output = output
        self._before = before
        self._begins_empty = begins_empty
        #: Documents that stay as they are.
        self.kept: list[PublishedDocument] = []
        #: Documents that take the place of the last ones, with the title and the language of a feed whose articles
        #: vanished.
        self.emptied: list[tuple[Document, tuple[str, str] | None]] = []
        #: Paths of documents to remove.
        self.removed: list[str] = []
        #: Paths of documents that aren't there: a build that died has removed them, or somebody has.
        self.missing: list[str] = []
        #: Documents that are left alone, and told of.
        self.orphans: list[PublishedDocument] = []
        self.findings: list[Finding] = []

    def decide(self, unplanned: Collection[PublishedDocument], planned: Collection[str]) -> None:
        """Decide about each document.

        Args:
            unplanned: What was published, or was about to be when a build died. A path may come several times, with
                the digests of different builds.
            planned: The paths of documents that are planned.
        """
        vanished = self._vanished_feeds(unplanned)
        settled: set[str] = set()
        changed: dict[str, PublishedDocument] = {}
        for known in unplanned:
            path = known.document
            if path in settled:
                continue
            stamp = self._output.stamp(path)
            if stamp is None and not self._begins_empty:
                self.missing.append(path)
                continue
            if stamp is not None and not is_as_recorded(self._output, known, stamp):
                changed[path] = known
                continue
            settled.add(path)
            feed = None if is_sitemap(path) else vanished.get(feed_path(path))
            if feed is not None:
                document = empty_document(self._plan, path, self._feed_ids, feed)
                self.emptied.append((document, (feed.title, feed.language)))
            else:
                self._end(known, is_there=stamp is not None)
        found = found_in(self._output) if self._before.is_new else ()
        orphans = {known.document: known for known in found} | changed
        settled.update(planned)
        self._leave(known for path, known in orphans.items() if path not in settled)

    def _end(self, known: PublishedDocument, *, is_there: bool) -> None:
        """Do with a document whose feed has ended what the site says."""
        path = known.document
        # an old sitemap would be wrong
        policy = "remove" if is_sitemap(path) else self._plan.site.retired
        keeps = policy == "keep" and is_there
        if keeps and (kept := self._as_kept(known)):
            self.kept.append(kept)
            return
        empties = policy == "empty" or keeps
        if empties and (document := retired_document(self._plan, path, self._feed_ids)):
            self.findings += [emptied(path)] if keeps else []
            self.emptied.append((document, None))
        else:
            (self.removed if is_there else self.missing).append(path)

    def _as_kept(self, known: PublishedDocument) -> PublishedDocument | None:
        kept_ids = self._identities.kept
        return kept_document(known, self._output.read, self._plan, kept_ids, self._before)

    def _leave(self, orphans: Iterable[PublishedDocument]) -> None:
        """Leave documents alone that aren't planned and aren't as a record says, and tell of them."""
        for known in orphans:
            path = known.document
            is_ours = was_written_by_newsfeed(path, self._output.read(path) or b"")
            if is_ours is not False:
                self.findings.append(changed_since(path) if known.digest else unrecorded(path))
            if is_ours or not known.digest:
                self.orphans.append(as_orphan(known))

    def _vanished_feeds(self, unplanned: Iterable[PublishedDocument]) -> Mapping[str, PublishedFeed]:
        """Find the feeds that stay, empty: their articles vanished in this build, or in one before."""
        feeds: dict[str, PublishedFeed] = {}
        for known in unplanned:
            path = known.document
            if known.vanished is not None:
                feeds[feed_path(path)] = PublishedFeed(*known.vanished)
            elif self._lost and (feed := self._vanished_now(path)):
                feeds[feed_path(path)] = feed
        return {path: feeds[path] for path in not_ended(feeds, self._plan.site)}

    def _vanished_now(self, path: str) -> PublishedFeed | None:
        """Return the feed of a document if articles in it were lost, or if nobody can tell."""
        document = self._output.read(path)
        feed = None if document is None else published_feed(path, document)
        if feed is not None:
            return None if feed.ids.isdisjoint(self._lost) else feed
        is_unseen = self._begins_empty if document is None else self._is_listing_alone(path)
        return unseen_feed(path, self._plan.site) if is_unseen else None

    def _is_listing_alone(self, path: str) -> bool:
        """Return whether a document is a listing, which doesn't say which articles it shows, without a feed beside it."""
        feeds = {feed_path(path) + form.suffix for form in FORMATS.own.values() if form.vocabulary}
        return path != feed_path(path) and feeds.isdisjoint(self._before.documents)

    @cached_property
    def _lost(self) -> frozenset[str]:
        return frozenset(known.article for known in self._identities.lost)
