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
all items of the list are written, each by the pattern of its own shape.

The first record of each shape is written both ways. Where the two differ (the writer decides by what a text says, or
by how many items there are), that shape is always written the slow way. So is a text with characters that XML doesn't
have, for which the writer has a complaint of its own.

>>> class Greeting(NamedTuple):
...     name: str
>>> def write(greeting: Greeting, separator: str) -> str:
...     name = greeting.name.replace("&", "&amp;")
...     return f"<p>{separator}<b>{name}</b>{separator}</p>"
>>> Tracer(write).write(Greeting("Tom & Jerry"))
(b'<p><b>Tom &amp; Jerry</b></p>',)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from newsfeed.formats.wording import Body
from newsfeed.text.xml_escapes import between_tags, in_quotes

__all__ = ["Tracer"]

#: A NamedTuple of texts, Bodies and lists (tuples of NamedTuples of texts); all else in it is shape.
Record = TypeVar("Record", bound=tuple[Any, ...])
#: What of a record is missing (None), empty or false (True), or there (False).
_Shape = tuple[bool | None, ...]

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


class _Pattern(NamedTuple):
    """What a writer makes of all records of a shape."""

    #: In UTF-8, with `%b` for each hole.
    written: bytes
    #: The fields whose texts stand between tags.
    texts: tuple[int, ...]
    #: The fields whose texts stand in attributes.
    attributes: tuple[int, ...]
    #: The fields that are lists, as far as the writer writes them.
    lists: tuple[int, ...]
    #: Which of these stands in each hole: the number of a text, an attribute or a list, counted through in that order.
    holes: tuple[int, ...]
    #: The field of the body; a NUL stands at its place.
    body: int | None

    def filled(self, record: Sequence[Any], lists: Sequence[bytes] = ()) -> bytes:
        """Put a record's texts into the holes.

        Raises:
            ValueError: If XML has no such character.
        """
        parts = between_tags([record[field] for field in self.texts])
        parts += in_quotes([record[field] for field in self.attributes])
        parts += lists
        return self.written % tuple([parts[hole] for hole in self.holes])


class Tracer(Generic[Record]):
    """Writes records as a writer does, many times as fast. Threads can share it.

    Args:
        write: The writer. It makes an XML element of a record, with a separator before, between and after the
            element's children; it may do so with `""` as well as with a character.
    """

    def __init__(self, write: Callable[[Record, str], str]) -> None:
        self._write = write
        self._patterns: dict[_Shape, _Pattern | None] = {}
        self._item_patterns: dict[tuple[int, _Shape], _Pattern | None] = {}
        self._items: dict[tuple[int, tuple[str | None, ...]], bytes] = {}

    def write(self, record: Record) -> tuple[bytes, ...]:
        """Write a record.

        Args:
            record: The record.

        Returns:
            What the writer makes of it, in UTF-8, in chunks: a body is a chunk of its own, the same object wherever
            it is written.
        """
        shape = _shape(record)
        try:
            if shape not in self._patterns:
                _remember(self._patterns, shape, self._checked(record), _MOST_PATTERNS)
            pattern = self._patterns[shape]
            if pattern is not None:
                return self._replayed(pattern, record)
        except (ValueError, KeyError):  # another thread may have cleared a table
            pass
        return (self._write(record, "").encode(),)

    def forget_items(self) -> None:
        """Forget the list items that were written; what was traced stays."""
        self._items.clear()

    def _replayed(self, pattern: _Pattern, record: Record) -> tuple[bytes, ...]:
        """Write a record by its pattern.

        Raises:
            ValueError: If only the writer itself can say what comes of it.
        """
        lists = [
            b"".join([self._item(field, item, record) for item in record[field]]) for field in pattern.lists
        ]
        written = pattern.filled(record, lists)
        if pattern.body is None:
            return (written,)
        before, _, after = written.partition(b"\0")
        body: Body = record[pattern.body]
        return before, body.encoded, after

    def _item(self, field: int, item: tuple[str | None, ...], record: Record) -> bytes:
        """Write an item of a list. Categories and authors come again and again, so what was written is kept."""
        written = self._items.get((field, item))
        if written is None:
            shape = field, _shape(item)
            if shape not in self._item_patterns:
                _remember(self._item_patterns, shape, self._checked_item(field, item, record), _MOST_PATTERNS)
            pattern = self._item_patterns[shape]
            if pattern is None:
                raise _Untraceable
            written = pattern.filled(item)
            _remember(self._items, (field, item), written, _MOST_ITEMS)
        return written

    def _checked(self, record: Record) -> _Pattern | None:
        """Trace a record; None if its pattern doesn't give what the writer does."""
        try:
            pattern = self._traced(record)
            right = b"".join(self._replayed(pattern, record)) == self._write(record, "").encode()
        except _Untraceable:
            return None
        return pattern if right else None

    def _traced(self, record: Record) -> _Pattern:
        pieces, places = self._pieces(record, {})
        for field, place in places.items():
            pieces[place] = chr(_LISTS + field)
        return _pattern_of("".join(pieces), record, _TEXTS)

    def _checked_item(self, field: int, item: tuple[str | None, ...], record: Record) -> _Pattern | None:
        """Trace an item of a list, in the record where it stands; None if its pattern doesn't give what the writer does."""
        try:
            pieces, places = self._pieces(record, {field: item})
            pattern = _pattern_of(pieces[places[field]], item, _ITEMS + field * _MOST_FIELDS_OF_ITEM)
            pieces[places[field]] = pattern.filled(item).decode()
            marked = _marked(record, {field: item}, unmarked=field)
        except _Untraceable:
            return None
        return pattern if "".join(pieces) == self._write(marked, "") else None

    def _pieces(
        self, record: Record, chosen: Mapping[int, tuple[str | None, ...]]
    ) -> tuple[list[str], dict[int, int]]:
        """Let the writer write a marked record, and tell which of the pieces each list is.

        Args:
            record: The record.
            chosen: The items that stand for some of its lists; the first stands for the others.
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


def _shape(record: Sequence[Any]) -> _Shape:
    return tuple([None if value is None else not value for value in record])


def _marked(
    record: Record, chosen: Mapping[int, tuple[str | None, ...]], *, unmarked: int | None = None
) -> Record:
    """Put marks in place of a record's texts, and one marked item into each of its lists; `unmarked` keeps its texts."""
    values = _marks_for(record, _TEXTS)
    for field, value in enumerate(record):
        if isinstance(value, tuple) and value:
            item: Any = chosen.get(field) or next((item for item in value if any(item)), None)
            if item is None:
                raise _Unmarked
            if field != unmarked:
                item = item._make(_marks_for(item, _ITEMS + field * _MOST_FIELDS_OF_ITEM))
            values[field] = (item,)
    like: Any = record
    marked: Record = like._make(values)
    return marked


