"""The law: after any history, a folder that a store publishes to is as one into which its rows were built each time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.databases import SQLITE, Database, Postgresql
from tests.store.test_the_law import SITE, Model, follow, records

from newsfeed import FeedRule, Newsroom, Site, Store
from newsfeed.catalog.stored.rows.articles import StoredArticles

#: Sites with other settings, between which a history may change.
SITES = (
    msgspec.structs.replace(SITE, tombstones=30, trending=["Ice"]),
    msgspec.structs.replace(SITE, tombstones=30, retired="keep"),
    msgspec.structs.replace(
        SITE,
        retired="remove",
        feeds=[
            FeedRule(path="{language}/all", archive="month", limit=2),
            FeedRule(path="{language}/{topic}", limit=1),
            FeedRule(path="{language}/{category}/{topic}", formats=["json"]),
            FeedRule(path="{topic}", paged=True, limit=2),
        ],
    ),
)
#: Sites whose feeds have archives.
SITES_WITH_ARCHIVES = (
    msgspec.structs.replace(
        SITE,
        tombstones=30,
        feeds=[
            FeedRule(path="{language}/all", archive="day", formats=["atom"], limit=1),
            FeedRule(path="{language}/topic/{topic}", archive="month", formats=["json"], limit=2),
            FeedRule(path="{topic}", archive="year", formats=["json", "html"], limit=1),
        ],
    ),
    msgspec.structs.replace(
        SITE,
        retired="keep",
        feeds=[
            FeedRule(path="{language}/all", archive="month", formats=["json"], limit=1),
            FeedRule(path="{topic}", archive="day", formats=["json"], limit=2),
        ],
    ),
)
#: A site whose feeds leave articles out, by their terms and their age, and have other orders.
SITES_THAT_CHOOSE = (
    msgspec.structs.replace(
        SITE,
        tombstones=30,
        feeds=[
            FeedRule(path="{language}/all", limit=1, max_age="20h", formats=["atom"]),
            FeedRule(path="changed", order="updated", limit=2, max_age="25d", formats=["json", "text"]),
            FeedRule(path="changed/{topic}", order="updated", max_age="29h", min_articles=2, limit=1),
            FeedRule(path="{language}/{topic}", without={"topic": ["Sea"]}, min_articles=2, formats=["json"]),
            FeedRule(path="teasers", content="teaser", formats=["json"], paths={"json": "old/teasers.js"}),
            FeedRule(path="members/{language}", access=["members"], utm={"source": "x"}, formats=["rss"]),
        ],
    ),
)
#: Topics that want the paths of each other, and of other feeds.
topics = st.lists(st.sampled_from(["Ice", "ice", "İce", "All", "all", "page", "C++", "C#"]), max_size=2)
rows = st.tuples(records, topics).map(lambda pair: {**pair[0], "topics": pair[1]})
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), st.lists(st.tuples(st.sampled_from("12345"), rows), min_size=1, max_size=3)
        ),
        st.tuples(st.just("withdraw"), st.sampled_from("12345")),
        st.tuples(st.just("remove"), st.sampled_from("12345")),
        st.tuples(st.just("wait"), st.sampled_from([1, 10, 60, 24 * 31])),
        st.tuples(st.just("settings"), st.sampled_from(range(len(SITES)))),
        st.tuples(st.just("publish"), st.none()),
    ),
    min_size=2,
    max_size=12,
)
#: Dates at the ends of years and months, and how long before a put.
dates = st.sampled_from(
    [
        "2023-12-31T23:59:59+04:00",
        "2024-01-01T00:00:00+04:00",
        "2025-11-30T19:59:59Z",
        "2025-11-30T20:00:00Z",
        *[timedelta(hours=hours) for hours in (0, 1, 30, 24 * 20)],
    ]
)
archived_rows = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "en", "az"]),
        "title": st.sampled_from(["Snow", "Rain"]),
        "published": dates,
        "topics": st.lists(st.sampled_from(["Ice", "Sea"]), max_size=2),
    },
    optional={
        "story": st.sampled_from(["a", "b"]),
        "updated": st.sampled_from(
            [timedelta(hours=hours) for hours in (0, 1, 30, 24 * 20, 24 * 40, 24 * -40)]
        ),
        "expires": st.sampled_from([timedelta(hours=hours) for hours in (-5, -100)]),
        "withdrawn": st.sampled_from([True]),
        "access": st.sampled_from(["members"]),
        "content": st.sampled_from(
            ["<p>A.</p><!--more--><p>B.</p>", "<p>A.</p><!--members-only--><p>B.</p>"]
        ),
    },
)
archived_changes = st.one_of(
    st.tuples(
        st.just("put"),
        st.lists(st.tuples(st.sampled_from("12345"), archived_rows), min_size=1, max_size=3),
    ),
    st.tuples(st.just("withdraw"), st.sampled_from("12345")),
    st.tuples(st.just("remove"), st.sampled_from("12345")),
)
#: Changes, a publish and a wait, again and again.
archived_steps = st.lists(
    st.tuples(st.lists(archived_changes, max_size=2), st.sampled_from([1, 12, 24, 24 * 31, 24 * 400])),
    min_size=2,
    max_size=7,
).map(
    lambda rounds: [
        step for changes, hours in rounds for step in (*changes, ("publish", None), ("wait", hours))
    ]
)


def dated(step: tuple[str, Any], moment: datetime) -> tuple[str, Any]:
    """A step whose rows have their dates at a moment."""
    what, value = step
    if what != "put":
        return step
    return what, [(key, {name: _dated(each, moment) for name, each in row.items()}) for key, row in value]


def _dated(value: Any, moment: datetime) -> Any:
    return (moment - value).isoformat() if isinstance(value, timedelta) else value


class StoredRows:
    """The rows of a store, as a build without an index reads them."""

    def __init__(self, store: Store, site: Site) -> None:
        self._articles = StoredArticles(store.path, site)

    def __iter__(self) -> Iterator[object]:
        return iter(self._articles)

    def is_removed(self, own_id: str) -> bool:
        return self._articles.is_removed(own_id)


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in found
        if not file.is_relative_to(folder / ".newsfeed")
    }


def with_addresses_of_keys(history: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The same history, in which an address tells a row, as a build without a store can't know its key."""
    return [
        (what, [(key, row | {"url": f"https://report.example/{key}"}) for key, row in value])
        if what == "put"
        else (what, value)
        for what, value in history
    ]


