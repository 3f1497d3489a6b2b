"""The records of a store about a publish: of all that was published, or of the part that may have changed.

In the target lies only a marker: which store it belongs to, and how often it was published. What was published is in the
store. So a publish reads and writes the records of those feeds and articles that may have changed, and no others.

Files can't be part of a transaction. So a publish first writes into the store what it is about to do, then changes the
files, then writes into the store what it has done. If it dies in between, the next one finds the intent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.stored.database.connection import Connection, transaction
from newsfeed.findings import Finding
from newsfeed.plan.due import moments_due
from newsfeed.plan.plan import Plan
from newsfeed.publish.matching import after_move, match_keys, published_article
from newsfeed.publish.publish_task import Scope
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.record import (
    GONE_PATH,
    PublishedArticle,
    PublishedDocument,
    PublishRecord,
    SealedArticle,
    articles_in,
    digest_of_path,
    line_of,
)
from newsfeed.publish.seals import locks_of, merge_seals
from newsfeed.publish.stored_entries import StoredEntries
from newsfeed.publish.stored_seals import StoredSeals
from newsfeed.publish.stored_shapes import StoredShapes
from newsfeed.publish.stored_target import DocumentPlace, StoredTarget, TargetRow
from newsfeed.publish.target import OpenTarget, SelectiveTarget
from newsfeed.publish.unfinished import UNFINISHED_PATH, Unfinished

__all__ = ["StoredRecords"]

_ENCODER = msgspec.json.Encoder()


class StoredRecords:
    """`Records` of a publish from a store.

    Args:
        connection: The store, without implicit transactions.
        target: What it says of the target.
        output: The target.
        plan: What is about to be published.
        entries: What is kept of the entries.
        shapes: What was traced.
        settings: A digest of the settings and the program.
        revision: The revision of the catalog.
        scope: What the publish looks at; None for everything.
        found: The marker of a store that lies in the target, or the record of builds without one, which is taken over.
        is_as_left: Whether the target is as the last publish left it, or one that died.
    """

    begins_empty = False
    findings: Sequence[Finding] = ()
    must_write = False

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        connection: Connection,
        target: StoredTarget,
        output: OpenTarget,
        plan: Plan,
        entries: StoredEntries,
        shapes: StoredShapes,
        *,
        settings: str,
        revision: int,
        scope: Scope | None,
        found: PublishRecord,
        is_as_left: bool,
    ) -> None:
        self._connection = connection
        self._target = target
        self._output = output
        self._plan = plan
        self._entries = entries
        self._shapes = shapes
        self._settings = settings
        self._revision = revision
        self._scope = scope
        self._found = found
        self._is_ours = found.store == target.fact("store")
        self._adopted = self._taken_over()
        self._has_begun = False
        self._seals = StoredSeals(connection)
        lost_gone = scope is None and bool(target.gone()) and output.stamp(GONE_PATH) is None
        self.must_write = self.must_write or not is_as_left or lost_gone
        self.knows_documents = is_as_left or not self._adopted.is_new
        self.unfinished = target.intent()
        if not found.store:  # a build without the store may have died
            left = Unfinished.read(output.read(UNFINISHED_PATH))
            self.unfinished = left.followed_by(self.unfinished.documents, self.unfinished.articles)
        #: What the store has of the articles. `before` also has what builds without a store, and those that died, left.
        self._stored_lines = dict.fromkeys(self._lines())
        self._stored_kept_ids = target.articles.kept_ids(None if scope is None else self._own_ids())
        self.before = self._read().with_articles(self.unfinished.articles)
        if scope is not None and isinstance(output, SelectiveTarget):
            output.expect(self._looked_at())

    @property
    def changed_articles(self) -> Collection[str]:
        """The own ids of articles whose rows changed, if not everything is looked at."""
        return self._scope.articles if self._scope else ()

    def count_carried(self, known: int) -> int:
        """Return how many articles were carried of all that the store published."""
        return known if self._scope is None else max(known, self._target.articles.count_carried())

    def count_feeds(self, rule_number: int, known: int) -> int:
        """Return how many feeds of a rule were published to the target."""
        return known if self._scope is None else max(known, self._target.count_feeds(rule_number))

    def begin(
        self, documents: Iterable[PublishedDocument], articles: Iterable[bytes], gone: Iterable[str]
    ) -> bytes:
        """Write into the store what is about to be published, and what is taken over. The target needs nothing."""
        target = self._target
        with transaction(self._connection):
            if not target.row.number:
                target.save(TargetRow(moment=self._plan.as_of, sources=self._adopted.sources))
            elif self._scope is None:  # if this dies, the next one has to look at everything as well
                target.save(msgspec.structs.replace(target.row, settings=""))
            if not self._adopted.is_new:
                self._take_over()
            target.save_intent(self.unfinished.followed_by(documents, articles))
        self._has_begun = True
        self._put_gone(frozenset(gone))
        return b""

    def for_target(self, after: PublishRecord) -> bytes:
        """Return the marker."""
        head = {name: after.head[name] for name in ("engine", "site_url", "feeds_url", "feed_ids")}
        row = self._target.row
        marker = {"store": self._target.fact("store"), "target": row.number, "generation": row.generation + 1}
        sources = after.head["sources"]
        return PublishRecord({**head, "kept_ids": {}, "gone": (), "sources": sources, **marker}).encoded()

    def end(self, after: Callable[[], PublishRecord], forgotten: Collection[str]) -> None:
        """Write into the store what was published."""
        row = self._target.row
        with transaction(self._connection):
            if self._has_begun:
                self._target.clear_intent()  # first, so that the record takes its room in the file
                self._save(after(), forgotten)
            self._entries.save()
            self._shapes.save()
            self._save_due()
            self._target.save(
                TargetRow(
                    generation=row.generation + self._has_begun,
                    revision=self._revision,
                    moment=self._plan.as_of,
                    settings=self._settings,
                    sources=dict(self._plan.catalog.sources),
                    published_at=datetime.now(UTC),
                )
            )
            self._target.save_settings()

    def _taken_over(self) -> PublishRecord:
        """Return the record of builds without a store, or of the target that this one was copied from."""
        found = self._found
        if not found.store:
            return found
        is_copy = self._is_ours and not self._target.row.number
        return self._target.copied(found.target) if is_copy else PublishRecord()

    def _take_over(self) -> None:
        """Write into the store what is taken over, because the target's record is about to be replaced."""
        target, adopted, before = self._target, self._adopted, self.before
        self._save_facts(before.head)
        if adopted.sealed:
            self._seals.replace(self._sealed())
        for document in adopted.documents.values():
            target.save_document(document, None)
        for digest in adopted.gone:
            target.save_gone(digest)
        known = set(target.articles.lines())
        for article in articles_in(_others(before.articles, known)):
            target.articles.save(article)
        target.articles.save_kept_ids(target.articles.kept_ids(), before.kept_ids)
        if self._is_ours and (place := target.place_of(self._found.target)) and not _may_be_there(place):
            target.forget(self._found.target)

    def _read(self) -> PublishRecord:
        """Return what was published of what the publish looks at."""
        target = self._target
        head = {
            "engine": target.fact("engine"),
            "site_url": target.fact("site_url") or self._found.site_url,
            "feeds_url": target.fact("feeds_url"),
            "feed_ids": self._found.feed_ids or target.fact("feed_ids"),
            "kept_ids": self._stored_kept_ids,
            "gone": tuple(target.gone()) if self._scope is None else (),
            "sealed": self._sealed(),
            "sources": target.row.sources,
        }
        is_another = bool(self._found.store) and not self._is_ours
        if is_another:
            head |= {"store": self._found.store, "sources": self._found.sources}
        is_known = bool(target.fact("feed_ids")) or is_another
        stored = PublishRecord(head if is_known else {}, self._documents(), self._stored_lines)
        return stored if self._adopted.is_new else _merged(stored, self._adopted, self._plan.catalog)

    def _sealed(self) -> tuple[SealedArticle, ...]:
        """Return the seals that the articles which are looked at may open."""
        if self._scope is None:
            return merge_seals(self._seals.all(), self._adopted.sealed)
        site = self._plan.site
        locks = (locks_of(match_keys(article), site) for article in self._compared())
        return self._seals.with_locks(chain.from_iterable(locks))

    def _documents(self) -> Iterator[PublishedDocument]:
        target, scope = self._target, self._scope
        if scope is None:
            yield from target.documents()
            return
        of_feeds = chain(
            chain.from_iterable(target.documents_of(feed, periods) for feed, periods in scope.feeds.items()),
            target.kept_documents_with(scope.articles),
        )
        documents = {known.document: known for known in of_feeds}
        ended = dict.fromkeys(map(feed_path, documents.keys() - self._places()))
        others = chain(
            chain.from_iterable(map(target.ended_documents_at, ended)),
            (known for known in target.site_documents() if scope.site.has(known.document)),
        )
        yield from (documents | {known.document: known for known in others}).values()

    def _own_ids(self) -> set[str]:
        """Return the own ids of all articles that are looked at."""
        feeds = self._plan.with_parts.values()
        carried = {each.rank[1] for feed in feeds for each in feed.carried}
        tombstones = {gone.id for feed in feeds for gone in feed.tombstones}
        return carried.union(tombstones, self._scope.articles if self._scope else ())

    def _lines(self) -> Iterator[bytes]:
        if self._scope is None:
            yield from self._target.articles.lines()
            return
        for own_id in self._scope.articles:
            yield from self._target.articles.lines_with_id(own_id)
        yield from chain.from_iterable(map(self._target.articles.lines_of, self._compared()))

    def _compared(self) -> Iterator[PublishedArticle]:
        """Yield the articles that are compared with those that were published."""
        for each in self._plan.carried:
            yield published_article(each.head, each.rank[1], each.row)
        for article in self._plan.withdrawn:
            yield published_article(article, article.id or "")

    def _save(self, after: PublishRecord, forgotten: Collection[str]) -> None:
        target = self._target
        self._save_facts(after.head)
        self._save_documents(after)
        self._save_articles(after, forgotten)
        target.articles.save_kept_ids(self._stored_kept_ids, after.kept_ids)

    def _save_facts(self, head: Mapping[str, object]) -> None:
        for name in ("engine", "site_url", "feeds_url", "feed_ids"):
            self._target.save_fact(name, str(head[name]))

    def _save_documents(self, after: PublishRecord) -> None:
        target = self._target
        places = self._places()
        for path in self.before.documents.keys() - after.documents.keys():
            target.forget_document(path)
        for path, document in after.documents.items():
            if document != self.before.documents.get(path) or not self._adopted.is_new:
                target.save_document(document, places.get(path))
            target.forget_gone(digest_of_path(path))
        for digest in after.gone:
            target.save_gone(digest)

    def _looked_at(self) -> set[str]:
        """Return the paths of the documents that the publish looks at, if not at everything."""
        died = {known.document for known in self.unfinished.documents}
        return {
            *self.before.documents,
            *self._places(),
            *died,
            *([UNFINISHED_PATH] if self.unfinished else ()),
        }

    def _places(self) -> Mapping[str, DocumentPlace]:
        return {
            feed.document(name): DocumentPlace(feed.key, feed.part_of or feed.path, feed.period)
            for feed in self._plan.with_parts.values()
            for name in feed.formats
        }

    def _save_articles(self, after: PublishRecord, forgotten: Collection[str]) -> None:
        """Keep what was published of the articles. One that is held back now is kept as well: its row is in the store, too."""
        changed = {
            article.article: article for article in articles_in(_others(after.articles, self._stored_lines))
        }
        gone = {
            article.article: article for article in articles_in(_others(self.before.articles, after.articles))
        }
        for published_id, article in gone.items():
            if published_id in forgotten:
                self._target.articles.forget(published_id)
            elif published_id not in changed and self._is_looked_at(article):
                self._target.articles.save(self._departed(article))
        for article in changed.values():
            if not article.departed:
                self._target.articles.save(article)
            elif self._is_looked_at(article):
                self._target.articles.save(self._departed(article))

    def _departed(self, article: PublishedArticle) -> PublishedArticle:
        """Return what is remembered of an article in no feed. Another may come with the key of one that was removed."""
        is_removed = self._plan.catalog.is_removed(article.own_id or article.article)
        now = after_move(article, self._plan.catalog, self.before)
        return msgspec.structs.replace(now, departed=True, row=None if is_removed else article.row)

    def _is_looked_at(self, article: PublishedArticle) -> bool:
        """Return whether all feeds of an article are looked at, so that it is known to be in none of them."""
        return self._scope is None or (article.own_id or article.article) in self._scope.articles

    def _save_due(self) -> None:
        feeds = self._plan.feeds
        planned = {feed.key: min(moments_due(feed, self._plan), default=None) for feed in feeds.values()}
        if self._scope is None:
            self._target.forget_due()
        for key in {*(self._scope.feeds if self._scope else ()), *planned}:
            self._target.save_due(key, planned.get(key))

    def _put_gone(self, gone: frozenset[str]) -> None:
        """Put the list of what is gone for good into the target, where the web application reads it."""
        planned = {
            digest_of_path(feed.document(name))
            for feed in self._plan.with_parts.values()
            for name in feed.formats
        }
        if gone or self.must_write or any(map(self._target.is_gone, planned)):
            listed = sorted((gone | set(self._target.gone())) - planned)
            self._output.put(GONE_PATH, _ENCODER.encode(listed), "application/json")


def _others(lines: Iterable[bytes], known: Collection[bytes]) -> Iterator[bytes]:
    return (line for line in lines if line not in known)


def _merged(stored: PublishRecord, adopted: PublishRecord, catalog: Catalog) -> PublishRecord:
    """Return what a store published, together with the record that it takes over. What the store says of articles counts."""
    if stored.is_new:
        return adopted
    head = {
        **stored.head,
        "kept_ids": {**adopted.kept_ids, **stored.kept_ids},
        "gone": tuple(sorted({*adopted.gone, *stored.gone})),
        "sources": adopted.sources or stored.sources,
    }
    known = list(articles_in(adopted.articles))
    if adopted.site_url != stored.site_url:
        known = [after_move(each, catalog, adopted) for each in known]
    articles = {each.article: each for each in (*known, *articles_in(stored.articles))}
    documents = {**stored.documents, **adopted.documents}
    return PublishRecord(head, documents.values(), map(line_of, articles.values()))


def _may_be_there(place: str) -> bool:
    """Return whether a target may still be there; of object storage that isn't asked."""
    return "://" in place or Path(place).exists()
