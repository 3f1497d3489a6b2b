"""A live newsroom: the documents that a build would write, and a newsroom that changes while it is served."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.web.conftest import Ask, asking

import newsfeed
from newsfeed import Article, InvalidNewsroom, InvalidPlan, Newsroom, Site
from newsfeed.web.live import LiveNewsroom
from newsfeed.web.reloading import ReloadingNewsroom

Build = Callable[..., Newsroom]
Make = Callable[..., Article]


@pytest.fixture
def rooms(newsroom: Build, article: Make) -> list[Newsroom]:
    """The newsroom of the moment is the last."""
    return [newsroom(article("snow"))]


@pytest.fixture
def live(rooms: list[Newsroom]) -> Ask:
    return asking(LiveNewsroom(lambda: rooms[-1]))


def test_what_a_build_would_write(example: Path, tmp_path: Path) -> None:
    room = newsfeed.open(example)
    ask = asking(LiveNewsroom(lambda: room))
    report = room.publish(tmp_path)
    assert len(report.written) > 100
    for place in report.written:
        assert ask(f"/{place}").body == (tmp_path / place).read_bytes(), place


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/az/", "text/html; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/feeds.json", "application/json; charset=utf-8"),
    ],
)
def test_what_helps_to_find_the_feeds(live: Ask, path: str, media_type: str) -> None:
    answer = live(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/en/all", "/en/all.rss"),
        ("/en/al.rss", "/en/all.rss"),
        ("/en/category/medai.json", "/en/category/media.rss"),
        ("/index.htm", "/index.html"),
        ("/nothing", "/feeds.json"),
        ("/en/latest.rss", "/en/latest.html"),
        ("/en/all.", "/en/all.rss"),
    ],
)
def test_a_way_on(live: Ask, path: str, nearest: str) -> None:
    answer = live(path)
    assert answer.status == 404
    assert answer.body.decode().splitlines()[1] == nearest


def test_links_and_tags(newsroom: Build, site: Callable[..., Site]) -> None:
    room = newsroom(site=site(hub="https://hub.example/"))
    answer = asking(LiveNewsroom(lambda: room))("/en/all.json")
    assert answer.headers["Link"] == (
        '<https://hub.example/>; rel="hub", <https://report.example/feeds/en/all.json>; rel="self"'
    )
    assert answer.headers["Last-Modified"] == "Sat, 20 Dec 2025 12:00:00 GMT"


def test_another_newsroom(live: Ask, rooms: list[Newsroom], newsroom: Build, article: Make) -> None:
    before = live("/en/all.rss")
    other = live("/az/all.rss")
    rooms.append(newsroom(article("snow"), article("rain"), as_of=datetime(2025, 12, 20, 12, 30, tzinfo=UTC)))
    later = datetime(2025, 12, 21, tzinfo=UTC)
    after = live("/en/all.rss", now=later)
    assert b"About rain" in after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.headers["Last-Modified"] == "Sat, 20 Dec 2025 12:30:00 GMT"
    # A document that stays the same has changed when it did.
    assert live("/az/all.rss", now=later).headers == other.headers


def test_two_newsrooms_of_one_moment_have_two_dates(
    live: Ask, rooms: list[Newsroom], newsroom: Build, article: Make
) -> None:
    later = datetime(2025, 12, 21, tzinfo=UTC)
    date = live("/en/all.rss", now=later).headers["Last-Modified"]
    rooms.append(newsroom(article("snow"), article("rain")))
    answer = live("/en/all.rss", now=later, if_modified_since=date)
    assert (answer.status, b"About rain" in answer.body) == (200, True)
    assert live("/en/all.rss", now=later, if_modified_since=answer.headers["Last-Modified"]).status == 304


def test_a_delta(live: Ask, rooms: list[Newsroom], newsroom: Build, article: Make) -> None:
    tag = live("/en/all.atom", a_im="feed").headers["ETag"]
    rooms.append(newsroom(article("snow"), article("rain")))
    answer = live("/en/all.atom", a_im="feed", if_none_match=tag)
    assert (answer.status, answer.body.count(b"<entry")) == (226, 1)


def test_many_at_once(example: Path) -> None:
    room = newsfeed.open(example)
    ask = asking(LiveNewsroom(lambda: room))
    answers: list[Any] = []
    threads = [
        Thread(target=lambda: answers.append(ask("/en/all.rss", accept_encoding="gzip"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 8


class TestReloading:
    TOML = '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\narticles = ["*.jsonl"]\n'

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "mysite"
        folder.mkdir()
        (folder / "newsroom.toml").write_text(self.TOML)
        self.write(folder, "a.jsonl", "snow")
        return folder

    @staticmethod
    def write(folder: Path, name: str, *titles: str, **values: Any) -> None:
        """Write articles; their file is a second newer than before, whatever the clock's steps."""
        file = folder / name
        moment = file.stat().st_mtime + 1 if file.exists() else None
        record = {"language": "en", "published": "2025-12-19T12:00:00Z"} | values
        lines = [json.dumps(record | {"title": it, "url": f"https://report.example/{it}"}) for it in titles]
        file.write_text("\n".join(lines))
        if moment is not None:
            os.utime(file, (moment, moment))

    @staticmethod
    def titles(room: ReloadingNewsroom) -> list[str]:
        return sorted(entry.title for entry in room().feed("en/all").entries)

    def test_nothing_changed(self, folder: Path) -> None:
        room = ReloadingNewsroom(folder)
        first = room()
        assert room.reload_if_changed() is False
        assert room() is first

    def test_articles_changed(self, folder: Path) -> None:
        room = ReloadingNewsroom(folder)
        self.write(folder, "a.jsonl", "snow", "rain")
        assert room.reload_if_changed() is True
        assert self.titles(room) == ["rain", "snow"]
        assert room.reload_if_changed() is False

    def test_a_file_came_and_went(self, folder: Path) -> None:
        room = ReloadingNewsroom(folder / "newsroom.toml")
        self.write(folder, "b.jsonl", "rain")
        assert room.reload_if_changed() is True
        assert self.titles(room) == ["rain", "snow"]
        (folder / "b.jsonl").unlink()
        assert room.reload_if_changed() is True
        assert self.titles(room) == ["snow"]

    def test_the_site_changed(self, folder: Path) -> None:
        room = ReloadingNewsroom(folder)
        (folder / "newsroom.toml").write_text(self.TOML.replace("Report", "The Report"))
        assert room.reload_if_changed() is True
        assert room().site.title == "The Report"

    @pytest.mark.parametrize(
        ("toml", "error"),
        [
            ("[site", InvalidNewsroom),
            (TOML.replace("*.jsonl", "none/*.jsonl"), InvalidNewsroom),
            (TOML + '[[feeds]]\npath = "a"\n[[feeds]]\npath = "A"\n', InvalidPlan),
        ],
    )
    def test_what_cant_be_used_is_told_once_and_the_newsroom_before_stays(
        self, folder: Path, toml: str, error: type[Exception]
    ) -> None:
        room = ReloadingNewsroom(folder)
        (folder / "newsroom.toml").write_text(toml)
        with pytest.raises(error):
            room.reload_if_changed()
        assert room.reload_if_changed() is False
        assert self.titles(room) == ["snow"]
        (folder / "newsroom.toml").write_text(self.TOML + "\n")
        assert room.reload_if_changed() is True

    def test_an_article_comes_and_goes_when_its_time_does(self, folder: Path) -> None:
        moment = datetime(2025, 12, 20, tzinfo=UTC)
        hour = timedelta(hours=1)
        now = [moment]
        times = {"published": (moment + hour).isoformat(), "expires": (moment + 2 * hour).isoformat()}
        self.write(folder, "b.jsonl", "embargoed", **times)
        room = ReloadingNewsroom(folder, now=lambda: now[0])
        seen = []
        for _ in range(4):
            seen.append((room.reload_if_changed(), self.titles(room)))
            now[0] += timedelta(minutes=45)
        assert seen == [
            (False, ["snow"]),
            (False, ["snow"]),
            (True, ["embargoed", "snow"]),
            (True, ["snow"]),
        ]

    def test_a_feed_moves_on_when_its_time_comes(self, folder: Path) -> None:
        now = [datetime(2025, 12, 20, tzinfo=UTC)]
        withdrawn = {"withdrawn": True, "published": "2025-12-01T00:00Z"}
        self.write(folder, "b.jsonl", "withdrawn", **withdrawn)
        toml = folder / "newsroom.toml"
        toml.write_text(toml.read_text().replace("[site]", "[site]\ntombstones = 30"))
        room = ReloadingNewsroom(folder, now=lambda: now[0])
        assert len(room().feed("en/all").tombstones) == 1
        now[0] = datetime(2025, 12, 31, 1, tzinfo=UTC)
        assert room.reload_if_changed() is True
        assert room().feed("en/all").tombstones == ()

    def test_templates_changed(self, folder: Path) -> None:
        (folder / "templates").mkdir()
        (folder / "newsroom.toml").write_text(self.TOML + 'templates = "templates"\n')
        room = ReloadingNewsroom(folder)
        (folder / "templates" / "listing.html").write_text("{{ title }}")
        assert room.reload_if_changed() is True
