"""What a check is, and what it reports: one requirement on feeds, and the places where a document doesn't meet it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from newsfeed.check.documents import DocumentKind, ParsedDocument
from newsfeed.check.problems import Problem, at, printable
from newsfeed.findings import Finding, Place, Severity

__all__ = ["MAX_PROBLEMS", "Check", "CheckGroup", "FindProblems", "Problem", "at", "printable"]

#: Problems that one check reports in full for one document. A program that gets one item wrong gets them all wrong.
MAX_PROBLEMS = 1_000
_MORE = f"there may be more problems of this kind; only the first {MAX_PROBLEMS:,} are reported in full"

FindProblems = Callable[[ParsedDocument], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        code: Stable: it never changes its meaning.
        severity: How severe it is to fail the check.
        kinds: The kinds of documents that the check applies to.
        requirement: What a feed must do, in one sentence.
        why: Why readers care.
        fix: How to fix a feed that doesn't.
        specification: Where the requirement is written down.
        find_problems: Finds the places where a document fails the check, except those that its structure shows.
    """

    code: str
    severity: Severity
    kinds: tuple[DocumentKind, ...]
    requirement: str
    why: str
    fix: str
    specification: str
    find_problems: FindProblems

    def findings(self, document: ParsedDocument) -> Iterator[Finding]:
        """Yield a finding for each problem in a document; none if the check doesn't apply to its kind.

        After `MAX_PROBLEMS` findings, one more says that there may be others.
        """
        if document.kind not in self.kinds:
            return
        found = chain(document.structure.problems.get(self.code, ()), self.find_problems(document))
        for number, problem in enumerate(islice(found, MAX_PROBLEMS + 1)):
            is_last = number == MAX_PROBLEMS
            yield Finding(
                code=self.code,
                severity=problem.severity or self.severity,
                place=Place(file=document.name, line=problem.line, column=problem.column),
                field=printable(problem.field),
                reason=_MORE if is_last else printable(problem.reason),
                remedy=printable(problem.fix) or self.fix,
            )


class CheckGroup:
    """Checks for the same kinds of documents, in the order in which a file defines them.

    Its methods are decorators: each makes a check of a function that finds problems. A check that the grammar alone
    makes (`newsfeed.check.grammars`) decorates no function.

    Args:
        kinds: The kinds of documents that the checks apply to.

    Example:
        >>> CHECKS = CheckGroup("rss")
        >>> @CHECKS.note(
        ...     "NF000",
        ...     "A feed has items.",
        ...     why="An empty feed looks broken.",
        ...     fix="publish something",
        ...     specification="RSS 2.0",
        ... )
        ... def has_items(document):
        ...     if not document.entries:
        ...         yield at(document.root, "the feed has no items")
        >>> [check.code for check in CHECKS]
        ['NF000']
    """

    def __init__(self, *kinds: DocumentKind) -> None:
        self._kinds = kinds
        self._checks: list[Check] = []

    def __iter__(self) -> Iterator[Check]:
        return iter(self._checks)

    def error(
        self, code: str, requirement: str, *, why: str, fix: str, specification: str
    ) -> Callable[[FindProblems], FindProblems]:
        """Add a check of what a specification requires."""
        return self._adding("error", code, requirement, why, fix, specification)

    def warning(
        self, code: str, requirement: str, *, why: str, fix: str, specification: str
    ) -> Callable[[FindProblems], FindProblems]:
        """Add a check of what feed readers are known to stumble over."""
        return self._adding("warning", code, requirement, why, fix, specification)

    def note(
        self, code: str, requirement: str, *, why: str, fix: str, specification: str
    ) -> Callable[[FindProblems], FindProblems]:
        """Add a check of what may be intended, and is worth a look."""
        return self._adding("note", code, requirement, why, fix, specification)

    def _adding(
        self, severity: Severity, code: str, requirement: str, why: str, fix: str, specification: str
    ) -> Callable[[FindProblems], FindProblems]:
        position = len(self._checks)
        check = Check(code, severity, self._kinds, requirement, why, fix, specification, _nothing)
        self._checks.append(check)

        def add(find_problems: FindProblems) -> FindProblems:
            self._checks[position] = replace(check, find_problems=find_problems)
            return find_problems

        return add


def _nothing(_document: ParsedDocument) -> Iterable[Problem]:
    return ()
