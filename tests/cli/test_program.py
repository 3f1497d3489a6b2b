"""The program as a process: its help, its ends, pipes and terminals."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from click.testing import Result

from newsfeed.cli import main

Run = Callable[..., Result]
Write = Callable[..., Path]

COMMAND = [sys.executable, "-m", "newsfeed"]


def start(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_entry_point() -> None:
    (script,) = entry_points(group="console_scripts", name="newsfeed")
    assert script.load() is main


def test_the_version(tmp_path: Path) -> None:
    assert start("--version", cwd=tmp_path).stdout == f"newsfeed {version('newsroom-feeds')}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", "new", "build", "latest", "schema"])
def test_help_shows_examples(run: Run, command: str, flag: str) -> None:
    result = run(*command.split(), flag)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: newsfeed {command}".strip())
    example = rf"\n  Examples:\n    newsfeed {command or 'new'} "
    assert re.search(example, result.stdout)


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    assert run("bild").exit_code == 2


@pytest.mark.slow
def test_from_nothing_to_feeds(tmp_path: Path) -> None:
    assert start("new", "mysite", cwd=tmp_path).returncode == 0
    built = start("build", "mysite", "-o", "public", cwd=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert "\x1b" not in built.stdout
    page, feed = re.findall(r"public/\S+\.\w+", built.stdout)
    assert (tmp_path / page).is_file()
    assert (tmp_path / feed).is_file()


@pytest.mark.slow
def test_a_pipe_gets_utf8_whatever_the_locale_says(write: Write, tmp_path: Path) -> None:
    write()
    latest = ("latest", "mysite", "--language", "az")
    listing = start(*latest, cwd=tmp_path, PYTHONIOENCODING="ascii").stdout
    assert "Bakıda qar" in listing
    assert listing == start(*latest, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bild", "there is no command 'bild'. Did you mean 'build'?"),
        ("--jsno", "No such option"),
    ],
)
def test_what_is_no_command_is_wrong_usage(typed: str, said: str, tmp_path: Path) -> None:
    failed = start(typed, cwd=tmp_path)
    assert failed.returncode == 2
    assert said in failed.stderr


def test_a_known_failure_shows_no_traceback(tmp_path: Path) -> None:
    failed = start("build", "nowhere", cwd=tmp_path)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.startswith("newsfeed: ")
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, missing: str) -> None:
    # An import of None is one that Python refuses, as if the package weren't there.
    script = f"import sys; sys.modules[{missing!r}] = None; from newsfeed.cli import main; main()"
    failed = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr == (
        "newsfeed: the newsfeed commands need packages that aren't installed. "
        "Run: pip install 'newsroom-feeds[cli]'\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")
def test_a_broken_pipe_ends_it_quietly(write: Write, tmp_path: Path) -> None:
    write()
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody_reads:
        ended = subprocess.run(
            [*COMMAND, "latest", "mysite", "--format", "html"],
            cwd=tmp_path,
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.stderr == b""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")
def test_an_interrupt_ends_it_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b" " * 1_000_000)  # more than a pipe holds, so the command is reading when this ends
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=30)
    assert process.returncode == 130
    assert output == (b"", b"")


def on_a_terminal(arguments: list[str], cwd: Path, **environment: str) -> str:
    """What a process writes to stderr, when that is a terminal."""
    import pty  # only POSIX has it

    outside = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**outside, "TERM": "xterm", "COLUMNS": "100", **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # Linux says so when the other side has closed
            read = b""
        if not read:
            break
        written += read
    os.close(ours)
    assert process.wait(timeout=30) == 0
    return written.decode()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")
def test_a_terminal_shows_progress(write: Write, tmp_path: Path) -> None:
    write()
    shown = on_a_terminal(["build", "mysite"], tmp_path)
    assert "Writing files" in shown
    assert "8 of 8" in shown


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")
def test_json_shows_no_progress(write: Write, tmp_path: Path) -> None:
    write()
    assert on_a_terminal(["build", "mysite", "--json"], tmp_path) == ""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")
def test_no_color_on_a_terminal(write: Write, tmp_path: Path) -> None:
    write({}, {"url": "https://report.example/2", "published": "18:24"})
    colours = re.compile(r"\x1b\[[0-9;]*m")
    assert colours.search(on_a_terminal(["build", "mysite"], tmp_path))
    plain = on_a_terminal(["build", "mysite"], tmp_path, NO_COLOR="1")
    assert "left out" in plain
    assert not colours.search(plain)
