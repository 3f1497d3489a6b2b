"""Publishing to a store that fsspec reaches: only what changed is sent, the record last, and a build that dies is mended."""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, MissingExtra, Newsroom, PublishError
from newsfeed.publish.objects import ObjectStorage
from newsfeed.publish.record import RECORD_PATH, PublishRecord
from newsfeed.publish.target import target_of
from newsfeed.publish.unfinished import UNFINISHED_PATH

fsspec = pytest.importorskip("fsspec", reason="it comes with the extra `remote`")

from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402 - not there without the extra

Make = Callable[..., Any]
URL = "memory://site/feeds/"
RULES = [
    FeedRule(path="{language}/all", formats=["rss", "json"]),
    FeedRule(path="{language}/topic/{topic}", formats=["rss"]),
]


@pytest.fixture(autouse=True)
def _empty_store() -> Iterator[None]:
    MemoryFileSystem.store.clear()
    yield
    MemoryFileSystem.store.clear()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the store, in order."""
    noted: list[str] = []

    def note(name: str) -> None:
        real = getattr(MemoryFileSystem, name)

        def noting(files: Any, path: str, *args: Any, **values: Any) -> Any:
            noted.append(f"{name} {path.removeprefix('/site/feeds').lstrip('/')}".strip())
            return real(files, path, *args, **values)

        monkeypatch.setattr(MemoryFileSystem, name, noting)

    for name in ("find", "cat_file", "pipe_file", "rm_file"):
        note(name)
    return noted


def room_of(newsroom: Make, site: Make, *articles: Any, **values: Any) -> Newsroom:
    made: Newsroom = newsroom(
        *articles, site=site(**{"feeds": RULES, "languages": ["en"], "discovery": False} | values)
    )
    return made


def objects() -> dict[str, bytes]:
    """What lies there, newsfeed's own files left out."""
    return {
        path.removeprefix("/site/feeds/"): file.getvalue()
        for path, file in MemoryFileSystem.store.items()
        if "/.newsfeed/" not in path
    }


def expected(room: Newsroom) -> dict[str, bytes]:
    suffixes = {"rss": ".rss", "json": ".json"}
    return {
        planned.path + suffixes[name]: room.feed(planned.path).render(name)
        for planned in room.plan.feeds.values()
        for name in planned.rule.formats
    }


def test_a_url_is_a_place_like_a_folder(newsroom: Make, site: Make, article: Make) -> None:
    room = room_of(newsroom, site, article(topics=["Snow"]))
    report = room.publish(URL)
    assert report.folder == URL
    assert report.written == ("en/all.rss", "en/all.json", "en/topic/snow.rss")
    assert objects() == expected(room)


@pytest.mark.parametrize("url", ["memory://site/feeds", "memory://site/feeds/", "memory://site", "memory://"])
def test_with_or_without_a_slash(url: str, newsroom: Make, site: Make, article: Make) -> None:
    room = room_of(newsroom, site, article())
    room.publish(url)
    assert len(room.publish(url).unchanged) == 2
    root = "/" + url.removeprefix("memory://").strip("/")
    assert f"{root.rstrip('/')}/en/all.rss" in MemoryFileSystem.store


