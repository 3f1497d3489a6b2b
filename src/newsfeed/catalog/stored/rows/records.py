"""What is stored of a row: its JSON, and by what it is found."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from typing import Any, NamedTuple, TypeAlias

import msgspec

from newsfeed.catalog.repairs import own_id
from newsfeed.catalog.stored.database.packing import storable
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article, article_id
from newsfeed.model.shown_values import kind, shown
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_values import decoded
from newsfeed.sources.records import RefusedRecord, article_or_findings, finding, says_withdrawn, visible
from newsfeed.sources.rows import read_row_and_values, told
from newsfeed.text.xml_characters import without_forbidden

__all__ = [
    "Key",
    "PutRow",
    "RowReader",
    "Withdrawal",
    "default_key",
    "each_row",
    "place_of",
    "withdrawn_record",
]

#: By what a row is known: the name of one of its fields, or a function of the row.
Key: TypeAlias = str | Callable[[Any], object]

_DATES = ("published", "updated", "expires")
#: Values that an article has where its record says nothing.
_ABSENT: tuple[object, ...] = (None, "", (), {}, False)


class PutRow(NamedTuple):
    """A row to store."""

    key: str
    own_id: str
    #: The key of its story, as articles in feeds have it.
    story: str | None
    #: Its JSON.
    record: str


class Withdrawal(NamedTuple):
    """A row that can't be used, but withdraws the article that is stored under its key."""

    key: str
    #: Why the row can't be used: of interest only if no article is stored under its key.
    findings: tuple[Finding, ...] = ()


class RowReader:
    """Reads rows of any kind, to store them.

    Args:
        site: The site, for the dates.
        source: The name of the rows' source.
        key: By what they are known; None: an article's id as given, else its address.
    """

    def __init__(self, site: Site, source: str, key: Key | None) -> None:
        self._site = site
        self._source = source
        self._key = key

    def read(self, row: object, number: int) -> tuple[PutRow | Withdrawal | None, list[Finding]]:
        """Read a row.

        Args:
            row: An Article, a mapping, an object, or what a file's reader yields.
            number: Its number among the rows, from 1.

        Returns:
            What to store, None for a row that can't be used, and what was found. Rows are named by source and key.
        """
        if isinstance(row, SourcedArticle):
            return self._row(row, None, _text_of(row.source)), []
        if isinstance(row, Finding):
            return _of_finding(row)
        article, findings, values = read_row_and_values(self._without_key(row), number, self._site)
        try:
            key = self._key_of(row, values if article is None else article.article)
        except InvalidValue as problem:
            place = Place(file=self._source, record=number)
            return None, [*findings, finding(problem, place, code="NF106")]
        findings = [msgspec.structs.replace(each, place=self._place(each.place, key)) for each in findings]
        if article is not None:
            return self._row(article, key, self._json_as_given(values, article.article)), findings
        if key and says_withdrawn(values):
            return Withdrawal(key, tuple(findings)), []
        return None, findings

    def _row(self, sourced: SourcedArticle, key: str | None, record: str | None) -> PutRow:
        article = sourced.article
        return PutRow(
            storable(key or article.id or article.url or ""),
            storable(own_id(article.id, article.url, self._site)),
            article.story and storable(without_forbidden(article.story)),
            record or _json_of(article),
        )

    def _without_key(self, row: object) -> object:
        """Return a row without a key that isn't a field of an article."""
        if not isinstance(row, Mapping) or self._key in Article.__struct_fields__:
            return row
        return {name: value for name, value in row.items() if name != self._key}

    def _key_of(self, row: object, read: Article | Mapping[str, Any]) -> str:
        """Return the key of a row, given what was read of it; empty if a row that can't be used has none."""
        if self._key is None:
            return default_key({"id": read.id, "url": read.url} if isinstance(read, Article) else read)
        name = self._key if isinstance(self._key, str) else "key"
        try:
            given = _field(row, self._key) if isinstance(self._key, str) else self._key(row)
        except Exception as error:  # noqa: BLE001 - what a caller's function or object raises is anything
            problem = InvalidValue(f"the key can't be read: {told(error)}", "correct the row or the key")
            raise problem.at(name) from None
        if given is None:
            raise InvalidValue("the row has no key", "give each row one of its own", field=name)
        try:
            return storable(article_id(given))
        except InvalidValue as problem:
            raise problem.at(name) from None

    def _place(self, place: Place, key: str) -> Place:
        if not key:
            return msgspec.structs.replace(place, file=self._source) if self._source else place
        return place_of(self._source, key)

    def _json_as_given(self, values: Mapping[str, Any], article: Article) -> str | None:
        """Return the JSON of a row's values, if an article that is read of it is the same; None if not."""
        record = _written(values) if values else None
        if record is None:
            return None
        read = article_or_findings(decoded(record.encode()), place=Place(), site=self._site)[-1]
        return record if isinstance(read, SourcedArticle) and read.article == article else None


