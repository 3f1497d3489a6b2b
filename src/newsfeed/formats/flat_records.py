"""Records laid out flat: their values in a row, and their texts escaped for XML, once for all that is written of them."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar, get_origin

import msgspec
from msgspec.structs import astuple

from newsfeed.text.xml_escapes import escaped

__all__ = ["FlatRecord", "Layout", "Shape", "chooser", "lists_of", "remember", "shape_of"]

#: Which values are there, and which of the others are empty texts; flat shapes begin with the number of items of lists.
Shape: TypeAlias = tuple[bool | int, ...]

_LayoutKey: TypeAlias = tuple[type[msgspec.Struct], Shape]

#: The most shapes that a table remembers.
MOST_SHAPES = 1_000

#: A struct of texts, EscapedContent, booleans, and tuples of structs of texts. A text or content may be missing (None).
_Record = TypeVar("_Record", bound=msgspec.Struct)


class Layout:
    """Where the texts are among the values of all records that have one kind and one flat shape.

    Args:
        values: The values of such a record.
    """

    def __init__(self, values: Sequence[object]) -> None:
        positions = [number for number, value in enumerate(values) if isinstance(value, str)]
        #: Picks the texts.
        self.choose = chooser(positions)
        #: Which of the texts a value is, by its position.
        self.ranks = {position: rank for rank, position in enumerate(positions)}


class FlatRecord(Generic[_Record]):
    """A record's values followed by those of the items of its lists, and its texts, escaped.

    Args:
        record: The record.
    """

    __slots__ = ("layout", "record", "texts", "values")

    def __init__(self, record: _Record) -> None:
        self.record = record
        kind = type(record)
        #: The values of the record, and of its items.
        self.values = values = [*astuple(record)]
        counts = []
        for number in lists_of(kind):
            items = values[number]
            counts.append(len(items))
            for item in items:
                values += astuple(item)
        key: _LayoutKey = kind, (*counts, *shape_of(values))
        #: The same for all records of the kind that have the same shape.
        self.layout = _LAYOUTS.get(key) or remember(_LAYOUTS, key, Layout(values))
        #: The texts as they stand between tags, and then all of them again as they stand in attributes; None if one has
        #: a character that XML doesn't allow.
        self.texts = _escaped(self.layout.choose(values))


_LAYOUTS: dict[_LayoutKey, Layout] = {}


def _escaped(texts: Sequence[str]) -> list[bytes] | None:
    try:
        written = escaped(texts)
    except ValueError:
        return None
    return written.between_tags + written.in_quotes


@cache
def lists_of(kind: type[msgspec.Struct]) -> tuple[int, ...]:
    """Return the positions of a struct's values that are lists."""
    fields = msgspec.structs.fields(kind)
    return tuple(number for number, field in enumerate(fields) if get_origin(field.type) is tuple)


def shape_of(values: Sequence[object]) -> Shape:
    """Return which values are there, and which of the others are empty texts rather than missing."""
    present = map(bool, values)
    if "" not in values:
        return (*present,)
    return (*present, *[number for number, value in enumerate(values) if value == ""])


_Picked = TypeVar("_Picked")


def chooser(numbers: Sequence[int]) -> Callable[[Sequence[_Picked]], tuple[_Picked, ...]]:
    """Return a function that picks the values at some positions."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda values: tuple([values[number] for number in numbers])


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def remember(table: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Put a value into a table of bounded size, and return it; a full table is cleared."""
    if len(table) >= MOST_SHAPES:
        table.clear()
    table[key] = value
    return value
