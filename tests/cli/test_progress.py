"""The progress bar: what it shows of a build, step by step."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

import newsfeed
from newsfeed.cli.progress import _Bar, progress_bar


@pytest.fixture
def progress() -> Progress:
    return Progress(console=Console(file=io.StringIO()))


@pytest.fixture
def bar(progress: Progress) -> _Bar:
    return _Bar(progress)


def shown(progress: Progress) -> tuple[str, float, float | None, str]:
    """What the bar shows; a rate is a number that depends on the machine."""
    (task,) = progress.tasks
    return (
        task.description,
        task.completed,
        task.total,
        re.sub(r"[\d,]+ per second", "… per second", task.fields["count"]),
    )


def test_a_build_begins_with_reading(bar: _Bar, progress: Progress) -> None:
    assert shown(progress) == ("Reading articles", 0, None, "")
    bar.reading(1_000, 4_000, 256)
    assert shown(progress) == ("Reading articles", 1_000, 4_000, "256 articles, … per second")


def test_then_it_writes(bar: _Bar, progress: Progress) -> None:
    bar.reading(4_000, 4_000, 1_024)
    bar.writing(1, 8)
    assert shown(progress) == ("Writing files", 1, 8, "1 of 8")
    bar.writing(8, 8)
    assert shown(progress) == ("Writing files", 8, 8, "8 of 8")


def test_what_is_read_twice_is_shown_twice(bar: _Bar, progress: Progress) -> None:
    bar.reading(4_000, 4_000, 1_024)
    first = progress.tasks[0].start_time
    bar.reading(1_000, 4_000, 256)
    assert shown(progress) == ("Reading articles", 1_000, 4_000, "256 articles, … per second")
    assert first is not None
    assert (progress.tasks[0].start_time or 0) > first


def test_the_rate_is_articles_by_seconds(
    bar: _Bar, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = progress.tasks[0].start_time
    assert began is not None
    monkeypatch.setattr(progress, "get_time", lambda: began + 2)
    progress.tasks[0]._get_time = progress.get_time
    bar.reading(1_000, 4_000, 50_000)
    assert progress.tasks[0].fields["count"] == "50,000 articles, 25,000 per second"


def test_where_nothing_is_shown_nobody_is_called() -> None:
    with progress_bar(shown=False) as build:
        assert build == (None, None)


def test_the_bar_takes_what_opening_and_publishing_tell(example: Path, tmp_path: Path) -> None:
    with progress_bar(shown=True) as build:
        report = newsfeed.open(example, progress=build.reading).publish(tmp_path, progress=build.writing)
    assert report.articles