def _of_finding(found: Finding) -> tuple[Withdrawal | None, list[Finding]]:
    """Return what to do about a record of a file that can't be used."""
    key = default_key(found.names) if isinstance(found, RefusedRecord) and found.is_withdrawal else ""
    return (Withdrawal(key, (found,)), []) if key else (None, [found])


def each_row(rows: object) -> Iterable[object]:
    """Return the rows that somebody gave: one, or several.

    Raises:
        InvalidValue: If it is text.
    """
    if isinstance(rows, str | bytes | PathLike):
        remedy = "give Articles, or mappings or objects with their fields; newsfeed put takes files"
        raise InvalidValue(f"{shown(rows)} is {kind(rows)}", remedy, field="rows")
    return rows if isinstance(rows, Iterable) and not _is_one_row(rows) else [rows]


def _is_one_row(rows: object) -> bool:
    """Return whether this is one row; some rows can be iterated over, too."""
    if isinstance(rows, Article) or hasattr(rows, "keys"):
        return True
    published = getattr(rows, "published", None)
    if published is not None and not callable(published):  # a query set may have a method of that name
        return True
    is_named_tuple = isinstance(rows, Sequence) and hasattr(rows, "_fields")
    return is_named_tuple or not isinstance(rows, Iterable)


def place_of(source: str, key: str) -> Place:
    """Return the place of a stored row, for findings."""
    return Place(file=source, name=visible(shown(key)))


def withdrawn_record(record: bytes, when: datetime, site: Site) -> str | None:
    """Return a stored record that says that its article is withdrawn; None if it does already.

    Args:
        record: The record.
        when: The moment, from which tombstones count: `updated`, unless the article has a later date.
        site: The site, for the dates.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> withdrawn_record(b'{"title":"Snow"}', datetime(2025, 12, 19, tzinfo=UTC), site)
    '{"title":"Snow","withdrawn":true}'
    """
    values = decoded(record)
    if not isinstance(values, dict) or says_withdrawn(values):
        return None
    changes: dict[str, object] = {"withdrawn": True}
    read = article_or_findings(values, place=Place(), site=site)[-1]
    if isinstance(read, SourcedArticle) and when > _last_date(read.article):
        changes["updated"] = when.isoformat()
    return _written(values | changes)


def _last_date(article: Article) -> datetime:
    return max(article.published, article.updated or article.published)


def default_key(values: Mapping[str, Any]) -> str:
    """Return the id or the address in a row's values as text; empty if there is neither."""
    for field in ("id", "url"):
        try:
            return storable(article_id(values[field]))
        except (InvalidValue, KeyError):
            continue
    return ""


def _field(row: Any, name: str) -> object:  # noqa: ANN401 - a row is anything
    return row[name] if isinstance(row, Mapping) or hasattr(row, "keys") else getattr(row, name)


def _text_of(source: bytes) -> str | None:
    """Return the JSON that an article was read from as text; None if there is none, or a database can't hold it."""
    try:
        record = source.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in record else record


def _json_of(article: Article) -> str:
    """Return an article as JSON."""
    fields = {field: getattr(article, field) for field in article.__struct_fields__}
    values = {field: value for field, value in fields.items() if value not in _ABSENT}
    for field in _DATES:
        if field in values:
            values[field] = _in_utc(values[field])
    return _written(values) or ""


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day of the calendar
        return moment


def _written(values: Mapping[str, Any]) -> str | None:
    """Return values as JSON; None if they can't be written."""
    try:
        return msgspec.json.encode(values, enc_hook=str).decode()
    except UnicodeEncodeError:  # half a character, which JSON can escape
        return json.dumps(msgspec.to_builtins(values, enc_hook=str, str_keys=True))
    except Exception:  # noqa: BLE001 - what `str` raises for a caller's objects is anything
        return None
