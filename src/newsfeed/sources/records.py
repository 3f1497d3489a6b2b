"""Turn a decoded record into an article, or into a finding for each bad value; the same for every kind of file."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.findings import LONGEST_MESSAGE, Finding, Place, Severity
from newsfeed.model.article import Article
from newsfeed.model.bounds import SURELY_UNCUT, cut_lists
from newsfeed.model.limits import DEEPEST
from newsfeed.model.shown_values import kind, quoted, shown
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.lenient import understood
from newsfeed.sources.salvage import salvage
from newsfeed.text.dates import Reading, is_day, read_moment
from newsfeed.text.synonyms import synonym
from newsfeed.text.xml_characters import json_is_clean

__all__ = [
    "RefusedRecord",
    "article_at_once",
    "article_or_findings",
    "finding",
    "moment_in",
    "problems_of_extra",
    "read_record",
    "says_withdrawn",
    "too_deep",
    "visible",
]

_DATES = ("published", "updated", "expires")
#: Replaces a date that can't be read, so that the other fields can be checked.
_SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
#: Texts that mean true, in exports that know only text.
_TRUE = frozenset({"true", "yes", "on", "1"})
_ARTICLES = msgspec.json.Decoder(Article)


class RefusedRecord(Finding, frozen=True, kw_only=True):
    """The last problem of a record that can't be used, but names its article, which a store may have."""

    #: The values that name the article, by field: what the record gives of `id` and `url`.
    names: Mapping[str, object]
    #: Whether the record says that its article is withdrawn.
    is_withdrawal: bool


def article_or_findings(
    record: object, *, place: Place, site: Site, source: bytes = b""
) -> list[SourcedArticle | Finding]:
    """Return what `read_record` returns, the findings first.

    Args:
        record: As for `read_record`.
        place: As for `read_record`.
        site: As for `read_record`.
        source: The JSON that the record was decoded from, if any.

    Returns:
        The findings, and the article if there is one.
    """
    if source and (at_once := article_at_once(source, place)) is not None:
        return [at_once]
    article, findings = read_record(record, place=place, site=site)
    if article is None:
        return [*findings[:-1], _refused(findings[-1], record)]
    is_clean = bool(source) and json_is_clean(source)
    return [*findings, SourcedArticle(article, place, source, is_clean)]


def article_at_once(source: bytes, place: Place) -> SourcedArticle | None:
    """Return the article of a record in JSON that is written as articles are kept, in half the time of `read_record`.

    Args:
        source: The JSON.
        place: Its place.

    Returns:
        What `article_or_findings` returns; None if that has to look at each value.
    """
    try:
        article = _ARTICLES.decode(source)
    except (ValueError, RecursionError):  # a value isn't written as an article keeps it, or a rule is broken
        return None
    moments = article.published, article.updated, article.expires
    is_unusual = (
        source.count(b",") >= SURELY_UNCUT
        # msgspec rounds to microseconds
        or b".999999" in source
        or any(moment is not None and moment.microsecond for moment in moments)
        or (article.extra and any(problems_of_extra(article.extra)))
    )
    return None if is_unusual else SourcedArticle(article, place, source, json_is_clean(source))


