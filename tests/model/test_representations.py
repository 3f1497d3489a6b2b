"""What a debugger, a log and the interactive Python show: one short line, however much an object holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Make = Callable[..., Any]


def test_what_holds_many_things_is_shown_in_a_line(newsroom: Make, article: Make, tmp_path: Path) -> None:
    articles = [article(f"{number}", content="<p>long</p>" * 100) for number in range(30)]
    room = newsroom(*articles, article("bad", language="az"))
    feed = room.feed("en/all")
    assert repr(feed) == "<Feed 'Report' en/all: 30 entries>"
    assert repr(room.feed("az/all")) == "<Feed 'Report' az/all: 1 entry>"
    assert repr(room.latest("en")) == "<Feed 'Latest News': 30 entries>"
    assert repr(feed.entries[0]) == "<Entry 'About 0' https://report.example/en/0>"
    assert repr(room) == "<Newsroom https://report.example/: 31 articles as of 2025-12-20T12:00:00+00:00>"
    feeds = len(room.plan.feeds)
    assert repr(room.plan) == f"<Plan: {feeds} feeds>"
    assert repr(room.plan.feeds["en/all"]) == "<PlannedFeed en/all: 30 articles>"
    report = room.publish(tmp_path / "public")
    written = len(report.written)
    assert (
        repr(report) == f"<Report {tmp_path}/public: {written} written, 0 unchanged, 0 removed, 0 left out>"
    )
