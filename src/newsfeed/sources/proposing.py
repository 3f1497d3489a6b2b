"""Propose how the records of a source become articles, by a sample of them: what `[[sources]]` should say."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from newsfeed.errors import InvalidValue
from newsfeed.model.article_source import SLUG
from newsfeed.model.record import TABLES
from newsfeed.model.site import Site
from newsfeed.sources.records import moment_in
from newsfeed.text.languages import canonical_language
from newsfeed.text.slugs import slug
from newsfeed.text.synonyms import folded
from newsfeed.text.urls import is_web_address

__all__ = ["Proposal", "place_of_records", "proposed", "proposed_categories", "texts_at"]

#: A name is proposed for a field if this share of its values fit, and for a field that all articles need, if this share
#: of the records have one.
_FITTING, _ENOUGH = 0.8, 0.5
_NEEDED = frozenset({"title", "published", "language", "url"})
_DEEPEST = 3
#: Words of at least this many articles become categories, and at most this many do.
_USED, _MOST = 2, 12
_LONGEST_TITLE = 400
#: What stands in the place of a value in records that have objects for values, in the order of their worth.
_VALUES = ("rendered", "value", "name", "text", "title", "label", "url", "src", "href", "slug")
#: What other programs call the fields, the likeliest first.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "guid", "uuid", "uri", "_id", "nid", "postid", "articleid", "identifier", "key"),
    "url": ("url", "link", "permalink", "href", "canonicalurl", "weburl", "address"),
    "title": ("title", "headline", "name", "heading", "posttitle", "subject"),
    "language": ("language", "lang", "locale", "languagecode", "langcode", "inlanguage"),
    "published": (
        *(
            "published",
            "publishedat",
            "publishdate",
            "datepublished",
            "pubdate",
            "publicationdate",
            "firstpublished",
        ),
        *("date", "postdate", "online", "created", "createdat", "datecreated", "timestamp", "time"),
    ),
    "updated": (
        "updated",
        "updatedat",
        "modified",
        "modifiedat",
        "datemodified",
        "lastmodified",
        "changed",
        "edited",
    ),
    "expires": ("expires", "expiresat", "expirydate", "expirationdate"),
    "summary": (
        "summary",
        "excerpt",
        "description",
        "teaser",
        "standfirst",
        "abstract",
        "lead",
        "intro",
        "dek",
    ),
    "content": ("content", "contenthtml", "body", "bodyhtml", "html", "text", "fulltext", "postcontent"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "categories": ("categories", "category", "section", "sections", "rubric", "channel"),
    "topics": ("topics", "tags", "keywords", "topic"),
    "media": (
        "media",
        "image",
        "images",
        "featuredimage",
        "picture",
        "photo",
        "cover",
        "thumbnail",
        "leadimage",
    ),
    "rights": ("rights", "copyright", "copyrightnotice"),
    "story": ("story", "translationkey", "translationof", "storyid"),
    SLUG: ("slug", "postname", "urlslug"),
}


class Proposal(NamedTuple):
    """What a source's table should say."""

    fields: Mapping[str, str]
    #: The template of addresses; None if records have addresses.
    article_url: str | None
    #: The fields that no record has, though every article needs them.
    missing: tuple[str, ...]


def proposed(records: Sequence[Mapping[str, object]], site: Site) -> Proposal:
    """Propose what the fields of articles are made of.

    Args:
        records: Some records.
        site: The site.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC")
    >>> record = {"id": 7, "headline": "Snow", "date": "2025-12-19", "author": {"name": "AA"}, "slug": "snow"}
    >>> proposed([record], site)
    Proposal(fields={'title': 'headline', 'published': 'date', 'authors': 'author'}, article_url='https://report.example/{slug}', missing=('language',))
    """
    names = dict.fromkeys(name for record in records for name in _names_in(record))
    found = {field: _best(field, names, records, site) for field in _NAMES}
    fields = {field: name for field, name in found.items() if name is not None and name != field}
    template = None
    if found["url"] is None:
        key = next((each for each in (SLUG, "id") if found[each] is not None), None)
        template = f"{site.url}{{{key}}}" if key is not None else None
    if template is None or SLUG not in template:
        fields.pop(SLUG, None)
    needed = ("language", "title", "published", *([] if template else ["url"]))
    return Proposal(fields, template, tuple(field for field in needed if found[field] is None))


