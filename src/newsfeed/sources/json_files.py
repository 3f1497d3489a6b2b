"""Articles from JSON files: an array of articles, or one article.

An array is split into its records, which are decoded one by one. If that fails, a slower decoder finds the error, so
that the records before it are kept.
"""

import re
from collections.abc import Container, Generator, Iterator
from itertools import islice
from json import JSONDecodeError
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.field_names import steps_of
from newsfeed.model.limits import JSON_FILE, RECORD
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.json_places import NoRecords, after_space, at_expression, part_at, start_of
from newsfeed.sources.json_values import PATIENT, problem_of
from newsfeed.sources.records import article_or_findings, finding, too_deep
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.text_files import Meter, TooLarge, code_of, content_of, not_utf8, too_long
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["read_json", "records_in_json"]

_JSON_SPACE = b" \t\n\r"
#: The tokens that decide where a value ends.
_TOKEN = lazy_pattern(
    r"""[^"\[\]{},]*+ (?: "(?:[^"\\]++|\\.)*+"? | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<comma>,) | \Z )""",
    re.VERBOSE | re.DOTALL,
)
#: An array is split at once only if it can't have more items than this, because each takes memory.
_MOST_AT_ONCE = 4_000_000
#: The end of a value is searched for across at most this many brackets, braces, commas and strings.
_MOST_TOKENS = 10_000_000
#: A keyword, escape or number that is cut off isn't longer than this.
_LONGEST_TOKEN = 100
#: How `surrogateescape` (PEP 383) writes a byte that isn't UTF-8.
_STRAY_BYTE = lazy_pattern("[\udc80-\udcff]")
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_REMEDY = (
    "write [ … ] with an article in each { … }, or one { … } alone; a file with one on each line is .jsonl"
)


class _Record(NamedTuple):
    """A decoded record."""

    value: object
    #: Its number in the array, from 1; 0 for a single record.
    number: int = 0
    #: The first line with a byte that isn't UTF-8, and the byte.
    stray: tuple[int, bytes] | None = None
    #: Its JSON; empty if it wasn't split from the other records.
    source: bytes = b""
    #: The reason if it wasn't decoded.
    problem: InvalidValue | None = None


