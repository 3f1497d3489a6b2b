"""Articles from Python: Articles, mappings, or objects with an article's fields.

Such an object may be a dataclass, a named tuple, a row of SQLAlchemy or an instance of a Django model. Its fields are
put into a mapping, which is read like a record from a file. Problems of a row are findings.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from types import BuiltinMethodType, MethodType
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article, Comments, Media, Person, Source
from newsfeed.model.record import Record
from newsfeed.model.shown_values import kind, quoted, shown
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.records import finding, problems_of_extra, read_record, visible

__all__ = ["RowReading", "UnreadableRow", "read_row", "read_row_and_values", "told", "values_of"]

#: A row is named in findings by the first of these that it has.
_NAMES = ("id", "url", "title")
_LISTS = frozenset({"categories", "topics", "authors", "flags", "media"})
_PARTS: dict[str, type[Record]] = {"authors": Person, "media": Media, "source": Source, "comments": Comments}
_TEXTS = (str, bytes, bytearray)
_REMEDY = "pass an Article, a mapping, or an object with the attributes title, url and so on"


class RowReading(NamedTuple):
    """What was read of a row."""

    #: The article; None if the row has to be left out.
    article: SourcedArticle | None
    findings: list[Finding]
    #: The row's values by field, as a record in a file has them; empty for an Article, and for what can't be one.
    values: Mapping[str, Any]


class UnreadableRow(Exception):
    """A row can't be an article."""


def read_row(row: object, number: int, site: Site) -> tuple[SourcedArticle | None, list[Finding]]:
    """Read a row.

    Args:
        row: The row.
        number: Its number among the rows, from 1.
        site: The site, for the dates.

    Returns:
        The article, or None if the row has to be left out, and the findings, as in `read_record`.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> sourced, findings = read_row({"title": "Snow", "language": "en", "published": "18:24"}, 10, site)
    >>> print(findings[0])
    article 10 ("Snow"): NF102 url: it is missing. Add the address of the article's page.
    """
    article, findings, _ = read_row_and_values(row, number, site)
    return article, findings


def read_row_and_values(row: object, number: int, site: Site) -> RowReading:
    """Read a row as `read_row` does, and return its values as well."""
    place = Place(record=number)
    values: dict[str, Any] = {}
    try:
        if isinstance(row, Article):
            place = Place(record=number, name=_name_of({field: getattr(row, field) for field in _NAMES}))
            if not row.extra or not (any(problems_of_extra(row.extra)) or _unwritable(row.extra)):
                return RowReading(SourcedArticle(row, place), [], values)
        values, problems = values_of(row)
        place = Place(record=number, name=_name_of(values))
        extra = values.get("extra")
        problems += () if any(problems_of_extra(extra)) else _unwritable(extra)
        article, findings = read_record(values, place=place, site=site, problems=problems)
    except UnreadableRow as error:
        return RowReading(None, [finding(InvalidValue(str(error), _REMEDY), place, code="NF106")], values)
    except Exception as error:  # noqa: BLE001 - what a caller's objects raise is anything
        reason = f"it can't be read: {told(error)}"
        return RowReading(
            None, [finding(InvalidValue(reason, "correct the row"), place, code="NF106")], values
        )
    return RowReading(SourcedArticle(article, place) if article is not None else None, findings, values)


def values_of(row: Any) -> tuple[dict[str, Any], list[InvalidValue]]:  # noqa: ANN401 - a row is anything
    """Return a row's values as a mapping, and the problems of values that can't be read.

    Raises:
        UnreadableRow: If it can't be an article.
    """
    problems: list[InvalidValue] = []
    if isinstance(row, Mapping):
        values = dict(row)
    elif hasattr(row, "keys") and hasattr(row, "__getitem__"):  # as the rows of several databases are
        values = {key: row[key] for key in row.keys()}  # noqa: SIM118 - to iterate over it may give values
    elif isinstance(row, _TEXTS) or (isinstance(row, Collection) and not hasattr(row, "_fields")):
        raise UnreadableRow(f"a row must be an article, but {quoted(row)} is {kind(row)}")
    else:
        values, problems = _attributes(row, Article)
        if not values and not problems:
            raise UnreadableRow(
                f"a row must be an article, but {quoted(row)} is {kind(row)} without any of its fields"
            )
    for field, value in values.items():
        values[field], more = _value(field, value)
        problems += [problem.at(str(field)) for problem in more]
    return values, problems