def test_a_file_url_is_a_folder_with_its_lock(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    room_of(newsroom, site, article()).publish(tmp_path.as_uri())
    assert (tmp_path / "en/all.rss").exists()
    assert (tmp_path / ".newsfeed/lock").exists()
    assert not objects()


class TestOnlyWhatChanged:
    def test_is_sent_and_the_record_last(
        self, newsroom: Make, site: Make, article: Make, calls: list[str]
    ) -> None:
        room_of(newsroom, site, article(topics=["Snow"])).publish(URL)
        calls.clear()
        more = room_of(newsroom, site, article(topics=["Snow"]), article("rain", topics=["Rain"]))
        report = more.publish(URL)
        assert report.unchanged == ("en/topic/snow.rss",)
        sent = [call.removeprefix("pipe_file ") for call in calls if call.startswith("pipe_file")]
        assert sent[0] == UNFINISHED_PATH
        assert sorted(sent[1:-1]) == ["en/all.json", "en/all.rss", "en/topic/rain.rss"]
        assert sent[-1] == RECORD_PATH
        assert calls[-1] == f"rm_file {UNFINISHED_PATH}"

    def test_nothing_changed_nothing_is_sent(
        self, newsroom: Make, site: Make, article: Make, calls: list[str]
    ) -> None:
        room = room_of(newsroom, site, article())
        room.publish(URL)
        calls.clear()
        assert room.publish(URL).written == ()
        assert {call.split()[0] for call in calls} == {"find", "cat_file"}
        assert calls.count("find") == 1

    @pytest.mark.parametrize("harm", ["removed", "damaged", "damaged in its old length"])
    def test_and_what_somebody_harmed(
        self, harm: str, newsroom: Make, site: Make, article: Make, calls: list[str]
    ) -> None:
        room = room_of(newsroom, site, article())
        room.publish(URL)
        files = MemoryFileSystem()
        place = "/site/feeds/en/all.rss"
        whole = files.cat_file(place)
        if harm == "removed":
            files.rm_file(place)
        else:
            files.pipe_file(place, b"!" * len(whole) if "length" in harm else b"!")
        calls.clear()
        assert room.publish(URL).written == ("en/all.rss",)
        assert [call for call in calls if call.startswith("pipe_file en")] == ["pipe_file en/all.rss"]
        assert objects() == expected(room)


class TestCleanUp:
    def test_objects_of_feeds_that_are_no_longer_planned_go(
        self, newsroom: Make, site: Make, article: Make
    ) -> None:
        room_of(newsroom, site, article(topics=["Snow", "Rain"])).publish(URL)
        MemoryFileSystem().pipe_file("/site/feeds/en/topic/mine.rss", b"mine")
        room = room_of(newsroom, site, article(topics=["Rain"]))
        assert room.publish(URL).removed == ("en/topic/snow.rss",)
        assert objects() == expected(room) | {"en/topic/mine.rss": b"mine"}

    def test_what_somebody_has_changed_stays(self, newsroom: Make, site: Make, article: Make) -> None:
        room_of(newsroom, site, article(topics=["Snow"])).publish(URL)
        MemoryFileSystem().pipe_file("/site/feeds/en/topic/snow.rss", b"mine now")
        assert room_of(newsroom, site, article()).publish(URL).removed == ()
        assert objects()["en/topic/snow.rss"] == b"mine now"


class TestABuildThatDies:
    """One that fails at the nth change of the store: every object is an old or a new one, and the next build mends."""

    @pytest.fixture
    def dies_at(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
        left: list[int | None] = [None]

        def fragile(name: str) -> None:
            real = getattr(MemoryFileSystem, name)

            def call(files: Any, *args: Any, **values: Any) -> Any:
                if left[0] is not None:
                    if left[0] == 0:
                        raise ConnectionError("connection reset")
                    left[0] -= 1
                return real(files, *args, **values)

            monkeypatch.setattr(MemoryFileSystem, name, call)

        fragile("pipe_file")
        fragile("rm_file")
        return lambda number: left.__setitem__(0, number)

    @pytest.mark.parametrize("number", range(7))
    def test_at_each_change(
        self, number: int, newsroom: Make, site: Make, article: Make, dies_at: Callable[[int | None], None]
    ) -> None:
        old = room_of(newsroom, site, article(topics=["Snow"]))
        new = room_of(newsroom, site, article(title="Changed", topics=["Rain"]))
        place = ObjectStorage(URL, workers=1)
        old.publish(place)
        dies_at(number)
        with pytest.raises(PublishError, match=r"memory://.*: connection reset\. .* Check the network"):
            new.publish(place)
        allowed = {(path, data) for room in (old, new) for path, data in expected(room).items()}
        assert set(objects().items()) <= allowed
        assert {"en/all.rss", "en/all.json"} <= set(objects())
        dies_at(None)
        new.publish(place)
        assert objects() == expected(new)
        assert set(
            PublishRecord.read(MemoryFileSystem().cat_file(f"/site/feeds/{RECORD_PATH}")).documents
        ) == set(expected(new))
        assert f"/site/feeds/{UNFINISHED_PATH}" not in MemoryFileSystem.store

    def test_what_no_record_names_yet_goes_when_it_is_no_longer_planned(
        self, newsroom: Make, site: Make, article: Make, dies_at: Callable[[int | None], None]
    ) -> None:
        dies_at(4)  # the list and three objects are sent, the record isn't
        with pytest.raises(PublishError):
            room_of(newsroom, site, article(topics=["Snow"])).publish(URL)
        assert "en/topic/snow.rss" in objects()
        dies_at(None)
        room = room_of(newsroom, site, article())
        assert room.publish(URL).removed == ("en/topic/snow.rss",)
        assert objects() == expected(room)


def test_of_two_builds_at_once_the_next_one_mends_the_mixture(
    newsroom: Make, site: Make, article: Make
) -> None:
    """There is no lock on a store; the last record may be that of the one build, an object that of the other."""
    one, two = room_of(newsroom, site, article()), room_of(newsroom, site, article(title="Two"))
    one.publish(URL)
    foreign = expected(one)["en/all.rss"]
    two.publish(URL)
    MemoryFileSystem().pipe_file("/site/feeds/en/all.rss", foreign)
    assert two.publish(URL).written == ("en/all.rss",)
    assert objects() == expected(two)


def test_whatever_two_builds_at_once_leave_the_next_one_mends(
    newsroom: Make, site: Make, article: Make
) -> None:
    rooms = [
        room_of(newsroom, site, article(title=f"Snow {number}", topics=[f"Topic {number}"]))
        for number in range(4)
    ]
    with ThreadPoolExecutor(len(rooms)) as builds:
        list(builds.map(lambda room: room.publish(URL), rooms))
    written = {(path, data) for room in rooms for path, data in expected(room).items()}
    assert set(objects().items()) <= written
    rooms[0].publish(URL)
    for path, data in expected(rooms[0]).items():
        assert objects()[path] == data


def test_a_dry_run_sends_nothing(newsroom: Make, site: Make, article: Make) -> None:
    room_of(newsroom, site, article(topics=["Snow"])).publish(URL)
    before = dict(MemoryFileSystem.store)
    report = room_of(newsroom, site, article(topics=["Rain"])).publish(URL, dry_run=True)
    assert {change.path: change.what for change in report.changes} == {
        "en/all.rss": "changed",
        "en/all.json": "changed",
        "en/topic/rain.rss": "new",
        "en/topic/snow.rss": "removed",
    }
    assert MemoryFileSystem.store == before


def test_nothing_is_sent_when_a_check_refuses(newsroom: Make, site: Make, article: Make) -> None:
    from newsfeed import FeedsRefused, Finding, Place

    refusal = Finding(code="NF000", severity="error", place=Place(), reason="bad", remedy="mend it")
    with pytest.raises(FeedsRefused):
        room_of(newsroom, site, article()).publish(URL, check=lambda *_: [refusal])
    assert MemoryFileSystem.store == {}


def test_the_record_names_nothing_that_is_held_back(newsroom: Make, site: Make, article: Make) -> None:
    room_of(newsroom, site, article(), article("secret", withdrawn=True)).publish(URL)
    record = MemoryFileSystem().cat_file(f"/site/feeds/{RECORD_PATH}")
    assert b"snow" in record
    assert b"secret" not in record


class TestWhatCantBeUsed:
    def test_a_url_that_nobody_knows(self) -> None:
        with pytest.raises(PublishError, match=r"foo://bucket: .*\. Write the path of a folder, or a URL"):
            target_of("foo://bucket")

    def test_a_store_without_its_package(self) -> None:
        if _is_installed("gcsfs"):
            pytest.skip("gcsfs is installed")
        with pytest.raises(PublishError, match="gs://bucket: .*gcsfs"):
            target_of("gs://bucket")

    def test_no_fsspec(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "fsspec.core", None)
        with pytest.raises(MissingExtra, match=r"pip install 'newsroom-feeds\[remote\]'"):
            target_of("s3://bucket/feeds/")

    def test_a_store_that_can_only_be_read(self, newsroom: Make, site: Make, tmp_path: Path) -> None:
        import zipfile

        with zipfile.ZipFile(tmp_path / "feeds.zip", "w") as archive:
            archive.writestr("a", "b")
        with pytest.raises(PublishError, match="Nothing was changed"):
            room_of(newsroom, site).publish(f"zip://::{tmp_path / 'feeds.zip'}")

    def test_no_room_for_what_waits(
        self, newsroom: Make, site: Make, article: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("no /dev/full here")
        with full.open("wb", buffering=0) as file:
            monkeypatch.setattr("newsfeed.publish.temp_spool.tempfile.TemporaryFile", lambda: file)
            with pytest.raises(PublishError, match="No space left on device. Nothing was changed. Make room"):
                room_of(newsroom, site, article()).publish(URL)
        assert MemoryFileSystem.store == {}


def test_a_password_in_a_url_is_not_told(
    newsroom: Make, site: Make, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsfeed.publish.objects._opened", lambda *_: (MemoryFileSystem(), "/site/feeds"))
    report = room_of(newsroom, site, article()).publish("sftp://desk:secret@host/feeds/")
    assert json.loads(report.as_json())["folder"] == "sftp://host/feeds/"


def test_headers_as_google_cloud_storage_wants_them() -> None:
    from newsfeed.publish.objects import _headers

    class Files:
        protocol = ("gs", "gcs")

    assert _headers(Files(), "text/plain", "public") == {
        "content_type": "text/plain",
        "fixed_key_metadata": {"cache_control": "public"},
    }


def _is_installed(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None
