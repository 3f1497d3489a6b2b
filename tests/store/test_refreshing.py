"""Refreshing the index: what it costs, when it happens, and what is left when it is interrupted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom, Site, Store
from newsfeed.catalog.stored.answers import opening
from newsfeed.catalog.stored.answers.catalog import StoredCatalog
from newsfeed.catalog.stored.answers.opening import opened_catalog
from newsfeed.catalog.stored.database.connecting import connected
from newsfeed.catalog.stored.index.refresh import refresh
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.catalog.stored.rows.articles import StoredArticles

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az"],
    timezone="UTC",
    feeds=[FeedRule(path="{language}/all"), FeedRule(path="{language}/topic/{topic}")],
    sitemaps=["news", "languages"],
    tombstones=3,
)
START = datetime(2025, 1, 1, tzinfo=UTC)
AS_OF = datetime(2025, 12, 20, tzinfo=UTC)


def snow(number: int, **values: Any) -> dict[str, Any]:
    """An article: the older its number, the earlier it was published; each second one is an edition of the last."""
    return {
        "id": f"urn:report:{number}",
        "language": ["en", "az"][number % 2],
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": (START + timedelta(minutes=number)).isoformat(),
        "story": f"s{number // 2}",
        "topics": [f"Topic {number % 997}", "Weather"],
    } | values


def opened(store: Store, as_of: datetime = AS_OF) -> StoredCatalog:
    catalog = opened_catalog(store.path, SITE, as_of, wait=1, cache=ArticleCache())
    assert catalog is not None
    return catalog


def steps_of(connection: Any, act: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.raw.set_progress_handler(count, 1)
    act()
    connection.raw.set_progress_handler(None, 1)
    return steps


def costs(folder: Path, size: int) -> dict[str, int]:
    """What one change costs in a store of some size."""
    with Store(folder / f"{size}.db", SITE) as store:
        store.put(snow(number) for number in range(size))
        opened(store).close()
        found = {}
        changes: dict[str, Callable[[], object]] = {
            "put": lambda: store.put(snow(size)),
            "correct": lambda: store.put(snow(500, title="Rain")),
            "retell": lambda: store.put(snow(500, topics=["Weather", "Topic 3"], story="s7")),
            "conflict": lambda: store.put(snow(500), source="other"),
            "withdraw": lambda: store.withdraw("urn:report:501", when=AS_OF),
            "remove": lambda: store.remove("urn:report:502"),
        }
        for name, change in changes.items():
            change()
            with closing(connected(store.path, wait=1)) as connection:
                found[f"refresh {name}"] = steps_of(connection, lambda: refresh(connection, SITE, AS_OF))
        with closing(connected(store.path, wait=1)) as connection:
            later = AS_OF + timedelta(days=4)
            found["refresh time"] = steps_of(connection, lambda: refresh(connection, SITE, later))
        catalog = opened(store, later)
        connection = catalog._snapshot._connection
        questions: dict[str, Callable[[], object]] = {
            "content": lambda: catalog.content(0, ("en",)),
            "small content": lambda: catalog.content(1, ("en", "Topic 3")),
            "select": lambda: catalog.newest({"topic": ("Topic 3",)}, 10),
            "alike": lambda: catalog.terms_alike("topic", "en", "topic-3"),
            "first": lambda: catalog.first_seen.first("topic", "Topic 3", None),
            "with": lambda: catalog.feeds_with("topic", "Topic 3"),
            "wanting": lambda: catalog.feeds_wanting("en/topic/topic-3"),
            "changes": lambda: catalog.changes_since(catalog.revision - 1),
            "news": catalog.listed_news,
            "live": lambda: (catalog.live, catalog.sources, catalog.next_change),
            "ids": lambda: (catalog.has_article("urn:report:1"), catalog.is_held_back("urn:report:1")),
            "page": lambda: catalog.has_page_held_back("https://report.example/1", "s0", "en"),
        }
        for name, ask in questions.items():
            found[name] = steps_of(connection, ask)
        catalog.close()
    return found


@pytest.mark.slow
def test_one_change_costs_the_same_whatever_the_archive(tmp_path: Path) -> None:
    small, large = costs(tmp_path, 1_000), costs(tmp_path, 20_000)
    for name in small.keys() - {"small content", "select"}:
        assert large[name] <= 1.1 * small[name] + 20, (name, small[name], large[name])
    assert large["select"] <= 40 * small["select"]


def catalogs(store: Store, as_of: datetime) -> tuple[Any, Any]:
    """What an index and a reading say of some things."""
    stored, read = opened(store, as_of), Newsroom(SITE, StoredArticles(store.path, SITE), as_of=as_of).catalog
    answers = [
        (
            sorted(article.id or "" for article in catalog.read()),
            sorted((terms, len(content.candidates)) for terms, content in catalog.feeds(1).items()),
            catalog.first_seen.terms("topic", "en"),
            dict(catalog.sources),
        )
        for catalog in (stored, read)
    ]
    stored.close()
    return answers[0], answers[1]


def killed_after(calls: int) -> Callable[[], int]:
    """Interrupt what SQLite does when it has asked more often than that."""
    left = iter(range(calls))
    return lambda: int(next(left, None) is None)


@pytest.mark.slow
def test_a_refresh_that_is_interrupted_is_continued(tmp_path: Path) -> None:
    """It is interrupted after ever more statements; whatever is left is refreshed by the next."""
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(snow(number) for number in range(40))
        opened(store).close()
        store.put([*(snow(number, title="Rain", story=f"s{number}") for number in range(20)), snow(3)])
        store.withdraw("urn:report:30", when=AS_OF)
        store.remove("urn:report:31")
        interruptions = 0
        while True:
            with closing(connected(store.path, wait=1)) as connection:
                connection.raw.set_progress_handler(killed_after(interruptions * 7), 50)  # type: ignore[attr-defined]
                try:
                    refresh(connection, SITE, AS_OF + timedelta(days=1))
                except sqlite3.OperationalError:
                    interruptions += 1
                    assert not connection.in_transaction
                else:
                    break
        assert interruptions > 5
        stored, read = catalogs(store, AS_OF + timedelta(days=1))
        assert stored == read


def test_a_moment_that_was_left_behind_is_read_whole(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put([snow(1), snow(2, published="2025-12-21 12:00")])
        assert isinstance(store.newsroom(AS_OF).catalog, StoredCatalog)
        later = store.newsroom(AS_OF + timedelta(days=9))
        assert (isinstance(later.catalog, StoredCatalog), later.catalog.live) == (True, 2)
        earlier = store.newsroom(AS_OF)
        assert (isinstance(earlier.catalog, StoredCatalog), earlier.catalog.live) == (False, 1)


def test_a_moment_to_come_is_read_whole(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(snow(1, published="2990-01-01 12:00"))
        coming = store.newsroom(datetime(2991, 1, 1, tzinfo=UTC))
        assert (isinstance(coming.catalog, StoredCatalog), coming.catalog.live) == (False, 1)
        assert store.newsroom().catalog.live == 0


class Clock:
    """The clock of a machine, which is ahead of this one's."""

    ahead = timedelta(0)

    fromisoformat = staticmethod(datetime.fromisoformat)

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(opening, "datetime", clock)
    return clock


