"""The lines of keys and errors in TOML, which tomllib doesn't report.

A statement of TOML 1.0.0 ends with its line unless a string or a bracket is open. Each is valid TOML by itself, so
tomllib reads it, and its first line is the line of its keys.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from newsfeed.errors import InvalidValue
from newsfeed.model.limits import DEEPEST
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["InvalidToml", "Lines", "line_of", "lines_of_keys", "read_toml"]

#: The line of each key, from 1, by the names and numbers that lead there: `("categories", 2, "term")`.
Lines: TypeAlias = dict[tuple[str | int, ...], int]

_POSITION = lazy_pattern(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_STEP = lazy_pattern(r"\[(?P<index>\d+)\]|(?P<name>[^.\[\]]+)")
#: The tokens that decide where a statement ends. An unclosed string reaches to the end of its line or of the text.
_TOKEN = lazy_pattern(
    r"""
      \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: "{3,5} | \Z )
    | '{3} (?: [^'] | '(?!'') )*+ (?: '{3,5} | \Z )
    | " (?: [^"\\\n] | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    | (?P<open> [\[{] ) | (?P<close> [\]}] ) | (?P<end> \n )
    """,
    re.VERBOSE | re.DOTALL,
)
#: Ends a key or a value, once strings and comments are gone.
_END_OF_KEY = lazy_pattern(r"[=,{}\[\]\n]")
_LONG_NUMBER = lazy_pattern(r"[0-9_]{4300,}")


class InvalidToml(Exception):
    """A text isn't valid TOML.

    Attributes:
        line: The line, from 1.
        problem: What is wrong, and what to do.
    """

    def __init__(self, line: int, problem: InvalidValue) -> None:
        self.line = line
        self.problem = problem
        super().__init__(line, problem)


def read_toml(text: str) -> dict[str, object]:
    r"""Decode a TOML document (TOML 1.0.0).

    Args:
        text: The document.

    Returns:
        Its content.

    Raises:
        InvalidToml: If it isn't valid TOML. The line of something unclosed is the one on which it begins.
        RecursionError: If lists and tables are nested too deeply.

    >>> read_toml('title = "Report"')
    {'title': 'Report'}
    """
    if _has_deep_key(text):  # tomllib needs quadratic time and memory for it
        raise RecursionError
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(error, text) from error
    except ValueError as error:  # Python reads no number of more than 4,300 digits
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        problem = InvalidValue(
            "a number has more digits than can be read", "write a shorter one, or put it in quotes"
        )
        raise InvalidToml(line, problem) from error


def _has_deep_key(text: str) -> bool:
    """Return whether a dotted key names more tables than may be nested."""
    bare = _TOKEN.sub(lambda token: token[0] if token.lastgroup else "", text)
    return any(key.count(".") > DEEPEST for key in _END_OF_KEY.split(bare))


def _invalid(error: tomllib.TOMLDecodeError, text: str) -> InvalidToml:
    found = _POSITION.search(str(error))
    what = _POSITION.sub("", str(error))
    at = ""
    if found and found["line"]:
        line, at = int(found["line"]), f" at column {found['column']}"
    else:
        line = max((line for line, statement in _statements(text) if statement), default=1)
    reason = f"this isn't valid TOML: {what[:1].lower()}{what[1:]}{at}"
    return InvalidToml(
        line,
        InvalidValue(reason, "correct it; text needs quotes, and each key and table may appear only once"),
    )


def lines_of_keys(text: str) -> Lines:
    r"""Find the line of each key and table.

    Args:
        text: A whole, valid TOML document.

    Returns:
        The lines.

    >>> lines_of_keys('[site]\ntitle = "Report"\n[[feeds]]\npath = "all"\n')[("feeds", 0, "path")]
    4
    """
    lines: Lines = {}
    tables: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for line, statement in _statements(text):
        values = tomllib.loads(statement)
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
        field: The field as in problems: `categories[2].label.en`.
        lines: The result of `lines_of_keys`.

    Returns:
        The line, from 1; 0 if unknown.

    >>> line_of("site.authors[0].name", {("site",): 1, ("site", "authors"): 3})
    3
    """
    path = tuple(int(step["index"]) if step["index"] else step["name"] for step in _STEP.finditer(field))
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement and its first line; blank lines and comments are statements, too."""
    start = depth = 0
    line = 1
    for token in _TOKEN.finditer(text):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth <= 0:
            yield line, text[start : token.end()].strip()
            line += text.count("\n", start, token.end())
            start, depth = token.end(), 0
    yield line, text[start:].strip()


def _table_opened(
    values: Mapping[str, object], tables: dict[tuple[str | int, ...], int], *, is_array: bool
) -> tuple[str | int, ...]:
    """Return the path of the table that a header opens, including the indexes of tables in arrays."""
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
