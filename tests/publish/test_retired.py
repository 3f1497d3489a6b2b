"""Feeds that are no longer planned: removed, kept, or kept empty with a pointer onwards, as the site says."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest

from newsfeed import FeedRule
from newsfeed.check import check_document
from newsfeed.publish.record import RECORD_PATH, PublishRecord
from newsfeed.publish.report import Report
from newsfeed.web import gone_from, precompress

Make = Callable[..., Any]

BEFORE = [
    FeedRule(path="{language}/all", formats=["rss"]),
    FeedRule(path="old", formats=["rss", "atom", "json", "html"]),
]
AFTER = [FeedRule(path="{language}/all", formats=["rss"]), FeedRule(path="new", formats=["rss"])]


@pytest.fixture
def build(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> Callable[..., Report]:
    def publish(feeds: list[FeedRule], **values: Any) -> Report:
        report: Report = newsroom(article(), site=site(feeds=feeds, **values)).publish(tmp_path)
        return report

    return publish


def test_removed(build: Make, tmp_path: Path) -> None:
    build(BEFORE)
    report = build(AFTER)
    assert report.removed == ("old.rss", "old.atom", "old.json", "old.html")
    assert not list(tmp_path.glob("old.*"))


def test_kept(build: Make, tmp_path: Path) -> None:
    build(BEFORE, retired="keep")
    before = (tmp_path / "old.rss").read_bytes()
    for _ in range(2):
        report = build(AFTER, retired="keep")
        assert report.removed == ()
        assert (tmp_path / "old.rss").read_bytes() == before


@pytest.mark.parametrize(
    ("moved", "onwards"),
    [
        pytest.param({"old": "new"}, "https://report.example/feeds/new", id="where the site says"),
        pytest.param({}, "https://report.example/feeds/en/all", id="the feed of everything"),
    ],
)
def test_kept_empty(moved: dict[str, str], onwards: str, build: Make, tmp_path: Path, noon: Any) -> None:
    build(BEFORE)
    report = build(AFTER, retired="empty", moved=moved)
    assert report.removed == ("old.html",)
    assert {"old.rss", "old.atom", "old.json"} <= {*report.written}
    for name in ("rss", "atom"):
        document = (tmp_path / f"old.{name}").read_bytes()
        parsed = feedparser.parse(document)
        assert parsed.entries == []
        assert parsed.feed.subtitle == f"{onwards}.{name}"
        assert f"{onwards}.{name}" in {link.href for link in parsed.feed.links if link.rel == "related"}
        assert check_document(document, name=f"old.{name}", as_of=noon) == []
    assert json.loads((tmp_path / "old.json").read_bytes())["items"] == []
    again = build(AFTER, retired="empty", moved=moved)
    assert (again.written, again.removed) == ((), ())


@pytest.mark.parametrize(
    ("feeds", "onwards"),
    [
        pytest.param(
            ["{topic}", "{language}/{category}"],
            "https://report.example/feeds/en/politics.rss",
            id="a fixed feed",
        ),
        pytest.param(["{topic}"], "https://report.example/feeds/", id="the folder of the feeds"),
    ],
)
def test_onwards_without_a_feed_of_everything(
    feeds: list[str], onwards: str, newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    """Not to a topic's feed, which may end as well, and would be another whenever a new topic comes first."""
    for rules in (["old", *feeds], feeds):
        values = {"feeds": [FeedRule(path=path, formats=["rss"]) for path in rules], "retired": "empty"}
        newsroom(article(topics=["Ice"]), site=site(**values)).publish(tmp_path)
    parsed = feedparser.parse((tmp_path / "old.rss").read_bytes())
    assert parsed.feed.subtitle == onwards
    related = {link.href for link in parsed.feed.links if link.rel == "related"}
    assert related == ({onwards} if onwards.endswith(".rss") else set())


