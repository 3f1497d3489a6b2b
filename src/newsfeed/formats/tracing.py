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
>>> Tracer(write, Greeting).write(Greeting("Tom & Jerry"))
(b'<p><b>Tom &amp; Jerry</b></p>',)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, get_origin

import msgspec
from msgspec.structs import astuple

from newsfeed.formats.render_model import EscapedContent
from newsfeed.text.xml_escapes import escaped, for_quotes

__all__ = ["Tracer"]

#: A struct of texts, EscapedContent, booleans, and tuples of structs of texts. A text or content may be missing (None).
_Traced = TypeVar("_Traced", bound=msgspec.Struct)
#: Which values are there, and which of the others are empty texts; flat shapes begin with the number of items of lists.
_Shape = tuple[int, ...]

#: The most shapes that a table remembers.
_MOST_SHAPES = 1_000

#: Where the marks begin: those of a record's texts, of its lists' items, and of whole lists.
_TEXTS, _ITEMS, _LISTS = 0xE000, 0xE100, 0xF000
_MOST_FIELDS_OF_ITEM = 0x20
_MARK = re.compile("([\ue000-\uf0ff])")
_SEPARATOR = "\uf8ff"
#: Stands in a pattern for the content; no text has this character, because XML doesn't allow it.
_CONTENT = "\0"


class _Untraceable(ValueError):
    """The writer does something with a value that no pattern can reproduce."""


class _Unmarked(ValueError):
    """A list of a record has no item with any text, so nothing would show where the list is."""


class _Hole(NamedTuple):
    """A place in a pattern."""

    #: `text`, `attribute`, `content` or `list`.
    kind: str
    #: The position of the value that belongs there.
    field: int


class _Pattern(NamedTuple):
    """What a writer writes for all records of a shape: text, a hole, text, a hole … text."""

    literals: tuple[str, ...]
    holes: tuple[_Hole, ...]

    def shifted(self, by: int) -> "_Pattern":
        """Return the pattern of values that follow a number of others."""
        return self._replace(holes=tuple([_Hole(kind, field + by) for kind, field in self.holes]))

    def with_items(self, items: Mapping[int, Sequence["_Pattern"]]) -> "_Pattern":
        """Put the patterns of items into the holes of their lists."""
        literals = [self.literals[0]]
        holes: list[_Hole] = []
        for hole, literal in zip(self.holes, self.literals[1:], strict=True):
            if hole.kind == "list" and hole.field in items:
                for item in items[hole.field]:
                    literals[-1] += item.literals[0]
                    literals += item.literals[1:]
                    holes += item.holes
                literals[-1] += literal
            else:
                holes.append(hole)
                literals.append(literal)
        return _Pattern(tuple(literals), tuple(holes))


class _Filler:
    """A pattern prepared for filling.

    Args:
        pattern: The pattern, without lists.

    Raises:
        _Untraceable: It has more than one content.
    """

    def __init__(self, pattern: _Pattern) -> None:
        contents = [hole.field for hole in pattern.holes if hole.kind == "content"]
        if len(contents) > 1:
            raise _Untraceable
        self._content = contents[0] if contents else None
        template = [pattern.literals[0].replace("%", "%%")]
        for hole, literal in zip(pattern.holes, pattern.literals[1:], strict=True):
            template += [_CONTENT if hole.kind == "content" else "%b", literal.replace("%", "%%")]
        self._template = "".join(template).encode()
        texts = [hole for hole in pattern.holes if hole.kind != "content"]
        self._choose = _chooser([hole.field for hole in texts])
        self._attributes = [number for number, hole in enumerate(texts) if hole.kind == "attribute"]

    def fill(self, values: Sequence[Any]) -> tuple[bytes, ...]:
        """Put values into the holes.

        Raises:
            ValueError: A text has a character that XML doesn't allow.
        """
        chosen = escaped(self._choose(values))
        texts = chosen.between_tags
        if chosen.differ_in_quotes:
            for number in self._attributes:
                texts[number] = for_quotes(texts[number])
        written = self._template % (*texts,)
        if self._content is None:
            return (written,)
        before, _, after = written.partition(b"\0")
        content: EscapedContent = values[self._content]
        return before, content.encoded, after