def read_record(
    record: object, *, place: Place, site: Site, problems: Sequence[InvalidValue] = ()
) -> tuple[Article | None, list[Finding]]:
    """Return the article of a decoded record, and the findings.

    Args:
        record: The decoded value: a mapping of values by field, if it is an article.
        place: Its place.
        site: The site; its time zone and `day_first` decide how dates are read.
        problems: The problems of values that couldn't be read at all.

    Returns:
        The article, and a warning for each thing that was repaired (NF116 for dates, NF150 for addresses) or left out
        of it (NF151, NF152 for unknown keys); or no article, and an error (NF102, NF107 if it may have expired, NF101
        if it isn't an article at all) for each problem.

    Example:
        >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Asia/Baku")
        >>> record = {
        ...     "language": "en",
        ...     "titel": "Snow",
        ...     "published": "18:24",
        ...     "url": "https://report.example/snow",
        ... }
        >>> for problem in read_record(record, place=Place(file="a.json"), site=site)[1]:
        ...     print(problem.field, problem.reason, sep=": ")
        titel: there is no such key
        title: it is missing
        published: '18:24' isn't a complete date with day, month and year
    """
    if not isinstance(record, Mapping):
        reason = f"an article is an object with fields, and {quoted(record)} is {kind(record)}"
        return None, [finding(InvalidValue(reason, 'write { "title": "…", … }'), place, code="NF101")]
    written: dict[str, object] = {key: value for key, value in record.items() if value is not None}
    cuts = [("NF142", cut) for cut in cut_lists(written)]
    try:
        reading = _read(written, problems, site)
        if reading.article is None and (meant := understood(written, site)) is not None:
            written = meant[0]
            reading = _read(written, problems, site)
            reading.told += [("NF152", renamed) for renamed in meant[1]]
        article, told = reading.article, [*reading.told, *cuts]
        if article is None:
            values = {str(key): value for key, value in reading.values.items()}
            article, salvaged = salvage(values, reading.problems, site.url)
            told = salvaged if article is None else [*salvaged, *told]
    except RecursionError:
        return None, [finding(too_deep(), place, code="NF101")]
    if article is None and (around := _key_of_articles(written)) is not None:
        elsewhere = InvalidValue(
            f"this isn't an article; the articles seem to be in {shown(around)!r}",
            "write only the list of them, [ … ], or name the place as records in a [[sources]] table",
        )
        return None, [finding(elsewhere, place, code="NF101")]
    if article is None:
        return None, [finding(problem, place, code=code) for code, problem in told]
    return article, [finding(problem, place, code=code, severity="warning") for code, problem in told]


class _Reading:
    """What comes of a record as it is."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values
        self.problems: list[InvalidValue] = []
        #: The repairs, with their codes.
        self.told: list[tuple[str, InvalidValue]] = []
        #: None if something is wrong with it.
        self.article: Article | None = None


def _read(written: Mapping[str, object], problems: Sequence[InvalidValue], site: Site) -> _Reading:
    reading = _Reading(dict(written))
    values = reading.values
    bad_dates, repairs = _dates_read(values, site)
    reading.problems = [*problems, *bad_dates]
    if "extra" in values:
        reading.problems += problems_of_extra(values["extra"])
    if not reading.problems:
        reading.article = Article.from_right(values)
    reading.told = [("NF116", repair) for repair in repairs]
    return reading


def says_withdrawn(values: Mapping[str, object]) -> bool:
    """Return whether a record says that its article is withdrawn, even if nothing else in it can be used.

    >>> (
    ...     says_withdrawn({"withdrawn": 1}),
    ...     says_withdrawn({"withdrawn": "yes"}),
    ...     says_withdrawn({"title": "Snow"}),
    ... )
    (True, True, False)
    """
    said = values.get("withdrawn")
    return said.strip().lower() in _TRUE if isinstance(said, str) else said is True or said == 1


def _refused(last: Finding, record: object) -> Finding:
    """Return the last finding of a refused record, which tells of which article it is."""
    if not isinstance(record, Mapping):
        return last
    names = {field: record[field] for field in ("id", "url") if record.get(field) is not None}
    if not names:
        return last
    return RefusedRecord(**msgspec.structs.asdict(last), names=names, is_withdrawal=says_withdrawn(record))


def finding(
    problem: InvalidValue, place: Place, *, code: str = "NF102", severity: Severity = "error"
) -> Finding:
    r"""Return the finding of a problem, on one line and with every character visible.

    >>> str(finding(InvalidValue("a\nb\ud83d", "write c"), Place(file="a.json")))
    'a.json: NF102 a\\nb\\ud83d. Write c.'
    """
    shown_whole = InvalidValue(visible(problem.reason), problem.remedy, field=visible(problem.field))
    return Finding.of(shown_whole, place=place, code=code, severity=severity)


def problems_of_extra(extra: object) -> Iterator[InvalidValue]:
    """Yield what JSON can't express in a site's own data: special numbers, keys that aren't text, endless nesting.

    Args:
        extra: The data.

    Yields:
        A problem for each, with its place in the data; none if the data isn't a mapping, which is reported elsewhere.

    >>> [problem.field for problem in problems_of_extra({"weather": {"degrees": [1, float("nan")]}})]
    ['extra.weather.degrees[1]']
    """
    if not isinstance(extra, Mapping):
        return
    for key, value in extra.items():
        try:
            for problem in _not_json(value):
                yield problem.at(str(key)).at("extra")
        except RecursionError:
            yield too_deep().at(str(key)).at("extra")


def _key_of_articles(values: Mapping[str, object]) -> str | None:
    """Return the key that has the articles in an object that isn't an article, such as `{"posts": [{ … }]}`."""
    lists = ((key, value[0]) for key, value in values.items() if isinstance(value, list) and value)
    around = next((key for key, first in lists if isinstance(first, Mapping) and _has_date(first)), None)
    return None if around is None or _has_date(values) else around


