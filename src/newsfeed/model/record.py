"""The base of all records: rules for their values, checked whenever a record is made.

msgspec checks types only while decoding. A `Record` checks every value in `__post_init__`, so objects made in Python
are as valid as records read from files. A rule is a function that takes a value, returns it in the form that the
record keeps (a tuple for a list, for example), and raises `InvalidValue` for an invalid one. All broken rules of a
record are raised together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cache, lru_cache
from typing import ClassVar, Self, TypeAlias, TypeVar, cast

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import asdict, astuple, force_setattr

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.shown_values import is_a, written
from newsfeed.text.nearest import key_meant

__all__ = ["TABLES", "Record", "Rule", "needed_fields"]

Rule: TypeAlias = Callable[[object], object]
_Record = TypeVar("_Record", bound="Record")

#: At most this many characters of an unknown key are compared with the known ones.
_LONGEST_KEY = 100

#: All kinds of mappings. The usual one comes first, because checking an abstract class is slow.
TABLES = (dict, Mapping)


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen record whose values obey the rules of its class."""

    #: The rule of each field; rules aren't called for `None`, an absent value.
    rules: ClassVar[Mapping[str, Rule]] = {}

    def __post_init__(self) -> None:
        kept = self._kept_at_once()
        if kept is None:
            kept = {field: value for field, value in asdict(self).items() if value is not None}
            if problems := list(self.problems_in(kept)):
                raise InvalidRecord(type(self).__name__, problems)
        for field, value in kept.items():
            force_setattr(self, field, value)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the values as they are; they needn't be checked again."""
        return _unpickled, (type(self), astuple(self))

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
        if not isinstance(mapping, TABLES):
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

        >>> from newsfeed.model.value_rules import needed_text
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

    def _kept_at_once(self) -> dict[str, object] | None:
        """Return the values in the form that the record keeps, or None at the first invalid one.

        This is fast, because nearly all records are valid; collecting all problems is slower.

        Returns:
            The values that are neither absent nor their field's default; None if something is invalid.
        """
        kept: dict[str, object] = {}
        try:
            for (field, rule, default), value in zip(_checks(type(self)), astuple(self), strict=True):
                if value is default:
                    continue
                if value is not None:
                    kept[field] = rule(value)
                elif default is NODEFAULT:
                    return None
        except (InvalidValue, InvalidRecord):
            return None
        return None if any(self._problems_together(kept)) else kept

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


#: A record of each class that was unpickled, to be copied.
_TEMPLATES: dict[type[Record], Record] = {}


def _unpickled(cls: type[_Record], values: tuple[object, ...]) -> _Record:
    template = _TEMPLATES.get(cls)
    if template is None:
        template = _TEMPLATES[cls] = cls(**dict(zip(cls.__struct_fields__, values, strict=True)))
    record = cast("_Record", copy(template))
    for field, value in zip(cls.__struct_fields__, values, strict=True):
        force_setattr(record, field, value)
    return record


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
