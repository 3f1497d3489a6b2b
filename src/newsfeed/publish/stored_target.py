"""The tables of a store that say what was published to each target."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import msgspec

from newsfeed.catalog.indexed_catalog import FeedKey
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.facts import fact_of, save_fact
from newsfeed.catalog.stored.database.statements import upsert_into
from newsfeed.catalog.stored.index.progress import INDEX
from newsfeed.catalog.stored.index.settings_history import forget_settings, save_settings, settings_history
from newsfeed.model.formats import FORMATS
from newsfeed.publish import document_rows
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.record import PublishedDocument, PublishRecord
from newsfeed.publish.stored_article_records import StoredArticleRecords
from newsfeed.publish.unfinished import Unfinished
from newsfeed.text.dates import rfc3339

__all__ = ["DocumentPlace", "StoredTarget", "TargetRow"]

_ENCODER = msgspec.json.Encoder()
_KEY = msgspec.json.Decoder(tuple[int, tuple[str, ...]])
_SOURCES = msgspec.json.Decoder(dict[str, int])


_UPSERT_TARGET = """
INSERT INTO target (place, generation, revision, moment, settings, sources, published_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (place) DO UPDATE SET generation = excluded.generation, revision = excluded.revision, moment = excluded.moment,
    settings = excluded.settings, sources = excluded.sources, published_at = excluded.published_at
"""
_NOTHING_NEW = "UPDATE target SET revision = ?, published_at = ? WHERE number = ?"
_UPSERT_DOCUMENT = upsert_into(
    "document", ("target", "path"), ("feed", "feed_path", "period", *document_rows.COLUMNS)
)
_DOCUMENTS = f"SELECT path, {', '.join(document_rows.COLUMNS)} FROM document WHERE target = ?"  # noqa: S608 - names of ours
#: The tables of what belongs to a target.
_OF_TARGETS = ("document", "kept_document", "gone", "intent", "feed_due")


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A target as its store knows it."""

    #: 0 for one that the store doesn't know.
    number: int = 0
    #: How often something was published to it.
    generation: int = 0
    #: The revision and the moment of the catalog that was published last.
    revision: int = 0
    moment: datetime = datetime.min.replace(tzinfo=UTC)
    #: A digest of the settings and the program by which it was published.
    settings: str = ""
    #: How many articles each source gave.
    sources: Mapping[str, int] = {}
    #: When a publish to it ended last, also one that had nothing to do; None if none has.
    published_at: datetime | None = None


class DocumentPlace(msgspec.Struct, frozen=True):
    """Where a document belongs."""

    #: The key of its feed; None for a document of the site.
    feed: FeedKey | None = None
    #: The path of its feed: for archives and pages, of the feed that they are a part of.
    feed_path: str = ""
    #: The period of an archive.
    period: str = ""


class StoredTarget:
    """What a store says of one target.

    Args:
        connection: The store, without implicit transactions. Who writes begins and ends them.
        place: The target's address, or the path of its folder.
    """

    def __init__(self, connection: Connection, place: str) -> None:
        self._connection = connection
        self._place = place
        #: The articles that were published, to any target.
        self.articles = StoredArticleRecords(connection)
        #: The target when it was published last.
        self.row = self._read()

    def save(self, row: TargetRow) -> None:
        """Replace what is said of the target itself."""
        values = row.generation, row.revision, rfc3339(row.moment), row.settings, _text(row.sources)
        published_at = None if row.published_at is None else rfc3339(row.published_at)
        self._connection.execute(_UPSERT_TARGET, (self._place, *values, published_at))
        self.row = self._read()

    @property
    def store(self) -> str:
        """The store, for messages."""
        return self._connection.name

    def alternates_with(self, settings: str) -> bool:
        """Return whether programs with other settings, and one with these, publish to it in turns."""
        history = settings_history(self._connection, _settings_of(self.row.number))
        return history.current != settings and history.followed_by(settings).alternates

    def index_alternates(self) -> bool:
        """Return whether programs with different settings derive the store's index in turns."""
        return settings_history(self._connection, INDEX).alternates

    def save_settings(self) -> None:
        """Note with which settings it was published."""
        save_settings(self._connection, _settings_of(self.row.number), self.row.settings)

    def save_nothing_new(self, revision: int, now: datetime) -> None:
        """Note that a publish had nothing to do, outside of a transaction.

        It isn't waited for until the disk has it: after a loss of power, the next publish looks at nothing once more.
        """
        with self._connection.unsynced():
            self._run(_NOTHING_NEW, revision, rfc3339(now), self.row.number)

    # Documents

    def documents(self) -> list[PublishedDocument]:
        """Return all documents."""
        return self._documents(_DOCUMENTS)

    def documents_of(self, feed: FeedKey, periods: Collection[str] | None = None) -> list[PublishedDocument]:
        """Return the documents of a feed.

        Args:
            feed: The key of the feed.
            periods: Of which periods to return archives; None for all documents.
        """
        asked = f"{_DOCUMENTS} AND feed = ?"
        if periods is None:
            return self._documents(asked, _text(feed))
        found = (self._documents(f"{asked} AND period = ?", _text(feed), each) for each in {"", *periods})
        return list(chain.from_iterable(found))

    def documents_at(self, path: str) -> list[PublishedDocument]:
        """Return the document at a path, if there is one."""
        return self._documents(f"{_DOCUMENTS} AND path = ?", path)

    def ended_documents_at(self, path: str) -> list[PublishedDocument]:
        """Return the documents at the path of a feed, in whatever format, that stay although they are no longer planned."""
        paths = _document_paths(path)
        asked = f"{_DOCUMENTS} AND path IN ({_values(paths)}) AND feed_path = ''"
        return self._documents(asked, *paths)

    def feeds_at(self, path: str) -> set[FeedKey]:
        """Return the feeds that are published at a path, in whatever format."""
        paths = _document_paths(path)
        asked = (
            f"SELECT feed FROM document WHERE target = ? AND path IN ({_values(paths)}) AND feed_path <> ''"  # noqa: S608
        )
        return {_KEY.decode(feed) for (feed,) in self._all(asked, self.row.number, *paths) if feed}

    def site_documents(self) -> list[PublishedDocument]:
        """Return the documents that don't belong to a feed."""
        return self._documents(f"{_DOCUMENTS} AND feed = ''")

    def kept_documents_with(self, own_ids: Collection[str]) -> list[PublishedDocument]:
        """Return the documents that stay although they are no longer planned, and that carry one of some articles."""
        asked = f"{_DOCUMENTS} AND path IN (SELECT path FROM kept_document WHERE target = ? AND article = ?)"  # noqa: S608
        ids = dict.fromkeys([*own_ids, *self.articles.kept_ids(own_ids).values()])
        found = (self._documents(asked, self.row.number, article) for article in ids)
        return list({known.document: known for known in chain.from_iterable(found)}.values())

    def feeds_beside_kept_documents(self, own_ids: Collection[str]) -> set[FeedKey]:
        """Return the feeds at the paths of these documents, which are published in other formats."""
        paths = {feed_path(known.document) for known in self.kept_documents_with(own_ids)}
        return set(chain.from_iterable(map(self.feeds_at, paths)))

    def feed_paths(self, feed: FeedKey) -> set[str]:
        """Return the paths at which a feed is published."""
        asked = "SELECT DISTINCT feed_path FROM document WHERE target = ? AND feed = ? AND period = '' AND feed_path <> ''"
        return {path for (path,) in self._all(asked, self.row.number, _text(feed))}

    def archives_of(self, documents: Unfinished) -> dict[FeedKey, set[str]]:
        """Return the feeds of documents that publishes that died were about to write, and the periods of archives."""
        asked = "SELECT feed, period FROM document WHERE target = ? AND path = ? AND feed <> ''"
        found: dict[FeedKey, set[str]] = {}
        for document in documents.documents:
            for feed, period in self._all(asked, self.row.number, document.document):
                found.setdefault(_KEY.decode(feed), set()).update([period] if period else ())
        return found

    def copied(self, number: int) -> PublishRecord:
        """Return the documents of another target of the store, and what is gone there."""
        documents = list(map(document_rows.document_of, self._all(_DOCUMENTS, number)))
        gone = self._all("SELECT digest FROM gone WHERE target = ?", number)
        head = {"gone": tuple(digest for (digest,) in gone), "kept_ids": {}}
        return PublishRecord(head, documents) if documents else PublishRecord()

    def place_of(self, number: int) -> str:
        """Return the address of a target, or the path of its folder; empty if the store doesn't know it."""
        found = self._all("SELECT place FROM target WHERE number = ?", number)
        return found[0][0] if found else ""

    def forget(self, number: int) -> None:
        """Forget a target, and what was published to it. What was published of articles stays known."""
        for table in _OF_TARGETS:
            self._run(f"DELETE FROM {table} WHERE target = ?", number)  # noqa: S608 - names of ours
        self._run("DELETE FROM target WHERE number = ?", number)
        forget_settings(self._connection, _settings_of(number))

    def save_document(self, document: PublishedDocument, place: DocumentPlace | None) -> None:
        """Replace what is said of a document.

        Args:
            document: The document.
            place: Where it belongs; None for what the store says already.
        """
        path = document.document
        if place is None:
            known = self._all(
                "SELECT feed, feed_path, period FROM document WHERE target = ? AND path = ?",
                self.row.number,
                path,
            )
            where = known[0] if known else ("", "", "")
        else:
            where = "" if place.feed is None else _text(place.feed), place.feed_path, place.period
        if document.retired:  # the feed isn't at this path any longer
            where = where[0], "", where[2]
        self._run(_UPSERT_DOCUMENT, self.row.number, path, *where, *document_rows.columns_of(document))
        self._run("DELETE FROM kept_document WHERE target = ? AND path = ?", self.row.number, path)
        for article in document.carries or ():
            self._run(
                "INSERT INTO kept_document (target, article, path) VALUES (?, ?, ?)",
                self.row.number,
                article,
                path,
            )

    def forget_document(self, path: str) -> None:
        """Forget a document that isn't there any more."""
        self._run("DELETE FROM document WHERE target = ? AND path = ?", self.row.number, path)
        self._run("DELETE FROM kept_document WHERE target = ? AND path = ?", self.row.number, path)

    # Documents that are gone for good

    def gone(self) -> list[str]:
        """Return the digests of the paths of documents that were removed for good, in order."""
        asked = "SELECT digest FROM gone WHERE target = ? ORDER BY digest"
        return [digest for (digest,) in self._all(asked, self.row.number)]

    def is_gone(self, digest: str) -> bool:
        """Return whether a document was removed for good."""
        return bool(self._all("SELECT 1 FROM gone WHERE target = ? AND digest = ?", self.row.number, digest))

    def save_gone(self, digest: str) -> None:
        """Note that a document was removed for good."""
        self._run(
            "INSERT INTO gone (target, digest) VALUES (?, ?) ON CONFLICT DO NOTHING", self.row.number, digest
        )

    def forget_gone(self, digest: str) -> None:
        """Note that a document is there again."""
        self._run("DELETE FROM gone WHERE target = ? AND digest = ?", self.row.number, digest)

    # Feeds that change without an article

    def feeds_due(self, moment: datetime) -> list[FeedKey]:
        """Return the feeds that change by a moment although no article does."""
        asked = "SELECT feed FROM feed_due WHERE target = ? AND moment <= ?"
        return [_KEY.decode(feed) for (feed,) in self._all(asked, self.row.number, _in_order(moment))]

    def next_due(self) -> datetime | None:
        """Return when the next of them does; None if none will."""
        asked = "SELECT moment FROM feed_due WHERE target = ? ORDER BY moment LIMIT 1"
        found = self._all(asked, self.row.number)
        return datetime.fromisoformat(found[0][0]) if found else None

    def forget_due(self) -> None:
        """Forget when feeds change, those of rules that the site no longer has included."""
        self._run("DELETE FROM feed_due WHERE target = ?", self.row.number)

    def save_due(self, feed: FeedKey, moment: datetime | None) -> None:
        """Replace the moment at which a feed changes; None for never."""
        self._run("DELETE FROM feed_due WHERE target = ? AND feed = ?", self.row.number, _text(feed))
        if moment is not None:
            values = self.row.number, _text(feed), _in_order(moment)
            self._run("INSERT INTO feed_due (target, feed, moment) VALUES (?, ?, ?)", *values)

    # What a publish is about to write

    def has_begun(self) -> bool:
        """Return whether a publish has begun and not ended: it died, or goes on now."""
        return bool(self._all("SELECT 1 FROM intent WHERE target = ? LIMIT 1", self.row.number))

    def intent(self) -> Unfinished:
        """Return what publishes that died were about to write."""
        found = self._all("SELECT line FROM intent WHERE target = ?", self.row.number)
        return Unfinished.read("\n".join([line for (line,) in found]).encode())

    def clear_intent(self) -> None:
        """Note that a publish has ended."""
        self._run("DELETE FROM intent WHERE target = ?", self.row.number)

    def save_intent(self, intent: Unfinished) -> None:
        """Note that a publish has begun, which is at least one line, and what it is about to write."""
        self.clear_intent()
        lines = intent.encoded().decode().splitlines()
        self._connection.executemany(
            "INSERT INTO intent (target, line) VALUES (?, ?)", [(self.row.number, line) for line in lines]
        )

    def count_feeds(self, rule_number: int) -> int:
        """Return how many feeds of a rule were published to the target."""
        asked = "SELECT count(DISTINCT feed) FROM document WHERE target = ? AND feed LIKE ?"
        ((count,),) = self._connection.execute(asked, (self.row.number, f"[{rule_number},%"))
        return int(count)

    # The store itself

    def fact(self, name: str) -> str:
        """Return what the store knows of itself; empty if it doesn't."""
        return fact_of(self._connection, name)

    def save_fact(self, name: str, value: str) -> None:
        """Replace what the store knows of itself."""
        save_fact(self._connection, name, value)

    def _read(self) -> TargetRow:
        asked = "SELECT number, generation, revision, moment, settings, sources, published_at FROM target WHERE place = ?"
        found = self._connection.execute(asked, (self._place,)).fetchone()
        if found is None:
            return TargetRow()
        number, generation, revision, moment, settings, sources, published_at = found
        return TargetRow(
            number=number,
            generation=generation,
            revision=revision,
            moment=datetime.fromisoformat(moment),
            settings=settings,
            sources=_SOURCES.decode(sources),
            published_at=None if published_at is None else datetime.fromisoformat(published_at),
        )

    def _documents(self, statement: str, *values: object) -> list[PublishedDocument]:
        return list(map(document_rows.document_of, self._all(statement, self.row.number, *values)))

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def _run(self, statement: str, *values: object) -> None:
        self._connection.run(statement, values)


def _document_paths(feed_path: str) -> list[str]:
    """Return the paths of a feed's documents in all formats."""
    return [feed_path + form.suffix for form in FORMATS.rows()]


def _values(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _settings_of(number: int) -> str:
    """Return what a target is called in the history of settings."""
    return f"target {number}"


def _in_order(moment: datetime) -> str:
    """Return a moment as a text that sorts like it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _text(value: object) -> str:
    return _ENCODER.encode(value).decode()