def test_a_feed_that_comes_back_is_written_again(build: Make, tmp_path: Path) -> None:
    build(BEFORE)
    whole = (tmp_path / "old.rss").read_bytes()
    build(AFTER, retired="empty")
    build(BEFORE)
    assert (tmp_path / "old.rss").read_bytes() == whole


def test_an_empty_folder_behind_a_link_that_leads_out_stays(build: Make, tmp_path: Path) -> None:
    build([*AFTER, FeedRule(path="deep/down/old", formats=["rss"])])
    shutil.rmtree(tmp_path / "deep")
    outside = tmp_path.with_name(f"{tmp_path.name}-outside")
    (outside / "down").mkdir(parents=True)
    (tmp_path / "deep").symlink_to(outside)
    build(AFTER)
    assert (outside / "down").is_dir()


def test_one_that_was_kept_and_is_planned_again_is_retired_no_more(build: Make, tmp_path: Path) -> None:
    for feeds in (BEFORE, AFTER, BEFORE):
        build(feeds, retired="keep")
    record = PublishRecord.read((tmp_path / RECORD_PATH).read_bytes())
    assert [path for path, document in record.documents.items() if document.retired] == ["new.rss"]


class TestGone:
    """A server can tell a feed that has ended from one that never was."""

    def test_a_removed_document_is_gone_until_it_comes_back(self, build: Make, tmp_path: Path) -> None:
        gone = gone_from(tmp_path)
        build(BEFORE)
        assert not gone("old.rss")
        build(AFTER)
        assert [gone(place) for place in ("old.rss", "en/all.rss", "never.rss")] == [True, False, False]
        build(AFTER)
        assert gone("old.rss")
        build(BEFORE)
        assert not gone("old.rss")

    def test_the_record_does_not_say_what_it_was_about(self, build: Make, tmp_path: Path) -> None:
        build(BEFORE)
        build(AFTER)
        assert b"old" not in (tmp_path / RECORD_PATH).read_bytes()

    def test_compressed_copies_go_with_their_document(self, build: Make, tmp_path: Path) -> None:
        build(BEFORE)
        precompress(tmp_path)
        assert (tmp_path / "old.rss.gz").exists()
        build(AFTER)
        assert not list(tmp_path.glob("old.*"))

    def test_one_that_a_build_has_removed_before_it_died(
        self, build: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build(BEFORE)
        with monkeypatch.context() as patch:
            patch.setattr(PublishRecord, "encoded", _killed)
            with pytest.raises(KeyboardInterrupt):
                build(AFTER)
        assert not (tmp_path / "old.rss").exists()
        build(AFTER)
        assert gone_from(tmp_path)("old.rss")


def _killed(_record: PublishRecord) -> bytes:
    raise KeyboardInterrupt


def test_a_compressed_copy_goes_before_its_document_changes(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    for title in ("Snow", "More snow"):
        newsroom(article(title=title), site=site(feeds=BEFORE)).publish(tmp_path)
        left = sorted(file.name for file in tmp_path.rglob("*.gz"))
        precompress(tmp_path)
    assert left == ["all.rss.gz", "feeds.json.gz", "feeds.opml.gz", "index.html.gz", "index.html.gz"]


@pytest.mark.parametrize(
    ("rules", "names_hub"),
    [
        pytest.param([AFTER[0], FeedRule(path="{topic}")], True, id="its rule is listed"),
        pytest.param([AFTER[0], FeedRule(path="{topic}", listed=False)], False, id="its rule isn't listed"),
        pytest.param(AFTER[:1], False, id="its rule is gone"),
    ],
)
def test_an_ended_feed_names_the_hub_if_its_rule_is_listed(
    rules: list[FeedRule], names_hub: bool, build: Make, tmp_path: Path
) -> None:
    build(BEFORE, hub="https://hub.example/")
    build(rules, hub="https://hub.example/", retired="empty")
    assert (b"hub.example" in (tmp_path / "old.rss").read_bytes()) is names_hub
