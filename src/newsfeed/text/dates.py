"""Moments: read from the notations of people and machines, and written for machines.

A moment is an aware `datetime`. A text is tried as RFC 3339 (the notation of Atom and JSON Feed), then as RFC 5322
(the notation of RSS and e-mail), then as people write dates, through python-dateutil (`prose_dates.py`). Nothing is guessed: missing
parts aren't filled in from today, and an ambiguous date is an error that shows both readings.
"""

import re
import reprlib
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import NamedTuple

from newsfeed.errors import InvalidValue
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.prose_dates import (
    EXAMPLE,
    MONTHS,
    WEEKDAYS,
    check_weekday,
    has_time,
    impossible,
    read_offset,
    read_prose,
    whole_year,
)

__all__ = ["Reading", "check_moment", "is_day", "read_moment", "rfc822", "rfc3339", "usual_moment"]

_SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
_SHORT_MONTHS = ("", *(name[:3] for name in MONTHS))
_LONGEST_TEXT = 100
_SECOND_YEAR = MINYEAR + 1
#: Numbers of 9 and 10 digits.
_FEWEST_SECONDS, _MOST_SECONDS = 1e8, 1e10
_SECONDS = lazy_pattern(r"[0-9]{9,13}(?:\.[0-9]{1,9})?")