def _marks_for(record: Sequence[Any], first: int) -> list[Any]:
    values = list(record)
    for field, value in enumerate(record):
        if value and isinstance(value, str):
            values[field] = chr(first + field)
        elif value and isinstance(value, Body):
            values[field] = Body(chr(first + field))
    return values


def _pattern_of(written: str, record: Sequence[Any], first: int) -> _Pattern:
    """Make the pattern of a marked record as the writer wrote it.

    Raises:
        _Untraceable: If a mark stands where it can be neither a text nor an attribute, or is another record's.
    """
    literals = _MARK.split(written)
    holes = [
        _hole(ord(mark), before, after, record, first)
        for before, mark, after in zip(literals[::2], literals[1::2], literals[2::2], strict=False)
    ]
    fields = {
        kind: tuple(dict.fromkeys(field for found, field in holes if found == kind))
        for kind in ("text", "attribute", "list", "body")
    }
    if len(fields["body"]) != sum(kind == "body" for kind, _ in holes):
        raise _Untraceable
    parts = [(kind, field) for kind in ("text", "attribute", "list") for field in fields[kind]]
    whole = [literals[0].replace("%", "%%")]
    for (kind, _), literal in zip(holes, literals[2::2], strict=True):
        whole += [_BODY if kind == "body" else "%b", literal.replace("%", "%%")]
    return _Pattern(
        written="".join(whole).encode(),
        texts=fields["text"],
        attributes=fields["attribute"],
        lists=fields["list"],
        holes=tuple([parts.index(hole) for hole in holes if hole[0] != "body"]),
        body=fields["body"][0] if fields["body"] else None,
    )


def _hole(mark: int, before: str, after: str, record: Sequence[Any], first: int) -> tuple[str, int]:
    """Tell what belongs where a mark stands, and which field of the record it is."""
    if mark >= _LISTS:
        return "list", mark - _LISTS
    field = mark - first
    if not 0 <= field < len(record):
        raise _Untraceable
    in_attribute = before.endswith('="') and after.startswith('"')
    if not in_attribute and not (before.endswith(">") and after.startswith("<")):
        raise _Untraceable
    if isinstance(record[field], Body):
        return "body", field
    return "attribute" if in_attribute else "text", field


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def _remember(table: dict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    """Keep a value in a table that never grows beyond a size: a full one begins anew."""
    if len(table) >= most:
        table.clear()
    table[key] = value
