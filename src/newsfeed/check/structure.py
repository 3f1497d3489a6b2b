"""The structure of documents: tables of what each element may contain, and one checker for all of them.

A table names the children and attributes of an element with the signs of a document type declaration: `title` occurs
exactly once, `image?` at most once, `category*` any number of times, `outline+` at least once. `*` alone stands for any
other name, and an attribute with `+` isn't blank.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsfeed.check.elements import XmlElement
from newsfeed.check.problems import Problem, at
from newsfeed.check.values import suggestion

__all__ = ["ElementGrammar", "Flaw", "Grammar", "Structure", "element", "occurrences", "structure_of"]

#: What can be wrong with a structure. An unknown element has a name that its vocabulary doesn't have; a misplaced one
#: belongs elsewhere.
Flaw = Literal[
    "missing",
    "repeated",
    "unknown",
    "misplaced",
    "no namespace",
    "attribute",
    "missing attribute",
    "text",
    "empty",
]
_MAX_SHOWN = 40
_ANY = "*"
_KEEP_ONE = "keep only one of them"
_MOVE_TEXT = "move it into the element where it belongs, or remove it"
_SIGNS = "?*+"


def occurrences(names: str) -> dict[str, str]:
    """Read names with their signs.

    >>> occurrences("title category* image?")
    {'title': '', 'category': '*', 'image': '?'}
    """
    return {
        name.rstrip(_SIGNS) or _ANY: name[len(name.rstrip(_SIGNS)) :] if name != _ANY else _ANY
        for name in names.split()
    }


@dataclass(frozen=True)
class ElementGrammar:
    """What an element may contain.

    Attributes:
        children: The elements of its own vocabulary, and how often each occurs.
        attributes: Its attributes without a namespace, and whether each is required.
        content: `elements` and elements of other vocabularies; `text` and no elements; `markup`, which isn't checked
            here; `nothing`; `anything`.
        filled: Whether its text isn't blank.
        codes: The codes of checks that are other ones than those of its vocabulary.
    """

    children: Mapping[str, str]
    attributes: Mapping[str, str]
    content: Literal["elements", "text", "markup", "anything"] = "elements"
    filled: bool = False
    codes: Mapping[Flaw, str] = field(default_factory=dict)


def element(
    children: str = "",
    attributes: str = "",
    content: Literal["elements", "text", "markup", "anything"] = "elements",
    *,
    filled: bool = False,
    codes: Mapping[Flaw, str] | None = None,
) -> ElementGrammar:
    """Return a row of a table: children and attributes with their signs, and the other attributes of the class."""
    return ElementGrammar(occurrences(children), occurrences(attributes), content, filled, codes or {})


@dataclass(frozen=True)
class Grammar:
    """A vocabulary: its elements, and where they belong.

    Attributes:
        codes: For each kind of flaw, the code of the check that reports it. Flaws without a code aren't reported.
        elements: Its elements by name.
        inside: Rows that hold only inside one element: `{"channel": {"category": …}}`.
        hosts: The elements of the formats themselves that contain elements of this vocabulary: which, and how often.
            An element that isn't named here may contain any.
        others: What holds of its elements without a row; None if nothing is known of them.
        is_complete: Whether it has no other elements than these.
        is_qualified: Whether a name can be refined, as in `dc:date.created`.
    """

    codes: Mapping[Flaw, str]
    elements: Mapping[str, ElementGrammar]
    inside: Mapping[str, Mapping[str, ElementGrammar]] = field(default_factory=dict)
    hosts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others: ElementGrammar | None = None
    is_complete: bool = False
    is_qualified: bool = False

    def row(self, found: XmlElement) -> ElementGrammar | None:
        """Return the row of an element; None if nothing is known of it."""
        name = self.plain(found.name)
        if self.inside and found.parent is not None:
            row = self.inside.get(found.parent.name, {}).get(name)
            if row is not None:
                return row
        return self.elements.get(name, self.others)

    def plain(self, name: str) -> str:
        """Return a name without its refinement."""
        return name.partition(".")[0] if self.is_qualified else name

    def places(self, name: str) -> list[str]:
        """Return the elements that may contain this one."""
        hosts = [host for host, children in self.hosts.items() if name in children]
        return hosts or [parent for parent, row in self.elements.items() if name in row.children]


def _one_of(names: list[str]) -> str:
    *others, last = sorted(set(names))
    return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True)
class Structure:
    """The structure of one document.

    Attributes:
        problems: What is wrong with it, by the codes of checks.
        elements: Its elements in the order of the file, without misplaced and unknown ones and what is in them, so that
            one mistake is reported once.
    """

    problems: Mapping[str, list[Problem]]
    elements: tuple[XmlElement, ...]


def structure_of(root: XmlElement, grammars: Mapping[str, Grammar]) -> Structure:
    """Check the structure of a document.

    Args:
        root: Its outermost element.
        grammars: The vocabularies by namespace.

    Returns:
        Its structure.

    >>> table = {"list": element("entry+"), "entry": element("", "name", "text")}
    >>> root = XmlElement("", "list")
    >>> structure_of(root, {"": Grammar({"missing": "NF000"}, table)}).problems["NF000"][0].reason
    'entry is missing'
    """
    return _StructureCheck(grammars).run(root)


class _StructureCheck:
    """One walk through a document."""

    def __init__(self, grammars: Mapping[str, Grammar]) -> None:
        self._grammars = grammars
        self._problems: defaultdict[str, list[Problem]] = defaultdict(list)

    def run(self, root: XmlElement) -> Structure:
        elements: list[XmlElement] = []
        waiting = [root]
        while waiting:
            found = waiting.pop()
            grammar = self._grammars.get(found.space)
            row = grammar.row(found) if grammar is not None else None
            if grammar is None or row is None:
                elements.extend(found.walk())
                continue
            self._own(found, grammar, row)
            if row.content == "markup":
                elements.extend(found.walk())
            else:
                elements.append(found)
                waiting.extend(reversed(list(self._fitting(found, grammar, row))))
        return Structure(self._problems, tuple(elements))

    def _report(
        self,
        flaw: Flaw,
        grammar: Grammar,
        row: ElementGrammar | None,
        where: XmlElement,
        reason: str,
        fix: str = "",
    ) -> None:
        code = row.codes.get(flaw) if row is not None else None
        code = code or grammar.codes.get(flaw)
        if code:
            self._problems[code].append(at(where, reason, fix))

    def _own(self, found: XmlElement, grammar: Grammar, row: ElementGrammar) -> None:
        """Check an element's attributes and its text."""
        for name in found.attributes:
            if not name.startswith("{") and name not in row.attributes and _ANY not in row.attributes:
                reason = f"{found.shown} has no attribute {name}{suggestion(name, row.attributes)}"
                self._report("attribute", grammar, row, found, reason)
        for name, sign in row.attributes.items():
            value = found.get(name)
            if (sign == "" and value is None) or (sign == "+" and not (value or "").strip()):
                self._report("missing attribute", grammar, row, found, f"{name} is missing")
        if row.content == "elements":
            if text := found.text.strip():
                reason = f"{found.shown} contains the text {text[:_MAX_SHOWN]!r}"
                self._report("text", grammar, row, found, reason, _MOVE_TEXT)
        elif row.filled and not found.text.strip() and not list(found):
            self._report("empty", grammar, row, found, f"{found.shown} is empty")

    def _fitting(self, parent: XmlElement, grammar: Grammar, row: ElementGrammar) -> list[XmlElement]:
        """Check an element's children, and return those that belong there."""
        fitting: list[XmlElement] = []
        numbers: dict[tuple[str, str], int] = {}
        for child in parent:
            is_own = child.space == parent.space
            theirs = grammar if is_own else self._grammars.get(child.space)
            if row.content == "text" or (not is_own and not child.space):
                self._refuse(child, parent, grammar, row)
            elif theirs is None:
                fitting.append(child)
            elif self._fits(child, parent, theirs, row if is_own else None):
                fitting.append(child)
                key = child.space, child.name
                numbers[key] = numbers.get(key, 0) + 1
                if numbers[key] > 1:
                    self._repeated(child, parent, theirs, row if is_own else None, numbers[key])
        for name, sign in row.children.items():
            if sign in {"", "+"} and (parent.space, name) not in numbers:
                shown = f"{parent.prefix}:{name}" if parent.prefix else name
                self._report("missing", grammar, row, parent, f"{shown} is missing")
        return fitting

    def _fits(
        self, child: XmlElement, parent: XmlElement, grammar: Grammar, row: ElementGrammar | None
    ) -> bool:
        """Return whether an element may be here; `row` is the parent's if both are of one vocabulary."""
        allowed = row.children if row is not None else grammar.hosts.get(parent.name)
        name = grammar.plain(child.name)
        is_known = not grammar.is_complete or child.name in grammar.elements
        if is_known and (allowed is None or name in allowed or _ANY in allowed):
            return True
        self._misplaced(child, parent, grammar, row, allowed or {})
        return False

    def _repeated(
        self, child: XmlElement, parent: XmlElement, grammar: Grammar, row: ElementGrammar | None, number: int
    ) -> None:
        """Report an element that can occur only once."""
        allowed = row.children if row is not None else grammar.hosts.get(parent.name, {})
        if allowed.get(child.name) in {"", "?"}:
            reason = f"this is {child.shown} number {number} in its {parent.shown}"
            self._report("repeated", grammar, row, child, reason, _KEEP_ONE)

    def _refuse(self, child: XmlElement, parent: XmlElement, grammar: Grammar, row: ElementGrammar) -> None:
        """Report an element in one that contains only text, or without a namespace in one that has one."""
        if row.content == "text":
            reason = f"{parent.shown} contains only text, so it can't contain {child.shown}"
            fix = "remove the element, or escape it if it is part of the text"
            self._report("unknown", grammar, row, child, reason, fix)
        else:
            self._report("no namespace", grammar, row, child, f"{child.shown} has no namespace")

    def _misplaced(
        self,
        child: XmlElement,
        parent: XmlElement,
        grammar: Grammar,
        row: ElementGrammar | None,
        allowed: Mapping[str, str],
    ) -> None:
        places = grammar.places(grammar.plain(child.name))
        reason = f"{parent.shown} has no element {child.shown}"
        if places:
            shown = _one_of(places)
            fix = f"move it into {shown}"
            self._report("misplaced", grammar, row, child, f"{reason}; it belongs in {shown}", fix)
        elif grammar.plain(child.name) in grammar.elements:
            self._report("misplaced", grammar, row, child, reason)
        else:
            near = suggestion(child.name, allowed or grammar.elements)
            self._report("unknown", grammar, row, child, reason + near)
