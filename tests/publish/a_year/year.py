"""A year: editors work, builds run, some of them die, and readers poll in between."""

import heapq
import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from tests.publish.a_year.deaths import Death, dying
from tests.publish.a_year.desk import Desk
from tests.publish.a_year.editors import BEGINNING, END, Editors, number_in
from tests.publish.a_year.reader import Reader
from tests.publish.a_year.server import Server

from newsfeed import Report

__all__ = ["Year"]

#: How many of a hundred builds die, if they have enough steps.
_DYING = 12
_STEPS = 60
_MINUTE = timedelta(minutes=1)


class Year:
    """A random year of a newsroom, the same for the same seed.

    Args:
        folder: Where it publishes.
        builds: How many builds are started, besides those for which an article becomes due.
        seed: Which year.
        readers: Who reads, by name.
        has_store: Whether editors put what they change into a store, from which it is published.
    """

    def __init__(
        self, folder: Path, *, builds: int, seed: int, readers: Mapping[str, Reader], has_store: bool
    ) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - not for cryptography
        self.folder = folder
        self._server = Server(folder)
        self._state: dict[str, tuple[int, int]] = {}
        self._bytes: dict[str, bytes] = {}
        self._agenda: list[tuple[datetime, int, str]] = []
        self._order = count()
        self._awaited: set[datetime] = set()
        self.editors = Editors(random.Random(seed + 1))  # noqa: S311 - as above
        self._desk = Desk(folder.parent / "news.db", self.editors) if has_store else None
        self.readers = readers
        #: Builds that ended well, that died, and documents that builds wrote, that changed, and that were there.
        self.counted: Counter[str] = Counter()
        #: How often each document was written.
        self.writes: Counter[str] = Counter()
        #: What a reader saw before its time: title and moment.
        self.leaked: list[tuple[str, datetime]] = []
        #: Documents that a build touched without changing them.
        self.touched: list[str] = []
        for _ in range(builds):
            self._plan(BEGINNING + self._chance.random() * (END - BEGINNING), "build")
        for name, reader in readers.items():
            self._plan(reader.since + self._chance.random() * reader.every, name)

    def run(self) -> None:
        """Let it pass, and end with a build and with a poll of each reader."""
        self._build(BEGINNING, steps=None)
        while self._agenda:
            now, _, what = heapq.heappop(self._agenda)
            if what == "build":
                self.editors.work(now)
            if what in {"build", "due"}:
                mortal = self._chance.randrange(100) < _DYING
                self._build(now, steps=self._chance.randrange(_STEPS) if mortal else None)
                continue
            self._poll(what, now)
            self._plan(now + self.readers[what].every * self._chance.uniform(0.5, 1.5), what)
        self._build(END, steps=None)
        for name in self.readers:
            self._poll(name, END + _MINUTE)

    def _plan(self, moment: datetime, what: str) -> None:
        if moment < END:
            heapq.heappush(self._agenda, (moment.replace(second=0, microsecond=0), next(self._order), what))

    def _build(self, now: datetime, *, steps: int | None) -> None:
        try:
            with dying(after=steps):
                report = self.publish(now)
        except Death:
            self.counted["died"] += 1
        else:
            self.counted["ended"] += 1
            if report.next_change is not None and report.next_change not in self._awaited:
                self._awaited.add(report.next_change)
                self._plan(report.next_change + _MINUTE, "due")
        self._server.built(now)
        self._server.scheme = self.editors.site.url.partition(":")[0]
        self._look()

    def publish(self, now: datetime) -> Report:
        """Publish what the editors have left."""
        if self._desk is None:
            return self.editors.newsroom(now).publish(self.folder)
        return self._desk.store().publish(self.folder, as_of=now)

    def _look(self) -> None:
        """See what the build has done to the documents."""
        for file in self.folder.rglob("[!.]*.*"):
            path = file.relative_to(self.folder).as_posix()
            if path.startswith(".newsfeed/"):
                continue
            self.counted["documents"] += 1
            facts = file.stat()
            state = (facts.st_ino, facts.st_mtime_ns)
            if self._state.get(path) == state:
                continue
            document = file.read_bytes()
            self.counted["written"] += 1
            self.writes[path] += 1
            self.counted["archives written"] += "/archive/" in path
            if self._bytes.get(path) == document:
                self.touched.append(path)
            self._state[path], self._bytes[path] = state, document

    def _poll(self, name: str, now: datetime) -> None:
        reader = self.readers[name]
        before = set(reader.shown)
        reader.poll(self._server, now)
        for entry in reader.shown.keys() - before:
            title = reader.shown[entry]
            if self.editors.articles[number_in(title)].published > now:
                self.leaked.append((title, now))
