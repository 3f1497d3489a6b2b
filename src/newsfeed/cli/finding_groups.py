"""Groups of findings that say the same about many places, so that a screen shows what there is to fix."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from newsfeed.findings import Finding, Place

__all__ = ["FindingGroup", "group_findings"]

#: Codes whose reason shows a value that differs for each article; a few of them are enough to see the problem.
_SHOW_A_VALUE = frozenset({"NF115", "NF119"})
_FEW = 5
#: At most this many places of a group are named.
_NAMED = 3
_INDEX = re.compile(r"\[[0-9]+\]")


class _Places:
    """The places of a group, of which a few are named."""

    def __init__(self) -> None:
        self._all: set[Place] = set()
        self._first: list[Place] = []
        self._first_of_files: dict[str, Place] = {}

    def add(self, place: Place) -> None:
        self._all.add(place)
        if len(self._first) < _NAMED and place not in self._first:
            self._first.append(place)
        if len(self._first_of_files) < _NAMED:
            self._first_of_files.setdefault(place.file, place)

    def named(self) -> tuple[Place, ...]:
        chosen = dict.fromkeys([*self._first_of_files.values(), *self._first])
        return tuple(sorted(list(chosen)[:_NAMED]))

    def __len__(self) -> int:
        return len(self._all)


class FindingGroup(NamedTuple):
    """Findings that differ only in their places."""

    #: The first finding.
    first: Finding
    #: The number of findings.
    size: int
    #: The places to name: one for each file, as far as there is room, and the first others.
    places: tuple[Place, ...]
    #: The number of other places.
    more: int

    @property
    def place(self) -> str:
        """The places in words."""
        named = ", ".join(map(str, self.places))
        return f"{named} and {self.more:,} more" if self.more else named

    @property
    def field(self) -> str:
        """The field; for several findings without positions in lists, `media[].url`."""
        return _without_indexes(self.first.field) if self.size > 1 else self.first.field


def group_findings(findings: Iterable[Finding], most: int) -> tuple[list[FindingGroup], dict[str, int]]:
    """Group findings that have the same code, field, reason and remedy.

    Args:
        findings: The findings.
        most: The largest number of groups for a code. Codes whose reasons differ for each article get a few for each field.

    Returns:
        The groups, in the order of their first findings, and for each code with more groups than allowed, the number
        of its findings in no group.

    >>> from newsfeed.findings import Place
    >>> found = [
    ...     Finding(
    ...         code="NF114",
    ...         severity="warning",
    ...         place=Place(file=file),
    ...         field="topics[1]",
    ...         reason="blank",
    ...         remedy="go",
    ...     )
    ...     for file in ("a.md", "b.md")
    ... ]
    >>> [(group.place, group.field) for group in group_findings(found, most=50)[0]]
    [('a.md, b.md', 'topics[]')]
    """
    firsts: dict[tuple[str, ...], Finding] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    places: defaultdict[tuple[str, ...], _Places] = defaultdict(_Places)
    groups: Counter[tuple[str, str]] = Counter()
    others: Counter[str] = Counter()
    for finding in findings:
        code, field = finding.code, _without_indexes(finding.field)
        key = (code, finding.severity, field, finding.reason, finding.remedy)
        if key not in firsts:
            kind = (code, field) if code in _SHOW_A_VALUE else (code, "")
            if groups[kind] == (_FEW if code in _SHOW_A_VALUE else most):
                others[code] += 1
                continue
            groups[kind] += 1
            firsts[key] = finding
        counts[key] += 1
        places[key].add(finding.place)
    return [_group(first, counts[key], places[key]) for key, first in firsts.items()], dict(others)


def _group(first: Finding, size: int, places: _Places) -> FindingGroup:
    named = places.named()
    return FindingGroup(first, size, named, len(places) - len(named))


def _without_indexes(field: str) -> str:
    return _INDEX.sub("[]", field)
