"""Findings that say the same of many places, put together, so that a screen shows what there is to fix."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsfeed.model.finding import Finding

__all__ = ["FindingGroup", "group_findings"]

#: Findings whose reason shows a value that no other article has; a few of them show what is wrong with all.
_SHOW_A_VALUE = frozenset({"NF115", "NF119"})
_FEW = 5
_INDEX = re.compile(r"\[[0-9]+\]")


class FindingGroup(NamedTuple):
    """Findings that differ in their places alone."""

    #: The first of them.
    first: Finding
    #: How many there are.
    size: int

    @property
    def place(self) -> str:
        """Where they are: the one place, or the first of several."""
        return f"{self.first.place} (first of {self.size:,})" if self.size > 1 else str(self.first.place)

    @property
    def field(self) -> str:
        """The field that they are about; of several findings without the positions in lists, `media[].url`."""
        return _without_indexes(self.first.field) if self.size > 1 else self.first.field


def group_findings(findings: Iterable[Finding], most: int) -> tuple[list[FindingGroup], dict[str, int]]:
    """Put findings together that have the same code, field, reason and remedy.

    Args:
        findings: The findings.
        most: How many groups of one code to make; of one code and field a few where each article has its own reason.

    Returns:
        The groups, in the order of their first findings; and for each code that would have had more of them, the
        number of findings in none.

    >>> from newsfeed.model.finding import Place
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
    [('a.md (first of 2)', 'topics[]')]
    """
    firsts: dict[tuple[str, ...], Finding] = {}
    counts: Counter[tuple[str, ...]] = Counter()
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
    return [FindingGroup(first, counts[key]) for key, first in firsts.items()], dict(others)


def _without_indexes(field: str) -> str:
    return _INDEX.sub("[]", field)
