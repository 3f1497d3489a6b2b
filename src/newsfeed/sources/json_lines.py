"""Articles from JSON Lines (jsonlines.org): one JSON object on each line."""

from collections.abc import Iterator
from pathlib import Path

from newsfeed.errors import InvalidValue
from newsfeed.model.conflicts import Located
from newsfeed.model.finding import Finding, Place
from newsfeed.model.site import Site
from newsfeed.sources.json_values import REFUSED, decoded, problem_of
from newsfeed.sources.records import article_or_findings, finding
from newsfeed.sources.text_files import lines_of

__all__ = ["read_json_lines"]


def read_json_lines(path: Path, name: str, site: Site) -> Iterator[Located | Finding]:
    """Read the articles of a JSON Lines file, one line at a time; blank lines are skipped.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        name: What findings call it.
        site: The site, for the dates.

    Yields:
        The articles, and what is wrong with the others. A bad line stops none of the rest.
    """
    place = Place(file=name)
    record = 0
    try:
        for number, line in enumerate(lines_of(path), start=1):
            if line.isspace():
                continue
            record += 1
            place = Place(file=name, line=number, record=record)
            yield from _read_line(line.rstrip(), place, site)
    except InvalidValue as problem:
        read = f"line {place.line} is the last that was read" if place.line else "nothing in it was read"
        cut = InvalidValue(f"{problem.reason}; {read}", problem.remedy)
        yield finding(cut, Place(file=name), code="NF101")


def _read_line(line: bytes, place: Place, site: Site) -> list[Located | Finding]:
    try:
        value = decoded(line)
    except REFUSED as error:
        problem = problem_of(
            error, "write one article on this line, { … }, or name a file of other JSON .json"
        )
        return [finding(problem, place, code="NF101")]
    return article_or_findings(value, place=place, site=site, source=line)
