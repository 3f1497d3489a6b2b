"""`newsfeed build --then COMMAND`: a command of the shell that is given the report after a publish that changed something."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import QAR, SNOW

Write = Callable[..., Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")


@pytest.fixture
def folder(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return write(SNOW)


def build(tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "newsfeed", "build", "mysite", "-o", "public", *options]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)


def kept(tmp_path: Path) -> list[Path]:
    """The reports that are kept for another try."""
    return list((tmp_path / "tmp").iterdir())


def failure(problem: str, command: str, tmp_path: Path) -> str:
    (report,) = kept(tmp_path)
    return (
        f"newsfeed: The feeds are published, but the command of --then {problem}.\n"
        f"newsfeed: The report is kept. To run the command again: {command} < {report}\n"
    )


@pytest.mark.slow
def test_it_gets_the_report(folder: Path, write: Write, tmp_path: Path) -> None:  # noqa: ARG001 - it has to be there
    done = build(tmp_path, "--then", "cat > report.json; echo purged")
    assert (done.returncode, done.stderr) == (0, "purged\n")
    assert "purged" not in done.stdout
    report: dict[str, Any] = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert "https://report.example/feeds/en/all.rss" in report["addresses"]
    assert report["articles"]["published"] == [
        {"id": SNOW["url"], "url": "https://report.example/en/snow", "language": "en"}
    ]
    assert kept(tmp_path) == []


@pytest.mark.slow
def test_it_runs_only_after_a_publish_that_changed_something(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    then = ["--then", "echo ran >> runs"]
    assert build(tmp_path, *then, "--dry-run").returncode == 0
    assert not (tmp_path / "runs").exists()
    build(tmp_path, *then)
    build(tmp_path, *then)
    assert (tmp_path / "runs").read_text() == "ran\n"
    write(SNOW, QAR)
    build(tmp_path, *then)
    assert (tmp_path / "runs").read_text() == "ran\nran\n"
    (folder / "articles.jsonl").write_text("")
    assert build(tmp_path, *then).returncode == 1
    assert (tmp_path / "runs").read_text() == "ran\nran\n"


@pytest.mark.slow
def test_with_json_only_the_report_is_on_stdout(folder: Path, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    done = build(tmp_path, "--json", "--then", "echo purged")
    assert json.loads(done.stdout)["error"] is None
    assert done.stderr == "purged\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("exit 7", "failed with exit status 7"),
        ("kill -9 $$", "was killed (SIGKILL)"),
        ("true; sh -c 'kill -15 $$'; exit $?", "was killed (SIGTERM)"),
        ("/dev/null", "isn't executable (exit status 126)"),
        ("cat | exit 1", "failed with exit status 1"),
    ],
)
def test_a_failure_is_told_and_undoes_nothing(
    command: str,
    problem: str,
    folder: Path,  # noqa: ARG001 - as above
    tmp_path: Path,
) -> None:
    done = build(tmp_path, "--then", command)
    assert done.returncode == 3
    assert done.stderr.endswith(failure(problem, command, tmp_path))
    assert (tmp_path / "public/en/all.rss").exists()
    assert "https://report.example/feeds/en/all.rss" in json.loads(kept(tmp_path)[0].read_text())["addresses"]
    assert build(tmp_path).returncode == 0


@pytest.mark.slow
def test_a_command_that_is_missing(folder: Path, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    done = build(tmp_path, "--then", "purge-cdn --all")
    assert done.returncode == 3
    assert "not found" in done.stderr.splitlines()[0]
    assert done.stderr.endswith(failure("wasn't found (exit status 127)", "purge-cdn --all", tmp_path))


@pytest.mark.slow
def test_a_command_that_hangs_and_reads_nothing(folder: Path, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    command = "sh -c 'while :; do echo alive >> beats; sleep 0.1; done'; true"
    begin = time.monotonic()
    done = build(tmp_path, "--then-within", "1", "--then", command)
    assert time.monotonic() - begin < 30
    problem = "took longer than 1 s and was ended; --then-within allows more"
    assert (done.returncode, done.stderr) == (3, failure(problem, command, tmp_path))
    beats = (tmp_path / "beats").read_text()
    time.sleep(0.5)
    assert (tmp_path / "beats").read_text() == beats != ""


@pytest.mark.slow
def test_ctrl_c_ends_it_too(folder: Path, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    command = "echo $$ > pid; sleep 600; true"
    arguments = [sys.executable, "-m", "newsfeed", "build", "mysite", "-o", "public", "--then", command]
    with subprocess.Popen(arguments, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(600):
            if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, failure("was interrupted", command, tmp_path))
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_ctrl_c_while_it_begins_ends_it(
    folder: Path,  # noqa: ARG001 - as above
    run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            if options.get("shell"):
                begun.append(self)
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    done = run("build", "mysite", "-o", "public", "--then", "sleep 600; true")
    assert (done.exit_code, begun[0].returncode) == (130, -signal.SIGKILL)
    assert "The feeds are published, but the command of --then was interrupted." in done.stderr


def test_an_empty_command_is_refused(folder: Path, run: Callable[..., Any]) -> None:  # noqa: ARG001 - as above
    refused = run("build", "mysite", "--then", " ")
    assert refused.exit_code == 2
    assert "Invalid value for '--then': it is empty; write a command for the shell" in refused.stderr


@pytest.mark.slow
def test_it_runs_after_each_publish_of_watch(folder: Path, write: Write, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    arguments = [sys.executable, "-m", "newsfeed", "build", "mysite", "-o", "public", "--watch"]
    arguments += ["--then", "echo ran >> runs; exit 1"]

    def wait_for(runs: int) -> None:
        for _ in range(600):
            if (tmp_path / "runs").exists() and (tmp_path / "runs").read_text() == "ran\n" * runs:
                return
            time.sleep(0.05)
        pytest.fail("it didn't run")

    with subprocess.Popen(
        arguments, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(1)
        write(SNOW, QAR)
        wait_for(2)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (
        told.count("newsfeed: The feeds are published, but the command of --then failed with exit status 1.")
        == 2
    )
