"""What a build that died has put into its place is newsfeed's own, though no record names it yet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom, PublishError
from newsfeed.publish.record import RECORD_PATH
from newsfeed.publish.unfinished import UNFINISHED_PATH

Make = Callable[..., Any]
RULES = [FeedRule(path="{language}/topic/{topic}", formats=["rss"])]


@pytest.fixture
def snow(newsroom: Make, site: Make, article: Make) -> Newsroom:
    made: Newsroom = newsroom(
        article(topics=["Snow"]), site=site(feeds=RULES, languages=["en"], discovery=False)
    )
    return made


@pytest.fixture
def rain(newsroom: Make, site: Make, article: Make) -> Newsroom:
    made: Newsroom = newsroom(
        article(topics=["Rain"]), site=site(feeds=RULES, languages=["en"], discovery=False)
    )
    return made


@pytest.fixture
def died(snow: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a build died after it put its document into its place, before it wrote its record."""
    real = Path.replace

    def replace(beside: Path, place: Path) -> Path:
        if place.name == "record.jsonl":
            raise OSError(5, "Input/output error")
        return real(beside, place)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(PublishError, match=r"record\.jsonl: Input/output error. Every document is whole"):
            snow.publish(tmp_path)
    assert (tmp_path / "en/topic/snow.rss").exists()
    assert not (tmp_path / RECORD_PATH).exists()
    return tmp_path


def test_it_goes_when_its_feed_is_no_longer_planned(died: Path, rain: Newsroom) -> None:
    report = rain.publish(died)
    assert (report.removed, report.changed) == (("en/topic/snow.rss",), ())
    assert not (died / "en/topic/snow.rss").exists()
    assert not (died / UNFINISHED_PATH).exists()


def test_it_stays_when_somebody_has_changed_it(died: Path, rain: Newsroom) -> None:
    (died / "en/topic/snow.rss").write_text("mine now")
    assert rain.publish(died).removed == ()
    assert (died / "en/topic/snow.rss").read_text() == "mine now"


def test_one_that_was_changed_by_a_line_break_is_told_of_once(died: Path, rain: Newsroom) -> None:
    with (died / "en/topic/snow.rss").open("a") as file:
        file.write("\n")
    assert [finding.code for finding in rain.publish(died).changed] == ["NF127"]


def test_it_stays_when_it_is_planned(died: Path, snow: Newsroom) -> None:
    report = snow.publish(died)
    assert (report.written, report.unchanged, report.removed) == ((), ("en/topic/snow.rss",), ())
    assert (died / RECORD_PATH).exists()
    assert not (died / UNFINISHED_PATH).exists()


def test_a_list_that_cant_be_understood_is_passed_over(died: Path, snow: Newsroom) -> None:
    (died / UNFINISHED_PATH).write_bytes(b'\xff\x00{"document": 1}\n[]')
    assert snow.publish(died).unchanged == ("en/topic/snow.rss",)
    assert not (died / UNFINISHED_PATH).exists()


def test_a_dry_run_tells_only_of_what_is_there(snow: Newsroom, rain: Newsroom, tmp_path: Path) -> None:
    snow.publish(tmp_path)
    (tmp_path / "en/topic/snow.rss").unlink()
    report = rain.publish(tmp_path, dry_run=True)
    assert [(change.path, change.what) for change in report.changes] == [("en/topic/rain.rss", "new")]


def test_an_article_that_it_may_have_published_keeps_its_id(
    died: Path, newsroom: Make, site: Make, article: Make
) -> None:
    """Whoever polled meanwhile knows the article already."""
    before = (died / "en/topic/snow.rss").read_bytes()
    assert b"https://report.example/en/snow</guid>" in before
    renamed = newsroom(
        article(topics=["Snow"], id="urn:test:new"), site=site(feeds=RULES, languages=["en"], discovery=False)
    )
    (told,) = renamed.publish(died).changed
    assert told.code == "NF121"
    assert (died / "en/topic/snow.rss").read_bytes() == before
    assert not (died / UNFINISHED_PATH).exists()
