"""Articles from JSON Lines (jsonlines.org): one JSON object on each line."""

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.limits import BLANK_LINES
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.json_places import NoRecords, at_expression
from newsfeed.sources.json_values import REFUSED, decoded, problem_of
from newsfeed.sources.records import article_at_once, article_or_findings, finding
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.text_files import Meter, TooLarge, code_of, lines_of, too_long
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["read_json_lines", "read_line", "read_lines", "records_in_lines"]


class _Story(msgspec.Struct):
    """The fields of a line that are read first."""

    story: str | None = None


_STORIES = msgspec.json.Decoder(_Story)

#: What is found in a line.
_Found = TypeVar("_Found", bound=SourcedArticle | SourceRecord | Finding)


def read_json_lines(
    path: Path,
    name: str,
    site: Site,
    stories: Container[str] | None = None,
    meter: Meter | None = None,
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of a JSON Lines file line by line, skipping blank lines and lines that are too long.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        name: Its name in findings.
        site: The site, for the dates.
        stories: The stories whose articles are wanted, or None for all. Skipping others takes a tenth of the time.
        meter: Counts the bytes that are read.

    Yields:
        The articles, and the problems of the others. A bad line doesn't affect the rest.
    """
    yield from read_lines(lines_of(path, meter), name, site, stories)


def read_lines(
    lines: Iterable[bytes | None],
    name: str,
    site: Site,
    stories: Container[str] | None = None,
    *,
    before: tuple[int, int] = (0, 0),
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of lines, of which each that is too long is None; the rest is as for `read_json_lines`.

    Args:
        lines: The lines.
        name: The name of their file in findings.
        site: As for `read_json_lines`.
        stories: As for `read_json_lines`.
        before: How many lines, and how many records, their file has before them.
    """
    for each in _found_in(lines, name, stories, before, of_line=_article_or_record):
        if isinstance(each, SourceRecord):
            yield from article_or_findings(each.values, place=each.place, site=site, source=each.source)
        else:
            yield each


def records_in_lines(
    file: ArticleFile,
    source: ArticleSource,
    site: Site,  # noqa: ARG001 - JSON is the same for all sites
    meter: Meter | None = None,
) -> Iterator[SourceRecord | Finding]:
    """Read the records of a JSON Lines file of a source, as `read_json_lines` does; `records` says where in a line they are."""
    for each in _found_in(lines_of(file.path, meter), file.name, of_line=_record_in):
        if source.records is None or not isinstance(each, SourceRecord):
            yield each
            continue
        try:
            yield from (
                SourceRecord(value, each.place) for value in at_expression(each.values, source.records)
            )
        except NoRecords as problem:
            yield finding(problem, each.place, code="NF101")


def read_line(line: bytes, place: Place, site: Site) -> list[SourcedArticle | Finding]:
    """Return the article of a line, or its problems."""
    record = _article_or_record(line, place)
    if not isinstance(record, SourceRecord):
        return [record]
    return article_or_findings(record.values, place=place, site=site, source=record.source)


def _found_in(
    lines: Iterable[bytes | None],
    name: str,
    stories: Container[str] | None = None,
    before: tuple[int, int] = (0, 0),
    *,
    of_line: Callable[[bytes, Place], _Found],
) -> Iterator[_Found | Finding]:
    place = Place(file=name)
    blank = 0
    lines_before, record = before
    try:
        for number, line in enumerate(lines, start=lines_before + 1):
            if line is not None and line.isspace():
                blank += 1
                if blank > BLANK_LINES:
                    raise TooLarge(f"it has over {BLANK_LINES:,} blank lines in a row", "remove them")
                continue
            record += 1
            blank = 0
            if line is None:
                place = Place(file=name, line=number, record=record)
                yield finding(too_long("line"), place, code="NF140")
                continue
            if stories is not None and _tells_another(line, stories):
                continue
            place = Place(file=name, line=number, record=record)
            yield of_line(line.rstrip(), place)
    except InvalidValue as problem:
        read = f"line {place.line} is the last that was read" if place.line else "nothing in it was read"
        cut = InvalidValue(f"{problem.reason}; {read}", problem.remedy)
        yield finding(cut, Place(file=name), code=code_of(problem))


def _tells_another(line: bytes, stories: Container[str]) -> bool:
    """Return whether a line is an article that certainly isn't part of these stories."""
    try:
        story = _STORIES.decode(line).story
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    if story is not None and not (story.isascii() and story.isprintable()):
        story = without_forbidden(story)
    return story not in stories


def _article_or_record(line: bytes, place: Place) -> SourcedArticle | SourceRecord | Finding:
    return article_at_once(line, place) or _record_in(line, place)


def _record_in(line: bytes, place: Place) -> SourceRecord | Finding:
    try:
        value = decoded(line)
    except REFUSED as error:
        problem = problem_of(
            error,
            "write one article on this line, { … }, or rename the file to .json if it holds one JSON document",
        )
        return finding(problem, place, code="NF101")
    return SourceRecord(value, place, source=line)
