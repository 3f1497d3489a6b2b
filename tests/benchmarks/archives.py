"""Archives that grow, while their feeds carry the same number of articles: how time and memory grow with them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count as numbers
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import linear_regression

from tests.benchmarks.measuring import Cost, emptied, interleaved, medians, run
from tests.benchmarks.newsrooms import Size, write_newsroom
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, megabytes, seconds

__all__ = ["archives", "exponent"]

_PATHS = ("{language}/all", "{language}/category/{category}")
_CATEGORIES = 5
#: What is said of the rows of each kind of HTML, and about how many bytes of it a tidy article has.
_KINDS = {"cms": "", "tidy": ", tidy"}
_TIDY = 1_200
#: Archives from here on are built once.
_HUGE = 1_000_000


def archives(sizes: Sizes) -> Table:
    """Measure it."""
    rows: list[Sequence[str]] = []
    notes = []
    for kind, said in _KINDS.items():
        middle = _measured(kind, sizes)
        rows += ((f"{count}{said}", *figures) for count, *figures in _rows(middle))
        if len(middle) > 1:
            time = exponent({count: cost.cpu for count, cost in middle.items()})
            memory = exponent({count: cost.peak for count, cost in middle.items()})
            notes.append(
                f"Over all sizes{said}: time grows with the power {time:.2f} of the articles, memory with {memory:.2f}."
            )
    return Table(
        title="Archives",
        about=(
            f"Articles with HTML of content management systems (tidy: about {_TIDY:,} bytes of tidy HTML; no more than a tenth as "
            "many articles as the greatest archive has), whose feeds carry the same number whatever the size of the archive: each "
            f"language's latest {sizes.carried}, and those of {_CATEGORIES} categories, RSS and Atom, trusted HTML. `newsfeed "
            f"build`, the whole process into an empty folder; medians (repeats: {sizes.repeats}; a million articles "
            "once). The exponents compare a row with the one above: 1 is growth in step, 0 is none."
        ),
        head=(
            "articles",
            "processor time",
            "exponent",
            "on the clock",
            "peak memory",
            "exponent",
            "memory for each article more",
        ),
        rows=rows,
        notes=notes,
    )


def _measured(kind: str, sizes: Sizes) -> Mapping[int, Cost]:
    """Give what each size costs with one kind of HTML; of tidy HTML, the greatest archive isn't built."""
    counts = [count for count in sizes.archives if kind == "cms" or count < max(sizes.archives)]
    costs: dict[int, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        small = {
            count: _building(count, sizes.carried, Path(folder), kind) for count in counts if count < _HUGE
        }
        measured = interleaved({str(count): build for count, build in small.items()}, sizes.repeats)
        costs |= {count: measured[str(count)] for count in small}
        for count in (count for count in counts if count >= _HUGE):
            costs[count] = [_building(count, sizes.carried, Path(folder), kind)()]
            shutil.rmtree(Path(folder) / str(count))
    return {count: medians(these) for count, these in sorted(costs.items())}


def exponent(figures: Mapping[int, float]) -> float:
    """Give the power of the size with which figures grow: the slope of their logarithms.

    >>> exponent({10: 3.0, 100: 300.0, 1000: 30000.0})
    2.0
    """
    slope, _ = linear_regression(
        [log(size) for size in figures], [log(figure) for figure in figures.values()]
    )
    return slope


def _building(count: int, carried: int, folder: Path, kind: str) -> Callable[[], Cost]:
    newsroom = folder / str(count)
    outputs = (folder / f"{count}-output-{number}" for number in numbers())
    write_newsroom(
        newsroom, Size(count, _TIDY, categories=_CATEGORIES, cms=kind == "cms"), paths=_PATHS, limit=carried
    )

    def build() -> Cost:
        output = next(outputs)
        try:
            return run("-m", "newsfeed", "build", newsroom, "-o", output).cost
        finally:
            emptied(output)

    return build


def _rows(costs: Mapping[int, Cost]) -> Iterator[Sequence[str]]:
    if costs:
        first = min(costs)
        yield _row(first, costs[first], "", "", "")
    for (fewer, before), (count, cost) in pairwise(costs.items()):
        yield _row(
            count,
            cost,
            f"{exponent({fewer: before.cpu, count: cost.cpu}):.2f}",
            f"{exponent({fewer: before.peak, count: cost.peak}):.2f}",
            f"{(cost.peak - before.peak) / (count - fewer):,.0f} bytes",
        )


def _row(count: int, cost: Cost, time: str, memory: str, each: str) -> Sequence[str]:
    return (f"{count:,}", seconds(cost.cpu), time, seconds(cost.wall), megabytes(cost.peak), memory, each)
