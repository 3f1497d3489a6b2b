"""Salvage an article with bad values: drop those values, as long as they are optional.

An article needs its language, address and date, and a title, unless it is a note. It also isn't published while its end
is in doubt, or who may read it, because nothing stays online after its time, or is shown to others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import Article, Comments, Media, Person, Source
from newsfeed.model.record import Record, needed_fields
from newsfeed.model.value_rules import items_of
from newsfeed.sources.addresses import repair_addresses
from newsfeed.sources.not_public import may_hold_back
from newsfeed.text.nearest import nearest
from newsfeed.text.synonyms import synonym

__all__ = ["Salvage", "salvage"]

#: The required fields.
_NEEDED = frozenset({"language", "title", "published", "url"})
#: The fields whose problems keep an article from being published, and why.
_IN_DOUBT = {
    "withdrawn": "so the article may be withdrawn",
    "expires": "so the article's time may be over",
    "access": "so the article may not be for everybody",
}
_HELD_BACK = InvalidValue(
    "this key is unknown, and it may mean that the article isn't public",
    "use withdrawn, expires, access or a later published instead, and remove this key",
)
#: The fields with records in them: their class, and what one is called in messages.
_PARTS: dict[str, tuple[type[Record], str]] = {
    "authors": (Person, "author"),
    "media": (Media, "file"),
    "source": (Source, "source"),
    "comments": (Comments, "link to comments"),
}
#: Those that are one record, and not a list.
_SINGLE = frozenset({"source", "comments"})
#: At most this many problems of an article are reported; they are enough to find the cause of the rest.
_MOST_TOLD = 100

#: A problem and its code.
_Told: TypeAlias = tuple[str, InvalidValue]
#: The dropped parts of a value, by step; an empty table means all of it.
_GivenUp: TypeAlias = dict[str, "_GivenUp"]


class Salvage(NamedTuple):
    """The salvaged article and its problems."""

    #: The article; None if it has to be left out.
    article: Article | None
    #: Problems with their codes: why there is no article, or else what was dropped.
    told: list[_Told]


class _UnknownKey(NamedTuple):
    """A key that its record doesn't have."""

    record: type[Record]
    #: Its place, including the key itself.
    steps: tuple[str, ...]

    def problem(self) -> InvalidValue:
        *outer, key = self.steps
        problem = self.record.unknown_key(key)
        for step in reversed(outer):
            problem = problem.at(step)
        return problem


def salvage(values: Mapping[str, object], problems: Sequence[InvalidValue], site_url: str) -> Salvage:
    """Return an article without its bad values, if it doesn't need them.

    Args:
        values: The values by field, without those that are absent.
        problems: The known problems, for example of its dates and of the site's own data.
        site_url: The site's address.

    Returns:
        The article, if any, and the problems.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> values = {
    ...     "language": "en",
    ...     "title": "Snow",
    ...     "url": "https://a.example/",
    ...     "published": noon,
    ...     "rights": 5,
    ... }
    >>> kept, told = salvage(values, [], "https://a.example/")
    >>> kept.title, [f"{code} {problem}" for code, problem in told]
    ('Snow', ['NF151 rights: 5 is a number, so it is left out. Write text: "5".'])
    """
    unknown: list[_UnknownKey] = []
    known = _known(values, Article, (), unknown)
    for field, (part, _) in _PARTS.items():
        if field in known:
            known[field] = _known_parts(known[field], part, field, unknown)
    repairs = list(repair_addresses(known, site_url))
    fields = {problem.field for problem in problems}
    found = (problem for problem in Article.problems_in(dict(known)) if problem.field not in fields)
    problems = [*found, *problems]
    if "title" not in known and not any(problem.field == "title" for problem in problems):
        problems += [_misnamed_title(key.steps[0]) for key in unknown if _may_be_title(key)][:1]
    is_held_back = any(_holds_back(key, values) for key in unknown)
    if not is_held_back and not any(_leaves_out(problem, known) for problem in problems):
        try:
            article = Article(**_without(known, problems))  # type: ignore[arg-type]
        except InvalidRecord as wrong:
            problems += wrong.problems
        else:
            return Salvage(article, _at_most(_what_was_done(unknown, repairs, problems)))
    return Salvage(None, _at_most(_why_left_out(unknown, values, problems)))


def _may_be_title(key: _UnknownKey) -> bool:
    """Return whether an unknown key may hold the title, so that the article isn't a note without one."""
    (name, *inner) = key.steps
    return not inner and "title" in (synonym(name, ("title",)), nearest(name, ("title",), likeness=0.7))


def _misnamed_title(name: str) -> InvalidValue:
    return InvalidValue(f"it is missing, and {name!r} may be it", f"rename {name!r} to title", field="title")


