"""What databases and content management systems write for a value, read where it can mean one thing only.

A record is looked at in this way only if it isn't right as it is, so this costs well-formed records nothing.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.article import FLAGS
from newsfeed.model.site import Site
from newsfeed.model.value_rules import items_of
from newsfeed.sources.site_languages import language_code, site_language
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.urls import is_web_address

__all__ = ["understood"]

#: Returns the only meaning of a value; the value itself if there is none, None if it means that there is nothing.
_Reading: TypeAlias = Callable[[object, Site], object]

#: What databases and PHP write where there is nothing.
_NOTHING: Final[tuple[object, ...]] = (False, "", [], {}, ())
_ZERO_DATE = lazy_pattern(r"0000-00-00(?:[T ]00:00:00)?(?:Z|\+0000)?")
_WHOLE = lazy_pattern(r"\s*[0-9]{1,15}(?:\.0+)?\s*")
_NUMBER = lazy_pattern(r"\s*[0-9]{1,15}(?:\.[0-9]{1,6})?\s*")
_HOURS = lazy_pattern(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])(?:\.[0-9]+)?")
#: Larger numbers with a fraction aren't exact.
_LARGEST = 10**15
#: What may stand between several names, or in one.
_BETWEEN = lazy_pattern(r"[,;|]")
_TRUTHS: Final = MappingProxyType(
    dict.fromkeys(("true", "yes", "on", "1", "y", "t"), True)
    | dict.fromkeys(("false", "no", "off", "0", "n", "f", ""), False)
)
#: The fields that every article needs.
_NEEDED: Final = frozenset({"language", "title", "url", "published"})
#: Keys of other programs that can mean one field only. A record that has the field itself, or two of them, isn't read so.
_KEYS: Final = MappingProxyType(
    {
        "language": ("lang", "locale", "language_code", "inLanguage", "dc:language"),
        "title": ("headline",),
        "url": ("link", "permalink", "canonical_url"),
        "published": (
            "date",
            "pubDate",
            "pub_date",
            "published_at",
            "publishedAt",
            "date_published",
            "datePublished",
        ),
        "summary": ("excerpt", "standfirst"),
        "content": ("content_html", "body_html"),
        "authors": ("author", "byline"),
        "categories": ("category", "section"),
        "topics": ("tags", "keywords"),
        "media": ("image", "images", "picture", "photo", "featured_image"),
    }
)


def understood(
    values: Mapping[str, object], site: Site
) -> tuple[dict[str, object], list[InvalidValue]] | None:
    """Return an article's values as they can only be meant.

    Args:
        values: The values by field, as they are written.
        site: The site, whose categories are known.

    Returns:
        The values, and a problem for each key that was read as another; None if there is nothing to change.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> understood({"title": 2025, "topics": "Baku", "authors": "AA", "withdrawn": "no"}, site)[0]
    {'title': '2025', 'topics': ['Baku'], 'authors': [{'name': 'AA'}], 'withdrawn': False}
    """
    read = dict(values)
    renamed = _renamed(read)
    is_changed = bool(renamed)
    for field, value in list(read.items()):
        reading = _READINGS.get(field)
        if reading is None:
            continue
        meant = reading(value, site)
        if meant is None and field in _NEEDED and isinstance(value, str):
            continue  # it is empty, and the message says so
        is_changed = is_changed or meant is not value
        if meant is None:
            del read[field]
        else:
            read[field] = meant
    return (read, renamed) if is_changed else None


def _renamed(values: dict[str, object]) -> list[InvalidValue]:
    """Give what other programs call a field its name, and return what was renamed."""
    told = []
    for field, others in _KEYS.items():
        given = [key for key in others if values.get(key) not in (None, *_NOTHING)]
        if values.get(field) in (None, *_NOTHING) and len(given) == 1:
            values[field] = values.pop(given[0])
            reason = f"there is no such key, so it is read as {field}"
            told.append(
                InvalidValue(reason, f"write {field}, or name it in [sources.fields]", field=given[0])
            )
    return told


def _one(value: object) -> object:
    """Return the only item of a list of one, and None for what means nothing."""
    while isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    return None if _is_nothing(value) else value


def _is_nothing(value: object) -> bool:
    return value is None or value is False or (isinstance(value, str | list | tuple | dict) and not value)


def _text(value: object, _site: Site) -> object:
    value = _one(value)
    return str(value) if _is_whole(value) else value


def _key(value: object, _site: Site) -> object:
    value = _one(value)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST else value


def _plain(value: object, _site: Site) -> object:
    return _one(value)


def _language(value: object, site: Site) -> object:
    value = _one(value)
    return site_language(value, site) or language_code(value) or value


def _date(value: object, _site: Site) -> object:
    value = _one(value)
    if isinstance(value, Mapping) and len(value) == 1 and "$date" in value:  # as MongoDB exports it
        value = value["$date"]
        if isinstance(value, Mapping) and len(value) == 1 and "$numberLong" in value:
            value = value["$numberLong"]
    return None if isinstance(value, str) and _ZERO_DATE.fullmatch(value.strip()) else value


def _truth(value: object, _site: Site) -> object:
    if isinstance(value, str):
        return _TRUTHS.get(value.strip().casefold(), value)
    return bool(value) if isinstance(value, int | float) and value in (0, 1) else value


def _size(value: object) -> object:
    if isinstance(value, str):
        return int(float(value)) if _WHOLE.fullmatch(value) else (value.strip() or None)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    if found := _HOURS.fullmatch(value.strip()):
        hours, minutes, seconds = map(int, found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if not _NUMBER.fullmatch(value):
        return value.strip() or None
    number = float(value)
    return int(number) if number.is_integer() else number


def _list(value: object) -> object:
    """Return a list, also one of which only the item is written, or that is written in JSON."""
    if _is_nothing(value):
        return None
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            decoded = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return value
        return decoded if isinstance(decoded, list) else value
    if isinstance(value, str):
        return value if _BETWEEN.search(value) else [value]
    return [value] if isinstance(value, int | float | Mapping) and not isinstance(value, bool) else value


def _terms(value: object, _site: Site) -> object:
    value = _list(value)
    items = items_of(value)
    if items is None:
        return value
    kept = [str(item) if _is_whole(item) else item for item in items if not _is_nothing(item)]
    return value if kept == value else kept


def _is_whole(item: object) -> bool:
    if isinstance(item, bool):
        return False
    return isinstance(item, int) and abs(item) < _LARGEST


def _known_terms(value: object, known: Mapping[str, str]) -> object:
    """Split a text at its commas if all its parts are known, and the whole isn't."""
    if not isinstance(value, str) or value.strip().casefold() in known:
        return [value.strip()] if isinstance(value, str) and value.strip() else value
    parts = [part.strip() for part in _BETWEEN.split(value)]
    are_known = all(part.casefold() in known for part in parts if part)
    return [part for part in parts if part] if are_known else value


