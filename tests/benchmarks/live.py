"""A newsroom in a store, to which articles come one at a time, and a loop around feedgen that does the same."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.live_articles import corrected, news
from tests.benchmarks.live_stores import (
    FULL_PUBLISH,
    KEPT_FROM,
    ONCE_FROM,
    PUT_OF_ALL,
    STREAMED,
    LiveStores,
    prepared,
)
from tests.benchmarks.measuring import Cost, in_process, interleaved, medians, ratios, run
from tests.benchmarks.newsrooms import LANGUAGES, line_of
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, megabytes, seconds, short

from newsfeed import Store
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["live"]

_NEW, _CORRECTION, _NOTHING = "a new article", "its correction", "nothing new"
_PROGRAM, _START = "a new article, a fresh process", "a fresh process that only imports newsfeed"
_COMMANDS, _STARTS = "a new article, two commands", "two commands that only start"
_TWO_FORMATS, _LOOP = ", RSS and Atom", ", the loop"

#: A row is known by how many articles the store has, and by what was done.
_Row = tuple[int, str]


class _Site:
    """A site that a running process keeps up to date."""

    def __init__(self, publish: Callable[[list[dict[str, Any]]], object], archive: int) -> None:
        self._publish = publish
        self._archive = archive
        (self._last,) = first = news(1, archive)
        publish(first)  # what a process does only once isn't measured

    def new(self) -> Cost:
        (self._last,) = articles = news(1, self._archive)
        return in_process(lambda: partial(self._publish, articles))

    def correction(self) -> Cost:
        self._last = corrected(self._last)
        return in_process(lambda: partial(self._publish, [self._last]))

    def together(self, count: int) -> Cost:
        articles = news(count, self._archive)
        return in_process(lambda: partial(self._publish, articles))

    def nothing(self) -> Cost:
        return in_process(lambda: partial(self._publish, []))


def live(sizes: Sizes) -> Table:
    """Measure it."""
    together = f"{sizes.together:,} articles together"
    costs: dict[_Row, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        stores = [_prepared(Path(folder), count, sizes) for count in sizes.live]
        with ExitStack() as opened:
            sites = {(each.articles, kind): site for each in stores for kind, site in _sites(each, opened)}
            small: dict[_Row, Callable[[], Cost]] = {}
            for (count, kind), site in sites.items():
                small[count, _NEW + kind] = site.new
                small[count, _CORRECTION + kind] = site.correction
                if kind != _LOOP:
                    small[count, _NOTHING + kind] = site.nothing
            costs |= interleaved(small, sizes.repeats)
            costs |= interleaved(
                {
                    (count, together + kind): partial(site.together, sizes.together)
                    for (count, kind), site in sites.items()
                },
                sizes.repeats,
            )
        costs |= interleaved(
            {
                (each.articles, what): partial(measure, each, Path(folder) / "news.jsonl")
                for each in stores
                for what, measure in _fresh().items()
            },
            sizes.repeats,
        )
        costs |= {(each.articles, what): these for each in stores for what, these in each.wholes.items()}
    return Table(
        title="Live",
        about=(
            f"Stores of articles with HTML of content management systems, cleaned, in {len(LANGUAGES)} languages, with the default "
            "plan and up to 30,000 topics. An article comes, is corrected, or many come together, and the store is put and "
            "published, in a running process; its feeds hold the same number of entries at every size from 1,000 on. *The loop* keeps the same "
            "articles in SQLite, and rewrites just the changed feeds with feedgen, in RSS and Atom; newsfeed writes JSON Feed and the "
            "listing as well, where nothing else is said. Fresh processes are measured whole, and so is what it takes to start them: "
            f"`import newsfeed`, and `newsfeed --version` twice. *All* is the whole process, too. Medians (repeats: {sizes.repeats}; of all, from {ONCE_FROM:,} articles on, one); "
            "ratios are those of processor time (the least and the most)."
        ),
        head=(
            "articles",
            "what",
            "processor time",
            "on the clock",
            f"× {min(sizes.live):,} articles",
            "× its peer",
            "peak memory",
        ),
        rows=_rows(costs, together),
        notes=[*_notes(stores)],
    )


def _prepared(folder: Path, count: int, sizes: Sizes) -> LiveStores:
    kept = Path(sizes.keep).absolute() if sizes.keep and count >= KEPT_FROM else folder
    return prepared(kept / str(count), count, sizes.repeats)


def _sites(stores: LiveStores, opened: ExitStack) -> list[tuple[str, _Site]]:
    """Open the newsrooms of one size, and the loop."""
    found = []
    for kind, folder in (("", stores.default), (_TWO_FORMATS, stores.two_formats)):
        site, _ = read_site(folder)
        store = opened.enter_context(Store(str(site.store), site))
        found.append((kind, _Site(partial(_put_and_publish, store, folder / "public"), stores.articles)))
    loop = opened.enter_context(stores.open_loop())
    return [*found, (_LOOP, _Site(loop.publish, stores.articles))]


def _put_and_publish(store: Store, output: Path, articles: list[dict[str, Any]]) -> None:
    if articles:
        store.put(articles)
    store.publish(output)


def _fresh() -> Mapping[str, Callable[[LiveStores, Path], Cost]]:
    """Return what measures each row of fresh processes, given the stores and a file to write."""
    kinds = {"": "default", _TWO_FORMATS: "two_formats"}
    programs = {_PROGRAM + kind: partial(_one_program, name=name) for kind, name in kinds.items()}
    commands = {_COMMANDS + kind: partial(_two_commands, name=name) for kind, name in kinds.items()}
    starts: dict[str, Callable[[LiveStores, Path], Cost]] = {
        _START: lambda _stores, _file: _together([("-c", "import newsfeed")]),
        _STARTS: lambda _stores, _file: _together([("-m", "newsfeed", "--version")] * 2),
    }
    return programs | commands | starts


def _two_commands(stores: LiveStores, file: Path, name: str) -> Cost:
    """Put an article and publish it by commands."""
    folder = _with_news(stores, file, name)
    return _together(
        [
            ("-m", "newsfeed", "put", folder, file),
            ("-m", "newsfeed", "build", folder, "-o", folder / "public"),
        ]
    )


def _one_program(stores: LiveStores, file: Path, name: str) -> Cost:
    """Put an article and publish it in one program."""
    folder = _with_news(stores, file, name)
    return _together([("-m", "tests.benchmarks.storing", folder, file, folder / "public")])


def _with_news(stores: LiveStores, file: Path, name: str) -> Path:
    """Write a new article into a file, and return the folder of a newsroom."""
    file.write_bytes(b"".join(map(line_of, news(1, stores.articles))))
    folder: Path = getattr(stores, name)
    return folder


def _together(programs: Sequence[Sequence[str | Path]]) -> Cost:
    """Run programs one after the other."""
    cpu, wall, peak = zip(*[run(*program).cost for program in programs], strict=True)
    return Cost(sum(cpu), sum(wall), max(peak))


def _rows(costs: Mapping[_Row, list[Cost]], together: str) -> list[Sequence[str]]:
    few = min(count for count, _ in costs)
    peers = {
        what + kind: what + _LOOP for what in (_NEW, _CORRECTION, together) for kind in ("", _TWO_FORMATS)
    }
    peers |= {PUT_OF_ALL: STREAMED, FULL_PUBLISH: STREAMED}
    for kind in ("", _TWO_FORMATS):
        peers |= {_PROGRAM + kind: _START, _COMMANDS + kind: _STARTS}
    rows: list[Sequence[str]] = []
    for (count, what), measured in sorted(costs.items(), key=lambda item: item[0][0]):
        middle = medians(measured)
        rows.append(
            (
                f"{count:,}",
                what,
                seconds(middle.cpu),
                seconds(middle.wall),
                _ratio(measured, costs.get((few, what))),
                _ratio(measured, costs[count, peers[what]]) if what in peers else "",
                megabytes(middle.peak) if middle.peak else "",
            )
        )
    return rows


def _ratio(measured: list[Cost], base: list[Cost] | None) -> str:
    """Compare processor times, repeat by repeat if there are as many; leave it empty without a base."""
    if base is None:
        return ""
    if len(base) != len(measured):
        return short(medians(measured).cpu / medians(base).cpu)
    return ratios([cost.cpu for cost in measured], [cost.cpu for cost in base])


def _notes(stores: Sequence[LiveStores]) -> list[str]:
    weights = (f"{each.weight:.2f} times of {each.articles:,}" for each in stores)
    notes = [
        f"How many times the articles' JSON the store's file weighs, filled and published: {', '.join(weights)}."
    ]
    if kept := [f"{each.articles:,}" for each in stores if not each.wholes]:
        notes.append(f"Kept from an earlier run, so not filled in this one: {', '.join(kept)} articles.")
    return notes