def _what_was_done(
    unknown: Iterable[_UnknownKey], repairs: Iterable[InvalidValue], problems: Iterable[InvalidValue]
) -> Iterator[_Told]:
    for key in unknown:
        yield "NF152", _with_reason(key.problem(), "so it is ignored")
    for repair in repairs:
        yield "NF150", repair
    for problem in problems:
        part = _PARTS.get(problem.steps[0])
        is_whole = part is None or len(_cost(problem)) == len(problem.steps)
        yield (
            "NF151",
            _with_reason(
                problem, f"so {'it' if is_whole or part is None else f'the {_part(problem)}'} is left out"
            ),
        )


def _part(problem: InvalidValue) -> str:
    """Return what the part of an article is called that is left out because of a problem."""
    return "rendition" if "renditions" in problem.steps else _PARTS[problem.steps[0]][1]


def _why_left_out(
    unknown: Iterable[_UnknownKey], values: Mapping[str, object], problems: Iterable[InvalidValue]
) -> Iterator[_Told]:
    for key in unknown:
        if _holds_back(key, values):
            yield "NF107", _HELD_BACK.at(key.steps[0])
        else:
            yield "NF102", key.problem()
    for problem in problems:
        doubt = _IN_DOUBT.get(problem.steps[0])
        yield ("NF107", _with_reason(problem, doubt)) if doubt else ("NF102", problem)


def _at_most(told: Iterator[_Told]) -> list[_Told]:
    """Return the first problems, and a note if there are more."""
    first = list(islice(told, _MOST_TOLD))
    if next(told, None) is not None:
        more = InvalidValue(
            f"more than {_MOST_TOLD} values are wrong; these are the first", "fix them, and build again"
        )
        first.append((first[-1][0], more))
    return first


def _known(
    values: Mapping[str, object], record: type[Record], place: tuple[str, ...], unknown: list[_UnknownKey]
) -> dict[str, object]:
    """Return the values of a record's fields without absent ones, and add other keys to the unknown ones."""
    known: dict[str, object] = {}
    for key, value in values.items():
        if value is None:
            continue
        if key == "renditions" and record is Media and isinstance(value, list):
            known[key] = _known_items(value, Media, (*place, key), unknown)
        elif key in record.__struct_fields__:
            known[key] = value
        else:
            unknown.append(_UnknownKey(record, (*place, str(key))))
    return known


def _known_parts(value: object, record: type[Record], field: str, unknown: list[_UnknownKey]) -> object:
    """Do the same for a record or the items of a list; return any other value unchanged."""
    if field in _SINGLE and isinstance(value, Mapping):
        return _known(value, record, (field,), unknown)
    items = items_of(value)
    if items is None:
        return value
    return _known_items(items, record, (field,), unknown)


def _known_items(
    items: Iterable[object], record: type[Record], place: tuple[str, ...], unknown: list[_UnknownKey]
) -> list[object]:
    return [
        _known(item, record, (*place, f"[{index}]"), unknown) if isinstance(item, Mapping) else item
        for index, item in enumerate(items)
    ]


def _holds_back(key: _UnknownKey, values: Mapping[str, object]) -> bool:
    (name, *inner) = key.steps
    return not inner and may_hold_back(name, values[name])


def _leaves_out(problem: InvalidValue, values: Mapping[str, object]) -> bool:
    field = problem.steps[0]
    return field in _NEEDED or field in _IN_DOUBT or (field == "id" and "url" not in values)


def _cost(problem: InvalidValue) -> tuple[str, ...]:
    """Return what has to be dropped because of a problem: the smallest optional part.

    That is a value, an item of a list, a rendition of a file, or one value of an author, a file or the source, unless it
    is required there.
    """
    steps = problem.steps
    part = _PARTS.get(steps[0])
    if part is None:
        return steps[:2]
    key = 1 if steps[0] in _SINGLE else 2
    if steps[key : key + 1] == ("renditions",):
        return steps[: key + 2]
    return steps[:key] if set(steps[key:]).intersection(needed_fields(part[0])) else steps[: key + 1]


def _without(values: Mapping[str, object], problems: Iterable[InvalidValue]) -> dict[str, object]:
    """Return the values without what is dropped because of some problems."""
    given_up: _GivenUp = {}
    for cost in map(_cost, problems):
        inner = given_up
        for step in cost[:-1]:
            if inner.get(step) == {}:
                break
            inner = inner.setdefault(step, {})
        else:
            inner[cost[-1]] = {}
    kept = _kept(values, given_up)
    return kept if isinstance(kept, dict) else {}


def _kept(value: object, given_up: _GivenUp) -> object:
    """Return a value without its dropped parts."""
    if isinstance(value, Mapping):
        named = ((key, str(key), item) for key, item in value.items())
        return {
            key: _kept(item, given_up[step]) if step in given_up else item
            for key, step, item in named
            if given_up.get(step) != {}
        }
    named_items = ((f"[{index}]", item) for index, item in enumerate(items_of(value) or ()))
    return [
        _kept(item, given_up[step]) if step in given_up else item
        for step, item in named_items
        if given_up.get(step) != {}
    ]


def _with_reason(problem: InvalidValue, more: str) -> InvalidValue:
    return InvalidValue(f"{problem.reason}, {more}", problem.remedy, field=problem.field)
