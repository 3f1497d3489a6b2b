"""One flat feed: from ready objects to bytes, beside other generators, and beside the least that must be done.

Each repeat begins with fresh objects: nothing of them was written, escaped or encoded before.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from tests.benchmarks.floor import FLOOR, Floor
from tests.benchmarks.measuring import Cost, in_process, interleaved, medians, ratios
from tests.benchmarks.newsrooms import Size, write_newsroom
from tests.benchmarks.peers.all import described, installed, missing
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.reading import features_in
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, megabytes, seconds

import newsfeed
from newsfeed import Entry, Feed

__all__ = ["Ready", "flat"]

_FORMS = (("rss", "atom"), ("rss",), ("atom",))
_NAMES = {"rss": "RSS", "atom": "Atom"}


class Ready:
    """A feed whose objects can be had anew, as often as they are needed."""

    def __init__(self, entries: int, body: int, *, cms: bool = True) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_newsroom(Path(folder), Size(entries, body, cms=cms), paths=("all",), limit=entries)
            self._feed = newsfeed.open(folder).feed("all")
        self._entries = msgspec.json.encode(self._feed.entries)

    def fresh(self) -> Feed:
        """Give the feed with entries, and texts, that nobody has seen."""
        entries = msgspec.json.decode(self._entries, type=tuple[Entry, ...])
        return msgspec.structs.replace(self._feed, entries=entries)


def flat(sizes: Sizes) -> Table:
    """Measure it."""
    ready = Ready(sizes.entries, sizes.body)
    rows = [row for forms in _FORMS for row in _rows(ready, forms, sizes.repeats)]
    tidy = Ready(sizes.entries, sizes.body, cms=False)
    rows += ((f"{forms}, tidy", *figures) for forms, *figures in _rows(tidy, _FORMS[0], sizes.repeats))
    notes = [f"Measured: {described()}."]
    if lacking := missing():
        notes.append(f"Not installed, so not measured: {', '.join(lacking)}; pip install --group benchmarks.")
    return Table(
        title="A flat feed",
        about=(
            f"{sizes.entries:,} full-text entries with HTML of content management systems (tidy: about {sizes.body:,} bytes of "
            "tidy HTML), from ready objects to bytes. "
            f"Processor time: the median (repeats: {sizes.repeats}), and how many times newsfeed's that is (the least "
            "and the most). What a document leaves out is read from it, and compared with newsfeed's."
        ),
        head=("formats", "by", "time", "× newsfeed", "written", "leaves out"),
        rows=rows,
        notes=notes,
    )


def _rows(ready: Ready, forms: Sequence[str], repeats: int) -> Iterator[tuple[str, ...]]:
    """Measure everything that writes these formats, newsfeed first."""
    peers = [peer for peer in installed() if set(forms) <= set(peer.formats)]
    written = {peer.name: peer.write(ready.fresh(), forms) for peer in peers}
    own = written[peers[0].name]
    works: dict[str, Callable[[], Callable[[], object]]] = {
        peer.name: _writing(peer, ready, forms) for peer in peers
    }
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(dict(zip(forms, own, strict=True)), Path(folder))
        if len(forms) > 1:
            works |= {name: _floor_work(part, floor, ready) for name, part in FLOOR.items()}
        costs = interleaved({name: _measuring(work) for name, work in works.items()}, repeats)
    base = [cost.cpu for cost in costs[peers[0].name]]
    for name, measured in costs.items():
        documents = written.get(name, own)
        yield (
            " + ".join(_NAMES[form] for form in forms),
            name,
            seconds(medians(measured).cpu),
            ratios([cost.cpu for cost in measured], base),
            megabytes(sum(map(len, documents))),
            _left_out(documents, own, forms) if name in written else "everything else",
        )


def _writing(peer: Peer, ready: Ready, forms: Sequence[str]) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        feed = ready.fresh()
        return lambda: peer.write(feed, forms)

    return prepare


def _floor_work(
    part: Callable[[Floor, Feed], Callable[[], object]], floor: Floor, ready: Ready
) -> Callable[[], Callable[[], object]]:
    return lambda: part(floor, ready.fresh())


def _measuring(prepare: Callable[[], Callable[[], object]]) -> Callable[[], Cost]:
    return lambda: in_process(prepare)


def _left_out(documents: Sequence[bytes], own: Sequence[bytes], forms: Sequence[str]) -> str:
    """Name what is in newsfeed's documents and not in these."""
    lacking: dict[str, list[str]] = {}
    for form, document, ours in zip(forms, documents, own, strict=True):
        has = features_in(document, form)
        for feature in sorted(features_in(ours, form) - has):
            lacking.setdefault(feature, []).append(_NAMES[form])
    named = [
        feature if len(where) == len(forms) else f"{feature} ({where[0]})"
        for feature, where in lacking.items()
    ]
    return ", ".join(named) or "nothing"
