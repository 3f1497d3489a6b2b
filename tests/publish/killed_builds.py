"""Builds that are killed: `python -m tests.publish.killed_builds` forks one for each line that it reads.

A line says into which folder which newsroom is built, and when the build dies by SIGKILL: `at` its nth step, which is
an operation on files of that folder or the middle of a write, or `after` so many seconds. The answer, a line too, says
how it ended and how many steps it took. `newsrooms()` makes the newsrooms, the same in every process.
"""

import json
import os
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsfeed import Article, FeedRule, Newsroom, Site

__all__ = ["NOON", "SITE", "Steps", "articles_of", "newsrooms"]

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    feeds=[
        FeedRule(path="all", formats=["rss", "text"]),
        FeedRule(path="topics/{topic}/newest", formats=["rss"]),
    ],
)
#: Titles and topics in the newsrooms: between any two, feeds come, go, change and stay. What only others have is
#: withdrawn, so that its feed has ended.
_VERSIONS = {
    "first": [("snow", "Snow", "Weather"), ("quiet", "Quiet", "Quiet"), ("vote", "A vote", "Politics")],
    "second": [("snow", "More snow", "Weather"), ("quiet", "Quiet", "Quiet"), ("cup", "The cup", "Sport")],
    "third": [("rain", "Rain", "Weather"), ("quiet", "Quiet", "Quiet"), ("vote", "A vote", "Politics")],
}
#: Audit events of operations that change a folder.
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def newsrooms() -> dict[str, Newsroom]:
    """Make the newsrooms, by their names."""
    return {version: Newsroom(SITE, articles, as_of=NOON) for version, articles in articles_of().items()}


def articles_of() -> dict[str, list[Article]]:
    """Make the articles of the newsrooms, by the names of these."""
    everything = {name: (title, topic) for articles in _VERSIONS.values() for name, title, topic in articles}
    found = {}
    for version, articles in _VERSIONS.items():
        own = {name: (title, topic) for name, title, topic in articles}
        found[version] = [
            Article(
                language="en",
                url=f"https://report.example/{name}",
                title=title,
                topics=[topic],
                published=NOON,
                withdrawn=name not in own,
            )
            for name, (title, topic) in (everything | own).items()
        ]
    return found


class Steps:
    """Counts the steps of a build in this process, and kills the process at one of them.

    Args:
        folder: The output folder.
        at: The step before which the process dies; None: it lives.
    """

    def __init__(self, folder: str, at: int | None) -> None:
        self._folder = os.path.realpath(folder)
        self._at = at
        self.taken = 0

    def watch(self) -> None:
        """Count from now on."""

        def write_in_two(place: Path, data: bytes) -> int:
            with place.open("wb", buffering=0) as file:
                written = file.write(data[: len(data) // 2])
                self.step()
                return written + file.write(data[written:])

        Path.write_bytes = write_in_two  # type: ignore[method-assign, assignment]
        os.sync = self.step  # it takes no time: what the system has survives SIGKILL
        os.fsync = lambda fd: self.step()  # noqa: ARG005 - as the real one
        sys.addaudithook(self._hear)

    def step(self) -> None:
        """Take a step, or die."""
        self.taken += 1
        if self.taken == self._at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _CHANGES and not (event == "open" and arguments[2] & _WRITING):
            return
        place = arguments[0]
        if isinstance(place, str | os.PathLike) and os.path.abspath(place).startswith(self._folder):  # noqa: PTH100 - a hook opens nothing
            self.step()


def _build(newsroom: Newsroom, folder: str, at: int | None, report: int) -> None:
    """Build in this process, a child, and say how many steps it took."""
    steps = Steps(folder, at)
    steps.watch()
    newsroom.publish(folder)
    os.write(report, str(steps.taken).encode())


def _run(newsroom: Newsroom, folder: str, at: int | None, after: float | None) -> dict[str, Any]:
    """Fork a build, kill it if its moment has come, and tell how it ended."""
    read, write = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if not child:
        status = 1
        try:
            _build(newsroom, folder, at, write)
            status = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as answer:
        steps = answer.read()
    return {
        "status": os.waitstatus_to_exitcode(status),
        "steps": int(steps or 0),
        "seconds": time.perf_counter() - began,
    }


def main() -> None:
    """Build as the lines of standard input ask."""
    made = newsrooms()
    with TemporaryDirectory() as warm:
        for newsroom in made.values():
            newsroom.publish(warm)
    for line in sys.stdin:
        order = json.loads(line)
        answer = _run(made[order["newsroom"]], order["folder"], order.get("at"), order.get("after"))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