def check_against_whole_publishes(
    history: list[tuple[str, Any]], sites: Sequence[Site] = SITES, database: Database = SQLITE
) -> None:
    """What is published step by step is what is published when each publish looks at everything."""
    with database.folder() as name:
        stores = [Store(database.at(Path(name, each)), sites[0]) for each in ("parts.db", "whole.db")]
        models = [Model(), Model()]
        moment = datetime(2025, 12, 19, 12, tzinfo=UTC)
        for what, value in [*history, ("publish", None)]:
            if what == "wait":
                moment += timedelta(hours=value)
            elif what == "settings":
                for store in stores:
                    store.close()
                stores = [Store(store.path, sites[value]) for store in stores]
            elif what == "publish":
                found = [
                    store.publish(Path(name, f"of {verify}"), as_of=moment, accept_loss=True, verify=verify)
                    for store, verify in zip(stores, (False, True), strict=True)
                ]
                assert files(Path(name, "of False")) == files(Path(name, "of True"))
                assert found[0].next_change == found[1].next_change
            else:
                for store, model in zip(stores, models, strict=True):
                    follow(store, model, dated((what, value), moment))
        for store in stores:
            store.close()


def check(history: list[tuple[str, Any]], sites: Sequence[Site] = SITES, database: Database = SQLITE) -> None:
    with database.folder() as folder:
        moment = datetime(2025, 12, 19, 12, tzinfo=UTC)
        site, model = sites[0], Model()
        store = Store(database.at(folder / "news.db"), site)
        for number, (what, value) in enumerate([*history, ("publish", None)]):
            if what == "wait":
                moment += timedelta(hours=value)
            elif what == "settings":
                site = sites[value]
                store.close()
                store = Store(database.at(folder / "news.db"), site)
            elif what == "publish":
                if number % 2:  # by a process that begins with what the store keeps of entries
                    store.close()
                    store = Store(folder / "news.db", site)
                built = Newsroom(site, StoredRows(store, site), as_of=moment)
                if any(built.sources.values()):
                    expected = built.publish(folder / "built", accept_loss=True)
                    report = store.publish(folder / "published", as_of=moment, accept_loss=True)
                    assert files(folder / "published") == files(folder / "built"), number
                    assert report.articles == expected.articles
                    assert report.next_change == expected.next_change
            else:
                follow(store, model, dated((what, value), moment))
        store.close()


@pytest.mark.slow
@settings(max_examples=50)
@given(steps)
def test_a_publish_leaves_what_a_build_leaves(history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history))


@pytest.mark.slow
@settings(max_examples=40)
@given(steps)
def test_a_publish_of_what_changed_leaves_what_a_publish_of_all_leaves(
    history: list[tuple[str, Any]],
) -> None:
    check_against_whole_publishes(history)


@pytest.mark.slow
@settings(max_examples=50)
@given(archived_steps)
def test_archives_too(history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history), SITES_WITH_ARCHIVES)


@pytest.mark.slow
@settings(max_examples=50)
@given(archived_steps)
def test_archives_in_part_are_as_all_archives(history: list[tuple[str, Any]]) -> None:
    check_against_whole_publishes(with_addresses_of_keys(history), SITES_WITH_ARCHIVES)


@pytest.mark.slow
@settings(max_examples=8)
@given(archived_steps)
def test_feeds_that_choose_their_articles_too(history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history), SITES_THAT_CHOOSE)
    check_against_whole_publishes(with_addresses_of_keys(history), SITES_THAT_CHOOSE)


@pytest.mark.slow
@settings(max_examples=3)
@given(steps)
def test_a_store_in_postgresql_too(postgresql: Postgresql, history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history), database=postgresql)
    check_against_whole_publishes(history, database=postgresql)


@pytest.mark.slow
@settings(max_examples=3)
@given(archived_steps)
def test_archives_in_postgresql_too(postgresql: Postgresql, history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history), SITES_WITH_ARCHIVES, postgresql)
    check_against_whole_publishes(with_addresses_of_keys(history), SITES_WITH_ARCHIVES, postgresql)


@settings(max_examples=3)
@given(steps)
def test_the_same_of_a_few(history: list[tuple[str, Any]]) -> None:
    check(with_addresses_of_keys(history))
    check_against_whole_publishes(history)
