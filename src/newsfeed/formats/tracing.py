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

Tracers take a record laid out flat, its texts escaped, as `layout.py` makes it for all formats together.

The first record of each shape is written both ways. Where the two differ (the writer decides by what a text says, or
by how many items there are), that shape is always written the slow way. So is a text with characters that XML doesn't
have, for which the writer has a complaint of its own.

>>> class Greeting(msgspec.Struct):
...     name: str
>>> def write(greeting: Greeting, separator: str) -> str:
...     name = greeting.name.replace("&", "&amp;")
...     return f"<p>{separator}<b>{name}</b>{separator}</p>"
>>> layout = Layout(Greeting)
>>> Tracer(write, layout).write(layout.flat(Greeting("Tom & Jerry")))
(b'<p><b>Tom &amp; Jerry</b></p>',)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple

import msgspec
from msgspec.structs import astuple

from newsfeed.formats.layout import Flat, Layout, Mix, Record, Shape, chooser, remember, shape_of, texts_among
from newsfeed.formats.wording import Body
from newsfeed.text.xml_escapes import for_quotes

__all__ = ["Tracer"]

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
    """A pattern made ready to be filled many times.

    Args:
        pattern: The pattern.
        values: Some values that it is for, laid out; others have their texts in the same places.
    """

    def __init__(self, pattern: _Pattern, values: Sequence[Any]) -> None:
        bodies = [hole.field for hole in pattern.holes if hole.kind == "body"]
        if len(bodies) > 1:
            raise _Untraceable
        self._body = bodies[0] if bodies else None
        written = [pattern.literals[0].replace("%", "%%")]
        for hole, literal in zip(pattern.holes, pattern.literals[1:], strict=True):
            written += [_BODY if hole.kind == "body" else "%b", literal.replace("%", "%%")]
        self._written = "".join(written).encode()
        texts = texts_among(values)
        place_of = {field: place for place, field in enumerate(texts)}
        places = [(place_of[field], kind) for kind, field in pattern.holes if kind != "body"]
        self._choose = chooser([place for place, _ in places])
        #: Which texts stand in attributes; where these are written otherwise, they follow the others.
        self._attributes = [place for place, kind in places if kind == "attribute"]
        behind = iter(range(len(texts), len(texts) + len(self._attributes)))
        self._choose_quoted = chooser(
            [next(behind) if kind == "attribute" else place for place, kind in places]
        )

    def fill(self, flat: Flat[Any]) -> tuple[bytes, ...]:
        """Put texts into the holes.

        Raises:
            ValueError: If XML has no such character.
        """
        if flat.texts is None:
            raise ValueError("XML has no character for some of this text")
        texts = flat.texts.between_tags
        if flat.texts.differ_in_quotes:
            quoted = [for_quotes(texts[place]) for place in self._attributes]
            written = self._written % self._choose_quoted(texts + quoted)
        else:
            written = self._written % self._choose(texts)
        if self._body is None:
            return (written,)
        before, _, after = written.partition(b"\0")
        body: Body = flat.values[self._body]
        return before, body.encoded, after


class Tracer(Generic[Record]):
    """Writes records as a writer does, many times as fast. Threads can share it.

    Args:
        write: The writer. It makes an XML element of a record, with a separator before, between and after the
            element's children; it may do so with `""` as well as with a character.
        layout: How the records are laid out.
    """

    def __init__(self, write: Callable[[Record, str], str], layout: Layout[Record]) -> None:
        self._write = write
        self._lists_laid_out = layout.lists
        self._fillers: dict[Mix, _Filler | None] = {}
        self._patterns: dict[Shape, _Pattern | None] = {}
        self._item_patterns: dict[tuple[int, Shape], _Pattern | None] = {}
        self._left_out: dict[tuple[int, Shape], bool] = {}

    def write(self, flat: Flat[Record]) -> tuple[bytes, ...]:
        """Write a record.

        Args:
            flat: The record, laid out.

        Returns:
            What the writer makes of it, in UTF-8, in chunks: a body is a chunk of its own, the same object wherever
            it is written.
        """
        try:
            filler = self._filler(flat)
            if filler is not None:
                return filler.fill(flat)
        except (ValueError, KeyError):  # another thread may have cleared a table
            pass
        return (self._write(flat.record, "").encode(),)

    def _filler(self, flat: Flat[Record]) -> _Filler | None:
        """Give the filler of a mix of shapes; None if it can't be traced."""
        try:
            return self._fillers[flat.mix]
        except KeyError:
            filler = self._checked_filler(flat)
            remember(self._fillers, flat.mix, filler)
            return filler

    def _checked_filler(self, flat: Flat[Record]) -> _Filler | None:
        """Compose the filler of a mix of shapes; None if it can't be traced."""
        record = flat.record
        shape = shape_of(astuple(record))
        if shape in self._patterns:
            pattern = self._patterns[shape]
            try:
                return None if pattern is None else self._composed(pattern, flat)
            except _Untraceable:
                return None
        try:
            pattern = self._traced(record)
            filler = self._composed(pattern, flat)
            is_right = b"".join(filler.fill(flat)) == self._write(record, "").encode()
        except _Untraceable:
            is_right = False
        remember(self._patterns, shape, pattern if is_right else None)
        return filler if is_right else None

    def _composed(self, pattern: _Pattern, flat: Flat[Record]) -> _Filler:
        """Put the patterns of items into that of their record; their values stand behind the record's."""
        position = len(astuple(flat.record))
        items: dict[int, list[_Pattern]] = {}
        for field in self._lists_laid_out:
            items[field] = []
            has_place = ("list", field) in pattern.holes
            for item in flat.values[field]:
                if has_place:
                    items[field].append(self._item_pattern(field, item, flat.record).shifted(position))
                elif not self._is_left_out(field, item, flat.record):
                    raise _Untraceable
                position += len(astuple(item))
        return _Filler(pattern.with_items(items), flat.values)

    def _is_left_out(self, field: int, item: msgspec.Struct, record: Record) -> bool:
        """Tell whether the writer makes nothing of an item, or of any other of its shape, in a list that has no place."""
        shape = field, shape_of(astuple(item))
        if shape not in self._left_out:
            name = record.__struct_fields__[field]
            without, alone = (
                self._write(msgspec.structs.replace(record, **{name: items}), "") for items in ((), (item,))
            )
            remember(self._left_out, shape, without == alone)
        return self._left_out[shape]

    def _item_pattern(self, field: int, item: msgspec.Struct, record: Record) -> _Pattern:
        shape = field, shape_of(astuple(item))
        if shape not in self._item_patterns:
            remember(self._item_patterns, shape, self._checked_item(field, item, record))
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
            pieces[places[field]] = _filled(pattern, item).decode()
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


def _filled(pattern: _Pattern, item: msgspec.Struct) -> bytes:
    """Fill the pattern of an item."""
    flat = Layout(type(item)).flat(item)
    return b"".join(_Filler(pattern, flat.values).fill(flat))


def _marked(record: Record, chosen: Mapping[int, msgspec.Struct], *, unmarked: int | None = None) -> Record:
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
        elif isinstance(value, Body):
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
