"""Findings of checked feeds as lines on a screen: one for each kind of mistake in a file, or one for each mistake."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from newsfeed.check.reports import text_line
from newsfeed.findings import Finding

__all__ = ["grouped_lines", "lines_of"]

#: At most this many places of a line are named.
_NAMED: Final = 3
_INDEX: Final = re.compile(r"\[[0-9]+\]")


@dataclass
class _Group:
    """Findings that share a line: the first one, and their places."""

    first: Finding
    files: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, finding: Finding) -> None:
        place, file = str(finding.place), finding.place.file
        if len(self.places) < _NAMED and (file not in self.files or finding.reason == self.first.reason):
            self.places.append(place)
        if file not in self.files:
            self.files.append(file)
        self.size += 1

    def line(self) -> str:
        more = self.size - len(self.places)
        places = ", ".join(self.places) + (f" and {more:,} more" if more else "")
        shown = _INDEX.sub("[]", self.first.field) if self.size > 1 else self.first.field
        return text_line(msgspec.structs.replace(self.first, field=shown), places)


def grouped_lines(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """Yield the severity and the line of findings: one line for all of a file with the same code.

    Files with the same first message share it.

    >>> from newsfeed.findings import Place
    >>> found = [
    ...     Finding(
    ...         code="NF221",
    ...         severity="error",
    ...         place=Place(file="a.rss", line=line, column=5),
    ...         field=f"item[{line}]",
    ...         reason=f"'{line}' isn't a date",
    ...         remedy="write one",
    ...     )
    ...     for line in (1, 2)
    ... ]
    >>> [line for _, line in grouped_lines(found)]
    ["NF221 error a.rss:1:5 and 1 more item[]: '1' isn't a date. Write one."]
    """
    of_files: dict[tuple[str, str, str], _Group] = {}
    groups: dict[tuple[str, ...], _Group] = {}
    for finding in findings:
        key = finding.place.file, finding.code, finding.severity
        group = of_files.get(key)
        if group is None:
            shown = _INDEX.sub("[]", finding.field)
            said = finding.code, finding.severity, shown, finding.reason, finding.remedy
            group = of_files[key] = groups.setdefault(said, _Group(finding))
        group.add(finding)
    yield from ((group.first.severity, group.line()) for group in groups.values())


def lines_of(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """Yield the severity and the line of each finding."""
    yield from ((finding.severity, text_line(finding)) for finding in findings)
