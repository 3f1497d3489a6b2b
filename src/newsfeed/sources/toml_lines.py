"""Lines of TOML: where each key stands, and where a text stops being TOML. tomllib tells neither.

A statement of TOML 1.0.0 ends with its line unless a string or a list is open, and each is TOML by itself. So lines
are gathered until tomllib can read them: that is one statement, and its first line is the line of its keys.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from newsfeed.errors import InvalidValue

__all__ = ["Lines", "line_of", "lines_of_keys", "place_of_error"]

#: The line of each key, from 1, by the names and numbers that lead there: `("categories", 2, "term")`.
Lines: TypeAlias = dict[tuple[str | int, ...], int]

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_STEP = re.compile(r"\[(?P<index>\d+)\]|(?P<name>[^.\[\]]+)")


def lines_of_keys(text: str) -> Lines:
    r"""Find the line of each key and table.

    Args:
        text: A whole TOML document.

    Returns:
        The lines.

    >>> lines_of_keys('[site]\ntitle = "Report"\n[[feeds]]\npath = "all"\n')[("feeds", 0, "path")]
    4
    """
    lines: Lines = {}
    tables: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for line, statement, values in _statements(text):
        if statement.startswith("["):
            table = _table_opened(values, tables, is_array=statement.startswith("[["))
            for end in range(1, len(table) + 1):
                lines.setdefault(table[:end], line)
        else:
            for path in _paths(values):
                lines.setdefault(table + path, line)
    return lines


def line_of(field: str, lines: Lines) -> int:
    """Find the line of a field, or of the nearest table or key around it.

    Args:
        field: The field as problems name it, `categories[2].label.en`.
        lines: What `lines_of_keys` found.

    Returns:
        The line, from 1; 0 where it can't be told.

    >>> line_of("site.authors[0].name", {("site",): 1, ("site", "authors"): 3})
    3
    """
    path = tuple(int(step["index"]) if step["index"] else step["name"] for step in _STEP.finditer(field))
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def place_of_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, InvalidValue]:
    """Tell where a text is no TOML, and why.

    Args:
        error: What tomllib raised.
        text: The text.

    Returns:
        The line, from 1, and the problem. Where something was never closed, the line is that on which it begins.
    """
    found = _POSITION.search(str(error))
    what = _POSITION.sub("", str(error))
    at = ""
    if found and found["line"]:
        line, at = int(found["line"]), f" at column {found['column']}"
    else:
        line = 1 + max((line + statement.count("\n") for line, statement, _ in _statements(text)), default=0)
    reason = f"this is no TOML: {what[:1].lower()}{what[1:]}{at}"
    return line, InvalidValue(reason, "correct it; text stands in quotes, and each key and table stands once")


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Yield each statement's first line, the statement, and what it says by itself."""
    gathered: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        gathered.append(line)
        statement = "\n".join(gathered)
        try:
            values = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        if values:
            yield number - len(gathered) + 1, statement.strip(), values
        gathered.clear()


def _table_opened(
    values: Mapping[str, object], tables: dict[tuple[str | int, ...], int], *, is_array: bool
) -> tuple[str | int, ...]:
    """Tell the path of the table that a header opens, with the numbers of the arrays' tables in it."""
    names: list[str] = []
    inner: object = values
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        names.append(name)
    path: tuple[str | int, ...] = ()
    for number, name in enumerate(names, start=1):
        path += (name,)
        if is_array and number == len(names):
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path += (tables[path],)
    return path


def _paths(value: object) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything inside a value."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items.extend(value.items())
    elif isinstance(value, list):
        items.extend(enumerate(value))
    for key, item in items:
        yield (key,)
        for path in _paths(item):
            yield (key, *path)
