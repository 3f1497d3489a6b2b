"""JSON Schemas of a newsroom's files, for editors that complete and check what you type.

A record in a file allows more than the object made from it: dates are texts in several forms, and `null` means an
absent field. So each record has a twin here, a Struct with the types of the file, and msgspec writes the twin's schema.
What a schema can't express, such as which categories exist, is checked when the newsroom is opened.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec import Meta

from newsfeed.errors import InvalidValue
from newsfeed.model.article import FLAGS, Article, Media, article_id, story_key
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.axes import AXES
from newsfeed.model.formats import FORMATS
from newsfeed.model.labels import LABELS
from newsfeed.model.localised import local_text
from newsfeed.model.periods import ARCHIVES
from newsfeed.model.profile import ARTICLE_PARTS, FEED_PARTS, PARTNER_FORMATS, Profile
from newsfeed.model.record import Record, Rule
from newsfeed.model.rule import CONTENT, ORDERS, FeedRule
from newsfeed.model.site import SITEMAPS, Site
from newsfeed.model.source_kinds import SOURCE_KINDS
from newsfeed.model.value_rules import needed_text, number, whole_number
from newsfeed.text.ages import AGE
from newsfeed.text.dates import check_moment
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.urls import check_base, check_web_address

__all__ = ["SCHEMAS", "json_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TABLES = ("sources", "categories", "feeds", "profiles")


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of file content.

    Args:
        name: `article` for one article record, `site` for newsroom.toml.

    Returns:
        A new copy of the schema.

    Raises:
        InvalidValue: If there is no schema with that name.

    Example:
        >>> json_schema("article")["required"]
        ['language', 'published']
        >>> list(json_schema("site")["properties"])
        ['site', 'sources', 'categories', 'feeds', 'profiles']
    """
    if name not in SCHEMAS:
        raise InvalidValue(f"there is no schema {name!r}", did_you_mean(name, SCHEMAS))
    return SCHEMAS[name]()


def _article_schema() -> dict[str, Any]:
    schemas = _schemas_of(Article)
    record = schemas.pop("Article")
    address_or_id = [
        {"required": ["url"], "properties": {"url": {"type": "string"}}},
        {"required": ["id"], "properties": {"id": {"type": "string", "pattern": _WEB}}},
    ]
    some_text = [
        {"required": [field], "properties": {field: {"type": "string"}}}
        for field in ("title", "summary", "content")
    ]
    needed = [{"anyOf": address_or_id}, {"anyOf": some_text}]
    return {"$schema": _DIALECT, **record, "allOf": needed, "$defs": schemas}


def _site_schema() -> dict[str, Any]:
    schemas = _schemas_of(Site)
    properties = schemas["Site"]["properties"]
    tables = {table: properties.pop(table) for table in _TABLES}
    return {
        "$schema": _DIALECT,
        "title": "newsroom.toml",
        "description": "A news site: its editorial settings, without the articles.",
        "type": "object",
        "properties": {"site": {"$ref": "#/$defs/Site"}, **tables},
        "required": ["site"],
        "additionalProperties": False,
        "$defs": schemas,
    }


#: The schemas by name.
SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {"article": _article_schema, "site": _site_schema}


def _schemas_of(record: type[Record]) -> dict[str, dict[str, Any]]:
    """Return the schemas of a record and of the records in it, by name."""
    _, components = msgspec.json.schema_components([_twin(record)], ref_template="#/$defs/{name}")
    # Through JSON, tuples become lists, and the result shares nothing with this module.
    schemas: dict[str, dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(components))
    for schema in schemas.values():
        for field in schema["properties"].values():
            if field.get("default") in (None, "", [], {}):
                field.pop("default", None)
    return schemas


