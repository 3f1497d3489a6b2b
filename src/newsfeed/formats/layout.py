"""Layouts: a record of texts laid out flat, as one row, for all that write it.

Writers of several formats say much the same of a record. So its values, and behind them those of the items in its
lists, are put into one row, and all texts among them are escaped together; every tracer (`tracing.py`) takes from the
row what its format needs. Records whose values are there, or missing, in the same places have a mix in common.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar, get_origin

import msgspec
from msgspec.structs import astuple

from newsfeed.text.xml_escapes import Escaped, escaped

__all__ = ["Flat", "Layout", "Mix", "Record", "Shape", "chooser", "remember", "shape_of", "texts_among"]

#: A struct of texts, Bodies, truths, and lists, which are tuples of structs of texts. A text or Body may be missing (None).
Record = TypeVar("Record", bound=msgspec.Struct)
#: Which values are there, and which of the others are empty texts; the counts of items stand before those of a mix.
Shape = tuple[int, ...]
#: Picks some of many.
_Chooser = Callable[[Sequence[Any]], tuple[Any, ...]]

_MOST = 1_000


class Mix:
    """What records have in common whose values and items are there, or missing, in the same places."""

    def __init__(self, values: Sequence[Any]) -> None:
        #: Picks the texts that have something in them.
        self.choose = chooser(texts_among(values))


class Flat(msgspec.Struct, Generic[Record], gc=False):
    """A record laid out flat."""

    record: Record
    #: Its values, and behind them those of its items.
    values: list[Any]
    #: What they have in common with those of other records.
    mix: Mix
    #: Those that are texts with something in them, escaped; None if XML has no character for some of them.
    texts: Escaped | None


class Layout(Generic[Record]):
    """How the records of a type are laid out flat.

    Args:
        kind: The type of the records.
    """

    def __init__(self, kind: type[Record]) -> None:
        #: The numbers of the values that are lists.
        self.lists = tuple(
            [
                number
                for number, field in enumerate(msgspec.structs.fields(kind))
                if get_origin(field.type) is tuple
            ]
        )
        self._mixes: dict[Shape, Mix] = {}

    def flat(self, record: Record) -> Flat[Record]:
        """Lay a record out, for every tracer that has this layout."""
        values = [*astuple(record)]
        counts = []
        for number in self.lists:
            items = values[number]
            counts.append(len(items))
            for item in items:
                values += astuple(item)
        shape = (*counts, *shape_of(values))
        mix = self._mixes.get(shape)
        if mix is None:
            mix = Mix(values)
            remember(self._mixes, shape, mix)
        try:
            return Flat(record, values, mix, escaped(mix.choose(values)))
        except ValueError:
            return Flat(record, values, mix, None)


def texts_among(values: Sequence[Any]) -> list[int]:
    """Tell which of some values are texts with something in them."""
    return [number for number, value in enumerate(values) if value and isinstance(value, str)]


def chooser(places: Sequence[int]) -> _Chooser:
    """Make what picks the items at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda items: tuple([items[place] for place in places])


def shape_of(values: Sequence[Any]) -> Shape:
    """Tell which values are there, and which of the others are empty texts rather than missing."""
    there = map(bool, values)
    if "" not in values:
        return (*there,)
    return (*there, *[number for number, value in enumerate(values) if value == ""])


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def remember(table: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep a value in a table that never grows beyond a size: a full one begins anew."""
    if len(table) >= _MOST:
        table.clear()
    table[key] = value
