"""Retirement: what happens to documents that were published and are no longer planned.

A feed whose articles vanished from their source stays, empty. One that somebody ended is removed, emptied or kept, as
`site.retired` says. A file that somebody has changed is left alone, and so is a feed that isn't in the record.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from newsfeed.findings import Finding
from newsfeed.model.cached_property import cached_property
from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import OutputDocument
from newsfeed.publish.empty_feeds import retired_document, unseen_feed, vanished_document
from newsfeed.publish.identities import Identities
from newsfeed.publish.kept_feeds import emptied_finding, kept_document
from newsfeed.publish.orphans import (
    as_orphan,
    changed_finding,
    orphans_in,
    unrecorded_finding,
    was_written_by_newsfeed,
)
from newsfeed.publish.published_feeds import PublishedFeed, published_feed
from newsfeed.publish.record import PublishedDocument, PublishRecord
from newsfeed.publish.rule_documents import RuleDocument, RuleDocuments
from newsfeed.publish.target import OpenTarget, is_as_recorded
from newsfeed.sitemaps import is_sitemap

__all__ = ["Retirement"]


class Retirement:
    """What a build does with the documents that are no longer planned.

    Args:
        plan: The plan of what is published.
        identities: The ids under which its articles are published.
        feed_ids: What the ids of feeds begin with.
        output: The target.
        before: What was published before.
        begins_empty: Whether the output is another than the one that was published before, as in CI, so that
            missing documents weren't removed by anybody.
        knows_documents: Whether it is known what was published; otherwise feeds that newsfeed wrote are looked for.
    """

    def __init__(
        self,
        plan: Plan,
        identities: Identities,
        feed_ids: str,
        output: OpenTarget,
        before: PublishRecord,
        *,
        begins_empty: bool,
        knows_documents: bool,
    ) -> None:
        self._plan = plan
        self._identities = identities
        self._feed_ids = feed_ids
        self._output = output
        self._before = before
        self._begins_empty = begins_empty
        self._knows_documents = knows_documents
        #: Documents that stay as they are.
        self.kept: list[PublishedDocument] = []
        #: Documents that replace the last ones, with the title and the language of a feed whose articles vanished.
        self.emptied: list[tuple[OutputDocument, tuple[str, str] | None]] = []
        #: Paths of documents to remove.
        self.removed: list[str] = []
        #: Paths of documents that aren't there: a build that died has removed them, or somebody has.
        self.missing: list[str] = []
        #: Documents that are left alone and reported.
        self.orphans: list[PublishedDocument] = []
        self.findings: list[Finding] = []

    def decide(self, unplanned: Collection[PublishedDocument], planned: Collection[str]) -> None:
        """Decide what happens to each document.

        Args:
            unplanned: What was published, or was about to be when a build died. A path may come several times, with
                the digests of different builds.
            planned: The paths of documents that are planned.
        """
        vanished = self._vanished_documents(unplanned)
        decided: set[str] = set()
        changed: dict[str, PublishedDocument] = {}
        for known in unplanned:
            path = known.document
            if path in decided:
                continue
            stamp = self._output.stamp(path)
            if stamp is None and not self._begins_empty:
                self.missing.append(path)
                continue
            if stamp is not None and not is_as_recorded(self._output, known, stamp):
                changed[path] = known
                continue
            decided.add(path)
            if path in vanished:
                of_rule, feed = vanished[path]
                document = vanished_document(self._plan, path, self._feed_ids, feed, of_rule)
                self.emptied.append((document, (feed.title, feed.language)))
            else:
                self._retire(known, is_there=stamp is not None)
        found = () if self._knows_documents else orphans_in(self._output)
        orphans = {known.document: known for known in found} | changed
        decided.update(planned)
        self._report(known for path, known in orphans.items() if path not in decided)

    def _retire(self, known: PublishedDocument, *, is_there: bool) -> None:
        """Keep, empty or remove a document whose feed has ended, as the site says."""
        path = known.document
        # an old sitemap would be wrong
        policy = "remove" if is_sitemap(path) else self._plan.site.retired
        keeps = policy == "keep" and is_there
        if keeps and (kept := self._as_kept(known)):
            self.kept.append(kept)
            return
        empties = policy == "empty" or keeps
        if empties and (document := self._as_empty(path)):
            self.findings += [emptied_finding(path)] if keeps else []
            self.emptied.append((document, None))
        else:
            (self.removed if is_there else self.missing).append(path)

    def _as_empty(self, path: str) -> OutputDocument | None:
        rules = [document.rule for document in self._of_rules.at(path)]
        is_listed = bool(rules) and all(rule.is_listed for rule in rules)
        return retired_document(self._plan, path, self._feed_ids, self._output.read, is_listed=is_listed)

    def _as_kept(self, known: PublishedDocument) -> PublishedDocument | None:
        kept_ids = self._identities.kept
        return kept_document(known, self._output.read, self._plan, kept_ids, self._before)

    def _report(self, orphans: Iterable[PublishedDocument]) -> None:
        """Report documents that are left alone: they aren't planned, and they aren't as a record says."""
        for known in orphans:
            path = known.document
            is_ours = was_written_by_newsfeed(path, self._output.read(path) or b"")
            if is_ours is not False:
                self.findings.append(changed_finding(path) if known.digest else unrecorded_finding(path))
            if is_ours or not known.digest:
                self.orphans.append(as_orphan(known))

    def _vanished_documents(
        self, unplanned: Iterable[PublishedDocument]
    ) -> Mapping[str, tuple[RuleDocument, PublishedFeed]]:
        """Return the documents of feeds that stay, empty: their articles vanished in this build or an earlier one."""
        feeds: dict[str, PublishedFeed] = {}
        documents: dict[str, list[RuleDocument]] = {}
        for known in unplanned:
            path = known.document
            if not (candidates := self._in_rules(path)):
                continue
            documents[path] = candidates
            if known.vanished is not None:
                feed: PublishedFeed | None = PublishedFeed(*known.vanished)
            else:
                feed = self._vanished_now(path, candidates[0]) if self._gone_ids else None
            if feed is not None:
                feeds[_in_language(feed.language, candidates).feed] = feed
        return {
            path: (document, feeds[document.feed])
            for path, candidates in documents.items()
            for document in candidates
            if document.feed in feeds
        }

    def _in_rules(self, path: str) -> list[RuleDocument]:
        """Return what the site's rules can still give at a path, so that nobody ended it."""
        moved = self._plan.site.moved
        if is_sitemap(path) or path.rpartition(".")[0] in moved:
            return []
        return [document for document in self._of_rules.at(path) if document.feed not in moved]

    def _vanished_now(self, path: str, document: RuleDocument) -> PublishedFeed | None:
        """Return the feed of a document if articles in it vanished, or if its articles are unknown."""
        data = self._output.read(path)
        feed = None if data is None else published_feed(path, data)
        if feed is not None:
            return None if feed.ids.isdisjoint(self._gone_ids) else feed
        # A listing doesn't name its articles, but a feed beside it does.
        is_unseen = (
            self._begins_empty
            if data is None
            else document.feeds_beside.isdisjoint([path, *self._before.documents])
        )
        return unseen_feed(path, self._plan.site) if is_unseen else None

    @cached_property
    def _of_rules(self) -> RuleDocuments:
        return RuleDocuments(self._plan.site)

    @cached_property
    def _gone_ids(self) -> frozenset[str]:
        """The ids of articles that vanished, now or when another target was published."""
        return frozenset(known.article for known in self._identities.vanished)


def _in_language(language: str, documents: Sequence[RuleDocument]) -> RuleDocument:
    """Return the document of a feed in a language, among those of several feeds that can be at one path."""
    return next((each for each in documents if each.names.get("language") == language), documents[0])
