"""What would change: document by document, article by article, in every format."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Media, Newsroom
from newsfeed.publish.dry_run import change_between

Make = Callable[..., Any]


@pytest.fixture
def room(newsroom: Make, site: Make) -> Callable[..., Newsroom]:
    def make(*articles: Any, **values: Any) -> Newsroom:
        rules = [FeedRule(path="all", formats=["rss", "atom", "json", "text"])]
        made: Newsroom = newsroom(*articles, site=site(feeds=rules, discovery=False, **values))
        return made

    return make


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_articles_are_told_by_their_ids(form: str, room: Make, article: Make, tmp_path: Path) -> None:
    picture = Media(url="https://report.example/snow.jpg", credit="Leyla")
    room(article(media=[picture]), article("rain"), article("hail")).publish(tmp_path)
    changed = room(article(media=[picture], title="More snow"), article("rain"), article("fog"))
    report = changed.publish(tmp_path, dry_run=True)
    (change,) = [change for change in report.changes if change.path == f"all.{form}"]
    names = [
        [name.rpartition("/")[2] for name in told] for told in (change.added, change.dropped, change.altered)
    ]
    assert (change.what, names, change.head) == ("changed", [["fog"], ["hail"], ["snow"]], False)


def test_a_dry_run_is_what_the_build_then_does(room: Make, article: Make, tmp_path: Path) -> None:
    room(article()).publish(tmp_path)
    changed = room(article(title="More snow"), title="The Report")
    told = changed.publish(tmp_path, dry_run=True)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
    done = changed.publish(tmp_path)
    assert (told.written, told.unchanged, told.removed) == (done.written, done.unchanged, done.removed)
    assert [change.head for change in told.changes] == [True] * 4


def test_of_a_new_folder_it_makes_nothing(room: Make, article: Make, tmp_path: Path) -> None:
    report = room(article()).publish(tmp_path / "public", dry_run=True)
    assert {change.what for change in report.changes} == {"new"}
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("before", [b"", b"<rss", b"\x00", b"{}"])
@pytest.mark.parametrize("path", ["a.rss", "a.json", "a.html"])
def test_what_is_damaged_is_all_head(path: str, before: bytes) -> None:
    change = change_between(path, before, b'{"items": []}' if path == "a.json" else b"<rss/>")
    assert (change.what, change.added, change.dropped, change.altered) == ("changed", (), (), ())
