"""Problems: the places where a document fails a check."""

from dataclasses import dataclass

from newsfeed.check.html_texts import Node
from newsfeed.findings import Severity

__all__ = ["Problem", "at", "printable"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where a document fails a check.

    Attributes:
        line: From 1; 0 for the whole file.
        column: From 1; 0 for the whole line.
        field: The path of the element or member.
        reason: What is wrong there, with the value as in the file.
        fix: How to fix it here; empty where the check's own fix applies.
        severity: How severe it is here; None where the check's own severity applies.
    """

    line: int
    column: int
    field: str
    reason: str
    fix: str = ""
    severity: Severity | None = None


def at(where: Node, reason: str, fix: str = "") -> Problem:
    """Return a problem at an element or a JSON value."""
    return Problem(where.line, where.column, where.path, reason, fix)


def printable(text: str) -> str:
    r"""Escape lone surrogates, which no encoding can represent.

    >>> printable("caf\udce9")
    'caf\\udce9'
    """
    return text.encode("utf-8", "backslashreplace").decode()
