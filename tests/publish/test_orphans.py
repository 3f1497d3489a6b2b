"""Feeds that nobody plans and no build may touch go on showing what was withdrawn; so each build tells of them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule
from newsfeed.publish.objects import ObjectStorage
from newsfeed.publish.record import FOLDER, RECORD_PATH
from newsfeed.publish.report import Report

Make = Callable[..., Any]

RULES = [
    FeedRule(path="all", formats=["rss"]),
    FeedRule(path="topic/{topic}", formats=["rss", "atom", "json", "html"]),
]
LISTINGS = ["topic/snow.html"]
FEEDS = ["topic/snow.atom", "topic/snow.json", "topic/snow.rss"]
CHANGED = (
    "NF127 this is no longer planned, but it was changed since newsfeed wrote it, so it was left alone; "
    "it may show withdrawn articles. Delete it, or move it elsewhere if you need it."
)
UNRECORDED = (
    "NF127 newsfeed wrote this, but it isn't planned and no record names it, so it was left alone; "
    "it may show withdrawn articles. Delete it, or add its rule again."
)


@pytest.fixture
def build(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> Callable[..., Report]:
    def publish(*, withdrawn: bool = False, to: Any = tmp_path, **values: Any) -> Report:
        articles = [article(topics=["Snow"], withdrawn=withdrawn), article("rain")]
        own = site(languages=["en"], feeds=RULES, discovery=False)
        report: Report = newsroom(*articles, site=own).publish(to, **values)
        return report

    return publish


def told(report: Report) -> list[str]:
    return [str(finding) for finding in report.changed]


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("times", [1, 3])
def test_one_that_was_altered_by_a_newline(name: str, times: int, build: Make, tmp_path: Path) -> None:
    build()
    feed = tmp_path / name
    feed.write_bytes(feed.read_bytes() + b"\n")
    for _ in range(times):
        report = build(withdrawn=True)
        assert told(report) == [f"{name}: {CHANGED}"]
    assert feed.exists()
    record = (tmp_path / RECORD_PATH).read_bytes()
    build(withdrawn=True)
    assert (tmp_path / RECORD_PATH).read_bytes() == record
    feed.unlink()
    assert told(build(withdrawn=True)) == []


def test_a_listing_is_told_of_once_because_it_may_be_somebody_elses(build: Make, tmp_path: Path) -> None:
    build()
    with (tmp_path / "topic/snow.html").open("a") as file:
        file.write("\n")
    assert told(build(withdrawn=True)) == [f"topic/snow.html: {CHANGED}"]
    assert told(build(withdrawn=True)) == []


def test_what_is_evidently_somebody_elses_is_none(build: Make, tmp_path: Path) -> None:
    build()
    (tmp_path / "topic/snow.rss").write_text(
        "<rss version='2.0'><channel><title>Mine</title></channel></rss>"
    )
    assert told(build(withdrawn=True)) == []
    assert (tmp_path / "topic/snow.rss").exists()


def test_one_that_is_planned_again_is_written_again(build: Make, tmp_path: Path) -> None:
    build()
    feed = tmp_path / "topic/snow.rss"
    whole = feed.read_bytes()
    feed.write_bytes(whole + b"\n")
    build(withdrawn=True)
    report = build()
    assert (told(report), feed.read_bytes()) == ([], whole)
    build(withdrawn=True)
    assert not feed.exists()


class TestWithoutARecord:
    def test_each_feed_that_isnt_planned_is_told_of(self, build: Make, tmp_path: Path) -> None:
        build()
        shutil.rmtree(tmp_path / FOLDER)
        for _ in range(2):
            report = build(withdrawn=True)
            assert told(report) == [f"{name}: {UNRECORDED}" for name in sorted(FEEDS + LISTINGS)]
        for name in (*LISTINGS, "topic/snow.rss"):
            (tmp_path / name).unlink()
        assert [finding.place.file for finding in build(withdrawn=True).changed] == FEEDS[:2]

    def test_what_others_wrote_is_passed_over(self, build: Make, tmp_path: Path) -> None:
        (tmp_path / "other.json").write_text("{}")
        (tmp_path / "other.rss").write_text("<rss/>")
        (tmp_path / "folder.rss").mkdir()
        assert told(build()) == []

    def test_what_another_newsroom_wrote_is_passed_over(self, build: Make, tmp_path: Path) -> None:
        build(to=tmp_path / "another/feeds")
        assert told(build()) == []

    def test_what_is_planned_is_compared_and_left(self, build: Make, tmp_path: Path) -> None:
        build()
        shutil.rmtree(tmp_path / FOLDER)
        report = build()
        assert (told(report), report.written) == ([], ())

    def test_on_a_store(self, build: Make) -> None:
        pytest.importorskip("fsspec")
        store = ObjectStorage("memory://orphans/feeds/")
        build(to=store)
        store._files.rm_file("/orphans/feeds/" + RECORD_PATH)
        assert told(build(to=store, withdrawn=True)) == [
            f"{name}: {UNRECORDED}" for name in ("topic/snow.atom", "topic/snow.html", "topic/snow.rss")
        ]

    def test_a_dry_run_tells_as_well(self, build: Make, tmp_path: Path) -> None:
        build()
        shutil.rmtree(tmp_path / FOLDER)
        report = build(withdrawn=True, dry_run=True)
        assert {finding.code for finding in report.changed} == {"NF127"}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut off"),
        pytest.param(lambda data: data.replace(b'"newsfeed_record":1', b'"newsfeed_record":9'), id="of the future"),
        pytest.param(lambda data: b"\0" * len(data), id="zeros, after a loss of power"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_told_of(damage: Callable[[bytes], bytes], build: Make, tmp_path: Path) -> None:
    build()
    record = tmp_path / RECORD_PATH
    record.write_bytes(damage(record.read_bytes()))
    first, *others = told(build(withdrawn=True))
    assert first == (
        f"{RECORD_PATH}: NF128 the record of earlier builds can't be read, so the ids that readers know "
        "and the files of feeds that are no longer planned are unknown; a new record is written. "
        "Delete old feeds in the output folder; if there is a backup of this file, restore it and build again."
    )
    assert [line.split(": ")[0] for line in others] == sorted(FEEDS + LISTINGS)
    assert not [line for line in told(build(withdrawn=True)) if "NF128" in line]