def _attributes(row: object, record: type[Record]) -> tuple[dict[str, Any], list[InvalidValue]]:
    """Return the fields of a record from an object, and their problems."""
    values: dict[str, Any] = {}
    problems: list[InvalidValue] = []
    for field in record.__struct_fields__:
        try:
            value = getattr(row, field, None)
        except Exception as error:  # noqa: BLE001 - as above
            problems.append(
                InvalidValue(f"reading it raises {told(error)}", "correct the attribute", field=field)
            )
            continue
        if field == "comments" and _are_comments(value):
            continue
        if isinstance(value, MethodType | BuiltinMethodType):
            problems.append(InvalidValue("it is a method", "make it a property", field=field))
        elif value is not None:
            values[field] = value
    return values, problems


def _are_comments(value: object) -> bool:
    """Return whether an object's `comments` are the comments themselves, as models have them, and not where they are."""
    return not isinstance(value, Mapping | Comments) and not hasattr(value, "url")


def _value(field: str, value: Any) -> tuple[Any, list[InvalidValue]]:  # noqa: ANN401 - as above
    """Return a value as in a file, and the problems of the values in it."""
    problems: list[InvalidValue] = []
    part = _PARTS.get(field)
    if field in _LISTS:
        try:
            value = _items(value)
        except Exception as error:  # noqa: BLE001 - as above
            return (), [InvalidValue(f"reading it raises {told(error)}", "correct the attribute")]
        if not isinstance(value, list):
            return value, []
        if part is None:
            return [_plain(item) for item in value], []
        items = []
        for index, item in enumerate(value):
            written, more = _part(item, part)
            items.append(written)
            problems += [problem.at(f"[{index}]") for problem in more]
        return items, problems
    return (_plain(value), []) if part is None else _part(value, part)


def _items(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return an iterable as a list; also the related objects of a Django model."""
    if isinstance(value, Mapping | str | bytes):
        return value
    if not isinstance(value, Iterable) and callable(getattr(value, "all", None)):
        value = value.all()
    return list(value) if isinstance(value, Iterable) else value


def _part(value: Any, record: type[Record]) -> tuple[Any, list[InvalidValue]]:  # noqa: ANN401 - as above
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}, []
    if isinstance(value, (record, *_TEXTS)):
        return _plain(value), []
    values, problems = _attributes(value, record)
    if not values and not problems:
        return value, []
    return {key: _plain(item) for key, item in values.items()}, problems


def _plain(value: object) -> object:
    """Convert the special types of databases and frameworks to Python's usual ones."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str) and type(value) is not str:  # such as text that Django marks as safe
        return str.__str__(value)
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _unwritable(extra: object) -> list[InvalidValue]:
    """Return the problem of a site's own data that JSON can't hold, if any."""
    try:
        msgspec.json.encode(extra, enc_hook=str)
    except UnicodeEncodeError:
        return []  # half a character, which is repaired
    except Exception as error:  # noqa: BLE001 - as above
        reason = f"JSON can't hold it: {told(error)}"
        return [InvalidValue(reason, "use text, numbers, lists and dictionaries", field="extra")]
    return []


def _name_of(values: Mapping[str, object]) -> str:
    """Return a short, visible name of a row."""
    for field in _NAMES:
        name = values.get(field)
        if isinstance(name, str | int | UUID) and (written := str(name).strip()):
            return visible(shown(written))
    return ""


def told(error: Exception) -> str:
    """Return what an error of a caller's own code says, on one line."""
    try:
        return f"{type(error).__name__}: {shown(str(error), limit=200)}"
    except Exception:  # noqa: BLE001 - an error of a caller's own class
        return type(error).__name__