def test_machines_whose_clocks_differ_a_little_share_a_store(tmp_path: Path, clock: Clock) -> None:
    """Otherwise the one that is behind would read the whole archive at each publish."""
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(snow(1))
        clock.ahead = timedelta(seconds=30)
        assert store.publish(tmp_path / "public").is_whole
        clock.ahead = timedelta(0)
        store.put(snow(3))
        report = store.publish(tmp_path / "public")
        assert (report.is_whole, report.articles) == (False, 2)
        assert not store.publish(tmp_path / "public").is_whole


def test_a_clock_that_was_wrong_once_costs_one_refresh(tmp_path: Path, clock: Clock) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put([snow(1), snow(2, published=(datetime.now(UTC) + timedelta(days=9)).isoformat())])
        clock.ahead = timedelta(days=3650)
        assert store.publish(tmp_path / "public").articles == 2
        clock.ahead = timedelta(0)
        report = store.publish(tmp_path / "public")
        assert (report.is_whole, report.articles) == (True, 1)
        store.put(snow(3))
        assert isinstance(store.newsroom().catalog, StoredCatalog)
        report = store.publish(tmp_path / "public")
        assert (report.is_whole, report.articles) == (False, 2)
        stored, read = catalogs(store, store.newsroom().as_of)
        assert stored == read


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store, closing(sqlite3.connect(store.path)) as other:
        store.put(snow(1))
        assert opened(store).revision == 1
        other.execute("BEGIN IMMEDIATE")  # nobody else can write
        assert opened(store, AS_OF + timedelta(hours=1)).revision == 1


def test_other_settings_make_everything_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put([snow(1), snow(2)])
        assert store.newsroom(AS_OF).catalog.live == 2
    only_english = Site(title="Report", url="https://report.example/", languages=["en"])
    with Store(tmp_path / "news.db", only_english) as store:
        assert store.newsroom(AS_OF).catalog.live == 1
        assert store.newsroom(AS_OF).catalog.revision > 1  # type: ignore[attr-defined]
