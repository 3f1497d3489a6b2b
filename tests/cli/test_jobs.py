"""`build --jobs`: other processes make the entries, and the files are the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

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
def test_processes_make_the_entries(
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


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_jobs_is_one_or_more(jobs: str, site: Path, run: Run) -> None:
    result = run("build", site.name, "--jobs", jobs)
    assert result.exit_code == 2
    assert "--jobs" in result.stderr
