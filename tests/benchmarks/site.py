"""A site: every feed of the default plan in RSS and Atom, from a file of articles to files in an empty folder."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from tests.benchmarks.measuring import Cost, emptied, interleaved, medians, ratios, run
from tests.benchmarks.newsrooms import LANGUAGES, Size, write_newsroom, write_settings
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, megabytes, seconds

__all__ = ["site"]


def site(sizes: Sizes) -> Table:
    """Measure it."""
    size = Size(sizes.articles, sizes.body)
    with tempfile.TemporaryDirectory() as folder:
        programs = _programs(Path(folder), size)
        built = Path(folder) / "built"
        run(*programs["newsfeed, trusted HTML"], built)
        documents = [path for path in built.rglob("*") if path.is_file() and path.suffix in {".rss", ".atom"}]
        about = (
            f"{size.articles:,} articles with HTML of content management systems in {len(LANGUAGES)} languages (tidy: with "
            f"about {size.body:,} bytes of tidy HTML), "
            f"{size.categories} categories, {size.topics} topics and {size.authors} authors, some with flags: "
            f"{len(documents):,} files, {megabytes(sum(path.stat().st_size for path in documents))}. Whole processes, "
            f"from the file of articles to an empty folder: medians (repeats: {sizes.repeats}), and how many times "
            "newsfeed's they are (the least and the most). The loops and the floor clean no HTML, check nothing and "
            "don't link languages; the first loop leaves out authors in RSS and the sizes of pictures, too."
        )
        programs["floor: only decode the articles, and write the files"] = (
            "-m",
            "tests.benchmarks.floor_of_site",
            Path(folder) / "trusted",
            built,
        )
        outputs = (Path(folder) / f"output {number}" for number in count())
        costs = interleaved(
            {name: _building(command, outputs) for name, command in programs.items()}, sizes.repeats
        )
    return Table(
        title="A site",
        about=about,
        head=(
            "by",
            "processor time",
            "× newsfeed",
            "on the clock",
            "× newsfeed",
            "peak memory",
            "× newsfeed",
        ),
        rows=_rows(costs),
    )


def _programs(folder: Path, size: Size) -> dict[str, tuple[str | Path, ...]]:
    """Write the newsrooms, and give what follows `python` before the output folder."""
    trusted, cleaned = folder / "trusted", folder / "cleaned"
    write_newsroom(trusted, size)
    write_settings(cleaned, size, trusted_html=False)
    (cleaned / "articles.jsonl").hardlink_to(trusted / "articles.jsonl")
    tidy = folder / "tidy"
    write_newsroom(tidy, size._replace(cms=False), trusted_html=False)
    return {
        "newsfeed, trusted HTML": ("-m", "newsfeed", "build", trusted, "-o"),
        "newsfeed, HTML cleaned": ("-m", "newsfeed", "build", cleaned, "-o"),
        "newsfeed, tidy HTML cleaned": ("-m", "newsfeed", "build", tidy, "-o"),
        "a loop around feedgen": ("-m", "tests.benchmarks.feedgen_loop", trusted),
        "a loop around feedgen, with dc and media": (
            "-m",
            "tests.benchmarks.feedgen_loop",
            "dc",
            "media",
            trusted,
        ),
    }


def _building(command: tuple[str | Path, ...], outputs: Iterator[Path]) -> Callable[[], Cost]:
    def build() -> Cost:
        output = next(outputs)
        try:
            return run(*command, output).cost
        finally:
            emptied(output)

    return build


def _rows(costs: Mapping[str, list[Cost]]) -> list[tuple[str, ...]]:
    base = next(iter(costs.values()))
    rows: list[tuple[str, ...]] = []
    for name, measured in costs.items():
        middle = medians(measured)
        rows.append(
            (
                name,
                seconds(middle.cpu),
                ratios([cost.cpu for cost in measured], [cost.cpu for cost in base]),
                seconds(middle.wall),
                ratios([cost.wall for cost in measured], [cost.wall for cost in base]),
                megabytes(middle.peak),
                ratios([cost.peak for cost in measured], [cost.peak for cost in base]),
            )
        )
    return rows