@cache
def _twin(record: type[Record]) -> type[msgspec.Struct]:
    """Return a Struct whose fields have the types that a file may contain."""
    needed: list[tuple[str, Any]] = []
    optional: list[tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(record):
        kept, description = _taken_apart(field.type)
        in_file = _type_in_file(record, field.name, kept)
        if field.required:
            needed.append((field.name, Annotated[in_file, Meta(description=description)]))
        else:
            default = None if field.default is msgspec.NODEFAULT else field.default
            optional.append((field.name, Annotated[in_file | None, Meta(description=description)], default))
    first_line = (record.__doc__ or "").partition("\n")[0]
    return msgspec.defstruct(
        record.__name__,
        [*needed, *optional],
        namespace={"__doc__": first_line},
        kw_only=True,
        forbid_unknown_fields=True,
    )


def _taken_apart(annotation: Any) -> tuple[Any, str | None]:  # noqa: ANN401 - annotations have no common type
    """Split a field's annotation into its type and its description."""
    if get_origin(annotation) is not Annotated:
        return annotation, None
    kept, *notes = get_args(annotation)
    return kept, next((note.description for note in notes if isinstance(note, Meta)), None)


def _type_in_file(record: type[Record], field: str, kept: Any) -> Any:  # noqa: ANN401 - as above
    """Return the type of a field in a file: by its name, or by its rule, or as in the record."""
    by_rule = _BY_RULE.get(record.rules.get(field), kept)
    return _with_twins(_by_field().get((record, field), by_rule))


def _with_twins(kept: Any) -> Any:  # noqa: ANN401 - as above
    """Replace the records inside a type with their twins."""
    if isinstance(kept, type) and issubclass(kept, Record):
        return _twin(kept)
    origin, inner = get_origin(kept), tuple(_with_twins(part) for part in get_args(kept))
    if not inner or origin is Annotated:
        return kept
    return reduce(or_, inner) if origin is UnionType else origin[inner]


def _one_of(words: Iterable[str]) -> Meta:
    return Meta(extra_json_schema={"enum": list(words)})


def _keys(words: Iterable[str]) -> Meta:
    return Meta(extra_json_schema={"propertyNames": {"enum": list(words)}})


def _pattern(pattern: str) -> Meta:
    # Meta(pattern=…) crashes some processes when they end (msgspec's issue 717); this never compiles the pattern.
    return Meta(extra_json_schema={"pattern": pattern})


_WEB = "^[Hh][Tt][Tt][Pp][Ss]?://[^/]"
_SomeText = Annotated[str, _pattern(r"\S")]
_SomeTexts = Annotated[list[_SomeText], Meta(min_length=1)]
_WebAddress = Annotated[str, _pattern(_WEB)]
_Moment = Annotated[str, Meta(examples=["2025-12-19T18:24:00+04:00", "19 December, 2025 18:24"])]

_BY_RULE: Mapping[Rule | None, Any] = {
    needed_text: _SomeText,
    article_id: _SomeText | int,
    story_key: str | int,
    local_text: _SomeText | dict[str, _SomeText],
    check_web_address: _WebAddress,
    check_base: _WebAddress,
    check_moment: _Moment,
    whole_number: Annotated[int, Meta(ge=0)],
    number: Annotated[float, Meta(ge=0)],
}


@cache
def _by_field() -> Mapping[tuple[type[Record], str], Any]:
    """Return the types of fields with a custom rule, which doesn't reveal the type."""
    return {
        (Article, "title"): _SomeText,
        (Media, "renditions"): list[dict[str, Any]],
        (Article, "categories"): list[_SomeText],
        (Article, "flags"): list[Annotated[str, _one_of(FLAGS)]],
        (FeedRule, "where"): Annotated[dict[str, _SomeText | _SomeTexts], _keys(AXES)],
        (FeedRule, "without"): Annotated[dict[str, _SomeText | _SomeTexts], _keys(AXES)],
        (FeedRule, "limit"): Annotated[int, Meta(ge=1)],
        (ArticleSource, "kind"): Annotated[str, _one_of(SOURCE_KINDS)],
        (ArticleSource, "files"): list[_SomeText],
        (ArticleSource, "fields"): dict[str, _SomeText | dict[str, Any]],
        (ArticleSource, "categories"): dict[str, _SomeText],
        (FeedRule, "order"): Annotated[str, _one_of(ORDERS)],
        (FeedRule, "max_age"): Annotated[str, _pattern(AGE)],
        (FeedRule, "min_articles"): Annotated[int, Meta(ge=1)],
        (FeedRule, "paths"): Annotated[dict[str, _SomeText], _keys(FORMATS)],
        (FeedRule, "utm"): dict[str, _SomeText],
        (FeedRule, "ttl"): Annotated[int, Meta(ge=1)],
        (Site, "sitemaps"): list[Annotated[str, _one_of(SITEMAPS)]],
        (FeedRule, "formats"): Annotated[list[Annotated[str, _one_of(FORMATS)]], Meta(min_length=1)],
        (FeedRule, "content"): Annotated[str, _one_of(CONTENT)],
        (FeedRule, "archive"): Annotated[str, _one_of(ARCHIVES)],
        (FeedRule, "paged"): bool | Annotated[int, Meta(ge=1)],
        (Profile, "formats"): list[Annotated[str, _one_of(PARTNER_FORMATS)]],
        (Profile, "needs"): list[Annotated[str, _one_of(ARTICLE_PARTS)]],
        (Profile, "feed_needs"): list[Annotated[str, _one_of(FEED_PARTS)]],
        (Site, "languages"): _SomeTexts,
        (Site, "articles"): list[_SomeText],
        (Site, "extensions"): list[Annotated[str, _pattern(".:[A-Za-z_]")]],
        (Site, "feeds_url"): _WebAddress,
        (Site, "ids_url"): _WebAddress,
        (Site, "translations"): Annotated[str, _one_of(("related", "alternate"))],
        (Site, "labels"): Annotated[dict[str, _SomeText | dict[str, _SomeText]], _keys(LABELS)],
    }
