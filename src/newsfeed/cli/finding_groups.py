"""Groups of findings that say the same about many places, so that a screen shows what there is to fix."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsfeed.findings import Finding

__all__ = ["FindingGroup", "group_findings"]

#: Codes whose reason shows a value that differs for each article; a few of them are enough to see the problem.
_SHOW_A_VALUE = frozenset({"NF115", "NF119"})
_FEW = 5
_INDEX = re.compile(r"\[[0-9]+\]")


class FindingGroup(NamedTuple):
    """Findings that differ only in their places."""

    #: The first finding.
    first: Finding
    #: The number of findings.
    size: int

    @property
    def place(self) -> str:
        """The place, or the first of several."""
        return f"{self.first.place} (first of {self.size:,})" if self.size > 1 else str(self.first.place)

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
