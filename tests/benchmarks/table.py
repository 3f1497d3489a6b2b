"""A table of figures, printed as Markdown."""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Table", "megabytes", "seconds", "short"]


class Table(NamedTuple):
    """The figures of one part."""

    title: str
    #: What was measured, and how.
    about: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    #: What else there is to say, such as who is missing.
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """Write it as Markdown, its columns in line."""
        widths = [max(map(len, column)) for column in zip(self.head, *self.rows, strict=True)]
        lines = [_line(cells, widths) for cells in (self.head, ["-" * width for width in widths], *self.rows)]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join(
            [f"## {self.title}", "", self.about, "", *lines, *([""] if notes else []), *notes, ""]
        )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def short(figure: float) -> str:
    """Write a figure in three digits, or more where it has a thousand of something.

    >>> short(0.02534), short(12.345), short(1234.5)
    ('0.0253', '12.3', '1,234')
    """
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def seconds(figure: float) -> str:
    """Write a time.

    >>> seconds(1.234), seconds(0.01234)
    ('1.23 s', '12.3 ms')
    """
    return f"{short(figure)} s" if figure >= 1 else f"{short(figure * 1000)} ms"


def megabytes(figure: float) -> str:
    """Write an amount of memory or of bytes.

    >>> megabytes(12_345_678)
    '12.3 MB'
    """
    return f"{short(figure / 1e6)} MB"
