"""The base of all records: rules for their values, checked whenever a record is made.

msgspec checks types only while decoding. A `Record` checks every value in `__post_init__`, so objects made in Python
are as valid as records read from files. A rule is a function that takes a value, returns it in the form that the
record keeps (a tuple for a list, for example), and raises `InvalidValue` for an invalid one. All broken rules of a
record are raised together.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import cache, lru_cache
from typing import ClassVar, Generic, Self, TypeAlias, TypeVar

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import asdict, force_setattr

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.shown_values import is_a, kind, shown, written
from newsfeed.text.nearest import did_you_mean, key_meant

__all__ = [
    "Record",
    "Rule",
    "distinct",
    "each",
    "items_of",
    "kind",
    "mapping_of",
    "needed_fields",
    "needed_text",
    "nested",
    "number",
    "one_of",
    "optional_text",
    "shown",
    "text",
    "truth",
    "whole_number",
]

Rule: TypeAlias = Callable[[object], object]

#: Unicode's general categories of invisible characters, including noncharacters and surrogates.
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"})

#: At most this many characters of an unknown key are compared with the known ones.
_LONGEST_KEY = 100
_DIGITS = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
#: What people write for true and false.
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "on", "1", "y"), "true"),
    **dict.fromkeys(("false", "no", "off", "0", "n"), "false"),
}

#: All kinds of mappings. The usual one comes first, because checking an abstract class is slow.
_TABLES = (dict, Mapping)


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen record whose values obey the rules of its class."""

    #: The rule of each field; rules aren't called for `None`, an absent value.
    rules: ClassVar[Mapping[str, Rule]] = {}

    def __post_init__(self) -> None:
        given = asdict(self)
        kept = self._kept_at_once(given)
        if kept is None:
            kept = {field: value for field, value in given.items() if value is not None}
            if problems := list(self.problems_in(kept)):
                raise InvalidRecord(type(self).__name__, problems)
        for field, value in kept.items():
            if value is not given[field]:
                force_setattr(self, field, value)

    @classmethod
    def from_mapping(cls, mapping: object) -> Self:
        """Make the record from a decoded JSON object or TOML table.

        Args:
            mapping: The values by field. `None` means an absent value.

        Returns:
            The record.

        Raises:
            InvalidRecord: With every unknown key, missing field and bad value.
        """
        if not isinstance(mapping, _TABLES):
            problem = InvalidValue(is_a(mapping), f"write {cls.shape(mapping)}")
            raise InvalidRecord(cls.__name__, [problem])
        record = cls.from_right({key: value for key, value in mapping.items() if value is not None})
        if record is not None:
            return record
        values = {str(key): value for key, value in mapping.items() if value is not None}
        if problems := list(cls.problems_in(values)):
            raise InvalidRecord(cls.__name__, problems)
        return cls(**values)

    @classmethod
    def from_right(cls, values: Mapping[str, object]) -> Self | None:
        """Make the record from values that are probably valid.

        Args:
            values: The values by field, without those that are absent.

        Returns:
            The record; None if something is wrong or missing, which `problems_in` then reports.
        """
        try:
            return cls(**values)
        except (InvalidRecord, TypeError):  # a constructor refuses unknown and missing keys with TypeError
            return None

    def with_kept(self, **values: object) -> Self:
        """Return a copy with some other values that are known to be valid, without checking anything again.

        Use this for values from a record of this class, or from a function whose results no rule would refuse or
        change. For all others use `msgspec.structs.replace`, which checks them.

        Args:
            values: The values by field, in the form that the record keeps: a tuple, not a list.

        Returns:
            The new record.

        >>> class Headline(Record, frozen=True):
        ...     title: str
        ...     rules = {"title": needed_text}
        >>> Headline(title="Snow").with_kept(title="Rain")
        Headline(title='Rain')
        """
        other = copy(self)
        for field, value in values.items():
            force_setattr(other, field, value)
        return other

    @classmethod
    def _kept_at_once(cls, given: Mapping[str, object]) -> dict[str, object] | None:
        """Return values in the form that the record keeps, or None at the first invalid one.

        This is fast, because nearly all records are valid; collecting all problems is slower.

        Args:
            given: A value for every field; None for those that are absent.

        Returns:
            The values that are neither absent nor their field's default; None if something is invalid.
        """
        kept: dict[str, object] = {}
        try:
            for field, rule, default in _checks(cls):
                value = given[field]
                if value is default:
                    continue
                if value is not None:
                    kept[field] = rule(value)
                elif default is NODEFAULT:
                    return None
        except (InvalidValue, InvalidRecord):
            return None
        return None if any(cls._problems_together(kept)) else kept

    @classmethod
    def problems_in(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        """Yield the problems of values, and put the valid values into the form that the record keeps.

        Args:
            values: The values by field, without those that are absent. Changed.

        Yields:
            A problem for each unknown key, missing field and bad value.
        """
        for key in values:
            if key not in cls.__struct_fields__:
                yield cls.unknown_key(key)
        for field in needed_fields(cls):
            if field not in values:
                yield InvalidValue("it is missing", f"add it to the {_noun(cls)}", field=field)
        for field, rule in cls.rules.items():
            if field in values:
                try:
                    kept = rule(values[field])
                except InvalidValue as problem:
                    yield problem.at(field)
                except InvalidRecord as problem:
                    yield from (inner.at(field) for inner in problem.problems)
                else:
                    values[field] = kept
        yield from cls._problems_together(values)

    @classmethod
    def unknown_key(cls, key: str) -> InvalidValue:
        """Return the problem of a key that isn't a field of the record."""
        return InvalidValue("there is no such key", _remedy_for_key(cls, key[:_LONGEST_KEY]), field=key)

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterable[InvalidValue]:  # noqa: ARG003 - for those that override it
        """Return problems that involve several fields; records with such rules override this."""
        return ()

    @classmethod
    def shape(cls, instead_of: object = None, *, in_list: bool = False) -> str:
        """Return an example of a record, in TOML and in JSON.

        Args:
            instead_of: What the user wrote; a text becomes the record's first value.
            in_list: Whether to show a list of one.
        """
        fields = needed_fields(cls) or cls.__struct_fields__[:1]
        is_value = isinstance(instead_of, str) and instead_of.strip()
        first = instead_of if is_value and (fields[0] != "url" or "/" in str(instead_of)) else "…"
        values = {field: written(first if field == fields[0] else "…") for field in fields}
        in_toml = ", ".join(f"{field} = {value}" for field, value in values.items())
        in_json = ", ".join(f'"{field}": {value}' for field, value in values.items())
        begin, end = "[]" if in_list else ("", "")
        return f"{begin}{{ {in_toml} }}{end}, or in JSON {begin}{{{in_json}}}{end}"


def _noun(cls: type[Record]) -> str:
    """Return the name of a class of records in words: `feed rule` for `FeedRule`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


@lru_cache(1024)  # a key that one record has wrong is wrong in many
def _remedy_for_key(cls: type[Record], key: str) -> str:
    return key_meant(key, cls.__name__, cls.__struct_fields__)


@cache
def needed_fields(cls: type[Record]) -> tuple[str, ...]:
    """Return the names of the required fields of a class."""
    return tuple(field.name for field in msgspec.structs.fields(cls) if field.required)


@cache
def _checks(cls: type[Record]) -> tuple[tuple[str, Rule, object], ...]:
    """Return the fields with their rules and defaults; `NODEFAULT` for a required field."""
    return tuple(
        (
            field.name,
            cls.rules.get(field.name, _any_value),
            None if field.default_factory is not NODEFAULT else field.default,
        )
        for field in msgspec.structs.fields(cls)
    )


def _any_value(value: object) -> object:
    return value


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
        if not isinstance(value, _TABLES):
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


def whole_number(value: object, *, example: str = "20") -> int:
    """A whole number of 0 or more; the example is for the error message."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValue(
            f"{shown(value)} isn't a whole number of 0 or more", _number_instead_of(value, example)
        )
    return value


