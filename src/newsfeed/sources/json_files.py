"""Articles from JSON files: an array of articles, or one article.

An array is split into its records, which are decoded one after the other. Where that fails, a patient decoder looks
for the failure, so that the records before it are kept.
"""

import re
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import islice
from json import JSONDecodeError
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.conflicts import Located
from newsfeed.model.finding import Finding, Place
from newsfeed.model.site import Site
from newsfeed.sources.json_values import PATIENT, problem_of
from newsfeed.sources.plain_records import read_plain
from newsfeed.sources.records import article_or_findings, finding
from newsfeed.sources.text_files import Meter, content_of, not_utf8

__all__ = ["read_json"]

_JSON_SPACE = b" \t\n\r"
_SPACE = re.compile(r"[ \t\n\r]*")
#: How `surrogateescape` (PEP 383) writes a byte that is no UTF-8.
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_REMEDY = (
    "write [ … ] with an article in each { … }, or one { … } alone; a file with one on each line is .jsonl"
)


class _Record(NamedTuple):
    """A decoded record."""

    value: object
    #: Its number in the array, from 1; 0 for one that is alone.
    number: int = 0
    #: The first line with a byte that is no UTF-8, and that byte.
    stray: tuple[int, bytes] | None = None
    #: Its JSON; empty where that wasn't split from the other records.
    source: bytes = b""
    #: The article, if it is a plain one, which isn't decoded otherwise.
    plain: Located | None = None


#: What reads a record that is a plain article, from its JSON and its number.
_Plain: TypeAlias = Callable[[bytes, int], Located | None]


def read_json(path: Path, name: str, site: Site, meter: Meter | None = None) -> Iterator[Located | Finding]:
    """Read the articles of a JSON file.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        name: What findings call it.
        site: The site, for the dates.
        meter: Counts the bytes that are read.

    Yields:
        The articles, and what is wrong with the others. Where the file is no JSON from some place on, the articles
        before it are kept, and the finding says how many records were read.
    """
    data, problem = content_of(path, meter)
    if problem is None and not data.strip():
        yield finding(InvalidValue("the file is empty", _REMEDY), Place(file=name), code="NF101")
        return
    line = number = 0
    try:
        for record in _records(data, partial(_read_plain, name, site)):
            number += 1
            yield from _read(record, name, site)
    except (JSONDecodeError, RecursionError) as error:
        if problem is None:  # what is missing at the end of a damaged file is no news
            problem = problem_of(error, _REMEDY)
            line = error.lineno if isinstance(error, JSONDecodeError) else 0
    if problem is not None:
        yield finding(_with_count(problem, number), Place(file=name, line=line), code="NF101")


def _with_count(problem: InvalidValue, number: int) -> InvalidValue:
    match number:
        case 0:
            read = "nothing in it was read"
        case 1:
            read = "the record before it was read"
        case _:
            read = f"the {number} records before it were read"
    return InvalidValue(f"{problem.reason}; {read}", problem.remedy)


def _read_plain(name: str, site: Site, source: bytes, number: int) -> Located | None:
    return read_plain(source, Place(file=name, record=number), site)


def _read(record: _Record, name: str, site: Site) -> Iterator[Located | Finding]:
    if record.plain is not None:
        yield record.plain
    elif record.stray is None:
        place = Place(file=name, record=record.number)
        yield from article_or_findings(record.value, place=place, site=site, source=record.source)
    else:
        line, byte = record.stray
        yield finding(not_utf8(byte), Place(file=name, line=line, record=record.number), code="NF101")


def _records(data: bytes, plain: _Plain = lambda *_: None) -> Iterator[_Record]:
    """Yield the records of a file.

    Args:
        data: The file.
        plain: Reads those that are plain articles.

    Raises:
        JSONDecodeError: Where the file is no JSON, after the records before that.
        RecursionError: Where lists and objects stand inside each other too many times, likewise.
    """
    number = 0
    try:
        for record in _right_records(data, plain):
            number += 1
            yield record
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text = data.decode("utf-8", "surrogateescape")
        yield from islice(_records_one_by_one(text), number, None)


def _right_records(data: bytes, plain: _Plain) -> Iterator[_Record]:
    try:
        array = _ARRAY.decode(data)
    except msgspec.ValidationError:  # this is no array
        yield _right_record(data.strip(_JSON_SPACE), 0, plain)
    else:
        for number, raw in enumerate(array, start=1):
            yield _right_record(bytes(raw), number, plain)


def _right_record(source: bytes, number: int, plain: _Plain) -> _Record:
    article = plain(source, number)
    value = msgspec.json.decode(source) if article is None else None
    return _Record(value, number, source=source, plain=article)


def _records_one_by_one(text: str) -> Iterator[_Record]:
    start = _after_space(text, 0)
    if text.startswith("[", start):
        end = yield from _items(text, start + 1)
    else:
        value, end = PATIENT.raw_decode(text, start)
        yield _Record(value, 0, _stray_byte(text, start, end, _LineCounter(text)))
    rest = _after_space(text, end)
    if rest != len(text):
        message = "Extra data"
        raise JSONDecodeError(message, text, rest)


def _items(text: str, start: int) -> Generator[_Record, None, int]:
    """Yield the items of the array whose first item starts here, and return where the array ends."""
    lines = _LineCounter(text)
    start = _after_space(text, start)
    if text.startswith("]", start):
        return start + 1
    number = 0
    while True:
        number += 1
        value, end = PATIENT.raw_decode(text, start)
        yield _Record(value, number, _stray_byte(text, start, end, lines))
        end = _after_space(text, end)
        if text.startswith("]", end):
            return end + 1
        if not text.startswith(",", end):
            message = "Expecting ',' or ']'"
            raise JSONDecodeError(message, text, end)
        start = _after_space(text, end + 1)


class _LineCounter:
    """Tells the lines of positions that only grow, without counting anything twice."""

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


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