def _has_date(values: Mapping[str, object]) -> bool:
    """Return whether any key is, or means, the date of an article."""
    return any(synonym(str(key)[:100], ("published",)) for key in values)


def too_deep() -> InvalidValue:
    """Return the problem of lists and tables that are nested too deeply."""
    return InvalidValue("lists or tables are nested too deeply", f"nest them at most {DEEPEST} deep")


def _dates_read(values: dict[str, object], site: Site) -> tuple[list[InvalidValue], list[InvalidValue]]:
    """Replace written dates with moments, and return the problems and repairs."""
    problems: list[InvalidValue] = []
    repairs: list[InvalidValue] = []
    for field in _DATES:
        if field not in values:
            continue
        try:
            moment, repair = moment_in(values[field], site)
        except InvalidValue as problem:
            problems.append(problem.at(field))
            moment, repair = _SOME_MOMENT, None
        if field == "updated" and is_day(values[field]):
            moment = _not_before(values.get("published"), moment, site)
        values[field] = moment
        if repair:
            remedy = f"write the offset as well, as in {moment.isoformat()}"
            repairs.append(InvalidValue(repair, remedy, field=field))
    return problems, repairs


def _not_before(published: object, updated: datetime, site: Site) -> datetime:
    """Return the moment of an update of which only the day is known: that of publication if it was on that day."""
    if not isinstance(published, datetime) or published.astimezone(site.zone).date() != updated.date():
        return updated
    return max(published, updated)


def moment_in(written: object, site: Site) -> Reading:
    """Read a moment as articles of a site have them.

    Raises:
        InvalidValue: As `read_moment`.
    """
    return read_moment(
        written,
        timezone=site.zone if site.timezone else None,
        day_first=site.day_first,
        languages=site.languages,
        day_time=site.time_of_days,
    )


def _not_json(value: object, depth: int = 1) -> Iterator[InvalidValue]:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, float) and not math.isfinite(value):
        yield InvalidValue(f"{value} isn't a number that JSON can hold", "write another one")
    steps: Iterable[tuple[str, object]] = ()
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                yield InvalidValue(f"the key {quoted(key)} is {kind(key)}", f'write text: "{shown(key)}"')
        steps = ((str(key), item) for key, item in value.items())
    elif isinstance(value, list | tuple):
        steps = ((f"[{index}]", item) for index, item in enumerate(value))
    for step, item in steps:
        for problem in _not_json(item, depth + 1):
            yield problem.at(step)


def visible(text: str) -> str:
    r"""Return a text on one line, with every character visible.

    >>> visible("a\nb\u202e")
    'a\\nb\\u202e'
    """
    text = text[: LONGEST_MESSAGE + 1]  # of which a finding leaves the last one out
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
