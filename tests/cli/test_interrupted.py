"""Ctrl+C while a store is filled: how far it came is said, what is stored stays, and the same command goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, SNOW

Run = Callable[..., Result]
Write = Callable[..., Path]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise")]

STORE_TOML = NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"')
SYNC_INTERRUPTED = (
    "newsfeed: interrupted. What was stored in mysite/news.db before stays there. "
    "To sync the rest, run the same command again.\n"
)


def lines(count: int) -> str:
    urls = (f"https://report.example/en/{number}" for number in range(count))
    return "".join(f"{json.dumps(SNOW | {'url': url})}\n" for url in urls)


def start(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "newsfeed", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def wait_for_rows(store: Path, count: int) -> None:
    """Wait until a store has as many rows."""
    for _ in range(600):
        time.sleep(0.05)
        if not store.exists():
            continue
        database = sqlite3.connect(store)
        try:
            if database.execute("SELECT count(*) FROM stored_row").fetchone() >= (count,):
                return
        except sqlite3.OperationalError:  # it has no tables yet
            pass
        finally:
            database.close()
    pytest.fail("the rows weren't stored")


def test_a_put_says_how_far_it_came_and_goes_on(run: Run, write: Write, tmp_path: Path) -> None:
    folder = write(toml=STORE_TOML)
    with start("put", "mysite", "-", cwd=tmp_path) as process:
        assert process.stdin is not None
        process.stdin.write(lines(700))
        process.stdin.flush()
        wait_for_rows(folder / "news.db", 500)
        time.sleep(0.2)  # until it waits for more
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (130, "")
    assert stderr == (
        "newsfeed: interrupted. 500 articles were put into mysite/news.db before (500 new or changed), "
        "and stay there. To put the rest, run the same command again.\n"
    )
    again = run("put", "mysite", "-", input=lines(700))
    assert again.stdout == "Put 700 articles into mysite/news.db (200 new or changed).\n"


@pytest.mark.parametrize(("ending", "said"), [("SIGINT", SYNC_INTERRUPTED), ("SIGKILL", "")])
def test_a_first_sync_goes_on_where_it_ended(
    run: Run, write: Write, tmp_path: Path, ending: str, said: str
) -> None:
    folder = write(toml=STORE_TOML.replace("store =", 'articles = ["articles.jsonl"]\nstore ='))
    (folder / "articles.jsonl").write_text(lines(20_000))
    with start("sync", "mysite", cwd=tmp_path) as process:
        wait_for_rows(folder / "news.db", 500)
        process.send_signal(getattr(signal, ending))
        stdout, stderr = process.communicate()
    assert process.returncode == (130 if ending == "SIGINT" else -9)
    assert (stdout, stderr) == ("", said)
    stored = json.loads(run("store", "mysite", "--json").stdout)["sources"][0]["rows"]
    assert 500 <= stored < 20_000
    again = run("sync", "mysite")
    assert again.stdout == (
        f"articles.jsonl: {20_000 - stored:,} new\n"
        f"Synced mysite/news.db with 1 of 1 file ({20_000 - stored:,} new or changed, 0 removed).\n"
    )
