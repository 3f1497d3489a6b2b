"""A format is added by one row and one function; everything else finds it through the row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from tests.conftest import make_site
from tests.formats import csv_feeds
from tests.web.conftest import asking

from newsfeed import Article, FeedRule, Finding, InvalidPlugin, InvalidRecord, InvalidValue, Newsroom
from newsfeed.formats.writing import render
from newsfeed.model.formats import FORMATS, Format
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.live import LiveNewsroom
from newsfeed.websub.topics import topics_of

Build = Callable[..., Newsroom]
Make = Callable[..., Article]

CSV = Format(
    name="csv",
    label="CSV",
    suffix=".csv",
    media_type="text/csv",
    writer="tests.formats.csv_feeds:write",
    other_media_types=("application/csv",),
)
SNOW = b"https://report.example/en/snow,Snow in Baku\n"


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS.own, "csv", CSV)


@pytest.fixture
def room(newsroom: Build, article: Make) -> Newsroom:
    rules = [
        FeedRule(path="{language}/all", formats=["rss", "csv"]),
        FeedRule(path="{language}/table", formats=["csv"], paged=True, limit=1),
        FeedRule(path="{language}/latest", formats=["html"]),
    ]
    snow = article("snow", title="Snow in Baku", url="https://report.example/en/snow")
    return newsroom(snow, article("rain"), site=make_site(feeds=rules))


def test_a_feed_is_rendered(room: Newsroom) -> None:
    assert SNOW in room.feed("en/all").render("csv")


def test_it_is_published(room: Newsroom, tmp_path: Path) -> None:
    report = room.publish(tmp_path)
    assert {"en/all.rss", "en/all.csv", "en/table.csv", "en/table/page/2.csv"} <= {*report.written}
    assert SNOW in (tmp_path / "en/all.csv").read_bytes()
    assert room.publish(tmp_path).written == ()


def test_it_is_published_with_an_executor(room: Newsroom, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        room.publish(tmp_path, executor=executor)
    assert SNOW in (tmp_path / "en/all.csv").read_bytes()


def test_a_limit_of_bytes_holds(newsroom: Build, article: Make, tmp_path: Path) -> None:
    rule = FeedRule(path="all", formats=["csv"], max_bytes=70)
    newsroom(article("snow"), article("rain"), site=make_site(feeds=[rule])).publish(tmp_path)
    assert (tmp_path / "all.csv").read_bytes().count(b"\n") == 1


def test_a_build_that_checks_its_feeds_leaves_it_alone(room: Newsroom, tmp_path: Path) -> None:
    checked: list[str] = []

    def check(path: str, document: bytes) -> list[Finding]:  # noqa: ARG001 - as it is called
        checked.append(path)
        return []

    room.publish(tmp_path, check=check)
    assert "en/all.rss" in checked
    assert [path for path in checked if path.endswith(".csv")] == []


def test_a_feed_that_ends_leaves_an_empty_one(
    room: Newsroom, newsroom: Build, article: Make, tmp_path: Path
) -> None:
    room.publish(tmp_path)
    plan = [FeedRule(path="{language}/all")]
    site = make_site(feeds=plan, retired="empty")
    newsroom(article("snow"), article("rain"), site=site).publish(tmp_path)
    assert (tmp_path / "en/table.csv").read_bytes() == b""


def test_other_documents_link_to_it(room: Newsroom, tmp_path: Path) -> None:
    room.publish(tmp_path)
    address = "https://report.example/feeds/en/all.csv"
    assert f'href="{address}" rel="related" type="text/csv"' in (tmp_path / "en/all.rss").read_text()
    assert ">CSV</a>" in (tmp_path / "en/latest.html").read_text()
    assert address in (tmp_path / "feeds.json").read_text()
    assert ">CSV</a>" in (tmp_path / "index.html").read_text()
    assert "en/table.csv" in (tmp_path / "feeds.opml").read_text()


@pytest.mark.parametrize("accept", ["text/csv, */*;q=0.1", "application/csv"])
def test_it_is_served(room: Newsroom, accept: str) -> None:
    answer = asking(LiveNewsroom(lambda: room), negotiate=True)("/en/all", accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert SNOW in answer.body


def test_it_is_served_from_a_folder(room: Newsroom, tmp_path: Path) -> None:
    room.publish(tmp_path)
    answer = asking(PublishedFolder(tmp_path))("/en/all.csv")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_hubs_hear_of_it() -> None:
    topics = topics_of('{"written": ["en/all.csv"]}', feeds_url="https://report.example/feeds/")
    assert topics == ("https://report.example/feeds/en/all.csv",)


def test_rules_know_it() -> None:
    with pytest.raises(InvalidRecord, match="formats\\[0\\]: 'csvs' isn't known. Did you mean 'csv'?"):
        FeedRule(path="all", formats=["csvs"])
    with pytest.raises(InvalidRecord) as caught:
        FeedRule(path="all.csv")
    assert str(caught.value) == (
        "FeedRule: path: 'all.csv' ends in .csv, and newsfeed adds the ending of each format itself. "
        'Write all, and formats = ["csv"] if you want no other.'
    )


def test_a_listing_has_no_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    FeedRule(path="all", formats=["csv"], archive="month")
    monkeypatch.setitem(FORMATS.own, "csv", msgspec.structs.replace(CSV, is_feed=False))
    with pytest.raises(InvalidRecord, match="archive: none of the rule's formats supports it"):
        FeedRule(path="all", formats=["csv"], archive="month")


class TestMistakes:
    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("name", "C S V", "name: 'C S V' can't be the name of a format. Write one such as 'ninjs'."),
            ("suffix", "csv", "suffix: 'csv' can't be the suffix of a format. Write one such as '.ninjs'."),
            ("suffix", ".ninjs.json", "suffix: '.ninjs.json' can't be the suffix of a format. Write one such as '.ninjs'."),
            ("media_type", "csv", "media_type: 'csv' can't be the media type of a format. Write one such as 'application/json'."),
            ("writer", "write", "writer: 'write' can't be the writer of a format. Write one such as 'package.module:function'."),
            ("writer", csv_feeds.write, f"writer: {csv_feeds.write!r} can't be the writer of a format. Write one such as 'package.module:function'."),
        ],
    )  # fmt: skip
    def test_a_row_is_checked(self, field: str, value: object, message: str) -> None:
        with pytest.raises(InvalidValue) as caught:
            msgspec.structs.replace(CSV, **{field: value})
        assert str(caught.value) == message

    @pytest.mark.parametrize(
        ("writer", "message"),
        [
            (
                "tests.formats.csv_feeds:wrote",
                (
                    "the format 'csv' can't be written, because tests.formats.csv_feeds:wrote can't be imported: "
                    "module 'tests.formats.csv_feeds' has no attribute 'wrote'. Correct its row, or upgrade the plug-in."
                ),
            ),
            (
                "tests.nowhere:write",
                (
                    "the format 'csv' can't be written, because tests.nowhere:write can't be imported: "
                    "No module named 'tests.nowhere'. Correct its row, or upgrade the plug-in."
                ),
            ),
            (
                "tests.formats.csv_feeds:write_text",
                (
                    "tests.formats.csv_feeds:write_text, which writes the format 'csv', returned str, not bytes. "
                    "Return the document in UTF-8."
                ),
            ),
        ],
    )
    def test_a_writer_that_can_not_write(
        self, room: Newsroom, monkeypatch: pytest.MonkeyPatch, writer: str, message: str
    ) -> None:
        monkeypatch.setitem(FORMATS.own, "csv", msgspec.structs.replace(CSV, writer=writer))
        with pytest.raises(InvalidPlugin) as caught:
            render(room.feed("en/all"), "csv")
        assert str(caught.value) == message

    def test_every_row_names_functions_that_are_there(self, newsroom: Build, article: Make) -> None:
        feed = newsroom(article("snow")).feed("en/all")
        assert all(render(feed, name) for name in FORMATS.own)


def test_no_two_formats_share_a_name_a_suffix_or_a_media_type() -> None:
    own = FORMATS.own.values()
    suffixes = [suffix for form in own for suffix in (form.suffix, *form.other_suffixes)]
    media_types = [form.media_type for form in own]
    assert len({*suffixes}) == len(suffixes)
    assert len({*media_types}) == len(media_types)
