"""A field that has another name ends no feeds in silence: most feeds of a rule at once are refused, a few may go."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOON, make_site

from newsfeed import FeedRule, LossRefused, Newsroom
from newsfeed.publish.report import Report
from newsfeed.web import gone_from

RULES = [
    FeedRule(path="{language}/all", formats=["rss"]),
    FeedRule(path="{language}/topic/{topic}", formats=["rss", "html"], archive="month"),
]
ENDED = (
    "12 of 12 feeds of {language}/topic/{topic} would end: too few articles belong to them now, although articles that "
    "they carried are still published. Nothing was written."
)
LAST = (
    "Fix the source and build again. "
    "If this is right, let them go with --accept-loss (accept_loss=True in Python)."
)


def rows(numbers: Sequence[int], **values: Any) -> list[dict[str, Any]]:
    """As a CMS exports them; an article with each topic."""
    return [
        {
            "language": "en",
            "title": f"No. {number}",
            "url": f"https://report.example/{number}",
            "published": NOON,
            "topics": [f"T{number}"],
        }
        | values
        for number in numbers
    ]


def publish(folder: Path, articles: Sequence[dict[str, Any]], *, site: Any = None, **values: Any) -> Report:
    own = make_site(**{"feeds": RULES} | (site or {}))
    return Newsroom(own, articles, as_of=NOON).publish(folder, **values)


def paths(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*.*") if file.is_file() and ".newsfeed" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"topics": None, "rubriki": ["T1"]}, id="the field has another name"),
        pytest.param({"topics": []}, id="it is empty"),
        pytest.param({"topics": "T1, T2"}, id="it is text"),
        pytest.param({"topics": ["Uncategorized"]}, id="it says the same everywhere"),
        pytest.param({"language": "az"}, id="every language is wrong"),
    ],
)
def test_most_feeds_of_a_rule_at_once(change: dict[str, Any], tmp_path: Path) -> None:
    publish(tmp_path, rows(range(12)))
    before = paths(tmp_path)
    with pytest.raises(LossRefused) as refused:
        publish(tmp_path, rows(range(12), **change))
    assert str(refused.value).splitlines() == [
        ENDED,
        LAST,
    ]
    assert paths(tmp_path) == before
    assert publish(tmp_path, rows(range(12))).written == ()
    publish(tmp_path, rows(range(12), **change), accept_loss=True)
    assert gone_from(tmp_path)("en/topic/t1.rss")
    assert publish(tmp_path, rows(range(12), **change)).written == ()


def test_also_where_builds_begin_with_an_empty_folder(tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    publish(tmp_path / "first", rows(range(12)), record=record)
    with pytest.raises(LossRefused, match="12 of 12 feeds of"):
        publish(tmp_path / "second", rows(range(12), topics=[]), record=record)
    assert publish(tmp_path / "third", rows(range(12), withdrawn=True), record=record).written


def test_and_after_the_site_moved(tmp_path: Path) -> None:
    publish(tmp_path, rows(range(12)))
    moved = rows(range(12), topics=[])
    for row in moved:
        row["url"] = row["url"].replace("report", "news")
    with pytest.raises(LossRefused, match="12 of 12 feeds of"):
        publish(tmp_path, moved, site={"url": "https://news.example/"})


@pytest.mark.parametrize(
    ("change", "site"),
    [
        pytest.param({"withdrawn": True}, {}, id="withdrawn"),
        pytest.param({"expires": NOON}, {}, id="expired"),
        pytest.param({}, {"feeds": RULES[:1]}, id="the rule is gone"),
        pytest.param(
            {"topics": []}, {"moved": {f"en/topic/t{n}": "en/all" for n in range(12)}}, id="they have moved"
        ),
        pytest.param({"topics": []}, {"max_loss": 1}, id="the site allows it"),
    ],
)
def test_what_somebody_ended_may_end(change: dict[str, Any], site: dict[str, Any], tmp_path: Path) -> None:
    publish(tmp_path, rows(range(12)))
    publish(tmp_path, rows(range(12), **change), site=site)
    assert not (tmp_path / "en/topic/t1.rss").exists()


@pytest.mark.parametrize(
    ("ended", "of", "is_refused"), [(9, 12, False), (10, 12, True), (10, 50, False), (11, 50, True)]
)
def test_a_few_may_end(ended: int, of: int, is_refused: bool, tmp_path: Path) -> None:
    publish(tmp_path, rows(range(of)))
    edited = [*rows(range(ended), topics=[]), *rows(range(ended, of))]
    if is_refused:
        with pytest.raises(LossRefused, match=f"^{ended} of {of} feeds of"):
            publish(tmp_path, edited)
    else:
        assert "en/topic/t1.rss" in publish(tmp_path, edited).removed


def test_the_message_says_nothing_about_sources_that_gave_a_little_less(tmp_path: Path) -> None:
    publish(tmp_path, [*rows(range(12)), *rows(range(20, 23), topics=[], withdrawn=True)])
    with pytest.raises(LossRefused) as refused:
        publish(tmp_path, rows(range(12), topics=[]))
    assert str(refused.value).splitlines() == [
        "The list of articles had 15 articles last time, and has 12 now.",
        ENDED,
        LAST,
    ]
