"""Articles from JSON files: an array of articles, or one article.

A file is decoded whole. Where that fails, its records are decoded one after the other, so that those before the
failure are kept.
"""

from collections.abc import Iterator
from json import JSONDecodeError
from pathlib import Path
from re import compile as compiled
from typing import NamedTuple

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.conflicts import Located
from newsfeed.model.finding import Finding, Place
from newsfeed.model.site import Site
from newsfeed.sources.json_values import PATIENT, problem_of
from newsfeed.sources.records import article_or_findings, finding
from newsfeed.sources.text_files import content_of, not_utf8

__all__ = ["read_json"]

_SPACE = compiled(r"[ \t\n\r]*")
#: How `surrogateescape` (PEP 383) writes a byte that is no UTF-8.
_STRAY_BYTE = compiled("[\udc80-\udcff]")
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


def read_json(path: Path, name: str, site: Site) -> Iterator[Located | Finding]:
    """Read the articles of a JSON file.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        name: What findings call it.
        site: The site, for the dates.

    Yields:
        The articles, and what is wrong with the others. Where the file is no JSON from some place on, the articles
        before it are kept, and the finding says how many records were read.
    """
    data, problem = content_of(path)
    line = count = 0
    try:
        for record in _records(data):
            count += 1
            yield from _read(record, name, site)
    except (JSONDecodeError, RecursionError) as error:
        if problem is None:
            problem = (
                problem_of(error, _REMEDY) if data.strip() else InvalidValue("the file is empty", _REMEDY)
            )
            line = error.lineno if isinstance(error, JSONDecodeError) and data.strip() else 0
    if problem is not None:
        read = f"; {count} record{'s' if count != 1 else ''} before it read" if count else ""
        yield finding(
            InvalidValue(problem.reason + read, problem.remedy), Place(file=name, line=line), code="NF101"
        )


def _read(record: _Record, name: str, site: Site) -> Iterator[Located | Finding]:
    if record.stray is None:
        place = Place(file=name, record=record.number)
        yield from article_or_findings(record.value, place=place, site=site)
    else:
        line, byte = record.stray
        yield finding(not_utf8(byte), Place(file=name, line=line, record=record.number), code="NF101")


def _records(data: bytes) -> Iterator[_Record]:
    """Yield the records of a file.

    Raises:
        JSONDecodeError: Where the file is no JSON, after the records before that.
        RecursionError: Where lists and objects stand inside each other too many times, likewise.
    """
    try:
        whole = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _records_one_by_one(data.decode("utf-8", "surrogateescape"))
        return
    if isinstance(whole, list):
        for number, value in enumerate(whole, start=1):
            yield _Record(value, number)
    else:
        yield _Record(whole)


def _records_one_by_one(text: str) -> Iterator[_Record]:
    at = _after_space(text, 0)
    is_array = text.startswith("[", at)
    if is_array:
        at = _after_space(text, at + 1)
    line, counted = 1, 0
    number = 0
    closed = is_array and text.startswith("]", at)
    while not closed:
        number += is_array
        value, end = PATIENT.raw_decode(text, at)
        stray = None
        if found := _STRAY_BYTE.search(text, at, end):
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            stray = line, found[0].encode("utf-8", "surrogateescape")
        yield _Record(value, number, stray)
        at = _after_space(text, end)
        closed = not is_array or text.startswith("]", at)
        if not closed:
            if not text.startswith(",", at):
                message = "Expecting ',' or ']'"
                raise JSONDecodeError(message, text, at)
            at = _after_space(text, at + 1)
    at = _after_space(text, at + is_array)
    if at != len(text):
        message = "Extra data"
        raise JSONDecodeError(message, text, at)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