def number(value: object, *, example: str = "95.5") -> int | float:
    """A finite number of 0 or more; the example is for the error message."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise InvalidValue(f"{shown(value)} isn't a number of 0 or more", _number_instead_of(value, example))
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
            raise InvalidValue(f"{shown(value)} is not known", did_you_mean(value, self.known))
        return value


def one_of(known: Collection[str]) -> OneOf:
    """Return the rule for a word from a fixed list."""
    return OneOf(known)


def _list_instead_of(value: object, rule: Rule) -> str:
    """Return a list to write instead of a value: the value in brackets, or known words."""
    if isinstance(rule, _Nested):
        return "[{ … }]" if isinstance(value, Mapping) else str(rule.record.shape(value, in_list=True))
    if isinstance(value, str):
        return f"[{', '.join(map(written, _words_of(value)))}]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"[{written(str(value))}]"
    known = list(rule.known)[:2] if isinstance(rule, OneOf) else ["…"]
    return f"[{', '.join(map(written, known))}]"


def _words_of(value: str) -> list[str]:
    """Split a text at its commas, because `en, az` means two words."""
    return [word for part in shown(value).split(",") if (word := part.strip())] or ["…"]


def _number_instead_of(value: object, example: str) -> str:
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()) and ("." in example or "." not in value):
        return f"write {value.strip()}, without quotes"
    return f"write one, such as {example}"


def _is_blank(value: str) -> bool:
    """Return whether a text is invisible: spaces, control characters, and format marks such as U+200B."""
    if value and value[0] != " " and value[0].isprintable():
        return False
    return all(unicodedata.category(character) in _INVISIBLE for character in value)