def proposed_categories(words: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Propose the categories of a site: the words that several articles share, the most frequent first.

    Args:
        words: The words of each article.

    Yields:
        A term and its label.

    >>> list(proposed_categories([["Siyasət", "Snow"], ["Siyasət"]]))
    [('siyaset', 'Siyasət')]
    """
    counts = Counter(word for each in words for word in dict.fromkeys(each) if word)
    terms: set[str] = set()
    for word, count in counts.most_common():
        term = slug(word)
        if count >= _USED and len(terms) < _MOST and term and term not in terms:
            terms.add(term)
            yield term, word


def texts_at(record: Mapping[str, object], name: str) -> Iterator[str]:
    """Yield the texts at a dotted name of a record, of which there may be one or a list."""
    value = _value(record, name)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield each.strip()


def place_of_records(document: object) -> str | None:
    """Return where in a document the records are, as a dotted name; empty if it is a list of them, None if none are found.

    >>> place_of_records({"meta": {"n": 2}, "data": {"posts": [{"id": 1}, {"id": 2}]}})
    'data.posts'
    """
    places = sorted(_lists_in(document, "", 0), key=lambda found: -found[1])
    return places[0][0] if places else None


def _lists_in(value: object, name: str, depth: int) -> Iterator[tuple[str, int]]:
    """Yield the lists of records in a value, each with its length."""
    if isinstance(value, list):
        count = sum(isinstance(each, TABLES) for each in value)
        if count:
            yield name, count
    elif isinstance(value, TABLES) and depth < _DEEPEST:
        for key, inner in value.items():
            if isinstance(key, str) and "." not in key:
                yield from _lists_in(inner, f"{name}.{key}" if name else key, depth + 1)


def _names_in(value: object, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the dotted names of a record."""
    if not isinstance(value, TABLES) or depth == _DEEPEST:
        return
    for key, inner in value.items():
        if isinstance(key, str) and key and "." not in key:
            dotted = f"{name}.{key}" if name else key
            yield dotted
            yield from _names_in(inner, dotted, depth + 1)


def _best(
    field: str, names: Mapping[str, None], records: Sequence[Mapping[str, object]], site: Site
) -> str | None:
    """Return the likeliest name among those whose values fit a field in enough records."""
    fits = _FITS.get(field, _is_text)
    for rank in range(len(_NAMES[field])):
        for name in (each for each in names if _rank(field, each) == rank):
            values = [
                value for record in records if (value := _value(record, name)) not in (None, "", [], {})
            ]
            fitting = sum(fits(value, site) for value in values)
            is_enough = field not in _NEEDED or fitting >= _ENOUGH * len(records)
            if fitting and fitting >= _FITTING * len(values) and is_enough:
                return name
    return None


def _rank(field: str, name: str) -> int:
    """Return how likely a name is that of a field, 0 being the likeliest; -1 if it isn't."""
    *outer, last = name.split(".")
    word = folded(outer[-1] if outer and last in _VALUES else last)
    known = _NAMES[field]
    return known.index(word) if word in known and len(outer) <= (1 if last in _VALUES else 0) else -1


def _value(record: object, name: str) -> object:
    for step in name.split("."):
        record = record.get(step) if isinstance(record, TABLES) else None
    return record


def _is_text(value: object, _site: Site) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_title(value: object, _site: Site) -> bool:
    return isinstance(value, str | int) and 0 < len(str(value).strip()) <= _LONGEST_TITLE


def _is_key(value: object, _site: Site) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _is_date(value: object, site: Site) -> bool:
    try:
        moment_in(value, site)
    except InvalidValue as problem:
        return "can be read as" in problem.reason or "time zone" in problem.reason
    return True


def _is_address(value: object, _site: Site) -> bool:
    return isinstance(value, str) and is_web_address(value.strip())


def _is_language(value: object, _site: Site) -> bool:
    try:
        canonical_language(str(value).replace("_", "-"))
    except InvalidValue:
        return False
    return True


def _is_words(value: object, _site: Site) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str | int) and not isinstance(item, bool) for item in items)


def _is_person(value: object, _site: Site) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(
        isinstance(item, str) or (isinstance(item, TABLES) and set(item) <= {"name", "email", "url"})
        for item in items
    )


def _is_media(value: object, _site: Site) -> bool:
    items = value if isinstance(value, list) else [value]
    files = [item.get("url") if isinstance(item, TABLES) else item for item in items]
    return all(isinstance(file, str) and (is_web_address(file) or file.startswith("/")) for file in files)


_FITS: Final[Mapping[str, Callable[[object, Site], bool]]] = {
    **dict.fromkeys(("published", "updated", "expires"), _is_date),
    **dict.fromkeys(("id", "story"), _is_key),
    **dict.fromkeys(("categories", "topics"), _is_words),
    "title": _is_title,
    "url": _is_address,
    "language": _is_language,
    "authors": _is_person,
    "media": _is_media,
}
