"""A careful loop around feedgen for a site whose articles come one at a time.

It is what somebody writes who has no newsfeed, and knows databases: articles lie in SQLite, their HTML cleaned once,
when they come; a table, in the order of publication, holds which feed carries which article, so that each feed is one
query that reads no more than it shows. An article rewrites only the feeds that carry it, or carried it. feedgen's entry
is filled once for all of them, and its feed once for both formats; each file is renamed into its place. It checks no
article, resolves no addresses and makes no links between languages.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import nh3
from feedgen.entry import FeedEntry
from tests.benchmarks.feedgen_loop import entry_of, generator_of, paths_of
from tests.benchmarks.replacing import put

__all__ = ["FeedgenSite"]

_TABLES = """
CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article_feed (
    feed TEXT, published REAL, article INTEGER, PRIMARY KEY (feed, published DESC, article)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_feed_of_article ON article_feed (article);
"""
_PUT = """
INSERT INTO article (id, record) VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET record = excluded.record RETURNING number
"""
_NEWEST = """
SELECT number, record FROM article_feed JOIN article ON number = article
WHERE feed = ? ORDER BY article_feed.published DESC LIMIT ?
"""


class FeedgenSite:
    """The articles of a site in SQLite, and its feeds in a folder."""

    def __init__(self, database: Path, output: Path, limit: int = 50) -> None:
        self._connection = sqlite3.connect(database, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_TABLES)
        self._output = output
        self._limit = limit
        self._site = {"title": "Report", "url": "https://report.example/"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def publish(self, articles: Iterable[Mapping[str, Any]]) -> None:
        """Store articles, and rewrite their feeds."""
        self.write(self.put(articles))

    def put(self, articles: Iterable[Mapping[str, Any]]) -> set[str]:
        """Store articles in one transaction, and give the paths of the feeds that they change."""
        changed: set[str] = set()
        self._connection.execute("BEGIN IMMEDIATE")
        for article in articles:
            record = json.dumps({**article, "content": nh3.clean(article["content"])}, ensure_ascii=False)
            ((number,),) = self._connection.execute(_PUT, (article["id"], record)).fetchall()
            before = self._connection.execute("SELECT feed FROM article_feed WHERE article = ?", (number,))
            changed.update(feed for (feed,) in before.fetchall())
            self._connection.execute("DELETE FROM article_feed WHERE article = ?", (number,))
            feeds = {*paths_of(article)}
            changed |= feeds
            published = datetime.fromisoformat(article["published"]).timestamp()
            self._connection.executemany(
                "INSERT INTO article_feed VALUES (?, ?, ?)", [(feed, published, number) for feed in feeds]
            )
        self._connection.execute("COMMIT")
        return changed

    def write(self, feeds: Iterable[str]) -> None:
        """Write feeds in RSS and Atom; one without articles goes."""
        entries: dict[int, FeedEntry] = {}
        articles: dict[int, dict[str, Any]] = {}
        for feed in feeds:
            numbers = []
            for number, record in self._connection.execute(_NEWEST, (feed, self._limit)):
                numbers.append(number)
                if number not in articles:
                    article = articles[number] = json.loads(record)
                    article["published"] = datetime.fromisoformat(article["published"])
                    entries[number] = entry_of(article, self._site["url"], ())
            if not numbers:
                for form in ("rss", "atom"):
                    (self._output / f"{feed}.{form}").unlink(missing_ok=True)
                continue
            generator = generator_of(feed, self._site, [articles[number] for number in numbers], ())
            for number in numbers:
                generator.add_entry(entries[number], order="append")
            home = {"href": self._site["url"], "rel": "alternate"}
            for form, write in (("rss", generator.rss_str), ("atom", generator.atom_str)):
                address = f"{self._site['url']}feeds/{feed}.{form}"
                generator.link([{"href": address, "rel": "self"}, home], replace=True)
                put(self._output / f"{feed}.{form}", write())
