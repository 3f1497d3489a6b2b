"""The patterns that tracing finds (`tracing.py`): what a writer writes for all records of a shape, with holes for texts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from newsfeed.formats.flat_records import FlatRecord, Layout, Shape, chooser
from newsfeed.formats.render_model import EscapedContent

__all__ = ["Filler", "Hole", "Pattern", "TracedShapes", "Untraceable"]

#: Stands in a pattern for the content; no text has this character, because XML doesn't allow it.
_CONTENT = "\0"


class Untraceable(ValueError):
    """The writer does something with a value that no pattern can reproduce."""


class Hole(NamedTuple):
    """A place in a pattern."""

    #: `text`, `attribute`, `content` or `list`.
    kind: str
    #: The position of the value that belongs there.
    field: int


class Pattern(NamedTuple):
    """What a writer writes for all records of a shape: text, a hole, text, a hole … text."""

    literals: tuple[str, ...]
    holes: tuple[Hole, ...]

    def shifted(self, by: int) -> "Pattern":
        """Return the pattern of values that follow a number of others."""
        return self._replace(holes=tuple([Hole(kind, field + by) for kind, field in self.holes]))

    def with_items(self, items: Mapping[int, Sequence["Pattern"]]) -> "Pattern":
        """Put the patterns of items into the holes of their lists."""
        literals = [self.literals[0]]
        holes: list[Hole] = []
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
        return Pattern(tuple(literals), tuple(holes))


class Filler:
    """A pattern prepared for filling.

    Args:
        pattern: The pattern, without lists.
        layout: The layout of the records that fill it.

    Raises:
        Untraceable: It has more than one content.
    """

    def __init__(self, pattern: Pattern, layout: Layout) -> None:
        contents = [hole.field for hole in pattern.holes if hole.kind == "content"]
        if len(contents) > 1:
            raise Untraceable
        self._content = contents[0] if contents else None
        template = [pattern.literals[0].replace("%", "%%")]
        for hole, literal in zip(pattern.holes, pattern.literals[1:], strict=True):
            template += [_CONTENT if hole.kind == "content" else "%b", literal.replace("%", "%%")]
        self._template = "".join(template).encode()
        in_quotes = {"text": 0, "attribute": len(layout.ranks)}
        self._choose = chooser(
            [
                layout.ranks[hole.field] + in_quotes[hole.kind]
                for hole in pattern.holes
                if hole.kind != "content"
            ]
        )

    def fill(self, record: FlatRecord[Any]) -> tuple[bytes, ...]:
        """Put a record's values into the holes.

        Raises:
            ValueError: A text has a character that XML doesn't allow.
        """
        if record.texts is None:
            raise ValueError("a text has a character that XML doesn't allow")
        written = self._template % self._choose(record.texts)
        if self._content is None:
            return (written,)
        before, _, after = written.partition(b"\0")
        content: EscapedContent = record.values[self._content]
        return before, content.encoded, after


class TracedShapes(msgspec.Struct, frozen=True):
    """What a tracer has found, for a tracer of the same writer in another process."""

    #: The patterns of records; None for shapes that can't be traced.
    records: list[tuple[Shape, Pattern | None]] = []
    #: The patterns of items, by the positions of their lists.
    items: list[tuple[int, Shape, Pattern | None]] = []
    #: Whether the writer leaves items out, by the positions of lists that have no place.
    left_out: list[tuple[int, Shape, bool]] = []
