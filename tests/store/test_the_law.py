"""The law: whatever was put, withdrawn and removed, a store publishes what a newsroom of the same rows publishes."""

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import Mock, patch

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.articles import AS_OF
from tests.articles import articles as hostile_articles
from tests.store.databases import SQLITE, Database, Postgresql

from newsfeed import Article, Category, FeedRule, Newsroom, Place, Site, Store
from newsfeed.catalog.repairs import repaired
from newsfeed.catalog.stored.rows import rows as rows_of_store
from newsfeed.catalog.stored.rows.articles import StoredArticles
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.rows import read_row

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az"],
    timezone="Asia/Baku",
    categories=[Category(term="media")],
    sitemaps=["news", "languages"],
    # editions that no feed carries are looked up by their story
    feeds=[
        FeedRule(path="{language}/all", limit=1),
        FeedRule(path="{language}/{topic}", formats=["atom"], limit=1),
    ],
)
#: A moment after all dates below.
LATER = datetime(2030, 1, 1, tzinfo=UTC)
KEYS = ("1", "2", "3")

#: Records as exports have them: some lack what an article needs, some say so of a language that the site hasn't.
records = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "en", "az", "fr"]),
        "title": st.sampled_from(["Snow", "Rain", "Snow\x01", "<b>Hail</b>", ""]),
        "url": st.sampled_from(["https://report.example/snow", "https://report.example/rain", "/hail"]),
        "published": st.sampled_from(
            [
                "2025-12-19 18:24",
                "2025-12-19T10:00:00Z",
                "2199-01-01 00:00",
                "03/04/2025",
                datetime(2025, 1, 1),  # noqa: DTZ001 - of the site's time zone
            ]
        ),
    },
    optional={
        "id": st.sampled_from(["urn:report:1", "urn:report:2", 7, "seven"]),
        "story": st.sampled_from(["a", "b\x01", 3]),
        "updated": st.sampled_from(["2025-12-19 19:00", "2020-01-01 00:00"]),
        "topics": st.lists(st.sampled_from(["Ice", " ", "Sea"]), max_size=2),
        "categories": st.lists(st.sampled_from(["media", "sport"]), max_size=2),
        "rights": st.sampled_from(["©", 5]),
        "draft": st.booleans(),
        "withdrawn": st.sampled_from([True, False, 1]),
        "expires": st.sampled_from(["2025-12-20 00:00", "2200-01-01 00:00"]),
        "extra": st.just({"weather": [1, "cold"]}),
    },
)
#: An id isn't repaired, so half a character in it, which JSON joins with the next half, makes another id.
whole = hostile_articles.filter(lambda article: re.search("[\ud800-\udfff]", article.id or "") is None)
rows = st.one_of(records, records, whole)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(st.tuples(st.sampled_from(KEYS), rows), max_size=4)),
        st.tuples(st.just("withdraw"), st.sampled_from(KEYS)),
        st.tuples(st.just("remove"), st.sampled_from(KEYS)),
    ),
    max_size=6,
)


class Model:
    """What a store is, in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    def put(self, key: str, row: Any) -> None:
        sourced, _ = read_row(row, 1, SITE)
        if sourced is not None:
            self.rows[key] = row
        elif isinstance(row, dict) and row.get("withdrawn"):
            self.withdraw(key)

    def withdraw(self, key: str) -> None:
        row = self.rows.get(key)
        if row is None:
            return
        article = read_row(row, 1, SITE)[0].article  # type: ignore[union-attr]
        dates = (
            {"updated": LATER} if max(article.published, article.updated or article.published) < LATER else {}
        )
        if isinstance(row, Article):
            self.rows[key] = row if row.withdrawn else msgspec.structs.replace(row, withdrawn=True, **dates)
        elif not row.get("withdrawn"):
            self.rows[key] = row | {"withdrawn": True} | dates

    def remove(self, key: str) -> None:
        self.rows.pop(key, None)


def own_ids(store: Store, key: str) -> list[str]:
    """The ids by which a caller would withdraw the article with a key: as they are published."""
    found = store._rows._connection.execute(
        "SELECT own_id FROM stored_row WHERE key = ? AND record IS NOT NULL", (key,)
    )
    return [own_id for (own_id,) in found]


def follow(store: Store, model: Model, step: tuple[str, Any]) -> None:
    what, value = step
    if what == "put":
        keys = [key for key, _ in value]
        with patch.object(rows_of_store, "datetime", Mock(now=lambda _: LATER)):
            store.put((row for _, row in value), key=lambda _: keys.pop(0))
        for key, row in value:
            model.put(key, row)
        return
    for own_id in own_ids(store, value):
        same = store._rows._connection.execute(
            "SELECT key FROM stored_row WHERE own_id = ? AND record IS NOT NULL", (own_id,)
        ).fetchall()
        if what == "withdraw":
            assert store.withdraw(own_id, when=LATER) == ()
        else:
            assert store.remove(own_id) == ()
        for (key,) in same:
            getattr(model, what)(key)


def findings(newsroom: Newsroom) -> list[tuple[str, ...]]:
    """What was found, without where."""
    return sorted((each.code, each.severity, each.field, each.remedy) for each in newsroom.findings)


def published(newsroom: Newsroom, folder: Path) -> dict[str, bytes]:
    newsroom.publish(folder)
    files = [
        file for file in folder.rglob("*") if file.is_file() and not file.is_relative_to(folder / ".newsfeed")
    ]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def check(history: list[tuple[str, Any]], folder: Path, database: Database = SQLITE) -> None:
    with Store(database.at(folder / "news.db"), SITE) as store:
        model = Model()
        for step in history:
            follow(store, model, step)
        stored = store.newsroom(AS_OF)
    read = Newsroom(SITE, list(model.rows.values()), as_of=AS_OF)
    assert findings(stored) == findings(read)
    assert stored.plan.feeds.keys() == read.plan.feeds.keys()
    assert stored.next_change == read.next_change
    if any(read.sources.values()):
        assert published(stored, folder / "stored") == published(read, folder / "read")


@pytest.mark.slow
@settings(max_examples=50)
@given(steps)
def test_a_store_publishes_what_a_newsroom_of_its_rows_publishes(history: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        check(history, Path(folder))


@pytest.mark.slow
@settings(max_examples=5)
@given(steps)
def test_a_store_in_postgresql_too(postgresql: Postgresql, history: list[tuple[str, Any]]) -> None:
    with postgresql.folder() as folder:
        check(history, folder, postgresql)


@settings(max_examples=3)
@given(steps)
def test_the_same_of_a_few(history: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        check(history, Path(folder))


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(rows, min_size=1, max_size=3))
def test_what_is_read_is_what_was_put(made: list[Any]) -> None:
    read = [read_row(row, 1, SITE)[0] for row in made]
    with TemporaryDirectory() as folder, Store(Path(folder, "news.db"), SITE) as store:
        numbers = iter(range(len(made)))
        store.put(made, key=lambda _: next(numbers))
        found = list(StoredArticles(store.path, SITE))
    stored = [each for each in found if isinstance(each, SourcedArticle)]
    assert as_published(stored) == as_published([sourced for sourced in read if sourced is not None])


def as_published(found: list[SourcedArticle]) -> list[Article]:
    """The articles without characters that no feed carries."""
    return [repaired(sourced.article, SITE, Place())[0] for sourced in found]
