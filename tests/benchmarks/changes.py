"""A site that is built, gets one article more, and is built again; then once more, with nothing changed."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks.measuring import emptied, interleaved, ratios, run
from tests.benchmarks.newsrooms import Size, line_of, one_more, write_newsroom
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, seconds

__all__ = ["changes"]


#: What is said of the rows of each kind of HTML.
_KINDS = {"cms": "", "tidy": ", tidy"}


class _Build(NamedTuple):
    #: Seconds of a processor.
    reading: float
    publishing: float
    #: Seconds on the clock.
    waited: float
    touched: int
    files: int


def changes(sizes: Sizes) -> Table:
    """Measure it."""
    size = Size(sizes.articles, sizes.body)
    with tempfile.TemporaryDirectory() as folder:
        outputs = (Path(folder) / f"output {number}" for number in count())
        works = {}
        for kind, said in _KINDS.items():
            newsroom, its_size = Path(folder) / kind, size._replace(cms=kind == "cms")
            write_newsroom(newsroom, its_size, trusted_html=False)
            works[said] = partial(_round, newsroom, outputs, its_size)
        rounds = interleaved(works, sizes.repeats)
    return Table(
        title="Changes",
        about=(
            f"The site of {size.articles:,} articles again, HTML cleaned, by newsfeed, each build in a fresh process: "
            f"`newsfeed.open` and then `publish`. Medians (repeats: {sizes.repeats}), and how many times the whole build's they "
            "are (the least and the most). A file is touched that is new, or has another time or inode than before."
        ),
        head=(
            "what changed",
            "open",
            "publish",
            "× whole",
            "publish, on the clock",
            "× whole",
            "files touched",
        ),
        rows=[row for said in rounds for row in _rows(said, rounds[said])],
    )


def _rows(said: str, rounds: list[Mapping[str, _Build]]) -> list[tuple[str, ...]]:
    builds = {name: [each[name] for each in rounds] for name in rounds[0]}
    whole = builds["everything is new"]
    return [
        (
            f"{name}{said}",
            seconds(median(build.reading for build in these)),
            seconds(median(build.publishing for build in these)),
            ratios([build.publishing for build in these], [build.publishing for build in whole]),
            seconds(median(build.waited for build in these)),
            ratios([build.waited for build in these], [build.waited for build in whole]),
            f"{median(build.touched for build in these):,.0f} of {median(build.files for build in these):,.0f}",
        )
        for name, these in builds.items()
    ]


def _round(newsroom: Path, outputs: Iterator[Path], size: Size) -> Mapping[str, _Build]:
    output = next(outputs)
    articles = newsroom / "articles.jsonl"
    before = articles.stat().st_size
    try:
        builds = {"everything is new": _built(newsroom, output)}
        with articles.open("ab") as file:
            file.write(line_of(one_more(size)))
        builds["one article more"] = _built(newsroom, output)
        builds["nothing"] = _built(newsroom, output)
    finally:
        with articles.open("r+b") as file:
            file.truncate(before)
        emptied(output)
    return builds


def _built(newsroom: Path, output: Path) -> _Build:
    before = _states(output)
    took = json.loads(run("-m", "tests.benchmarks.publishing", newsroom, output).printed)
    after = _states(output)
    touched = sum(before.get(path) != state for path, state in after.items())
    return _Build(**took, touched=touched, files=len(after))


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Tell of each file what changes when it is written: its time, and its inode."""
    states = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (state.st_mtime_ns, state.st_ino) for path, state in states.items()}
