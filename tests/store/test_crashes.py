"""A put or a publish that is killed at any point leaves a whole store and whole files, and the next publish repairs.

`NEWSFEED_KILLS=2000 pytest tests/store/test_crashes.py` kills that often at random moments; default: 60.
"""

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.publish.killed_builds import SITE
from tests.publish.test_crashes import DOCUMENTS, served
from tests.store.databases import SQLITE, Database, rows

from newsfeed import Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="publishes are forked, to kill hundreds in seconds"),
]

Publish = Callable[..., dict[str, Any]]
ROOT = Path(__file__).parents[2]
RANDOM_KILLS = int(os.environ.get("NEWSFEED_KILLS", "60"))
KILLED = -9
LEAST_STEPS = 60


@pytest.fixture(scope="module")
def publish() -> Iterator[Publish]:
    """Puts a newsroom, by name, into the store in a folder, and publishes it, in a process of its own."""
    command = [sys.executable, "-m", "tests.store.killed_publishes"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        requests, answers = process.stdin, process.stdout

        def ask(newsroom: str, folder: Path, **others: Any) -> dict[str, Any]:
            folder.mkdir(exist_ok=True)
            requests.write(json.dumps({"newsroom": newsroom, "folder": str(folder), **others}) + "\n")
            requests.flush()
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer

        yield ask
        requests.close()


def assert_whole(folder: Path, *versions: str) -> None:
    """The store is whole, and each file is an old one or a new one."""
    if (folder / "news.db").exists():
        with closing(sqlite3.connect(folder / "news.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for path, data in served(folder / "public").items():
        assert data in {DOCUMENTS[version].get(path) for version in versions}, path


def assert_repaired(folder: Path, newsroom: str, store: str = "") -> None:
    """The folder holds what a build of the newsroom holds, and the store knows it."""
    store = store or str(folder / "news.db")
    assert served(folder / "public") == DOCUMENTS[newsroom]
    left = {file.relative_to(folder).as_posix() for file in folder.rglob(".newsfeed/*")}
    assert left <= {f"public/.newsfeed/{name}" for name in ("lock", "record.jsonl", "gone.json")}
    assert {path for (path,) in rows(store, "SELECT path FROM document")} == DOCUMENTS[newsroom].keys()
    assert rows(store, "SELECT count(*) FROM intent") == [(0,)]


def copied(before: Path, folder: Path) -> Path:
    """A folder as it was before, at the place where the store knows it."""
    shutil.rmtree(folder, ignore_errors=True)
    if before.exists():
        shutil.copytree(before, folder)
    return folder


@pytest.mark.parametrize(
    ("before", "killed", "after"),
    [
        pytest.param(None, "first", "second", id="the first publish; the next one is another"),
        pytest.param("first", "second", "second", id="a later publish; the next one is the same"),
        pytest.param("first", "second", "first", id="a later publish; the next one goes back"),
        pytest.param("first", "second", "third", id="a later publish; the next one goes on"),
    ],
)
def test_killed_at_each_step(
    before: str | None, killed: str, after: str, publish: Publish, tmp_path: Path
) -> None:
    versions = [version for version in (before, killed) if version]
    folder, backup = tmp_path / "site", tmp_path / "backup"
    if before:
        publish(before, folder)
        folder.rename(backup)
    at = 0
    while True:
        at += 1
        ended = publish(killed, copied(backup, folder), at=at)
        if ended["status"] == 0:
            break
        assert ended["status"] == KILLED
        assert_whole(folder, *versions)
        assert publish(after, folder)["status"] == 0
        assert_repaired(folder, after)
    assert at > LEAST_STEPS, "a put and a publish have more steps than that"
    assert_repaired(folder, killed)


def test_killed_while_the_next_one_repairs(database: Database, publish: Publish, tmp_path: Path) -> None:
    """Crash upon crash: each is another newsroom and dies a step later, and nothing is repaired in between."""
    names, at, store = list(DOCUMENTS), 1, database.at(tmp_path / "news.db")
    while publish(names[at % 3], tmp_path, at=at, store=store)["status"] == KILLED:
        at += 1 if database is SQLITE else 4
        assert_whole(tmp_path, *names)
    assert at > LEAST_STEPS
    assert publish("third", tmp_path, store=store)["status"] == 0
    assert_repaired(tmp_path, "third", store)


def test_killed_at_random_moments(database: Database, publish: Publish, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - not for cryptography
    names, killed, store = list(DOCUMENTS), 0, database.at(tmp_path / "news.db")
    usual = max(publish(name, tmp_path, store=store)["seconds"] for name in names)
    kills = RANDOM_KILLS if database is SQLITE else RANDOM_KILLS // 5
    for number in range(kills):
        ended = publish(names[number % 3], tmp_path, after=chance.uniform(0, usual), store=store)
        killed += ended["status"] == KILLED
        assert_whole(tmp_path, *names)
        if chance.random() < 1 / 3:
            target = chance.choice(names)
            assert publish(target, tmp_path, store=store)["status"] == 0
            assert_repaired(tmp_path, target, store)
    assert killed > kills / 3


def test_an_id_that_readers_saw_stays(publish: Publish, tmp_path: Path) -> None:
    """The row gets another id after the publish that showed the first one has died."""

    def ids() -> set[str]:
        feed = folder / "public" / "all.rss"
        found = re.findall(r"<guid[^>]*>([^<]*rain)</guid>", feed.read_text()) if feed.exists() else []
        return set(found)

    folder, backup = tmp_path / "site", tmp_path / "backup"
    publish("first", folder)
    folder.rename(backup)
    at, seen = 0, set()
    while True:
        at += 1
        ended = publish("third", copied(backup, folder), at=at, ids={"rain": "urn:one:rain"})
        before = ids()
        assert publish("third", folder, ids={"rain": "urn:two:rain"})["status"] == 0
        assert ids() == (before or ids())
        seen |= ids()
        if ended["status"] == 0:
            break
    assert seen == {"urn:one:rain", "urn:two:rain"}


def test_what_is_taken_over_survives(publish: Publish, tmp_path: Path) -> None:
    """The first publish into a folder that was built without the store dies at each step."""
    folder, backup = tmp_path / "site", tmp_path / "backup"
    publish("first", folder, ids={"quiet": "urn:old:quiet"})
    with Store(folder / "news.db", SITE) as store:
        store.export_record(folder / "public")
    for file in folder.glob("news.db*"):
        file.unlink()
    folder.rename(backup)
    at = 0
    while True:
        at += 1
        ended = publish("second", copied(backup, folder), at=at, ids={"quiet": "urn:new:quiet"})
        assert publish("second", folder, ids={"quiet": "urn:new:quiet"})["status"] == 0
        assert "urn:old:quiet" in (folder / "public" / "all.rss").read_text()
        if ended["status"] == 0:
            break
    assert at > LEAST_STEPS
