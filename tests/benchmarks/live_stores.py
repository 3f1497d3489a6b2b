"""Stores of a newsroom of any size, full and published, and the loop around feedgen beside them."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from tests.benchmarks.feedgen_live import FeedgenSite
from tests.benchmarks.live_articles import SIZE, archive_of
from tests.benchmarks.measuring import Cost, interleaved, run
from tests.benchmarks.newsrooms import DEFAULT_PATHS, line_of, write_settings

__all__ = ["FULL_PUBLISH", "KEPT_FROM", "ONCE_FROM", "PUT_OF_ALL", "STREAMED", "LiveStores", "prepared"]

STREAMED, PUT_OF_ALL, FULL_PUBLISH = "all: a streamed build", "all: the first put", "all: a full publish"

#: From so many articles on, everything is put and published only once, and from so many on, stores can be kept.
ONCE_FROM, KEPT_FROM = 10_000, 100_000


class LiveStores(NamedTuple):
    """Where they are. Each newsroom has a folder with its settings, its store, and its feeds in `public`."""

    articles: int
    #: The default plan in the default formats: RSS, Atom, JSON Feed, the listing.
    default: Path
    #: The same feeds in RSS and Atom alone.
    two_formats: Path
    #: The loop's.
    loop: Path
    #: What it took to put and publish everything, if it was done in this run.
    wholes: Mapping[str, list[Cost]]
    #: How many bytes the store took after its first publish, for each byte of the articles' JSON.
    weight: float

    def open_loop(self) -> FeedgenSite:
        """Open the loop around feedgen."""
        return FeedgenSite(self.loop / "articles.db", self.loop / "public")


def prepared(folder: Path, articles: int, repeats: int) -> LiveStores:
    """Fill and publish the stores of a folder, unless that was done before.

    Args:
        folder: Where they are.
        articles: How many articles they have.
        repeats: How often to measure that.
    """
    default, two_formats, loop = (folder / name for name in ("default", "two-formats", "loop"))
    ready = folder / "ready.json"
    wholes: Mapping[str, list[Cost]] = {}
    if not ready.exists():
        rmtree(folder, ignore_errors=True)  # of a run that was interrupted
        folder.mkdir(parents=True)
        file = folder / "articles.jsonl"
        with file.open("wb") as lines:
            lines.writelines(map(line_of, archive_of(articles)))
        wholes = _wholes(folder, default, file, 1 if articles >= ONCE_FROM else repeats)
        weight = (default / "news.db").stat().st_size / file.stat().st_size
        write_settings(two_formats, SIZE, paths=DEFAULT_PATHS, trusted_html=False, store="news.db")
        run("-m", "newsfeed", "put", two_formats, file)
        run("-m", "newsfeed", "build", two_formats, "-o", two_formats / "public")
        loop.mkdir()
        with FeedgenSite(loop / "articles.db", loop / "public") as site, file.open("rb") as lines:
            site.put(map(json.loads, lines))
        if articles >= KEPT_FROM:
            rmtree(folder / "streamed")
        ready.write_text(json.dumps(weight), encoding="utf-8")
    return LiveStores(
        articles, default, two_formats, loop, wholes, json.loads(ready.read_text(encoding="utf-8"))
    )


def _wholes(folder: Path, default: Path, file: Path, repeats: int) -> Mapping[str, list[Cost]]:
    """Build everything from the file, put it into a store, and publish the store; the last store stays."""
    streamed = folder / "streamed"
    write_settings(streamed, SIZE, paths=(), trusted_html=False)
    (streamed / "articles.jsonl").hardlink_to(file)
    write_settings(default, SIZE, paths=(), trusted_html=False, store="news.db")
    costs: dict[str, list[Cost]] = {STREAMED: [], PUT_OF_ALL: [], FULL_PUBLISH: []}
    for repeat in reversed(range(repeats)):
        (default / "news.db").unlink(missing_ok=True)
        built = streamed / f"public-{repeat}"
        output = default / (f"public-{repeat}" if repeat else "public")
        rows = {
            STREAMED: partial(run, "-m", "newsfeed", "build", streamed, "-o", built),
            PUT_OF_ALL: partial(run, "-m", "newsfeed", "put", default, file),
            FULL_PUBLISH: partial(run, "-m", "newsfeed", "build", default, "-o", output),
        }
        for what, (process,) in interleaved(rows, 1).items():
            costs[what].append(process.cost)
    return costs
