"""Publishing from a store to object storage: what is asked of it, and what is left when a publish dies."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("fsspec", reason="it comes with the extra `remote`")

from tests.publish.killed_builds import (
    NOON,
    articles_of,
)
from tests.publish.killed_builds import SITE as TOPICS
from tests.publish.test_crashes import DOCUMENTS
from tests.store.tagged_storage import URL, Killed, TaggedStorage, objects
from tests.store.test_the_law_of_publishing import files

from newsfeed import FeedRule, PublishError, Report, Site, Store
from newsfeed.publish.objects import ObjectStorage
from newsfeed.publish.record import GONE_PATH, RECORD_PATH

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[
        FeedRule(path="{language}/all", formats=["rss", "json"], limit=5),
        FeedRule(path="topic/{topic}", formats=["json"]),
    ],
    retired="remove",
    discovery=False,
)


@pytest.fixture(autouse=True)
def _empty_storage() -> Iterator[None]:
    TaggedStorage.empty()
    yield
    TaggedStorage.empty()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", SITE) as opened:
        yield opened


def row(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"urn:report:{number}",
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": f"2025-12-{number % 28 + 1:02} {number // 28 % 24:02}:24",
        "topics": [f"topic {number}"],
    } | values


def asked(act: Callable[[], object]) -> list[str]:
    """What is asked of the storage, in order."""
    TaggedStorage.requests.clear()
    act()
    return list(TaggedStorage.requests)


def codes(report: Report) -> list[tuple[str, str]]:
    return [(found.code, found.reason) for found in report.changed]


class TestWhatIsAsked:
    def test_of_a_first_publish_one_list(self, store: Store) -> None:
        store.put([row(1), row(2)])
        requests = asked(lambda: store.publish(ObjectStorage(URL, workers=1)))
        assert requests == [
            f"get {RECORD_PATH}",
            "get .newsfeed/unfinished.jsonl",
            "list",
            "put en/all.rss",
            "put en/all.json",
            "put topic/topic-1.json",
            "put topic/topic-2.json",
            f"put {GONE_PATH}",
            f"put {RECORD_PATH}",
        ]

    def test_of_a_change_what_it_touches(self, store: Store) -> None:
        store.put([row(1), row(2), row(3)])
        store.publish(URL)
        store.put(row(2, title="Rain"))
        requests = asked(lambda: store.publish(ObjectStorage(URL, workers=1)))
        assert requests[0] == f"get {RECORD_PATH}"
        assert sorted(requests[1:4]) == ["head en/all.json", "head en/all.rss", "head topic/topic-2.json"]
        assert sorted(requests[4:-1]) == ["put en/all.json", "put en/all.rss", "put topic/topic-2.json"]
        assert requests[-1] == f"put {RECORD_PATH}"

    def test_of_nothing_new_the_marker(self, store: Store) -> None:
        store.put(row(1))
        store.publish(URL)
        assert asked(lambda: store.publish(URL)) == [f"get {RECORD_PATH}"]

    def test_of_a_feed_that_ends(self, store: Store) -> None:
        store.put([row(1), row(2)])
        store.publish(URL)
        store.withdraw("urn:report:2")
        requests = asked(lambda: store.publish(ObjectStorage(URL, workers=1)))
        assert requests[-3:] == [f"put {GONE_PATH}", "delete topic/topic-2.json", f"put {RECORD_PATH}"]
        assert "list" not in {request.split()[0] for request in requests}

    def test_a_dry_run_asks_for_no_more(self, store: Store) -> None:
        store.put([row(1), row(2)])
        store.publish(URL)
        store.put(row(2, title="Rain"))
        requests = asked(lambda: store.publish(URL, dry_run=True))
        assert Counter(request.split()[0] for request in requests) == {"get": 4, "head": 3}

    def test_whatever_lies_there(self, store: Store) -> None:
        """The same is asked with a thousand documents as with a handful."""
        store.put(row(number) for number in range(4))
        store.publish(URL)

        def change(title: str) -> Counter[str]:
            store.put(row(2, title=title, published="2025-12-31 12:00"))
            return Counter(request.split()[0] for request in asked(lambda: store.publish(URL)))

        few = change("Rain")
        store.put(row(number) for number in range(4, 1_000))
        store.publish(URL)
        assert change("Sunshine") == few


class TestSeveralTargets:
    def test_have_each_their_own_marks(self, store: Store, tmp_path: Path) -> None:
        store.put([row(1), row(2)])
        store.publish(URL)
        store.put(row(3))
        store.publish(tmp_path / "public")
        store.put(row(1, title="Rain"))
        assert set(store.publish(URL).written) == {
            "en/all.rss",
            "en/all.json",
            "topic/topic-1.json",
            "topic/topic-3.json",
        }
        report = store.publish(tmp_path / "public")
        assert set(report.written) == {"en/all.rss", "en/all.json", "topic/topic-1.json"}
        assert objects() == files(tmp_path / "public")
        assert store.publish(URL).written == store.publish(tmp_path / "public").written == ()

    def test_share_ids_and_not_what_is_gone(self, store: Store, tmp_path: Path) -> None:
        store.put([row(1, pk=1), row(2, pk=2)], key="pk")
        store.publish(URL)
        store.put(row(1, pk=1, id="urn:changed:1"), key="pk")
        store.withdraw("urn:report:2")
        store.publish(tmp_path / "public")
        store.publish(URL)
        assert objects() == files(tmp_path / "public")
        assert b"urn:report:1" in objects()["topic/topic-1.json"]
        gone = TaggedStorage.store[f"/site/feeds/{GONE_PATH}"].getvalue()
        assert len(msgspec.json.decode(gone)) == 1
        assert msgspec.json.decode((tmp_path / "public" / GONE_PATH).read_bytes()) == []

    def test_one_that_is_out_of_reach_leaves_the_other_alone(self, store: Store, tmp_path: Path) -> None:
        store.put(row(1))
        store.publish(URL)
        store.put(row(1, title="Rain"))
        outage = TaggedStorage.wrong_at(1, ConnectionError("connection reset"), is_heard=False)
        with outage, pytest.raises(PublishError, match=r"connection reset\. Nothing was changed\. Check"):
            store.publish(URL)
        store.publish(tmp_path / "public")
        assert not store.publish(URL).is_whole
        assert objects() == files(tmp_path / "public")


class TestSomebodyElseWasThere:
    """The marker tells, and then everything is compared."""

    @pytest.fixture
    def expected(self, store: Store) -> dict[str, bytes]:
        store.put([row(1), row(2)])
        store.publish(URL)
        return objects()

    def test_it_was_emptied(self, store: Store, expected: dict[str, bytes]) -> None:
        TaggedStorage.store.clear()
        report = store.publish(URL)
        assert codes(report) == [("NF129", "the record is missing, so everything was compared")]
        assert report.is_whole
        assert objects() == expected
        assert store.publish(URL).changed == ()

    def test_another_store_published_there(
        self, store: Store, expected: dict[str, bytes], tmp_path: Path
    ) -> None:
        with Store(tmp_path / "other.db", SITE) as other:
            other.put([row(1, title="Mine"), row(7)])
            other.publish(URL, accept_loss=True)
        report = store.publish(URL)
        assert codes(report)[0] == ("NF129", "another store published here, so everything was compared")
        assert {path: objects().get(path) for path in expected} == expected

    def test_an_older_state_was_restored(self, store: Store, expected: dict[str, bytes]) -> None:
        before = {path: file.getvalue() for path, file in TaggedStorage.store.items()}
        store.put(row(1, title="Rain"))
        store.publish(URL)
        TaggedStorage.store.clear()
        files_of_storage = ObjectStorage(URL)._files
        for path, data in before.items():
            files_of_storage.pipe_file(path, data)
        report = store.publish(URL)
        reason = "this isn't as the last publish from this store left it, so everything was compared"
        assert codes(report) == [("NF129", reason)]
        assert objects() != expected
        assert b"Rain" in objects()["en/all.json"]

    def test_one_object_was_damaged_and_is_verified(self, store: Store, expected: dict[str, bytes]) -> None:
        files_of_storage = ObjectStorage(URL)._files
        files_of_storage.pipe_file("/site/feeds/topic/topic-2.json", b"mine")
        files_of_storage.rm_file("/site/feeds/en/all.rss")
        assert store.publish(URL).written == ()
        report = store.publish(URL, verify=True)
        assert set(report.written) == {"en/all.rss", "topic/topic-2.json"}
        assert objects() == expected


def published(newsroom: str, folder: Path) -> Report:
    """Put and publish a newsroom of the crash tests, as a new process would."""
    with Store(folder / "news.db", TOPICS) as store:
        store.put(articles_of()[newsroom], key="url")
        return store.publish(ObjectStorage(URL, workers=1), as_of=NOON)


def assert_repaired(newsroom: str, folder: Path) -> None:
    assert objects() == DOCUMENTS[newsroom]
    own = {path for path in TaggedStorage.store if "/.newsfeed/" in path}
    assert own == {f"/site/feeds/{name}" for name in (RECORD_PATH, GONE_PATH)}
    with closing(sqlite3.connect(folder / "news.db")) as database:
        recorded = {path for (path,) in database.execute("SELECT path FROM document")}
        assert recorded == DOCUMENTS[newsroom].keys()
        assert database.execute("SELECT count(*) FROM intent").fetchone() == (0,)


@pytest.mark.slow
@pytest.mark.parametrize("is_heard", [False, True], ids=["before it is heard", "before it is answered"])
@pytest.mark.parametrize("error", [Killed(), ConnectionError("connection reset")], ids=["killed", "cut off"])
@pytest.mark.parametrize(
    ("before", "wrong", "after"),
    [
        pytest.param(None, "first", "second", id="the first publish; the next one is another"),
        pytest.param("first", "second", "second", id="a later publish; the next one is the same"),
        pytest.param("first", "second", "first", id="a later publish; the next one goes back"),
        pytest.param("first", "second", "third", id="a later publish; the next one goes on"),
    ],
)
def test_a_publish_that_dies_at_each_request(
    before: str | None, wrong: str, after: str, error: BaseException, *, is_heard: bool, tmp_path: Path
) -> None:
    expected = Killed if isinstance(error, Killed) else PublishError
    at = 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        folder.mkdir()
        TaggedStorage.empty()
        if before:
            published(before, folder)
        try:
            with TaggedStorage.wrong_at(at, error, is_heard=is_heard):
                published(wrong, folder)
        except expected:
            pass
        else:
            break
        for path, data in objects().items():
            assert data in {DOCUMENTS[version].get(path) for version in (before, wrong) if version}
        report = published(after, folder)
        assert [found for found in report.changed if found.code == "NF129"] == []
        assert_repaired(after, folder)
        assert published(after, folder).written == ()
    assert at > 8
    assert_repaired(wrong, folder)
