"""`--record FILE`: what was published is remembered although the output begins empty, as in CI."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import make_article, make_newsroom, make_site

from newsfeed import FeedRule, LossRefused, PublishError
from newsfeed.publish.record import RECORD_PATH
from newsfeed.publish.report import Report
from newsfeed.web import gone_from

RULES = [
    FeedRule(path="{language}/all", formats=["atom"]),
    FeedRule(path="{language}/topic/{topic}", formats=["rss"]),
]
Build = Callable[..., Report]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def build(record: Path, public: Path) -> Build:
    """Build into an empty folder, with the record of the build before."""

    def publish(*articles: Any, accept_loss: bool = False, **values: Any) -> Report:
        shutil.rmtree(public, ignore_errors=True)
        site = make_site(feeds=RULES, **values)
        others = [make_article(f"other{number}") for number in range(5)]
        return make_newsroom(*articles, *others, site=site).publish(
            public, record=record, accept_loss=accept_loss
        )

    return publish


def test_ids_stay(build: Build, public: Path) -> None:
    build(make_article(id="urn:example:first", story="s"))
    report = build(make_article(id="urn:example:second", story="s"))
    assert "<id>urn:example:first</id>" in (public / "en/all.atom").read_text()
    assert [finding.code for finding in report.changed] == ["NF121"]


def test_a_bad_day_is_refused(build: Build, public: Path, record: Path) -> None:
    rows = [make_article(str(number)) for number in range(40)]
    build(*rows)
    before = record.read_bytes()
    with pytest.raises(LossRefused, match="40 of 45 published articles would be lost"):
        build()
    assert record.read_bytes() == before
    assert not (public / "en").exists()
    build(accept_loss=True)
    assert record.read_bytes() == (public / RECORD_PATH).read_bytes() != before


def test_a_feed_whose_articles_vanished_is_written_again(build: Build, public: Path) -> None:
    build(make_article(topics=["Snow"]))
    for _ in range(3):
        assert "en/topic/snow.rss" in build().written
        assert not gone_from(public)("en/topic/snow.rss")


@pytest.mark.parametrize(("retired", "stays"), [("remove", False), ("keep", False), ("empty", True)])
def test_a_feed_that_ended_ends_as_the_site_says(
    retired: str, stays: bool, build: Build, public: Path
) -> None:
    build(make_article(topics=["Snow"]), retired=retired)
    for _ in range(3):
        build(make_article(topics=["Snow"], withdrawn=True), retired=retired)
        assert (public / "en/topic/snow.rss").exists() is stays
        assert gone_from(public)("en/topic/snow.rss") is not stays


def test_the_first_build_begins_with_what_the_folder_knows(record: Path, public: Path) -> None:
    make_newsroom(make_article(id="urn:example:first", story="s")).publish(public)
    renamed = make_newsroom(make_article(id="urn:example:second", story="s"))
    renamed.publish(public, record=record)
    assert "urn:example:first" in (public / "en/all.atom").read_text()
    assert record.read_bytes() == (public / RECORD_PATH).read_bytes()


def test_a_dry_run_leaves_it_alone(record: Path, public: Path) -> None:
    public.mkdir()
    make_newsroom(make_article()).publish(public, record=record, dry_run=True)
    assert not record.exists()


@pytest.mark.parametrize("content", [b"", b'{"title": "Snow"}\n', b"\xff\xfe"])
def test_a_file_that_is_no_record_is_not_overwritten(content: bytes, record: Path, public: Path) -> None:
    record.write_bytes(content)
    message = (
        f"{record} isn't a record that newsfeed wrote, or it is damaged. Restore it, or name another file."
    )
    with pytest.raises(PublishError, match=re.escape(message)):
        make_newsroom(make_article()).publish(public, record=record)
    assert (record.read_bytes(), public.exists()) == (content, False)


def test_its_folder_has_to_be_there(tmp_path: Path, public: Path) -> None:
    message = f"{tmp_path / 'no'} isn't a folder, so no record can be kept in {tmp_path / 'no' / 'r'}. Create the folder."
    with pytest.raises(PublishError, match=re.escape(message)):
        make_newsroom(make_article()).publish(public, record=tmp_path / "no" / "r")
    assert not public.exists()


def test_a_folder_is_no_file(tmp_path: Path, public: Path) -> None:
    with pytest.raises(PublishError, match=re.escape(f"can't read the record {tmp_path}: ")):
        make_newsroom(make_article()).publish(public, record=tmp_path)
