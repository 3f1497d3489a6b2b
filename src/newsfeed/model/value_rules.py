"""Rules for the values of records: each takes a value, and returns it in the form that a record keeps, or raises `InvalidValue`."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.record import TABLES, Record, Rule
from newsfeed.model.shown_values import is_a, quoted, shown, written
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import did_you_mean

__all__ = [
    "distinct",
    "each",
    "items_of",
    "mapping_of",
    "needed_text",
    "nested",
    "number",
    "one_of",
    "optional_text",
    "text",
    "truth",
    "whole_number",
]

#: Unicode's general categories of invisible characters, including noncharacters and surrogates.
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"})

_DIGITS = lazy_pattern(r"[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
#: What people write for true and false.
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "on", "1", "y"), "true"),
    **dict.fromkeys(("false", "no", "off", "0", "n"), "false"),
}


_AnyRecord = TypeVar("_AnyRecord", bound=Record)
_Item = TypeVar("_Item")


class _Nested(Generic[_AnyRecord]):
    """The rule for a record inside a record."""

    def __init__(self, record: type[_AnyRecord]) -> None:
        self.record = record

    def __call__(self, value: object) -> _AnyRecord:
        return value if isinstance(value, self.record) else self.record.from_mapping(value)


def nested(cls: type[_AnyRecord]) -> Callable[[object], _AnyRecord]:
    """Return the rule for a record inside a record: an instance, or a mapping to make it from."""
    return _Nested(cls)


def each(rule: Callable[[object], _Item]) -> Callable[[object], tuple[_Item, ...]]:
    """Return the rule for a list whose items each obey `rule`."""

    def rule_for_list(value: object) -> tuple[_Item, ...]:
        if isinstance(value, (tuple, list)):
            try:
                return tuple(map(rule, value))
            except (InvalidValue, InvalidRecord):
                pass  # all that is wrong is told below
        items = items_of(value)
        if items is None:
            raise InvalidValue(is_a(value), f"write a list, {_list_instead_of(value, rule)}")
        kept: list[_Item] = []
        problems: list[InvalidValue] = []
        for index, item in enumerate(items):
            try:
                kept_item = rule(item)
            except InvalidValue as problem:
                problems.append(problem.at(f"[{index}]"))
            except InvalidRecord as problem:
                problems += [inner.at(f"[{index}]") for inner in problem.problems]
            else:
                kept.append(kept_item)
        if problems:
            noun = "list"
            raise InvalidRecord(noun, problems)
        return tuple(kept)

    return rule_for_list


def items_of(value: object) -> Collection[object] | None:
    """Return the items of a list, a tuple or a set; None for anything else, such as text.

    >>> items_of(("en", "az")), items_of("en")
    (('en', 'az'), None)
    """
    return value if isinstance(value, Collection) and not isinstance(value, str | bytes | Mapping) else None


def distinct(rule: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """Return the rule for a list of distinct terms that each obey `rule`.

    >>> distinct(text)(["a", "b", "a"])
    ('a', 'b')
    """
    rule_for_list = each(rule)

    def rule_for_terms(value: object) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule_for_list(value)))

    return rule_for_terms


def mapping_of(rule: Rule) -> Callable[[object], dict[str, object]]:
    """Return the rule for a table whose values each obey `rule`."""

    def rule_for_table(value: object) -> dict[str, object]:
        if not isinstance(value, TABLES):
            raise InvalidValue(is_a(value), "write a table, { key = value }")
        kept: dict[str, object] = {}
        problems: list[InvalidValue] = []
        for key, item in value.items():
            try:
                kept[str(key)] = rule(item)
            except InvalidValue as problem:
                problems.append(problem.at(str(key)))
            except InvalidRecord as problem:
                problems += [inner.at(str(key)) for inner in problem.problems]
        if problems:
            noun = "table"
            raise InvalidRecord(noun, problems)
        return kept

    return rule_for_table


def text(value: object) -> str:
    """Any text."""
    if not isinstance(value, str):
        in_quotes = isinstance(value, int | float) and not isinstance(value, bool)
        raise InvalidValue(is_a(value), f'write text: "{shown(value)}"' if in_quotes else 'write text: "…"')
    return value


def optional_text(value: object) -> str | None:
    """Text; blank text means none."""
    words = value if isinstance(value, str) else text(value)
    return None if _is_blank(words) else words


def needed_text(value: object) -> str:
    """Text that isn't blank."""
    words = value if isinstance(value, str) else text(value)
    if _is_blank(words):
        raise InvalidValue("it is empty", "write some text")
    return words


def truth(value: object) -> bool:
    """True or false, and nothing that only looks like them."""
    if not isinstance(value, bool):
        word = _TRUTHS.get(value.strip().casefold()) if isinstance(value, str) else None
        raise InvalidValue(is_a(value), f"write {word}, without quotes" if word else "write true or false")
    return value


def whole_number(value: object, *, least: int = 0, example: str = "20") -> int:
    """A whole number of 0 or more, or of another least; the example is for the error message."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidValue(
            f"{quoted(value)} isn't a whole number of {least} or more",
            _number_instead_of(value, example, least),
        )
    return value


def number(value: object, *, example: str = "95.5") -> int | float:
    """A finite number of 0 or more; the example is for the error message."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise InvalidValue(f"{quoted(value)} isn't a number of 0 or more", _number_instead_of(value, example))
    return value


class OneOf:
    """The rule for a word from a fixed list."""

    def __init__(self, known: Collection[str]) -> None:
        #: The words.
        self.known = known

    def __call__(self, value: object) -> str:
        """Check a word."""
        if not isinstance(value, str):
            *most, last = map(written, self.known)
            raise InvalidValue(is_a(value), f"write {', '.join(most)} or {last}" if most else f"write {last}")
        if value not in self.known:
            raise InvalidValue(f"{quoted(value)} isn't known", did_you_mean(value, self.known))
        return value


def one_of(known: Collection[str]) -> OneOf:
    """Return the rule for a word from a fixed list."""
    return OneOf(known)


def _list_instead_of(value: object, rule: Rule) -> str:
    """Return a list to write instead of a value: the value in brackets, or known words."""
    if isinstance(rule, _Nested):
        return "[{ … }]" if isinstance(value, Mapping) else str(rule.record.shape(value, in_list=True))
    if isinstance(value, str):
        words = _words_of(value)
        whole = f"[{written(shown(value))}] or " if len(words) > 1 and _is_right(value, rule) else ""
        return f"{whole}[{', '.join(map(written, words))}]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"[{written(shown(value))}]"
    known = list(rule.known)[:2] if isinstance(rule, OneOf) else ["…"]
    return f"[{', '.join(map(written, known))}]"


def _is_right(value: str, rule: Rule) -> bool:
    try:
        rule(value)
    except (InvalidValue, InvalidRecord):
        return False
    return True


def _words_of(value: str) -> list[str]:
    """Split a text at its commas, because `en, az` means two words."""
    return [word for part in shown(value).split(",") if (word := part.strip())] or ["…"]


def _number_instead_of(value: object, example: str, least: int = 0) -> str:
    is_number = isinstance(value, str) and _DIGITS.fullmatch(value.strip())
    if (
        isinstance(value, str)
        and is_number
        and ("." in example or "." not in value)
        and float(value) >= least
    ):
        return f"write {value.strip()}, without quotes"
    return f"write one, such as {example}"


def _is_blank(value: str) -> bool:
    """Return whether a text is invisible: spaces, control characters, and format marks such as U+200B."""
    if value and value[0] != " " and value[0].isprintable():
        return False
    return all(unicodedata.category(character) in _INVISIBLE for character in value)
