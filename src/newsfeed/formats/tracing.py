r"""Tracing: run a slow writer once, see what it does with its values, and then do the same with other values.

A writer turns a record into an XML element, through feedgen and lxml: slow, but right. Its output for two records
differs only in their texts. So a tracer gives it, once, a record in which every text is a *mark*, a single character of
Unicode's private use area, and looks where the marks turn up:

    record                 marked           what the writer makes of it       pattern
    title = "War & peace"  title = U+E000   <title>U+E000</title>             <title>%s</title>
    url = "https://…"      url = U+E001     <link href="U+E001"/>             <link href="%s"/>

Other records are written by putting their escaped texts into the holes of the pattern. The characters before a mark show
how to escape it: after `>` it is a text, after `="` an attribute. A mark anywhere else can't be traced.

Everything else is the record's *shape*: which values are missing or empty, true or false. Each shape has its own pattern. Lists would make too many shapes, so their items are traced separately: the writer is asked to
put a separator around each child of its element, the child with an item's marks is the place of that list, and the
patterns of all its items are put there, one after the other. The result is composed once for each *flat shape*, that of
the record's values followed by those of its items.

The first record of each shape is written both ways. If the two differ (the writer decides by what a text says, or
by how many items there are), that shape is always written the slow way. So is a text with characters that XML doesn't
have, because the writer has its own error for it.

>>> class Greeting(msgspec.Struct):
...     name: str
>>> def write(greeting: Greeting, separator: str) -> str:
...     name = greeting.name.replace("&", "&amp;")
...     return f"<p>{separator}<b>{name}</b>{separator}</p>"
>>> Tracer(write, Greeting).write(FlatRecord(Greeting("Tom & Jerry")))
(b'<p><b>Tom &amp; Jerry</b></p>',)
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import astuple

from newsfeed.formats.flat_records import FlatRecord, Layout, Shape, lists_of, remember, shape_of
from newsfeed.formats.render_model import EscapedContent
from newsfeed.formats.trace_patterns import Filler, Hole, Pattern, TracedShapes, Untraceable
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["Tracer"]

_Traced = TypeVar("_Traced", bound=msgspec.Struct)

#: Where the marks begin: those of a record's texts, of its lists' items, and of whole lists.
_TEXTS, _ITEMS, _LISTS = 0xE000, 0xE100, 0xF000
_MOST_FIELDS_OF_ITEM = 0x20
_MARK = lazy_pattern("([\ue000-\uf0ff])")
_SEPARATOR = "\uf8ff"


class _Unmarked(ValueError):
    """A list of a record has no item with any text, so nothing would show where the list is."""


class Tracer(Generic[_Traced]):
    """Writes records as a writer does, many times as fast. Threads can share it.

    A record with an item that has a list of its own is always written the slow way.

    Args:
        write: The writer. It makes an XML element of a record, with a separator before, between and after the
            element's children; it may do so with `""` as well as with a character.
        kind: The type of the records.
    """

    def __init__(self, write: Callable[[_Traced, str], str], kind: type[_Traced]) -> None:
        self._write = write
        #: The positions of the values that are lists.
        self._lists = lists_of(kind)
        self._width = len(kind.__struct_fields__)
        self._fillers: dict[Layout, Filler | None] = {}
        self._patterns: dict[Shape, Pattern | None] = {}
        self._item_patterns: dict[tuple[int, Shape], Pattern | None] = {}
        self._left_out: dict[tuple[int, Shape], bool] = {}

    def write(self, record: FlatRecord[_Traced]) -> tuple[bytes, ...]:
        """Write a record.

        Args:
            record: The record.

        Returns:
            What the writer writes for it, in UTF-8, in chunks: its content is a chunk of its own, the same object
            wherever it is written.
        """
        try:
            filler = self._filler(record)
            if filler is not None:
                return filler.fill(record)
        except (ValueError, KeyError):  # another thread may have cleared a table
            pass
        return (self._write(record.record, "").encode(),)

    @property
    def count(self) -> int:
        """How many shapes were traced."""
        return len(self._patterns) + len(self._item_patterns) + len(self._left_out)

    def shapes(self) -> TracedShapes:
        """Return what was traced, so that a tracer of the same writer needn't do it again."""
        return TracedShapes(
            [*self._patterns.items()],
            [(*key, pattern) for key, pattern in self._item_patterns.items()],
            [(*key, is_left_out) for key, is_left_out in self._left_out.items()],
        )

    def learn(self, shapes: TracedShapes) -> None:
        """Take over what a tracer of the same writer has traced."""
        self._patterns = {**dict(shapes.records), **self._patterns}
        self._item_patterns = {
            **{(field, shape): found for field, shape, found in shapes.items},
            **self._item_patterns,
        }
        self._left_out = {
            **{(field, shape): found for field, shape, found in shapes.left_out},
            **self._left_out,
        }

    def _filler(self, record: FlatRecord[_Traced]) -> Filler | None:
        """Return the filler of a flat shape; None if it can't be traced."""
        try:
            return self._fillers[record.layout]
        except KeyError:
            is_deep = self._has_inner_lists(record.values)
            filler = None if is_deep else self._checked_filler(record)
            return remember(self._fillers, record.layout, filler)

    def _has_inner_lists(self, values: Sequence[Any]) -> bool:
        """Return whether an item of a list has a list itself, such as a file with renditions; few have."""
        return any(value and isinstance(value, tuple) for value in values[self._width :])

    def _checked_filler(self, flat: FlatRecord[_Traced]) -> Filler | None:
        """Compose the filler of a flat shape; None if it can't be traced."""
        record = flat.record
        shape = shape_of(astuple(record))
        if shape in self._patterns:
            pattern = self._patterns[shape]
            try:
                return None if pattern is None else self._composed(pattern, flat)
            except Untraceable:
                return None
        try:
            pattern = self._traced(record)
            filler = self._composed(pattern, flat)
            is_right = b"".join(filler.fill(flat)) == self._write(record, "").encode()
        except Untraceable:
            is_right = False
        remember(self._patterns, shape, pattern if is_right else None)
        return filler if is_right else None

    def _composed(self, pattern: Pattern, flat: FlatRecord[_Traced]) -> Filler:
        """Put the patterns of items into that of their record; their values follow the record's."""
        record = flat.record
        values = astuple(record)
        position = len(values)
        items: dict[int, list[Pattern]] = {}
        for field in self._lists:
            items[field] = []
            has_place = ("list", field) in pattern.holes
            for item in values[field]:
                if has_place:
                    items[field].append(self._item_pattern(field, item, record).shifted(position))
                elif not self._is_left_out(field, item, record):
                    raise Untraceable
                position += len(astuple(item))
        return Filler(pattern.with_items(items), flat.layout)

    def _is_left_out(self, field: int, item: msgspec.Struct, record: _Traced) -> bool:
        """Return whether the writer writes nothing for an item, or any other of its shape, in a list without a place."""
        shape = field, shape_of(astuple(item))
        if shape not in self._left_out:
            name = record.__struct_fields__[field]
            without, alone = (
                self._write(msgspec.structs.replace(record, **{name: items}), "") for items in ((), (item,))
            )
            remember(self._left_out, shape, without == alone)
        return self._left_out[shape]

    def _item_pattern(self, field: int, item: msgspec.Struct, record: _Traced) -> Pattern:
        shape = field, shape_of(astuple(item))
        if shape not in self._item_patterns:
            remember(self._item_patterns, shape, self._checked_item(field, item, record))
        pattern = self._item_patterns[shape]
        if pattern is None:
            raise Untraceable
        return pattern

    def _traced(self, record: _Traced) -> Pattern:
        pieces, places = self._pieces(record, {})
        for field, place in places.items():
            pieces[place] = chr(_LISTS + field)
        return _pattern_of("".join(pieces), astuple(record), _TEXTS)

    def _checked_item(self, field: int, item: msgspec.Struct, record: _Traced) -> Pattern | None:
        """Trace an item of a list in its record; None if its pattern doesn't reproduce the writer's output."""
        try:
            pieces, places = self._pieces(record, {field: item})
            flat = FlatRecord(item)
            pattern = _pattern_of(pieces[places[field]], flat.values, _ITEMS + field * _MOST_FIELDS_OF_ITEM)
            pieces[places[field]] = b"".join(Filler(pattern, flat.layout).fill(flat)).decode()
            marked = _marked(record, {field: item}, unmarked=field)
        except Untraceable:
            return None
        return pattern if "".join(pieces) == self._write(marked, "") else None

    def _pieces(
        self, record: _Traced, chosen: Mapping[int, msgspec.Struct]
    ) -> tuple[list[str], dict[int, int]]:
        """Let the writer write a marked record, and find the piece in which each list stands.

        Args:
            record: The record.
            chosen: The items that represent some of its lists; the first with any text represents each of the others.
        """
        pieces = self._write(_marked(record, chosen), _SEPARATOR).split(_SEPARATOR)
        places: dict[int, int] = {}
        for number, piece in enumerate(pieces):
            for mark in map(ord, _MARK.findall(piece)):
                if mark >= _ITEMS:
                    field = (mark - _ITEMS) // _MOST_FIELDS_OF_ITEM
                    if places.setdefault(field, number) != number:
                        raise Untraceable
        return pieces, places


