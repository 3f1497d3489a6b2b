"""A machine with other settings: a process that writes the newsrooms it is sent, and says what came out.

`Elsewhere` starts it with an environment of its own; run as a program, this file is the process.
"""

import hashlib
import locale
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from newsfeed import Article, Newsroom, Site

__all__ = ["Elsewhere", "digest_of", "documents"]

ROOT = Path(__file__).parents[2]


def documents(newsroom: Newsroom) -> Iterator[Callable[[], bytes]]:
    """What writes each of the documents: every feed that is planned, and each language's listing."""
    for path in newsroom.plan.feeds:
        feed = newsroom.feed(path)
        yield from (partial(feed.render, name) for name in feed.formats)
    for language in newsroom.site.languages:
        latest = newsroom.latest(language)
        yield from (partial(latest.render, name) for name in ("html", "text"))


def digest_of(newsroom: Newsroom) -> str:
    """The digest of all documents."""
    return hashlib.sha256(b"".join(write() for write in documents(newsroom))).hexdigest()


class Elsewhere:
    """A process with nothing in its environment but what it is given."""

    def __init__(self, environment: dict[str, str]) -> None:
        # Whether the parent's Python finds newsfeed through its path or an installation, the child's does too.
        paths = ":".join([str(ROOT), *sys.path])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env={"PYTHONPATH": paths, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def digest_of(self, site: Site, articles: Sequence[Article], as_of: datetime) -> str:
        """What `digest_of` says there of a newsroom."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump((site, articles, as_of), self._process.stdin)
        self._process.stdin.flush()
        return self._process.stdout.readline().decode().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def main() -> None:
    """Answer until nothing more is sent."""
    time.tzset()
    locale.setlocale(locale.LC_ALL, "")
    while True:
        try:
            site, articles, as_of = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own test sent it
        except EOFError:
            return
        print(digest_of(Newsroom(site, articles, as_of=as_of)), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