def _chooser(numbers: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return a function that picks the values at some positions."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda values: tuple([values[number] for number in numbers])


class Tracer(Generic[_Traced]):
    """Writes records as a writer does, many times as fast. Threads can share it.

    Args:
        write: The writer. It makes an XML element of a record, with a separator before, between and after the
            element's children; it may do so with `""` as well as with a character.
        kind: The type of the records.
    """

    def __init__(self, write: Callable[[_Traced, str], str], kind: type[_Traced]) -> None:
        self._write = write
        #: The positions of the values that are lists.
        self._lists = tuple(
            number
            for number, field in enumerate(msgspec.structs.fields(kind))
            if get_origin(field.type) is tuple
        )
        self._fillers: dict[_Shape, _Filler | None] = {}
        self._patterns: dict[_Shape, _Pattern | None] = {}
        self._item_patterns: dict[tuple[int, _Shape], _Pattern | None] = {}
        self._left_out: dict[tuple[int, _Shape], bool] = {}

    def write(self, record: _Traced) -> tuple[bytes, ...]:
        """Write a record.

        Args:
            record: The record.

        Returns:
            What the writer writes for it, in UTF-8, in chunks: its content is a chunk of its own, the same object
            wherever it is written.
        """
        values, shape = self._flattened(record)
        try:
            filler = self._filler(record, values, shape)
            if filler is not None:
                return filler.fill(values)
        except (ValueError, KeyError):  # another thread may have cleared a table
            pass
        return (self._write(record, "").encode(),)

    def _flattened(self, record: _Traced) -> tuple[list[Any], _Shape]:
        """Return a record's values followed by those of its items, and their flat shape."""
        values = [*astuple(record)]
        counts = []
        for number in self._lists:
            items = values[number]
            counts.append(len(items))
            for item in items:
                values += astuple(item)
        return values, (*counts, *_shape_of(values))

    def _filler(self, record: _Traced, values: Sequence[Any], shape: _Shape) -> _Filler | None:
        """Return the filler of a flat shape; None if it can't be traced."""
        try:
            return self._fillers[shape]
        except KeyError:
            filler = self._checked_filler(record, values)
            _remember(self._fillers, shape, filler)
            return filler

    def _checked_filler(self, record: _Traced, values: Sequence[Any]) -> _Filler | None:
        """Compose the filler of a flat shape; None if it can't be traced."""
        shape = _shape_of(astuple(record))
        if shape in self._patterns:
            pattern = self._patterns[shape]
            try:
                return None if pattern is None else self._composed(pattern, record)
            except _Untraceable:
                return None
        try:
            pattern = self._traced(record)
            filler = self._composed(pattern, record)
            is_right = b"".join(filler.fill(values)) == self._write(record, "").encode()
        except _Untraceable:
            is_right = False
        _remember(self._patterns, shape, pattern if is_right else None)
        return filler if is_right else None

    def _composed(self, pattern: _Pattern, record: _Traced) -> _Filler:
        """Put the patterns of items into that of their record; their values follow the record's."""
        values = astuple(record)
        position = len(values)
        items: dict[int, list[_Pattern]] = {}
        for field in self._lists:
            items[field] = []
            has_place = ("list", field) in pattern.holes
            for item in values[field]:
                if has_place:
                    items[field].append(self._item_pattern(field, item, record).shifted(position))
                elif not self._is_left_out(field, item, record):
                    raise _Untraceable
                position += len(astuple(item))
        return _Filler(pattern.with_items(items))

    def _is_left_out(self, field: int, item: msgspec.Struct, record: _Traced) -> bool:
        """Return whether the writer writes nothing for an item, or any other of its shape, in a list without a place."""
        shape = field, _shape_of(astuple(item))
        if shape not in self._left_out:
            name = record.__struct_fields__[field]
            without, alone = (
                self._write(msgspec.structs.replace(record, **{name: items}), "") for items in ((), (item,))
            )
            _remember(self._left_out, shape, without == alone)
        return self._left_out[shape]

    def _item_pattern(self, field: int, item: msgspec.Struct, record: _Traced) -> _Pattern:
        shape = field, _shape_of(astuple(item))
        if shape not in self._item_patterns:
            _remember(self._item_patterns, shape, self._checked_item(field, item, record))
        pattern = self._item_patterns[shape]
        if pattern is None:
            raise _Untraceable
        return pattern

    def _traced(self, record: _Traced) -> _Pattern:
        pieces, places = self._pieces(record, {})
        for field, place in places.items():
            pieces[place] = chr(_LISTS + field)
        return _pattern_of("".join(pieces), astuple(record), _TEXTS)

    def _checked_item(self, field: int, item: msgspec.Struct, record: _Traced) -> _Pattern | None:
        """Trace an item of a list in its record; None if its pattern doesn't reproduce the writer's output."""
        try:
            pieces, places = self._pieces(record, {field: item})
            values = astuple(item)
            pattern = _pattern_of(pieces[places[field]], values, _ITEMS + field * _MOST_FIELDS_OF_ITEM)
            pieces[places[field]] = b"".join(_Filler(pattern).fill(values)).decode()
            marked = _marked(record, {field: item}, unmarked=field)
        except _Untraceable:
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
                        raise _Untraceable
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


def _pattern_of(written: str, values: Sequence[Any], first: int) -> _Pattern:
    """Return the pattern of marked values as the writer wrote them.

    Raises:
        _Untraceable: A mark stands where it can be neither a text nor an attribute, or is another record's.
    """
    pieces = _MARK.split(written)
    literals, marks = pieces[::2], pieces[1::2]
    holes = [
        _hole(ord(mark), literals[number], literals[number + 1], values, first)
        for number, mark in enumerate(marks)
    ]
    return _Pattern(tuple(literals), tuple(holes))


def _hole(mark: int, before: str, after: str, values: Sequence[Any], first: int) -> _Hole:
    """Return what belongs at a mark's place, and which of the values it is."""
    if mark >= _LISTS:
        return _Hole("list", mark - _LISTS)
    field = mark - first
    if not 0 <= field < len(values):
        raise _Untraceable
    in_attribute = before.endswith('="') and after.startswith('"')
    if not in_attribute and not (before.endswith(">") and after.startswith("<")):
        raise _Untraceable
    if isinstance(values[field], EscapedContent):
        return _Hole("content", field)
    return _Hole("attribute" if in_attribute else "text", field)


def _shape_of(values: Sequence[Any]) -> _Shape:
    """Return which values are there, and which of the others are empty texts rather than missing."""
    present = map(bool, values)
    if "" not in values:
        return (*present,)
    return (*present, *[number for number, value in enumerate(values) if value == ""])


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def _remember(table: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Put a value into a table of bounded size: a full table is cleared."""
    if len(table) >= _MOST_SHAPES:
        table.clear()
    table[key] = value
