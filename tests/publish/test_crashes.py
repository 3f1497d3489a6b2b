"""A build that is killed at any point leaves old files and new ones, whole, and the next one repairs what it left.

`NEWSFEED_KILLS=2000 pytest tests/publish/test_crashes.py` kills that often at random moments; default: 300.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.publish.killed_builds import newsrooms

from newsfeed import Newsroom
from newsfeed.publish.record import RECORD_PATH, PublishRecord, digest_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="builds are forked, to kill hundreds in seconds"),
]

Build = Callable[..., dict[str, Any]]
ROOT = Path(__file__).parents[2]
RANDOM_KILLS = int(os.environ.get("NEWSFEED_KILLS", "300"))
KILLED = -9


def documents(newsroom: Newsroom) -> dict[str, bytes]:
    """What a build that nothing disturbs writes into an empty folder."""
    with TemporaryDirectory() as folder:
        newsroom.publish(folder)
        return served(Path(folder))


def served(folder: Path) -> dict[str, bytes]:
    """What a web server would hand out: no file or folder whose name begins with a dot."""
    return {
        path: file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "/." not in f"/{(path := file.relative_to(folder).as_posix())}"
    }


DOCUMENTS = {name: documents(newsroom) for name, newsroom in newsrooms().items()}


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """Builds a newsroom, by name, into a folder, in a process of its own; says how it ended."""
    command = [sys.executable, "-m", "tests.publish.killed_builds"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        requests, answers = process.stdin, process.stdout

        def ask(newsroom: str, folder: Path, **when: float) -> dict[str, Any]:
            requests.write(json.dumps({"newsroom": newsroom, "folder": str(folder), **when}) + "\n")
            requests.flush()
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer

        yield ask
        requests.close()


def assert_every_file_is_an_old_or_a_new_one(folder: Path, *versions: str) -> None:
    for path, data in served(folder).items():
        assert data in {DOCUMENTS[version].get(path) for version in versions}, path


def assert_mended(folder: Path, newsroom: str) -> None:
    """The folder holds the newsroom, nothing else, and a record that tells the truth."""
    assert served(folder) == DOCUMENTS[newsroom]
    others = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert others - set(DOCUMENTS[newsroom]) == {".newsfeed/lock", RECORD_PATH}
    assert all(any(place.iterdir()) for place in folder.rglob("*") if place.is_dir())
    record = PublishRecord.read((folder / RECORD_PATH).read_bytes())
    digests = {path: known.digest for path, known in record.documents.items()}
    assert digests == {path: digest_of(data) for path, data in DOCUMENTS[newsroom].items()}


@pytest.mark.parametrize(
    ("before", "killed", "after"),
    [
        pytest.param(None, "first", "first", id="the first build; the next one is the same"),
        pytest.param(None, "first", "second", id="the first build; the next one is another"),
        pytest.param("first", "second", "second", id="a later build; the next one is the same"),
        pytest.param("first", "second", "first", id="a later build; the next one goes back"),
        pytest.param("first", "second", "third", id="a later build; the next one goes on"),
    ],
)
def test_killed_at_each_step(
    before: str | None, killed: str, after: str, build: Build, tmp_path: Path
) -> None:
    versions = [version for version in (before, killed) if version]
    at = 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        if before:
            build(before, folder)
        ended = build(killed, folder, at=at)
        if ended["status"] == 0:
            break
        assert ended["status"] == KILLED
        assert_every_file_is_an_old_or_a_new_one(folder, *versions)
        if before:
            assert set(served(folder)) >= set(DOCUMENTS[before]) & set(DOCUMENTS[killed])
        assert build(after, folder)["status"] == 0
        assert_mended(folder, after)
    assert at > 30, "a build has more steps than that"
    assert_mended(folder, killed)


def test_killed_while_the_next_build_mends(build: Build, tmp_path: Path) -> None:
    """Crash upon crash: each build is another newsroom, dies one step later, and nothing is mended in between."""
    names, at = list(DOCUMENTS), 0
    while build(names[at % 3], tmp_path, at=at + 1)["status"] == KILLED:
        at += 1
        assert_every_file_is_an_old_or_a_new_one(tmp_path, *names)
    assert at > 30
    assert build("third", tmp_path)["status"] == 0
    assert_mended(tmp_path, "third")


def test_killed_at_random_moments(build: Build, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - not for cryptography
    names, killed = list(DOCUMENTS), 0
    usual = max(build(name, tmp_path)["seconds"] for name in names)
    for number in range(RANDOM_KILLS):
        ended = build(names[number % 3], tmp_path, after=chance.uniform(0, usual))
        killed += ended["status"] == KILLED
        assert_every_file_is_an_old_or_a_new_one(tmp_path, *names)
        if chance.random() < 1 / 3:
            target = chance.choice(names)
            assert build(target, tmp_path)["status"] == 0
            assert_mended(tmp_path, target)
    assert killed > RANDOM_KILLS / 10  # builds that write less than the first are over sooner