#: RFC 3339 as machines write it, with seconds and an offset: the notation of nearly all articles.
_USUAL = lazy_pattern(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-5][0-9])"
)
_RFC3339 = lazy_pattern(
    r"""
    (?P<year>[0-9]{4}) - (?P<month>[0-9]{2}) - (?P<day>[0-9]{2})
    (?: [Tt\ ] (?P<hour>[0-9]{2}) : (?P<minute>[0-9]{2})
        (?: : (?P<second>[0-9]{2}) (?: \. (?P<fraction>[0-9]+) )? )?
        (?: (?P<utc>[Zz]) | (?P<sign>[+-]) (?P<offset_hours>[0-9]{2}) : (?P<offset_minutes>[0-9]{2}) )?
    )?
    """,
    re.VERBOSE,
)
_RFC5322 = lazy_pattern(
    rf"""
    (?: (?P<weekday>{"|".join(name[:3] for name in WEEKDAYS)}) \s?,\s? )?
    (?P<day>[0-9]{{1,2}}) \s (?P<month>{"|".join(name[:3] for name in MONTHS)}) \s (?P<year>[0-9]{{4}}|[0-9]{{2}})
    \s (?P<hour>[0-9]{{2}}) : (?P<minute>[0-9]{{2}}) (?: : (?P<second>[0-9]{{2}}) )? (?P<fraction>)
    \s (?: (?P<utc>UTC?|GMT|Z) | (?P<sign>[+-]) (?P<offset_hours>[0-9]{{2}}) (?P<offset_minutes>[0-9]{{2}}) )
    (?: \s? \( [^()]* \) )?                              # a comment, often the zone's name
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Reading(NamedTuple):
    """A moment, and the repair that was needed to read it."""

    #: The moment, aware.
    moment: datetime
    #: The repair of a wall-clock time that occurs twice or never, for the report; None if nothing was repaired.
    repair: str | None


def read_moment(
    value: object,
    *,
    timezone: tzinfo | None,
    day_first: bool | None,
    languages: Sequence[str] = (),
    day_time: time | None = None,
) -> Reading:
    """Read a moment from text, a number of seconds, or a `datetime` or `date` of TOML, YAML and databases.

    RFC 3339 is tried first, then RFC 5322 (with the two-digit years of its §4.3 and RFC 822), then as people write
    in English and other languages. Numbers of 9 or 10 digits are seconds since 1970, of 12 or 13 milliseconds.

    Args:
        value: The written value.
        timezone: The time zone of times without an offset; if None, these are errors.
        day_first: How `03/04/2025` is read: True, 3 April; False, March 4; None, not at all. It doesn't affect
            dates with only one reading, and dates that begin with a year of four digits.
        languages: The languages, beside English, in which months and weekdays are understood, BCP 47 tags.
        day_time: The time of dates without one; None: midnight.

    Returns:
        The moment, with its written offset or in `timezone`, and the repair, if any.

    Raises:
        InvalidValue: If the value isn't a date, is incomplete or ambiguous, or has no offset or time zone.

    Example:
        >>> read_moment("2025-12-19T18:24:00+04:00", timezone=None, day_first=None).moment.isoformat()
        '2025-12-19T18:24:00+04:00'
        >>> from newsfeed.text.time_zones import timezone_named
        >>> baku = timezone_named("Asia/Baku")
        >>> read_moment("19 December, 2025 18:24", timezone=baku, day_first=None).moment.isoformat()
        '2025-12-19T18:24:00+04:00'
        >>> read_moment("19 декабря 2025", timezone=baku, day_first=None, languages=["ru"]).moment.isoformat()
        '2025-12-19T00:00:00+04:00'
        >>> read_moment("03/04/2025", timezone=UTC, day_first=None)
        Traceback (most recent call last):
        newsfeed.errors.InvalidValue: '03/04/2025' can be read as 3 April 2025 or as 4 March 2025. Write the year first, as in "2025-12-19", or set site.day_first.
    """
    if isinstance(value, str) and (moment := usual_moment(value)) is not None:
        return Reading(moment, None)
    if isinstance(value, datetime):
        if value.utcoffset() is not None:
            return Reading(check_moment(value), None)
        wall, zone = value.replace(tzinfo=None), None
    elif isinstance(value, date):
        wall, zone = datetime.combine(value, time()), None
    elif (seconds := _seconds_since_1970(value)) is not None:
        return Reading(datetime.fromtimestamp(seconds, UTC), None)
    elif isinstance(value, str):
        wall, zone = _read_text(value, day_first=day_first, languages=languages)
    else:
        raise InvalidValue(
            f"a date can't be of type {type(value).__name__}", f"write it as text, as in {EXAMPLE}"
        )
    if zone is not None:
        return Reading(check_moment(wall.replace(tzinfo=zone)), None)
    if day_time is not None and is_day(value):
        wall = datetime.combine(wall, day_time)
    if timezone is None:
        raise InvalidValue(
            f"{wall} has no offset from UTC, and there is no time zone to read it in",
            f"add the offset, as in {EXAMPLE}, or set site.timezone",
        )
    return _on_the_wall(wall, timezone)


@lru_cache(maxsize=64)  # the editions of a story were often published together
def usual_moment(text: str) -> datetime | None:
    """Read a moment quickly if it is in the usual notation of machines, which has only one reading for every site.

    Args:
        text: The written text.

    Returns:
        The same as `read_moment`; None for any other notation, and for an invalid moment.

    >>> (
    ...     usual_moment("2025-12-19T18:24:00Z"),
    ...     usual_moment("2025-12-19 18:24"),
    ...     usual_moment("2025-02-31T18:24:00Z"),
    ... )
    (datetime.datetime(2025, 12, 19, 18, 24, tzinfo=datetime.timezone.utc), None, None)
    """
    if _USUAL.fullmatch(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if _SECOND_YEAR <= moment.year < MAXYEAR else None


def is_day(value: object) -> bool:
    """Return whether a written date is a day without a time.

    >>> is_day("2025-12-19"), is_day("19 декабря 2025"), is_day("2025-12-19 18:24")
    (True, True, False)
    """
    if isinstance(value, str):
        return _seconds_since_1970(value) is None and not has_time(value)
    return isinstance(value, date) and not isinstance(value, datetime)


def _seconds_since_1970(value: object) -> float | None:
    """Return the seconds since 1970 that a number, or a text of digits, means; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and _SECONDS.fullmatch(value) is None:
        return None
    if isinstance(value, int) and abs(value) >= _MOST_SECONDS * 1000:
        return None  # some are too large for a float
    number = float(value)
    if _FEWEST_SECONDS <= number < _MOST_SECONDS:
        return number
    return number / 1000 if _FEWEST_SECONDS * 1000 <= number < _MOST_SECONDS * 1000 else None


def check_moment(moment: object) -> datetime:
    """Check that a value is a moment: an aware `datetime` that exists in UTC.

    Args:
        moment: The value to check.

    Returns:
        The same object.

    Raises:
        InvalidValue: If it isn't a `datetime`, has no offset, or is outside the years 1 to 9999 in UTC.

    Example:
        >>> check_moment(datetime(2025, 12, 19, 14, 24, tzinfo=UTC)).year
        2025
    """
    if not isinstance(moment, datetime):
        raise InvalidValue(
            f"a moment can't be of type {type(moment).__name__}", "pass a datetime with a time zone"
        )
    if moment.utcoffset() is None or not _SECOND_YEAR <= moment.year < MAXYEAR:
        _in_utc(moment)
    return moment


def rfc3339(moment: datetime) -> str:
    """Write a moment for Atom and JSON Feed, in UTC (RFC 3339 §5.6).

    Args:
        moment: Aware.

    Returns:
        Date and time with `Z`; microseconds only if they aren't 0.

    Raises:
        InvalidValue: If the moment doesn't exist in UTC.

    Example:
        >>> from zoneinfo import ZoneInfo
        >>> rfc3339(datetime(2025, 12, 19, 18, 24, tzinfo=ZoneInfo("Asia/Baku")))
        '2025-12-19T14:24:00Z'
    """
    return f"{_in_utc(moment).isoformat().removesuffix('+00:00')}Z"


def rfc822(moment: datetime) -> str:
    """Write a moment for RSS, in UTC and in English whatever the locale (RFC 5322 §3.3).

    Args:
        moment: Aware. Fractions of a second are left out, because the notation has none.

    Returns:
        Weekday, date, time and `GMT`, the year with four digits.

    Raises:
        InvalidValue: If the moment doesn't exist in UTC.

    Example:
        >>> from zoneinfo import ZoneInfo
        >>> rfc822(datetime(2025, 12, 19, 18, 24, tzinfo=ZoneInfo("Asia/Baku")))
        'Fri, 19 Dec 2025 14:24:00 GMT'
    """
    there = _in_utc(moment)
    written = there.isoformat()  # 2025-12-19T14:24:00+00:00
    year, day, clock = written[:4], written[8:10], written[11:19]
    return f"{_SHORT_WEEKDAYS[there.weekday()]}, {day} {_SHORT_MONTHS[there.month]} {year} {clock} GMT"


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise InvalidValue(
            f"{moment.isoformat(' ')} has no time zone", "pass a datetime with one, as in tzinfo=UTC"
        )
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidValue(
            f"{moment.isoformat(' ')} lies outside the years 1 to 9999 in UTC",
            "use a date within those years",
        ) from None


def _on_the_wall(wall: datetime, timezone: tzinfo) -> Reading:
    """Return the moment at which the clocks of a time zone show a time; `fold` chooses as in PEP 495."""
    first = check_moment(wall.replace(tzinfo=timezone, fold=0))
    second = wall.replace(tzinfo=timezone, fold=1)
    settled = first.astimezone(UTC).astimezone(timezone)
    shown = settled.replace(tzinfo=None, fold=0)
    if shown != wall:
        repair = f"{wall} never occurs in {timezone}, where clocks went forward; it was read as {shown}"
        return Reading(settled, repair)
    if first.utcoffset() == second.utcoffset():
        return Reading(first, None)
    if wall.fold:
        return Reading(second, None)
    repair = f"{wall} occurs twice in {timezone}, where clocks went back; the first one was taken"
    return Reading(first, repair)


def _read_text(
    text: str, *, day_first: bool | None, languages: Sequence[str]
) -> tuple[datetime, tzinfo | None]:
    """Read a wall-clock time and its offset."""
    if len(text) > _LONGEST_TEXT:
        raise InvalidValue(f"{reprlib.repr(text)} is too long for a date", f"write it as in {EXAMPLE}")
    text = " ".join(text.split())
    if standard := _RFC3339.fullmatch(text):
        return _read_standard(text, standard, month=int(standard["month"]))
    if standard := _RFC5322.fullmatch(text):
        month = [name[:3] for name in MONTHS].index(standard["month"].title()) + 1
        wall, zone = _read_standard(text, standard, month=month)
        check_weekday(text, [standard["weekday"].title()] if standard["weekday"] else [], wall)
        return wall, zone
    return read_prose(text, day_first=day_first, languages=languages)


def _read_standard(text: str, found: re.Match[str], *, month: int) -> tuple[datetime, tzinfo | None]:
    year = int(found["year"]) if len(found["year"]) == len("2025") else whole_year(int(found["year"]))
    second = int((found["second"] or "0").replace("60", "59"))  # datetime has no leap seconds
    microsecond = int((found["fraction"] or "")[:6].ljust(6, "0"))
    try:
        clock = time(int(found["hour"] or 0), int(found["minute"] or 0), second, microsecond)
        return datetime.combine(date(year, month, int(found["day"])), clock), read_offset(text, found)
    except ValueError:
        raise impossible(text) from None
