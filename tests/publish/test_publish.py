"""Publishing: files are replaced whole, left alone when nothing changed, and nothing unfinished is left behind."""

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, InvalidPlan, Newsroom, ProblemsFound, PublishError

Make = Callable[..., Any]


def files(folder: Path) -> dict[str, bytes]:
    """What a web server would hand out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".newsfeed" not in path.parts
    }


@pytest.fixture
def small(newsroom: Make, article: Make, site: Make) -> Newsroom:
    own = site(feeds=[FeedRule(path="{language}/all", formats=["rss", "text"])], discovery=False)
    made: Newsroom = newsroom(article(), site=own)
    return made


def test_every_document_is_written(small: Newsroom, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "public"
    report = small.publish(out)
    assert report.written == ("en/all.rss", "en/all.txt", "az/all.rss", "az/all.txt")
    assert files(out) == {
        f"{path}{suffix}": small.feed(path).render(name)
        for path in ("en/all", "az/all")
        for name, suffix in (("rss", ".rss"), ("text", ".txt"))
    }


def test_what_did_not_change_is_not_touched(small: Newsroom, tmp_path: Path) -> None:
    small.publish(tmp_path)
    stamp = 1_700_000_000
    for name in files(tmp_path):
        os.utime(tmp_path / name, (stamp, stamp))
    (tmp_path / "az/all.rss").write_bytes(b"damaged")
    report = small.publish(tmp_path)
    assert report.written == ("az/all.rss",)
    assert report.unchanged == ("en/all.rss", "en/all.txt", "az/all.txt")
    assert {name for name in files(tmp_path) if (tmp_path / name).stat().st_mtime != stamp} == {"az/all.rss"}


def test_when_nothing_changed_nothing_is_written(
    small: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.publish(tmp_path)
    monkeypatch.setattr(os, "sync", lambda: pytest.fail("there is nothing to bring to the disk"))
    report = small.publish(tmp_path)
    assert (report.written, len(report.unchanged)) == ((), 4)


def test_files_of_others_are_left_alone(small: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text("mine")
    small.publish(tmp_path)
    assert files(tmp_path)["robots.txt"] == b"mine"


def test_a_build_that_fails_changes_nothing(
    newsroom: Make, article: Make, small: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.publish(tmp_path)
    before = files(tmp_path)

    def full_disk(place: Path, data: bytes, real: Any = Path.write_bytes) -> int:
        if place.parent.name == "az":
            raise OSError(28, "No space left on device", str(place))
        written: int = real(place, data)
        return written

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    changed = newsroom(article(title="Changed"), article("qar", language="az"), site=small.site)
    with pytest.raises(PublishError, match="can't write .*: No space left on device"):
        changed.publish(tmp_path)
    assert files(tmp_path) == before


def test_leftovers_of_a_build_that_died_are_cleared_away(small: Newsroom, tmp_path: Path) -> None:
    for folder in ("en", ".newsfeed"):
        (tmp_path / folder).mkdir()
    (tmp_path / "en/.1.newsfeed-part").write_bytes(b"<rss")
    (tmp_path / ".newsfeed/building").write_text("process 1 on elsewhere")
    assert small.publish(tmp_path).removed == ("en/.1.newsfeed-part",)
    assert not list(tmp_path.rglob("*part"))
    assert not (tmp_path / ".newsfeed/building").exists()


def test_new_files_can_be_read_by_a_web_server(small: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "probe").touch()
    small.publish(tmp_path)
    assert (tmp_path / "en/all.rss").stat().st_mode == (tmp_path / "probe").stat().st_mode


def test_a_folder_that_is_a_file(small: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    with pytest.raises(PublishError, match="public"):
        small.publish(tmp_path / "public")


class TestStrict:
    def test_problems_write_nothing(self, newsroom: Make, article: Make, tmp_path: Path) -> None:
        room = newsroom(article(), article(language="fr"))
        with pytest.raises(ProblemsFound) as refused:
            room.publish(tmp_path / "public", strict=True)
        assert [finding.code for finding in refused.value.findings] == ["NF103"]
        assert not (tmp_path / "public").exists()

    def test_repairs_are_no_problem(self, newsroom: Make, article: Make, tmp_path: Path) -> None:
        report = newsroom(article(title="Snow\x00")).publish(tmp_path, strict=True)
        assert [finding.code for finding in report.repaired] == ["NF111"]


def test_colliding_rules_write_nothing(newsroom: Make, site: Make, tmp_path: Path) -> None:
    room = newsroom(site=site(feeds=[FeedRule(path="a"), FeedRule(path="A")]))
    with pytest.raises(InvalidPlan):
        room.publish(tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_nothing_that_is_held_back_appears_anywhere(
    newsroom: Make, article: Make, tmp_path: Path, noon: datetime
) -> None:
    held_back: list[dict[str, Any]] = [
        {"published": noon + timedelta(days=30)},
        {"expires": noon},
        {"withdrawn": True},
    ]
    secret = [
        article(
            f"secret{number}",
            language="az",
            story="s",
            topics=[f"secret-{number}"],
            authors=[{"name": f"Secret {number}"}],
            categories=["media"],
            **values,
        )
        for number, values in enumerate(held_back)
    ]
    newsroom(article(story="s"), *secret).publish(tmp_path)
    published = files(tmp_path)
    assert len(published) > 50
    for name, document in published.items():
        assert b"secret" not in document.lower(), name
        assert "secret" not in name


def test_progress(small: Newsroom, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    small.publish(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_report_for_machines(newsroom: Make, article: Make, site: Make, tmp_path: Path) -> None:
    own = site(feeds=[FeedRule(path="all", formats=["rss"])], discovery=False)
    room = newsroom(article(topics=[""]), article(language="fr"), site=own)
    report = json.loads(room.publish(tmp_path).as_json())
    assert report["counts"] == {
        "articles": 1,
        "written": 1,
        "unchanged": 0,
        "removed": 0,
        "left_out": 1,
        "repaired": 1,
        "shortened": 0,
        "changed": 0,
        "lost": 0,
        "checked": 0,
    }
    assert (report["written"], report["as_of"]) == (["all.rss"], "2025-12-20T12:00:00Z")
    assert report["left_out"] == [
        {
            "code": "NF103",
            "severity": "error",
            "file": None,
            "line": None,
            "column": None,
            "record": 2,
            "name": "https://report.example/fr/snow",
            "field": "language",
            "reason": "'fr' isn't one of the site's languages",
            "remedy": report["left_out"][0]["remedy"],
        }
    ]
    assert report["repaired"][0]["field"] == "topics[0]"
