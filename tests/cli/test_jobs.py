"""`build --jobs`: other processes read, render and write, and the files are the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from newsfeed.cli import jobs

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def site(write: Write) -> Path:
    """So many articles that one batch doesn't have them all."""
    toml = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]
articles = ["articles.jsonl"]

[[feeds]]
path = "all"
limit = 450
"""
    articles = [
        {"url": f"https://report.example/{number}", "categories": [], "content": f"<p>{number}</p>"}
        for number in range(450)
    ]
    return write(*articles, toml=toml)


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("[!.]*.*")}


@pytest.mark.slow
def test_processes_write_the_feeds(
    site: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", site.name, "-o", "alone").exit_code == 0

    def nobody(*_: Any) -> None:
        pytest.fail("an entry was made where the build runs")

    monkeypatch.setattr("newsfeed.formats.renderer.entry_of", nobody)
    result = run("build", site.name, "-o", "together", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert files_in(tmp_path / "together") == files_in(tmp_path / "alone") != {}


def test_one_job_is_the_build_itself(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    assert run("build", site.name, "--jobs", "1").exit_code == 0


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_a_number_of_jobs_is_one_or_more(number: str, site: Path, run: Run) -> None:
    result = run("build", site.name, "--jobs", number)
    assert result.exit_code == 2
    assert "--jobs" in result.stderr


def test_large_newsrooms_get_a_process_for_each_core_and_the_command_says_so(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (site / "articles.jsonl").stat().st_size
    monkeypatch.setattr(jobs, "_cores", lambda: 2)
    monkeypatch.setattr(jobs, "_BYTES_PER_PROCESS", size // 5)
    asked: list[int] = []

    def pool(number: int, **_: Any) -> ThreadPoolExecutor:
        asked.append(number)
        return ThreadPoolExecutor(number)

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", pool)
    result = run("build", site.name, "--dry-run")
    assert asked == [2]
    expected = f"Working in 2 processes, because there are {size // 1024} KiB of articles. For another number: --jobs N.\n"
    assert result.stderr.startswith(expected)
    monkeypatch.setattr(jobs, "_BYTES_PER_PROCESS", size // 2 + 1)
    assert "processes" not in run("build", site.name, "--dry-run").stderr
    assert asked == [2]


def test_the_processes_are_forked_or_spawned_and_end_with_the_build() -> None:
    with jobs.processes(2) as executor:
        assert executor is not None
        assert executor.submit(abs, -1).result() == 1
    with pytest.raises(RuntimeError):
        executor.submit(abs, -1)


@pytest.mark.parametrize(("limit", "cores"), [("max 100000", 4), ("150000 100000", 2), ("50000 100000", 1)])
def test_a_container_s_share_of_the_cores_counts(
    limit: str, cores: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpu.max").write_text(f"{limit}\n")
    monkeypatch.setattr(jobs, "_CPU_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert jobs._cores() == cores


def test_where_there_can_be_no_processes_one_does_all(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pool(_: int) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(jobs, "_cores", lambda: 2)
    monkeypatch.setattr(jobs, "_BYTES_PER_PROCESS", 1)
    monkeypatch.setattr(jobs, "_pool", no_pool)
    assert run("build", site.name).exit_code == 0
    assert run("build", site.name, "--jobs", "2").exit_code == 1
