r"""Tracing: run a slow writer once, see what it does with its values, and do the same to other values from then on.

A writer turns a record into an XML element, through feedgen and lxml: slow, but right. Its work on two records is the
same but for the texts that they hold. So a tracer gives it, once, a record in which every text is a *mark*, a single
character of Unicode's private use area, and looks where the marks turn up:

    record                 marked           what the writer makes of it       pattern
    title = "War & peace"  title = U+E000   <title>U+E000</title>             <title>%s</title>
    url = "https://…"      url = U+E001     <link href="U+E001"/>             <link href="%s"/>

Every other record is its texts, escaped, in the holes of the pattern. What stands in front of a mark shows how to
escape it: after `>` it is a text, after `="` an attribute. A mark anywhere else can't be traced.

What isn't text is the record's *shape*: which values are missing or empty, what is true or false. Each shape has a
pattern of its own. Lists would make too many shapes, so their items are traced on their own: the writer is asked to
set a separator around each child of its element, the child with an item's marks is the place of that list, and there
the patterns of all its items are put one after the other. The outcome is composed once for each mix of shapes.

The first record of each shape is written both ways. Where the two differ (the writer decides by what a text says, or
by how many items there are), that shape is always written the slow way. So is a text with characters that XML doesn't
have, for which the writer has a complaint of its own.

>>> class Greeting(msgspec.Struct):
...     name: str
>>> def write(greeting: Greeting, separator: str) -> str:
...     name = greeting.name.replace("&", "&amp;")
...     return f"<p>{separator}<b>{name}</b>{separator}</p>"
>>> Tracer(write, Greeting).write(Greeting("Tom & Jerry"))
(b'<p><b>Tom &amp; Jerry</b></p>',)
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, get_origin

import msgspec
from msgspec.structs import astuple

from newsfeed.formats.wording import Body
from newsfeed.text.xml_escapes import escaped

__all__ = ["Tracer"]

#: A struct of texts, Bodies and lists (tuples of structs of texts); all else in it is shape.
Record = TypeVar("Record", bound=msgspec.Struct)
#: What of some values is missing (None), empty or false (True), or there (False); in a mix, counts stand before it.
_Shape = tuple[int | None, ...]

_MOST_PATTERNS = 1_000
_MOST_ITEMS = 10_000

#: Where the marks begin: those of a record's texts, those of its lists' items, and those that stand for whole lists.
_TEXTS, _ITEMS, _LISTS = 0xE000, 0xE100, 0xF000
_MOST_FIELDS_OF_ITEM = 0x20
_MARK = re.compile("([\ue000-\uf0ff])")
_SEPARATOR = "\uf8ff"
#: Stands in a pattern for the body: no text has it, for XML doesn't.
_BODY = "\0"


class _Untraceable(ValueError):
    """The writer does something with a value that no pattern can repeat."""


class _Unmarked(ValueError):
    """A list of a record has no item with any text, so that nothing could show where the list stands."""


class _Hole(NamedTuple):
    """A place in a pattern."""

    #: `text`, `attribute`, `body` or `list`.
    kind: str
    #: The number of the value that belongs there.
    field: int


class _Pattern(NamedTuple):
    """What a writer makes of all records of a shape: text, a hole, text, a hole … text."""

    literals: tuple[str, ...]
    holes: tuple[_Hole, ...]

    def shifted(self, by: int) -> "_Pattern":
        """Give the pattern of values that stand behind so many others."""
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
    """A pattern made ready to be filled many times."""

    def __init__(self, pattern: _Pattern) -> None:
        def fields(kind: str) -> tuple[int, ...]:
            return tuple(dict.fromkeys(field for found, field in pattern.holes if found == kind))

        if sum(hole.kind == "body" for hole in pattern.holes) > 1:
            raise _Untraceable
        self._texts, self._attributes, self.lists = fields("text"), fields("attribute"), fields("list")
        self._body = next(iter(fields("body")), None)
        parts = [_Hole("text", field) for field in self._texts]
        parts += [_Hole("attribute", field) for field in self._attributes]
        parts += [_Hole("list", field) for field in self.lists]
        self._order = tuple([parts.index(hole) for hole in pattern.holes if hole.kind != "body"])
        written = [pattern.literals[0].replace("%", "%%")]
        for hole, literal in zip(pattern.holes, pattern.literals[1:], strict=True):
            written += [_BODY if hole.kind == "body" else "%b", literal.replace("%", "%%")]
        self._written = "".join(written).encode()

    def fill(self, values: Sequence[Any], lists: Sequence[bytes] = ()) -> tuple[bytes, ...]:
        """Put texts into the holes, and what was written of lists.

        Raises:
            ValueError: If XML has no such character.
        """
        parts = escaped(
            [values[field] for field in self._texts], [values[field] for field in self._attributes]
        )
        parts += lists
        written = self._written % tuple([parts[part] for part in self._order])
        if self._body is None:
            return (written,)
        before, _, after = written.partition(b"\0")
        body: Body = values[self._body]
        return before, body.encoded, after


class Tracer(Generic[Record]):
    """Writes records as a writer does, many times as fast. Threads can share it.

    Args:
        write: The writer. It makes an XML element of a record, with a separator before, between and after the
            element's children; it may do so with `""` as well as with a character.
        kind: The type of the records.
        repeated: The lists whose items come again and again, so that what was written of an item is worth keeping.
    """

    def __init__(
        self, write: Callable[[Record, str], str], kind: type[Record], *, repeated: Collection[str] = ()
    ) -> None:
        self._write = write
        self._composed_lists = tuple(
            [
                number
                for number, field in enumerate(msgspec.structs.fields(kind))
                if get_origin(field.type) is tuple and field.name not in repeated
            ]
        )
        self._fillers: dict[_Shape, _Filler | None] = {}
        self._patterns: dict[_Shape, _Pattern | None] = {}
        self._item_patterns: dict[tuple[int, _Shape], _Pattern | None] = {}
        self._items: dict[tuple[int, msgspec.Struct], bytes] = {}

    def write(self, record: Record) -> tuple[bytes, ...]:
        """Write a record.

        Args:
            record: The record.

        Returns:
            What the writer makes of it, in UTF-8, in chunks: a body is a chunk of its own, the same object wherever
            it is written.
        """
        values = list(astuple(record))
        counts = []
        for field in self._composed_lists:
            items = values[field]
            counts.append(len(items))
            for item in items:
                values += astuple(item)
        mix = (*counts, *_shape(values))
        try:
            if mix not in self._fillers:
                _remember(self._fillers, mix, self._checked_filler(record, values), _MOST_PATTERNS)
            filler = self._fillers[mix]
            if filler is not None:
                return filler.fill(values, [self._written(field, record, values) for field in filler.lists])
        except (ValueError, KeyError):  # another thread may have cleared a table
            pass
        return (self._write(record, "").encode(),)

    def forget_items(self) -> None:
        """Forget the list items that were written; what was traced stays."""
        self._items.clear()

    def _written(self, field: int, record: Record, values: Sequence[Any]) -> bytes:
        """Write a list whose items come again and again."""
        written = []
        for item in values[field]:
            known = self._items.get((field, item))
            if known is None:
                pattern = self._item_pattern(field, item, record)
                (known,) = _Filler(pattern).fill(astuple(item))
                _remember(self._items, (field, item), known, _MOST_ITEMS)
            written.append(known)
        return b"".join(written)

    def _checked_filler(self, record: Record, values: Sequence[Any]) -> _Filler | None:
        """Compose the filler of a mix of shapes; None if it can't be traced."""
        shape = _shape(astuple(record))
        if shape in self._patterns:
            pattern = self._patterns[shape]
            return None if pattern is None else self._composed(pattern, record)
        try:
            pattern = self._traced(record)
            filler = self._composed(pattern, record)
            lists = [self._written(field, record, values) for field in filler.lists]
            is_right = b"".join(filler.fill(values, lists)) == self._write(record, "").encode()
        except _Untraceable:
            is_right = False
        _remember(self._patterns, shape, pattern if is_right else None, _MOST_PATTERNS)
        return filler if is_right else None

    def _composed(self, pattern: _Pattern, record: Record) -> _Filler:
        """Put the patterns of items into that of their record; their values stand behind the record's."""
        values = astuple(record)
        position = len(values)
        items: dict[int, list[_Pattern]] = {}
        for field in self._composed_lists:
            items[field] = []
            for item in values[field]:
                if any(hole == ("list", field) for hole in pattern.holes):
                    items[field].append(self._item_pattern(field, item, record).shifted(position))
                position += len(astuple(item))
        return _Filler(pattern.with_items(items))

    def _item_pattern(self, field: int, item: msgspec.Struct, record: Record) -> _Pattern:
        shape = field, _shape(astuple(item))
        if shape not in self._item_patterns:
            _remember(self._item_patterns, shape, self._checked_item(field, item, record), _MOST_PATTERNS)
        pattern = self._item_patterns[shape]
        if pattern is None:
            raise _Untraceable
        return pattern

    def _traced(self, record: Record) -> _Pattern:
        pieces, places = self._pieces(record, {})
        for field, place in places.items():
            pieces[place] = chr(_LISTS + field)
        return _pattern_of("".join(pieces), astuple(record), _TEXTS)

    def _checked_item(self, field: int, item: msgspec.Struct, record: Record) -> _Pattern | None:
        """Trace an item of a list, in the record where it stands; None if its pattern doesn't give what the writer does."""
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
        self, record: Record, chosen: Mapping[int, msgspec.Struct]
    ) -> tuple[list[str], dict[int, int]]:
        """Let the writer write a marked record, and tell which of the pieces each list is.

        Args:
            record: The record.
            chosen: The items that stand for some of its lists; the first with any text stands for each of the others.
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


def _shape(values: Sequence[Any]) -> _Shape:
    return tuple([None if value is None else not value for value in values])


def _marked(record: Record, chosen: Mapping[int, msgspec.Struct], *, unmarked: int | None = None) -> Record:
    """Put marks in place of a record's texts, and one marked item into each of its lists; `unmarked` keeps its texts."""
    values = _marks_for(astuple(record), _TEXTS)
    for field, value in enumerate(values):
        if isinstance(value, tuple) and value:
            item = chosen.get(field) or next((item for item in value if any(astuple(item))), None)
            if item is None:
                raise _Unmarked
            if field != unmarked:
                item = type(item)(*_marks_for(astuple(item), _ITEMS + field * _MOST_FIELDS_OF_ITEM))
            values[field] = (item,)
    return type(record)(*values)