def read_json(
    path: Path,
    name: str,
    site: Site,
    stories: Container[str] | None = None,  # noqa: ARG001 - skipping records saves nothing here
    meter: Meter | None = None,
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of a JSON file.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        name: Its name in findings.
        site: The site, for the dates.
        stories: The stories whose articles are wanted; all are read.
        meter: Counts the bytes that are read.

    Yields:
        The articles, and the problems of the others. If the file isn't valid JSON from some place on, the articles
        before it are kept, and the finding says how many records were read.
    """
    for each in _found_in(path, name, meter):
        if isinstance(each, SourceRecord):
            yield from article_or_findings(each.values, place=each.place, site=site, source=each.source)
        else:
            yield each


def records_in_json(
    file: ArticleFile,
    source: ArticleSource,
    site: Site,  # noqa: ARG001 - JSON is the same for all sites
    meter: Meter | None = None,
) -> Iterator[SourceRecord | Finding]:
    """Read the records of a JSON file of a source, as `read_json` does; its `records` says where they are."""
    yield from _found_in(file.path, file.name, meter, source.records)


def _found_in(
    path: Path, name: str, meter: Meter | None, expression: str | None = None
) -> Iterator[SourceRecord | Finding]:
    data, problem = content_of(path, meter, most=JSON_FILE)
    if problem is None and not data.strip():
        yield finding(InvalidValue("the file is empty", _REMEDY), Place(file=name), code="NF101")
        return
    line = number = 0
    try:
        for record in _records(data, expression):
            number += 1
            yield _placed(record, name)
    except NoRecords as error:
        problem = problem or InvalidValue(error.reason, error.remedy)
    except (JSONDecodeError, RecursionError) as error:
        if problem is None:  # a damaged file is incomplete anyway
            problem = problem_of(error, _REMEDY)
            line = error.lineno if isinstance(error, JSONDecodeError) else 0
    except TooLarge as error:
        problem = error
    if problem is not None:
        place = Place(file=name, line=line)
        yield finding(_with_count(problem, number), place, code=code_of(problem))


def _with_count(problem: InvalidValue, number: int) -> InvalidValue:
    match number:
        case 0:
            read = "nothing in it was read"
        case 1:
            read = "the record before it was read"
        case _:
            read = f"the {number} records before it were read"
    return InvalidValue(f"{problem.reason}; {read}", problem.remedy)


def _placed(record: _Record, name: str) -> SourceRecord | Finding:
    place = Place(file=name, record=record.number)
    if record.problem is not None:
        return finding(record.problem, place, code=code_of(record.problem))
    if record.stray is None:
        return SourceRecord(record.value, place, source=record.source)
    line, byte = record.stray
    return finding(not_utf8(byte), Place(file=name, line=line, record=record.number), code="NF101")


def _records(data: bytes, expression: str | None = None) -> Iterator[_Record]:
    """Yield the records of a file.

    Args:
        data: The file.
        expression: Where in it they are, a dotted name or JMESPath; None: it is an array of them, or one.

    Raises:
        JSONDecodeError: If the file isn't valid JSON, after the records before the error.
        RecursionError: If lists and objects are nested too deeply, likewise.
        NoRecords: If they aren't there.
    """
    steps = () if expression is None else steps_of(expression)
    if steps is None:
        found = at_expression(PATIENT.decode(data.decode("utf-8", "replace")), str(expression))
        yield from (_Record(value, number) for number, value in enumerate(found, start=1))
        return
    number = 0
    try:
        if data.count(b",") <= _MOST_AT_ONCE:
            for record in _right_records(part_at(data, steps)):
                number += 1
                yield record
            return
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # the patient decoder tells what is wrong
    text = data.decode("utf-8", "surrogateescape")
    yield from islice(_records_one_by_one(text, start_of(text, steps), is_whole=not steps), number, None)


def _right_records(data: bytes) -> Iterator[_Record]:
    try:
        array = _ARRAY.decode(data)
    except msgspec.ValidationError:  # it isn't an array
        if len(data) > RECORD:
            raise
        yield _right_record(data.strip(_JSON_SPACE), 0)
    else:
        for number, raw in enumerate(array, start=1):
            yield _right_record(bytes(raw), number)


def _right_record(source: bytes, number: int) -> _Record:
    if len(source) > RECORD:
        return _Record(None, number, problem=too_long("record"))
    return _Record(msgspec.json.decode(source), number, source=source)


def _records_one_by_one(text: str, start: int = 0, *, is_whole: bool = True) -> Iterator[_Record]:
    """Yield the records of the array, or the one record, that starts somewhere; `is_whole`: nothing else may follow."""
    start = after_space(text, start)
    if text.startswith("[", start):
        end = yield from _items(text, start + 1)
    else:
        record, end = _record_at(text, start, 0, _LineCounter(text))
        yield record
    rest = after_space(text, end)
    if is_whole and rest != len(text):
        message = "Extra data"
        raise JSONDecodeError(message, text, rest)


def _items(text: str, start: int) -> Generator[_Record, None, int]:
    """Yield the items of the array whose first item starts here, and return where the array ends."""
    lines = _LineCounter(text)
    start = after_space(text, start)
    if text.startswith("]", start):
        return start + 1
    number = 0
    while True:
        number += 1
        record, end = _record_at(text, start, number, lines)
        yield record
        end = after_space(text, end)
        if text.startswith("]", end):
            return end + 1
        if not text.startswith(",", end):
            message = "Expecting ',' or ']'"
            raise JSONDecodeError(message, text, end)
        start = after_space(text, end + 1)


def _record_at(text: str, start: int, number: int, lines: "_LineCounter") -> tuple[_Record, int]:
    """Read the record that starts here, and return it with its end."""
    if len(text) - start > RECORD:
        end = _end_of_value(text, start)
        if end - start > RECORD and _is_json_so_far(text[start : start + RECORD]):
            return _Record(None, number, problem=too_long("record")), end
    try:
        value, end = PATIENT.raw_decode(text, start)
    except RecursionError:
        end = _end_of_value(text, start)
        if end == len(text):
            raise
        return _Record(None, number, problem=too_deep()), end
    return _Record(value, number, _stray_byte(text, start, end, lines)), end


def _end_of_value(text: str, start: int) -> int:
    """Return where the value that starts here ends, without decoding it; the end of the text if it is cut off.

    Raises:
        TooLarge: If it has too many tokens.
    """
    depth = 0
    for number, token in enumerate(_TOKEN.finditer(text, start)):
        if number == _MOST_TOKENS:
            raise too_long("record")
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        if depth < 0 or (depth == 0 and token["comma"]):
            return token.end() - 1
        if depth == 0:
            return token.end()
    return len(text)


def _is_json_so_far(beginning: str) -> bool:
    """Return whether the beginning of a value could go on to be JSON."""
    try:
        PATIENT.raw_decode(beginning)
    except JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or error.pos > len(beginning) - _LONGEST_TOKEN
    return True


class _LineCounter:
    """Returns the lines of increasing positions, counting nothing twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._position = 0

    def line_at(self, position: int) -> int:
        self._line += self._text.count("\n", self._position, position)
        self._position = position
        return self._line


def _stray_byte(text: str, start: int, end: int, lines: _LineCounter) -> tuple[int, bytes] | None:
    found = _STRAY_BYTE.search(text, start, end)
    if found is None:
        return None
    return lines.line_at(found.start()), found[0].encode("utf-8", "surrogateescape")
