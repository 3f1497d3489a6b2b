"""What a rule is: one thing that a feed must keep, and the function that finds where it doesn't."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from newsfeed.check.documents import Document, Kind
from newsfeed.check.elements import Element
from newsfeed.check.json_reading import JsonValue
from newsfeed.model.finding import Finding, Place, Severity

__all__ = ["MOST_TOLD", "Fault", "Rule", "Rules", "at", "printable"]

#: Findings of one rule in one document. A program that makes one fault makes it everywhere, and nobody reads on.
MOST_TOLD = 1_000
_MORE = f"the rule is broken here and perhaps in more places; only the first {MOST_TOLD:,} are told in full"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a rule is broken.

    Attributes:
        line: From 1; 0 for the whole file.
        column: From 1; 0 for the whole line.
        field: The element or member, by its path.
        reason: What is wrong there, with the value as it stands.
        mend: How to mend it here; empty where the rule's own words say it.
        severity: How bad it is here; None for what the rule says.
    """

    line: int
    column: int
    field: str
    reason: str
    mend: str = ""
    severity: Severity | None = None


def at(where: Element | JsonValue, reason: str) -> Fault:
    """Say that a rule is broken at an element or a value."""
    return Fault(where.line, where.column, where.path, reason)


def printable(text: str) -> str:
    r"""Write lone surrogates, which no encoding has, as their numbers.

    >>> printable("caf\udce9")
    'caf\\udce9'
    """
    return text.encode("utf-8", "backslashreplace").decode()


Look = Callable[[Document], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        code: Stable: it never changes its meaning.
        severity: How bad it is to break the rule.
        kinds: The kinds of document that it speaks of.
        says: The rule in one sentence.
        why: Why readers care.
        mend: How to mend it.
        specification: Where it is written.
        look: Finds where a document breaks it.
    """

    code: str
    severity: Severity
    kinds: tuple[Kind, ...]
    says: str
    why: str
    mend: str
    specification: str
    look: Look

    def findings(self, document: Document) -> Iterator[Finding]:
        """Give what the rule has to say of a document; nothing if it isn't of its kinds.

        After `MOST_TOLD` findings it says that there are more, and stops.
        """
        if document.kind not in self.kinds:
            return
        for number, fault in enumerate(islice(self.look(document), MOST_TOLD + 1)):
            is_last = number == MOST_TOLD
            yield Finding(
                code=self.code,
                severity=fault.severity or self.severity,
                place=Place(file=document.name, line=fault.line, column=fault.column),
                field=printable(fault.field),
                reason=_MORE if is_last else printable(fault.reason),
                remedy=printable(fault.mend) or self.mend,
            )


class Rules:
    """The rules of one room, in the order in which they are written down."""

    def __init__(self, *kinds: Kind) -> None:
        self._kinds = kinds
        self._rules: list[Rule] = []

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def error(
        self, code: str, says: str, *, why: str, mend: str, specification: str
    ) -> Callable[[Look], Look]:
        """Make a function the look of a rule that a specification gives."""
        return self._adding("error", code, says, why, mend, specification)

    def warning(
        self, code: str, says: str, *, why: str, mend: str, specification: str
    ) -> Callable[[Look], Look]:
        """Make a function the look of a rule that readers stumble over."""
        return self._adding("warning", code, says, why, mend, specification)

    def note(
        self, code: str, says: str, *, why: str, mend: str, specification: str
    ) -> Callable[[Look], Look]:
        """Make a function the look of a rule whose breach may be the truth."""
        return self._adding("note", code, says, why, mend, specification)

    def _adding(
        self, severity: Severity, code: str, says: str, why: str, mend: str, specification: str
    ) -> Callable[[Look], Look]:
        def adding(look: Look) -> Look:
            self._rules.append(Rule(code, severity, self._kinds, says, why, mend, specification, look))
            return look

        return adding