def _marks_for(values: Sequence[Any], first: int) -> list[Any]:
    marked = list(values)
    for field, value in enumerate(values):
        if value and isinstance(value, str):
            marked[field] = chr(first + field)
        elif value and isinstance(value, Body):
            marked[field] = Body(chr(first + field))
    return marked


def _pattern_of(written: str, values: Sequence[Any], first: int) -> _Pattern:
    """Make the pattern of marked values as the writer wrote them.

    Raises:
        _Untraceable: If a mark stands where it can be neither a text nor an attribute, or is another record's.
    """
    pieces = _MARK.split(written)
    literals, marks = pieces[::2], pieces[1::2]
    holes = [
        _hole(ord(mark), literals[number], literals[number + 1], values, first)
        for number, mark in enumerate(marks)
    ]
    return _Pattern(tuple(literals), tuple(holes))


def _hole(mark: int, before: str, after: str, values: Sequence[Any], first: int) -> _Hole:
    """Tell what belongs where a mark stands, and which of the values it is."""
    if mark >= _LISTS:
        return _Hole("list", mark - _LISTS)
    field = mark - first
    if not 0 <= field < len(values):
        raise _Untraceable
    in_attribute = before.endswith('="') and after.startswith('"')
    if not in_attribute and not (before.endswith(">") and after.startswith("<")):
        raise _Untraceable
    if isinstance(values[field], Body):
        return _Hole("body", field)
    return _Hole("attribute" if in_attribute else "text", field)


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def _remember(table: dict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    """Keep a value in a table that never grows beyond a size: a full one begins anew."""
    if len(table) >= most:
        table.clear()
    table[key] = value
