"""What `put` takes, how rows are known, and what is read of them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from newsfeed import Article, FeedRule, InvalidValue, Site, Store
from newsfeed.catalog.repairs import own_id
from newsfeed.catalog.stored.database.packing import unpacked
from newsfeed.catalog.stored.rows.articles import StoredArticles

SITE = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Asia/Baku")
AS_OF = datetime(2025, 12, 20, tzinfo=UTC)
SNOW = {
    "id": "urn:report:1",
    "language": "en",
    "title": "Snow",
    "url": "https://report.example/snow",
    "published": "2025-12-19 18:24",
}
RAIN = SNOW | {"id": "urn:report:2", "title": "Rain", "url": "https://report.example/rain"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", SITE) as opened:
        yield opened


def titles(store: Store) -> list[str]:
    return sorted(article.title for article in store.newsroom(AS_OF).articles)


def said(store: Store) -> list[str]:
    return [str(finding) for finding in store.newsroom(AS_OF).findings]


@dataclass
class Story:
    """A row with attributes."""

    pk: int
    title: str
    url: str = "https://report.example/snow"
    language: str = "en"
    published: datetime = datetime(2025, 12, 19, 18, 24)  # noqa: DTZ001 - the site's time zone is meant


class Columns(NamedTuple):
    """A row with named columns."""

    title: str
    url: str
    language: str
    published: str


class TestWhatIsTaken:
    @pytest.mark.parametrize(
        "rows",
        [
            SNOW,
            Article(
                language="en",
                title="Snow",
                url="https://report.example/snow",
                published=datetime(2025, 12, 19, tzinfo=UTC),
            ),
            Story(1, "Snow"),
            Columns("Snow", "https://report.example/snow", "en", "2025-12-19 18:24"),
            [SNOW],
            iter([SNOW]),
        ],
    )
    def test_one_row_or_many(self, store: Store, rows: Any) -> None:
        put = store.put(rows)
        assert (put.taken, put.changed, put.findings) == (1, 1, ())
        assert titles(store) == ["Snow"]

    def test_a_row_of_sqlite(self, store: Store) -> None:
        with sqlite3.connect(":memory:") as database:
            database.row_factory = sqlite3.Row
            columns = ", ".join(f"'{value}' AS {name}" for name, value in SNOW.items())
            row = database.execute(f"SELECT {columns}").fetchone()
        database.close()
        assert store.put(row).taken == 1
        assert titles(store) == ["Snow"]

    def test_the_site_comes_second(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue) as caught:
            Store(tmp_path / "news.db", "https://report.example/")  # type: ignore[arg-type]
        assert str(caught.value) == (
            "site: 'https://report.example/' is text. Pass a newsfeed.Site; "
            "newsfeed.Store takes a file and a site."
        )

    def test_text_is_refused(self, store: Store) -> None:
        with pytest.raises(InvalidValue) as caught:
            store.put("articles.jsonl")
        assert str(caught.value) == (
            "rows: articles.jsonl is text. Give Articles, or mappings or objects with their fields; "
            "newsfeed put takes files."
        )

    def test_what_is_stored_already_changes_nothing(self, store: Store) -> None:
        store.put([SNOW, RAIN])
        put = store.put([SNOW, RAIN | {"title": "Hail"}])
        assert (put.taken, put.changed) == (2, 1)

    @pytest.mark.slow
    def test_thousands_of_rows_stream(self, store: Store) -> None:
        rows = (SNOW | {"id": number, "title": f"Snow {number}"} for number in range(1_201))
        assert store.put(rows).taken == 1_201
        assert store.newsroom(AS_OF).catalog.live == 1_201

    def test_a_stream_that_breaks_leaves_what_was_stored_before(self, store: Store) -> None:
        def stream() -> Iterator[dict[str, Any]]:
            for number in range(700):
                yield SNOW | {"id": number}
            raise ConnectionError

        with pytest.raises(ConnectionError):
            store.put(stream())
        assert store.newsroom(AS_OF).catalog.live == 500
        assert store.put(SNOW | {"id": number} for number in range(700)).changed == 200


class TestKeys:
    def test_the_last_put_wins_whatever_updated_says(self, store: Store) -> None:
        store.put(SNOW | {"updated": "2025-12-19 20:00"})
        store.put(SNOW | {"title": "Sleet", "updated": "2025-12-19 19:00"})
        assert titles(store) == ["Sleet"]

    def test_a_row_without_an_id_is_known_by_its_address(self, store: Store) -> None:
        nameless = {field: value for field, value in SNOW.items() if field != "id"}
        store.put([nameless, nameless | {"title": "Sleet"}])
        assert titles(store) == ["Sleet"]

    @pytest.mark.parametrize("key", ["pk", lambda row: row["pk"]])
    def test_a_key_of_ones_own_replaces_a_row_whose_id_changed(
        self, store: Store, key: str | Callable[[Any], object]
    ) -> None:
        store.put({"pk": 7} | SNOW, key=key)
        store.put({"pk": 7} | RAIN, key=key)
        assert titles(store) == ["Rain"]

    def test_an_attribute_is_a_key(self, store: Store) -> None:
        store.put([Story(1, "Snow"), Story(2, "Rain", "https://report.example/rain")], key="pk")
        store.put(Story(1, "Sleet", "https://report.example/sleet"), key="pk")
        assert titles(store) == ["Rain", "Sleet"]

    def test_sources_dont_share_keys(self, store: Store) -> None:
        store.put(SNOW, source="cms", key=lambda _: 1)
        store.put(RAIN, source="wire", key=lambda _: 1)
        assert titles(store) == ["Rain", "Snow"]
        assert store.newsroom(AS_OF).sources == {"cms": 1, "wire": 1}

    def test_a_number_too_long_for_a_key_stops_no_other_row(self, store: Store) -> None:
        put = store.put([SNOW | {"id": 10**5000}, RAIN])
        assert (put.taken, len(put.findings), titles(store)) == (1, 1, ["Rain"])
        with pytest.raises(InvalidValue, match="the number has thousands of digits. Write text."):
            store.withdraw(10**5000)

    def test_a_source_has_a_name(self, store: Store) -> None:
        with pytest.raises(InvalidValue) as error:
            store.put(SNOW, source=None)  # type: ignore[arg-type]
        assert str(error.value) == 'source: None is nothing. Name the system with text, "cms".'

    @pytest.mark.parametrize(
        ("key", "problem"),
        [
            ("pk", "key can't be read: KeyError: 'pk'. Correct the row or the key."),
            (lambda row: row["pk"], "key can't be read: KeyError: 'pk'. Correct the row or the key."),
            (lambda _: None, "row has no key. Give each row one of its own."),
        ],
    )
    def test_a_row_without_a_key_is_left_out(
        self, store: Store, key: str | Callable[[Any], object], problem: str
    ) -> None:
        put = store.put(SNOW, source="cms", key=key)
        field = key if isinstance(key, str) else "key"
        assert put.taken == 0
        assert [str(finding) for finding in put.findings] == [f"cms, record 1: NF106 {field}: the {problem}"]


class TestWhatIsRead:
    def test_rows_are_repaired_by_the_settings_of_the_day(self, tmp_path: Path) -> None:
        with Store(tmp_path / "news.db", SITE) as store:
            store.put(SNOW)
        moved = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC")
        with Store(tmp_path / "news.db", moved) as store:
            (article,) = store.newsroom(AS_OF).articles
        assert article.published == datetime(2025, 12, 19, 18, 24, tzinfo=UTC)

    def test_what_json_cant_say_is_stored_as_the_article(self, store: Store) -> None:
        store.put(SNOW | {"published": datetime(2025, 12, 19, 18, 24, tzinfo=UTC), "title": "Snow\ud83d"})
        (article,) = store.newsroom(AS_OF).articles
        assert (article.title, article.published.hour) == ("Snow", 18)

    def test_findings_name_the_source_and_the_key(self, store: Store) -> None:
        put = store.put(SNOW | {"id": 12, "rights": 5.5}, source="cms")
        problem = 'NF151 rights: 5.5 is a number, so it is left out. Write text: "5.5".'
        assert [str(finding) for finding in put.findings] == [f'cms ("12"): {problem}']
        assert f'cms ("12"): {problem}' in said(store)

    def test_without_a_source_they_name_the_key(self, store: Store) -> None:
        put = store.put(SNOW | {"title": ""})
        assert [str(finding) for finding in put.findings] == [
            "urn:report:1: NF102 title: it is empty. Write a headline, a summary or content."
        ]

    def test_of_articles_in_conflict_the_loser_is_back_when_the_winner_goes(self, store: Store) -> None:
        store.put(SNOW, source="cms")
        store.put(SNOW | {"title": "Sleet", "updated": "2025-12-19 20:00"}, source="wire", key=lambda _: 9)
        assert titles(store) == ["Sleet"]
        assert (
            'cms ("urn:report:1"): NF104 id: the id urn:report:1 is also used by wire ("9")' in said(store)[0]
        )
        store.put(RAIN, source="wire", key=lambda _: 9)
        assert titles(store) == ["Rain", "Snow"]

    def test_editions_that_no_feed_carries_are_found(self, tmp_path: Path) -> None:
        site = Site(
            title="Report",
            url="https://report.example/",
            languages=["en", "az"],
            timezone="UTC",
            feeds=[FeedRule(path="{language}/all", limit=1)],
        )
        qar = {
            "language": "az",
            "title": "Qar",
            "url": "https://report.example/qar",
            "id": 3,
            "story": "s\x01",
        }
        with Store(tmp_path / "news.db", site) as store:
            store.put([SNOW | {"story": "s"}, qar | {"published": "2025-12-18 18:24"}])
            store.put(qar | {"published": "2025-12-19 18:24", "id": 4, "title": "Qar yağır", "story": None})
            newsroom = store.newsroom(AS_OF)
        (entry,) = newsroom.feed("en/all").entries
        assert [each.title for each in entry.translations] == ["Qar"]

    def test_progress_counts_rows(self, store: Store) -> None:
        store.put(SNOW | {"id": number} for number in range(300))
        calls: list[tuple[int, int, int]] = []
        articles = StoredArticles(store.path, SITE, progress=lambda *call: calls.append(call))
        assert len(list(articles)) == 300
        assert calls == [(256, 300, 256), (300, 300, 300)]

    def test_a_newsroom_is_a_snapshot(self, store: Store) -> None:
        store.put(SNOW)
        newsroom = store.newsroom(AS_OF)
        store.put([RAIN, SNOW | {"title": "Sleet"}])
        assert [article.title for article in newsroom.articles] == ["Snow"]
        assert titles(store) == ["Rain", "Sleet"]


class TestRefusedRows:
    def test_one_leaves_the_stored_row_as_it_was(self, store: Store) -> None:
        store.put(SNOW)
        put = store.put(SNOW | {"title": "", "published": "soon"})
        assert (put.taken, len(put.findings)) == (0, 2)
        assert titles(store) == ["Snow"]

    def test_one_that_says_withdrawn_withdraws_it(self, store: Store) -> None:
        store.put([SNOW, RAIN])
        put = store.put({"id": SNOW["id"], "withdrawn": True})
        assert (put.taken, put.changed, put.findings) == (1, 1, ())
        assert titles(store) == ["Rain"]
        assert store.put({"id": SNOW["id"], "withdrawn": True}).changed == 0

    def test_a_withdrawn_row_comes_back_when_it_is_put_again(self, store: Store) -> None:
        store.put(SNOW)
        store.put({"id": SNOW["id"], "withdrawn": "yes"})
        store.put(SNOW)
        assert titles(store) == ["Snow"]

    def test_one_of_an_article_that_isnt_stored_does_nothing(self, store: Store) -> None:
        put = store.put({"id": "urn:report:3", "withdrawn": True})
        assert (put.taken, [finding.field for finding in put.findings]) == (
            0,
            ["language", "published", "title", "url"],
        )


class TestWithdrawAndRemove:
    def test_by_id_or_address(self, store: Store) -> None:
        store.put([SNOW, RAIN])
        assert store.withdraw("https://report.example/snow") == ("https://report.example/snow",)
        assert store.withdraw(["urn:report:1"]) == ()
        assert titles(store) == ["Rain"]
        assert store.remove("urn:report:2") == ()
        assert titles(store) == []

    def test_an_id_as_given_and_as_published(self, store: Store) -> None:
        store.put([SNOW | {"id": 1}, RAIN | {"id": 2}])
        (published,) = [article.id for article in store.newsroom(AS_OF).articles if article.title == "Rain"]
        assert store.withdraw([1]) == ()
        assert store.remove([published]) == ()
        assert titles(store) == []

    def test_ids_that_the_store_doesnt_have_are_returned(self, store: Store) -> None:
        store.put(SNOW)
        assert store.withdraw(["urn:report:1", "urn:report:9", 8]) == ("urn:report:9", "8")
        assert store.remove(["urn:report:9"]) == ("urn:report:9",)

    def test_by_key_in_a_source(self, store: Store) -> None:
        store.put([SNOW | {"pk": 10}, RAIN | {"pk": 2}], source="cms", key="pk")
        store.put(
            SNOW | {"pk": 10, "id": "urn:agency:1", "url": "https://a.example/"}, source="agency", key="pk"
        )
        assert list(store.keys("cms")) == ["10", "2"]
        assert store.withdraw([10, 3], source="cms") == ("3",)
        assert titles(store) == ["Rain", "Snow"]
        assert store.remove("2", source="cms") == ()
        assert titles(store) == ["Snow"]
        assert list(store.keys("cms")) == ["10"]
        assert list(store.keys("nothing")) == []

    def test_keys_of_many_rows_may_be_removed_while_they_are_read(self, store: Store) -> None:
        store.put((SNOW | {"id": number} for number in range(1200)), source="cms")
        removed = [key for key in store.keys("cms") if not store.remove(key, source="cms")]
        assert sorted(map(int, removed)) == list(range(1200))
        assert list(store.keys("cms")) == []

    def test_a_withdrawal_has_a_moment(self, store: Store) -> None:
        store.put(SNOW)
        store.withdraw("urn:report:1", when=datetime(2025, 12, 19, 15, tzinfo=UTC))
        with sqlite3.connect(store.path) as database:
            ((record,),) = database.execute("SELECT record FROM stored_row")
        database.close()
        assert '"withdrawn":true,"updated":"2025-12-19T15:00:00+00:00"' in unpacked(record).decode()

    def test_the_withdrawal_of_what_isnt_due_yet_is_no_repair(self, store: Store) -> None:
        store.put(SNOW | {"published": "2031-01-01 12:00"})
        store.withdraw("urn:report:1")
        assert said(store) == []

    def test_what_was_removed_leaves_nothing_of_its_text(self, store: Store) -> None:
        store.put(SNOW)
        store.remove("urn:report:1")
        with sqlite3.connect(store.path) as database:
            assert database.execute("SELECT record FROM stored_row").fetchall() == [(None,)]
        database.close()

    def test_ids_follow_the_settings(self, tmp_path: Path) -> None:
        with Store(tmp_path / "news.db", SITE) as store:
            store.put(SNOW | {"id": 1})
        moved = Site(title="Report", url="https://news.example/", languages=["en"], timezone="UTC")
        with Store(tmp_path / "news.db", moved) as store:
            (article,) = store.newsroom(AS_OF).articles
            assert article.id == "https://news.example/ids/1"
            assert store.remove(article.id) == ()

    def test_ids_follow_the_settings_some_rows_at_a_time(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Others don't wait for long, and what is interrupted is done again by whoever opens the store next."""
        monkeypatch.setattr("newsfeed.catalog.stored.rows.rows._ROWS_AT_ONCE", 2)
        with Store(tmp_path / "news.db", SITE) as store:
            store.put(SNOW | {"id": number} for number in range(1, 6))
        moved = msgspec.structs.replace(SITE, ids_url="https://news.example/")
        with monkeypatch.context() as patch:
            patch.setattr("newsfeed.catalog.stored.rows.rows.own_id", interrupted_after(3))
            with pytest.raises(KeyboardInterrupt):
                Store(tmp_path / "news.db", moved)
        with closing(sqlite3.connect(tmp_path / "news.db")) as database:
            assert stored_ids(database) == [
                *(f"https://news.example/ids/{number}" for number in (1, 2)),
                *(f"https://report.example/ids/{number}" for number in (3, 4, 5)),
            ]
            for site in (SITE, moved):
                Store(tmp_path / "news.db", site).close()
                assert stored_ids(database) == [f"{site.ids_url}ids/{number}" for number in range(1, 6)]


def interrupted_after(count: int) -> Callable[..., str]:
    """An `own_id` that works some times."""
    calls = iter(range(count))

    def own(*given: Any) -> str:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return str(own_id(*given))

    return own


def stored_ids(database: sqlite3.Connection) -> list[str]:
    return [own for (own,) in database.execute("SELECT own_id FROM stored_row ORDER BY number")]