def _categories(value: object, site: Site) -> object:
    terms = _terms(value, site)
    return _known_terms(terms, site.terms_by_name) if isinstance(terms, str) else terms


def _flags(value: object, site: Site) -> object:
    terms = _terms(value, site)
    items = items_of(_known_terms(terms, _FLAGS_BY_NAME) if isinstance(terms, str) else terms)
    if items is None:
        return value
    kept = [
        _FLAGS_BY_NAME.get(item.strip().casefold(), item) if isinstance(item, str) else item for item in items
    ]
    return value if kept == value else kept


def _authors(value: object, _site: Site) -> object:
    return _records(value, "name", lambda text: not text.isspace())


def _media(value: object, _site: Site) -> object:
    if isinstance(value, str) and is_web_address(value.strip()):
        return [{"url": value}]
    files = _records(value, "url", lambda text: not any(map(str.isspace, text.strip())))
    items = items_of(files)
    if items is None:
        return files
    return [_file(item) if isinstance(item, Mapping) else item for item in items]


def _records(value: object, field: str, fits: Callable[[str], bool]) -> object:
    """Return a list of records, also where the text of one field is written in the place of a record."""
    value = _list(value)
    items = items_of(value)
    if items is None:
        return value
    kept = [
        {field: item} if isinstance(item, str) and fits(item) else item
        for item in items
        if not _is_nothing(item)
    ]
    return value if kept == value else kept


def _file(values: Mapping[object, object]) -> Mapping[object, object]:
    read = dict(values)
    for field, reading in _OF_FILES.items():
        if field in read:
            read[field] = reading(read[field])
            if read[field] is None:
                del read[field]
    return read


def _source(value: object, _site: Site) -> object:
    value = _one(value)
    return {"url": value} if isinstance(value, str) and is_web_address(value.strip()) else value


def _extra(value: object, _site: Site) -> object:
    return None if _is_nothing(value) else value


_FLAGS_BY_NAME: Final = MappingProxyType({flag: flag for flag in FLAGS})
_OF_FILES: Final = MappingProxyType({"length": _size, "width": _size, "height": _size, "duration": _duration})
_READINGS: Final[Mapping[str, _Reading]] = MappingProxyType(
    {
        **dict.fromkeys(("title", "summary", "content", "rights"), _text),
        **dict.fromkeys(("id", "story"), _key),
        "url": _plain,
        "language": _language,
        **dict.fromkeys(("published", "updated", "expires"), _date),
        "withdrawn": _truth,
        "categories": _categories,
        "topics": _terms,
        "flags": _flags,
        "authors": _authors,
        "media": _media,
        "source": _source,
        "extra": _extra,
    }
)
