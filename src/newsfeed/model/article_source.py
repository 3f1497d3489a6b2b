"""ArticleSource: one `[[sources]]` table, which says where articles are, and what becomes of what is found there."""

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Annotated, Any, ClassVar

from msgspec import Meta
from msgspec.structs import asdict

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.field_names import check_expression
from newsfeed.model.record import TABLES, Record, Rule
from newsfeed.model.shown_values import is_a
from newsfeed.model.source_kinds import PRESETS, SOURCE_KINDS, SourceKind
from newsfeed.model.value_rules import distinct, mapping_of, needed_text, one_of, text
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.shown_addresses import shown_address
from newsfeed.text.time_zones import timezone_named
from newsfeed.text.urls import check_web_address

__all__ = ["SLUG", "ArticleSource"]

#: What a record calls itself in its address: not a field of articles, but of templates.
SLUG = "slug"
#: The placeholders of `article_url`.
_PLACEHOLDERS = ("language", SLUG, "id", "story", "category", "year", "month", "day")
#: The keys that say where the articles are, and those that only some kinds understand.
_PLACES = ("files", "url", "database", "query", "call")
_SPECIAL = ("records", "preset")


def _article_url(value: object) -> str:
    template = needed_text(value)
    try:
        names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError as error:
        raise InvalidValue(f"{template!r} has an unmatched brace", "write {slug}") from error
    for name in names:
        if name not in _PLACEHOLDERS:
            raise InvalidValue(f"'{{{name}}}' isn't a placeholder", did_you_mean(name, _PLACEHOLDERS))
    if not names:
        raise InvalidValue(
            "all articles would have the same address", "write placeholders such as {slug} or {id}"
        )
    check_web_address(template.format_map(dict.fromkeys(_PLACEHOLDERS, "1")))
    return template


def _url(value: object) -> str:
    try:
        return check_web_address(value)
    except InvalidValue as problem:
        if "@" not in str(value):
            raise
        raise InvalidValue("it isn't a full web address", problem.remedy) from None  # it may hold a password


def _fields(value: object) -> dict[str, Any]:
    """Check from what each field is made: a name in the record, or for a field with fields of its own a table of names."""
    table = mapping_of(_made_of)(value)
    known = (*Article.__struct_fields__, SLUG)
    problems = [
        InvalidValue("articles have no such field", did_you_mean(field, known), field=field)
        for field in table
        if field not in known
    ]
    if problems:
        noun = "fields"
        raise InvalidRecord(noun, problems)
    return table


def _made_of(value: object) -> object:
    if isinstance(value, TABLES):
        return mapping_of(_made_of)(value)
    return check_expression(needed_text(value))


def _terms(value: object) -> dict[str, object]:
    return mapping_of(needed_text)(value)


def _defaults(value: object) -> dict[str, object]:
    if not isinstance(value, TABLES):
        raise InvalidValue(is_a(value), 'write a table, such as { language = "en" }')
    for field in value:
        if field not in Article.__struct_fields__:
            near = did_you_mean(str(field), Article.__struct_fields__)
            raise InvalidValue("articles have no such field", near, field=str(field))
    return dict(value)


def _timezone(value: object) -> str:
    timezone_named(text(value))
    return text(value)


class ArticleSource(Record, frozen=True, kw_only=True):
    """Where articles are, and what becomes of the records that are found there.

    >>> ArticleSource(name="cms", kind="json", files=["export/*.json"]).source_kind.label
    'JSON'
    """

    name: Annotated[str, Meta(description="What findings, the guard and the store call it.")]
    kind: Annotated[str, Meta(description="What it is: " + ", ".join(SOURCE_KINDS.own) + ".")]
    files: Annotated[
        Sequence[str], Meta(description="Its files: names or globs, relative to newsroom.toml.")
    ] = ()
    url: Annotated[str | None, Meta(description="Its address, http(s).")] = None
    database: Annotated[
        str | None,
        Meta(description="For sql: the database, an SQLAlchemy URL; or env:NAME, a variable that holds it."),
    ] = None
    query: Annotated[
        str | None,
        Meta(description="For sql: a SELECT; :since is the moment from which changes are asked for."),
    ] = None
    call: Annotated[
        str | None, Meta(description="For python: the function that yields the rows, module:function.")
    ] = None
    records: Annotated[
        str | None, Meta(description="Where in a JSON document the records are, a dotted name: data.posts.")
    ] = None
    preset: Annotated[
        str | None,
        Meta(description="For markdown: the site generator whose folder it is: " + ", ".join(PRESETS) + "."),
    ] = None
    timezone: Annotated[
        str | None,
        Meta(
            description="An IANA name: for its times without an offset. Default: the site's time zone.",
        ),
    ] = None
    article_url: Annotated[
        str | None,
        Meta(
            description="The address of articles whose records have none, with placeholders: {"
            + "}, {".join(_PLACEHOLDERS)
            + "}."
        ),
    ] = None
    fields: Annotated[
        Mapping[str, Any],
        Meta(
            description="From what each field of an article is made: dotted names in its record, or JMESPath."
        ),
    ] = {}
    categories: Annotated[
        Mapping[str, str], Meta(description="What the source calls a category, and the site's term for it.")
    ] = {}
    defaults: Annotated[
        Mapping[str, Any], Meta(description="Values of fields that a record doesn't have.")
    ] = {}

    rules: ClassVar[Mapping[str, Rule]] = {
        "name": needed_text,
        "kind": one_of(SOURCE_KINDS),
        "files": distinct(needed_text),
        "url": _url,
        "database": needed_text,
        "query": needed_text,
        "call": needed_text,
        "records": lambda value: check_expression(needed_text(value)),
        "preset": one_of(PRESETS),
        "timezone": _timezone,
        "article_url": _article_url,
        "fields": _fields,
        "categories": _terms,
        "defaults": _defaults,
    }

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        name = values.get("kind")
        if not isinstance(name, str) or name not in SOURCE_KINDS:
            return
        yield from _problems_of_place(values, SOURCE_KINDS[name])

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"
        )

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the values by field, without what is secret in addresses."""
        values = asdict(self)
        if self.url is not None:
            values["url"] = shown_address(self.url)
        if self.database is not None and "://" in self.database:
            values["database"] = f"{self.database.partition('://')[0]}://…"
        return list(values.items())

    @property
    def source_kind(self) -> SourceKind:
        """The row of its kind."""
        return SOURCE_KINDS[self.kind]


def _problems_of_place(values: Mapping[str, object], kind: SourceKind) -> Iterator[InvalidValue]:
    """Yield what is missing to find the articles, and what the kind doesn't understand."""
    given = {key for key in (*_PLACES, *_SPECIAL) if values.get(key)}
    for key in kind.needs:
        if key not in given:
            yield InvalidValue("it is missing", f"sources of the kind {kind.name!r} need it", field=key)
    if not kind.needs and kind.is_in_files:
        if not given & {"files", "url"}:
            yield InvalidValue("it is missing", "name files, or a url", field="files")
        if {"files", "url"} <= given:
            yield InvalidValue("there are files as well", "write a source for each", field="url")
    places = kind.needs or (("files", "url") if kind.is_in_files else ())
    for key in sorted(given.difference(places, kind.takes)):
        yield InvalidValue(f"sources of the kind {kind.name!r} have no such key", "remove it", field=key)