def _marked(record: _Traced, chosen: Mapping[int, msgspec.Struct], *, unmarked: int | None = None) -> _Traced:
    """Put marks in place of a record's texts, and one marked item into each of its lists; `unmarked` keeps its texts."""
    values = _marks_for(astuple(record), _TEXTS)
    for field, value in enumerate(values):
        if isinstance(value, tuple) and value:
            item = chosen.get(field) or next((item for item in value if any(astuple(item))), None)
            if item is None:
                raise _Unmarked
            if field != unmarked:
                marks = _marks_for(astuple(item), _ITEMS + field * _MOST_FIELDS_OF_ITEM)
                item = type(item)(**dict(zip(item.__struct_fields__, marks, strict=True)))
            values[field] = (item,)
    return type(record)(*values)


def _marks_for(values: Sequence[Any], first: int) -> list[Any]:
    marked = list(values)
    for field, value in enumerate(values):
        if value and isinstance(value, str):
            marked[field] = chr(first + field)
        elif isinstance(value, EscapedContent):
            marked[field] = EscapedContent(chr(first + field))
    return marked


def _pattern_of(written: str, values: Sequence[Any], first: int) -> Pattern:
    """Return the pattern of marked values as the writer wrote them.

    Raises:
        Untraceable: A mark stands where it can be neither a text nor an attribute, or is another record's.
    """
    pieces = _MARK.split(written)
    literals, marks = pieces[::2], pieces[1::2]
    holes = [
        _hole(ord(mark), literals[number], literals[number + 1], values, first)
        for number, mark in enumerate(marks)
    ]
    return Pattern(tuple(literals), tuple(holes))


def _hole(mark: int, before: str, after: str, values: Sequence[Any], first: int) -> Hole:
    """Return what belongs at a mark's place, and which of the values it is."""
    if mark >= _LISTS:
        return Hole("list", mark - _LISTS)
    field = mark - first
    if not 0 <= field < len(values):
        raise Untraceable
    in_attribute = before.endswith('="') and after.startswith('"')
    if not in_attribute and not (before.endswith(">") and after.startswith("<")):
        raise Untraceable
    if isinstance(values[field], EscapedContent):
        return Hole("content", field)
    return Hole("attribute" if in_attribute else "text", field)
