"""What a program shows of a feed, held against the feed's entries and what is declared of the program."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.readers.program import Program, Refused
from tests.readers.shown import FEATURES, RSS, Shown, seen, truth

from newsfeed import Entry

__all__ = ["expected", "surprises"]


def expected(program: Program, form: str, entry: Entry) -> dict[str, Any]:
    """What a program shows of an entry, if what is declared of it is true; `None` for what it never shows."""
    said = truth(entry, form)
    return {feature: _as_declared(program, feature, form, entry, said[feature]) for feature in FEATURES}


def _as_declared(program: Program, feature: str, form: str, entry: Entry, said: Any) -> Any:
    difference = program.difference(feature, form)
    if difference is None:
        return said
    return None if difference.shows is None else difference.shows(entry, said)


def surprises(
    program: Program, form: str, feed: str, entries: Sequence[Entry], reading: Sequence[Shown] | Refused
) -> list[str]:
    """Everything that a program shows otherwise than is declared."""
    refusal = program.refusal(feed, form)
    if isinstance(reading, Refused):
        if refusal is not None and refusal.message in reading.message:
            return []
        return [f"{feed}: refused: {reading.message}"]
    if refusal is not None:
        return [f"{feed}: is not refused any more"]
    if len(reading) != len(entries):
        return [f"{feed}: {len(entries)} entries, shown: {len(reading)}"]
    return [
        f"{entry.id}: {surprise}"
        for entry, shown in zip(entries, _in_order_of(entries, reading), strict=True)
        for surprise in _of_entry(program, form, entry, shown)
    ]


def _in_order_of(entries: Sequence[Entry], reading: Sequence[Shown]) -> Sequence[Shown]:
    """Readers order entries as they like; the ids tell which is which, where they are shown."""
    by_id = {shown.id: shown for shown in reading}
    if by_id.keys() != {entry.id for entry in entries}:
        return reading
    return [by_id[entry.id] for entry in entries]


def _of_entry(program: Program, form: str, entry: Entry, shown: Shown) -> Iterator[str]:
    """A format may leave out a summary that says what the content says; what a program shows in its place is its own."""
    shows = seen(shown, form)
    for feature, value in expected(program, form, entry).items():
        if feature == "summary" and entry.summary_repeats_content and form != RSS:
            continue
        difference = program.difference(feature, form)
        is_hidden = difference is not None and difference.shows is None
        found = getattr(shown, feature) if is_hidden else shows[feature]
        if found != value:
            yield f"{feature}: expected {value!r}, shown: {found!r}"
