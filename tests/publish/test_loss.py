"""A bad day is not published: a build that would lose too much is refused, and changes nothing."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import make_article, make_newsroom, make_site

import newsfeed
from newsfeed import LossRefused, Newsroom, ProblemsFound
from newsfeed.publish.loss import BuildLoss

Make = Callable[..., Any]
#: Writes the files of a newsroom, and opens it.
Opened = Callable[..., Newsroom]

TOML = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en", "az"]
articles = {articles}
{more}

[[feeds]]
path = "{{language}}/all"
limit = 200
"""


def line(number: int, **values: Any) -> str:
    hour = f"2025-12-19T{number % 24:02d}:00:00Z"
    defaults = {
        "language": "en",
        "title": f"No. {number}",
        "url": f"https://report.example/{number}",
        "published": hour,
    }
    return json.dumps(defaults | values)


def lines(numbers: Sequence[int], **values: Any) -> str:
    return "".join(f"{line(number, **values)}\n" for number in numbers)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A newsroom of files; a text for each."""

    def write(*, more: str = "", **files: str) -> Newsroom:
        folder = tmp_path / "newsroom"
        folder.mkdir(exist_ok=True)
        names = json.dumps([f"{name}.jsonl" for name in files])
        (folder / "newsroom.toml").write_text(TOML.format(articles=names, more=more))
        for name, text in files.items():
            (folder / f"{name}.jsonl").write_text(text)
        return newsfeed.open(folder, as_of=datetime(2025, 12, 20, tzinfo=UTC))

    return write


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = (file for file in folder.rglob("*") if file.is_file() and file.name != "lock")
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in found
    }


HUNDRED = lines(range(100))
NEITHER = "they are neither among the usable articles nor withdrawn. Nothing was written."
LAST = (
    "Fix the source and build again. "
    "If this is right, let them go with --accept-loss (accept_loss=True in Python)."
)


@pytest.mark.parametrize(
    ("export", "lost", "now"),
    [
        pytest.param(HUNDRED[:300], 98, "2", id="it breaks off"),
        pytest.param("", 100, "none", id="it is empty"),
        pytest.param("<html><body>503 Service Unavailable</body></html>", 100, "none", id="an error page"),
        pytest.param(lines(range(100), published="soon"), 100, "none", id="every record has a bad date"),
        pytest.param(lines(range(100), language="ru"), 100, "none", id="a language that the site lacks"),
        pytest.param(lines(range(79)), 21, "79", id="a fifth and one more"),
        pytest.param(lines(range(100), id="urn:example:1"), 99, None, id="one id for all"),
        pytest.param(lines(range(100), story="1"), 99, None, id="one story for all"),
        pytest.param(lines(range(200, 300)), 100, None, id="other articles in their place"),
    ],
)
def test_an_export_that_went_wrong_changes_nothing(
    export: str, lost: int, now: str | None, opened: Opened, public: Path
) -> None:
    opened(export=HUNDRED).publish(public)
    before = files(public)
    with pytest.raises(LossRefused) as refused:
        opened(export=export).publish(public)
    assert str(refused.value).splitlines() == [
        f"{lost} of 100 published articles would be lost: {NEITHER}",
        *([f"export.jsonl had 100 articles last time, and has {now} now."] if now else []),
        LAST,
    ]
    assert len(refused.value.lost) == lost
    assert files(public) == before
    assert opened(export=HUNDRED).publish(public).written == ()


def test_a_loss_can_be_accepted(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    report = opened(export=lines(range(10))).publish(public, accept_loss=True)
    assert (report.articles, len(report.lost), report.error) == (10, 90, "")
    assert opened(export=lines(range(10))).publish(public).written == ()


def test_a_second_edition_of_a_story_is_lost_and_told_of_once(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    report = opened(export=lines(range(98)) + lines([98, 99], story="s")).publish(public)
    assert report.lost == ("https://report.example/98",)
    assert [finding.code for finding in (*report.left_out, *report.changed)] == ["NF105"]


def test_what_the_site_allows_may_go(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    assert len(opened(export=lines(range(80))).publish(public).lost) == 20
    with pytest.raises(LossRefused):
        opened(export=lines(range(60)), more="max_loss = 0.1").publish(public)
    assert len(opened(export=lines(range(20)), more="max_loss = 1").publish(public).lost) == 60


def test_fewer_than_ten_may_go_unless_they_are_all(opened: Opened, public: Path) -> None:
    opened(export=lines(range(11))).publish(public)
    assert len(opened(export=lines(range(2)), more="max_loss = 0").publish(public).lost) == 9
    with pytest.raises(LossRefused, match="2 of 2 published articles would be lost"):
        opened(export=lines(range(20, 40))).publish(public)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"withdrawn": True}, id="withdrawn"),
        pytest.param({"expires": "2025-12-19T23:59:00Z"}, id="expired"),
        pytest.param({"published": "2026-01-01T00:00:00Z"}, id="embargoed again"),
        pytest.param({"topics": ["other"]}, id="edited"),
        pytest.param({"id": "urn:example:new", "story": "s"}, id="under other ids"),
    ],
)
def test_what_somebody_took_back_or_changed_is_not_lost(
    values: dict[str, Any], opened: Opened, public: Path
) -> None:
    def export(**values: Any) -> str:
        keys = {"story", "id"} & values.keys()
        rows = ({key: f"{values[key]}{number}" for key in keys} for number in range(20))
        return "".join(f"{line(number, **values | row)}\n" for number, row in enumerate(rows))

    before = {"story": "s"} if "story" in values else {"topics": ["snow"]}
    opened(export=export(**before)).publish(public)
    assert opened(export=export(**before | values)).publish(public).lost == ()


def test_an_earlier_moment_loses_nothing(tmp_path: Path) -> None:
    rows = [make_article(str(number)) for number in range(20)]
    make_newsroom(*rows).publish(tmp_path)
    before = make_newsroom(*rows, as_of=rows[0].published - timedelta(days=1))
    assert before.publish(tmp_path).lost == ()


def test_a_source_that_gave_articles_and_gives_none_is_refused(opened: Opened, public: Path) -> None:
    opened(news=HUNDRED, sport=lines(range(200, 203))).publish(public)
    with pytest.raises(LossRefused) as refused:
        opened(news=HUNDRED, sport="").publish(public)
    assert str(refused.value).splitlines()[:2] == [
        f"3 of 103 published articles would be lost: {NEITHER}",
        "sport.jsonl had 3 articles last time, and has none now.",
    ]
    assert opened(news=HUNDRED, sport="").publish(public, accept_loss=True).lost
    assert opened(news=HUNDRED, sport="").publish(public).written == ()


def test_also_where_no_feed_carries_its_articles(opened: Opened, public: Path) -> None:
    old = lines(range(200, 203), published="2001-01-01T00:00:00Z")
    recent = lines(range(200))
    opened(news=recent, old=old).publish(public)
    with pytest.raises(LossRefused) as refused:
        opened(news=recent, old="").publish(public)
    assert str(refused.value).splitlines()[:2] == [
        "A source no longer has any articles. Nothing was written.",
        "old.jsonl had 3 articles last time, and has none now.",
    ]


def test_a_source_under_another_name_is_the_same_articles(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    assert opened(articles=HUNDRED).publish(public).lost == ()


def test_rows_are_guarded_as_files_are(tmp_path: Path) -> None:
    rows = [make_article(str(number)) for number in range(20)]
    make_newsroom(*rows).publish(tmp_path)
    with pytest.raises(LossRefused) as refused:
        make_newsroom().publish(tmp_path)
    assert str(refused.value).splitlines()[:2] == [
        f"20 of 20 published articles would be lost: {NEITHER}",
        "The list of articles had 20 articles last time, and has none now.",
    ]
    assert refused.value.lost == tuple(sorted(row.url or "" for row in rows))


def test_a_dry_run_says_what_would_be_refused(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    before = files(public)
    report = opened(export="").publish(public, dry_run=True)
    assert report.error.startswith("100 of 100 published articles would be lost")
    assert (len(report.lost), bool(report.changes), files(public)) == (100, True, before)


def test_a_first_build_without_one_good_article_is_refused(opened: Opened, public: Path) -> None:
    with pytest.raises(ProblemsFound) as refused:
        opened(export=lines(range(3), published="soon")).publish(public)
    assert str(refused.value) == (
        "no article can be published because of 3 errors. Nothing was written. Fix them and build again."
    )
    assert [name for name in files(public) if not name.startswith(".newsfeed/")] == []


def test_a_first_build_whose_articles_are_all_embargoed_is_fine(opened: Opened, public: Path) -> None:
    report = opened(export=lines(range(3), published="2030-01-01T00:00:00Z")).publish(public)
    assert report.articles == 0
    assert "en/all.rss" in report.written


def test_without_a_record_there_is_nothing_to_compare_with(opened: Opened, public: Path) -> None:
    opened(export=HUNDRED).publish(public)
    (public / ".newsfeed" / "record.jsonl").unlink()
    assert opened(export=lines(range(5))).publish(public).lost == ()


def test_max_loss_is_a_share() -> None:
    with pytest.raises(ValueError, match="max_loss: 20 isn't a share. Write a share from 0 to 1"):
        make_site(max_loss=20)


@given(lost=st.integers(0, 300), more=st.integers(0, 300), max_loss=st.floats(0, 1))
def test_the_rule(lost: int, more: int, max_loss: float) -> None:
    published = lost + more
    loss = BuildLoss(lost=("https://report.example/",) * lost, published=published, shrunk={})
    may_go = lost == 0 or (lost < published and (lost < 10 or lost / published <= max_loss))
    assert loss.is_more_than(max_loss) is not may_go
