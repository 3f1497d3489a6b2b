"""The patterns that tracing finds (`tracing.py`): what a writer writes for all records of a shape, with holes for texts."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import msgspec

from newsfeed.formats.render_model import EscapedContent
from newsfeed.text.xml_escapes import escaped, for_quotes

__all__ = ["Filler", "Hole", "Pattern", "Shape", "TracedShapes", "Untraceable"]

#: Which values are there, and which of the others are empty texts; flat shapes begin with the number of items of lists.
Shape: TypeAlias = tuple[bool | int, ...]

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

    Raises:
        Untraceable: It has more than one content.
    """

    def __init__(self, pattern: Pattern) -> None:
        contents = [hole.field for hole in pattern.holes if hole.kind == "content"]
        if len(contents) > 1:
            raise Untraceable
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


class TracedShapes(msgspec.Struct, frozen=True):
    """What a tracer has found, for a tracer of the same writer in another process."""

    #: The patterns of records; None for shapes that can't be traced.
    records: list[tuple[Shape, Pattern | None]] = []
    #: The patterns of items, by the positions of their lists.
    items: list[tuple[int, Shape, Pattern | None]] = []
    #: Whether the writer leaves items out, by the positions of lists that have no place.
    left_out: list[tuple[int, Shape, bool]] = []
