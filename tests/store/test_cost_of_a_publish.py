"""One change costs the same whatever the size of the archive: what a publish does is counted, not timed."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

from newsfeed import Category, FeedRule, Site, Store
from newsfeed.catalog.stored.answers.contents import SourceContents, contents_of
from newsfeed.catalog.stored.database.connecting import connected
from newsfeed.formats import writing
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData
from newsfeed.publish import document_rendering

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az"],
    timezone="UTC",
    categories=[Category(term="media"), Category(term="sport")],
    sitemaps=["news", "languages"],
    tombstones=30,
    feeds=[
        FeedRule(path="{language}/all", limit=10),
        FeedRule(path="{language}/category/{category}", formats=["json"], limit=10),
        FeedRule(path="{language}/topic/{topic}", formats=["json"], limit=5),
        FeedRule(path="{language}/archived", archive="day", formats=["json"], limit=10),
    ],
)
FIRST = datetime(1998, 1, 1, tzinfo=UTC)
NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)


def row(number: int, **values: Any) -> dict[str, Any]:
    """An article; four have a topic of their own, and two are editions of a story. An archive is as old as it is large."""
    topics = ["everyday", f"topic {number // 4}"]
    story = number - number % 2
    return {
        "id": f"urn:report:{number}",
        "language": ("en", "az")[number % 2],
        "story": f"story {story}",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": (FIRST + timedelta(hours=8) * story).isoformat(),
        "categories": [("media", "sport")[number % 3 % 2]],
        "topics": topics,
        "expires": "2190-01-01T00:00:00Z",
        **values,
    }


class Connection(sqlite3.Connection):
    """A connection to which a weak reference can be had."""


class Counted:
    """What is done while it counts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: Counter[str] = Counter()
        self._is_on = False
        self._connections: WeakSet[sqlite3.Connection] = WeakSet()
        connect, render, stat = sqlite3.connect, writing.render, os.stat

        def connected(*args: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, factory=Connection, **options)
            self._connections.add(connection)
            self._watch(connection)
            return connection

        def rendered(feed: FeedData, name: str, cache: RenderCache) -> bytes:
            self._add("documents")
            return render(feed, name, cache)

        def looked_at(path: Any, **options: Any) -> os.stat_result:
            self._add("files")
            return stat(path, **options)

        monkeypatch.setattr(sqlite3, "connect", connected)
        monkeypatch.setattr(document_rendering, "render", rendered)
        monkeypatch.setattr(os, "stat", looked_at)

    def of(self, act: Callable[[], object]) -> dict[str, int]:
        self.counts.clear()
        self._turn(is_on=True)
        try:
            act()
        finally:
            self._turn(is_on=False)
        return dict(self.counts)

    def _turn(self, *, is_on: bool) -> None:
        self._is_on = is_on
        for connection in self._connections:
            self._watch(connection)

    def _watch(self, connection: sqlite3.Connection) -> None:
        """Have a connection tell of each statement and step while it counts; an archive is put faster without."""
        connection.set_trace_callback((lambda _: self._add("statements")) if self._is_on else None)
        connection.set_progress_handler((lambda: self._add("steps")) if self._is_on else None, 1)

    def _add(self, what: str) -> None:
        self.counts[what] += self._is_on


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def costs(size: int, folder: Path, counted: Counted) -> dict[str, dict[str, int]]:
    """What each change costs in a store of so many articles."""
    with Store(folder / "news.db", SITE) as store:
        store.put(row(number) for number in range(size))

        def after(*change: Callable[[], object], as_of: datetime | None = None) -> dict[str, int]:
            def act() -> None:
                for each in change:
                    each()
                store.publish(folder / "public", as_of=as_of)

            return counted.of(act)

        store.publish(folder / "public", as_of=NEW_YEAR - timedelta(days=1))
        # with these the topic of the next two has feeds, so that the lists of feeds stay as they are
        store.put([row(size), row(size + 1)])
        store.publish(folder / "public", as_of=NEW_YEAR)
        last = row(size + 2)
        of_a_day = row(size + 4, published=NEW_YEAR.isoformat(), topics=["everyday"])
        return {
            "the first of the day": after(lambda: store.put(of_a_day), as_of=NEW_YEAR + timedelta(hours=1)),
            "the end of the day": after(as_of=NEW_YEAR + timedelta(days=1)),
            "the end of news": after(as_of=NEW_YEAR + timedelta(days=3)),
            "a new article": after(lambda: store.put(last)),
            "a new edition": after(lambda: store.put(row(size + 3))),
            "a correction": after(lambda: store.put(last | {"title": "Rain"})),
            "another topic": after(lambda: store.put(last | {"topics": ["everyday"]})),
            "an old one corrected": after(lambda: store.put(row(4, title="Hail"))),
            "a withdrawal": after(lambda: store.withdraw("urn:report:8")),
            "a removal": after(lambda: store.remove("urn:report:12")),
            "an id changed": after(lambda: store.put(row(16, id="urn:new"), key=lambda _: "urn:report:16")),
            "one moved to another day": after(lambda: store.put(row(20, published="1998-01-03T01:00:00Z"))),
            "the first of an old day": after(lambda: store.put(row(28, published="1997-12-30T01:00:00Z"))),
            "the last of an old day removed": after(lambda: store.remove("urn:report:28")),
            "nothing": after(),
            "what is in it": counted.of(lambda: contents(store)),
            "a feed": counted.of(lambda: store.newsroom().feed("en/topic/everyday").render("json")),
            "an archive": counted.of(
                lambda: store.newsroom().feed("en/archived/archive/1998-01-02").render("json")
            ),
            "the latest news": counted.of(lambda: store.newsroom().latest("az").text()),
            "the links of a page": counted.of(
                lambda: store.newsroom().alternate_links(category="media", topic=["everyday", "topic 1"])
            ),
        }


def contents(store: Store) -> list[SourceContents]:
    with closing(connected(store.path, wait=1)) as connection:
        return contents_of(connection)


@pytest.mark.slow
def test_one_change_costs_the_same_whatever_the_archive(tmp_path: Path, counted: Counted) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "large").mkdir()
    small, large = costs(100, tmp_path / "small", counted), costs(10_000, tmp_path / "large", counted)
    # the index of sitemaps names one for each month, and the large archive is nine years old
    steps_of_index = 35 * 12 * 9
    more = {
        (change, what): (count, large[change].get(what, 0))
        for change, cost in small.items()
        for what, count in cost.items()
        if large[change].get(what, 0) > count * 1.05 + (steps_of_index if what == "steps" else 0)
    }
    assert more == {}
    assert {what for cost in small.values() for what in cost} == {"statements", "steps", "documents", "files"}
