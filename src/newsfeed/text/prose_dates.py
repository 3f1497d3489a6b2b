"""Dates as people write them: "19 December, 2025 18:24", "19.12.2025", "Dec 19, 2025 6:24 PM", "19 декабря 2025".

English is always understood; months and weekdays of other languages are, if the caller names the languages.

Times and offsets are cut out first; the rest must be exactly a day, a month and a year, with known words only. Only
then python-dateutil reads it, in every possible order: dateutil alone would fill in missing parts, skip unknown words,
and use the clock and the machine's time zone.

`dates.py` also uses the tables and small functions of this module.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_offset
from functools import cache

from newsfeed.errors import InvalidValue
from newsfeed.text.date_words import date_words, folded, in_western_signs
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "EXAMPLE",
    "MONTHS",
    "WEEKDAYS",
    "check_weekday",
    "has_time",
    "impossible",
    "read_offset",
    "read_prose",
    "whole_year",
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: Each English spelling of a month or weekday, with its short form.
_SHORT_MONTHS = {word.lower(): name[:3] for name in (*MONTHS, "Sept") for word in (name, name[:3])}
_SHORT_WEEKDAYS = {word.lower(): name[:3] for name in WEEKDAYS for word in (name, name[:3])}

_LONG_NAMES = {name[:3]: name for name in (*MONTHS, *WEEKDAYS)}
#: The years that are taken as Gregorian in dates with letters or digits of other scripts. The others are of the
#: Persian, the Buddhist and other calendars.
_GREGORIAN = (1600, 2400)

#: Words between the parts of a date that have no meaning; blank if a text ends in a comma.
_CONNECTING_WORDS = frozenset({"", "and", "at", "of", "on"})

EXAMPLE = '"2025-12-19T18:24:00+04:00"'

_CLOCK = lazy_pattern(
    r"""
    (?: (?<=[0-9]) T )? (?<![0-9.:])                     # the T of 2025-12-19T18:24
    (?P<hour>[0-9]{1,2})
    (?: : (?P<minute>[0-9]{2}) (?: : (?P<second>[0-9]{2}) (?: \. (?P<fraction>[0-9]+) )? )? (?![0-9:])
      | (?= \s? [ap]\.?m\b ) )                           # 6 PM has no minutes
    (?: \s? (?P<half>[ap]) \.? m\b \.? )?
    (?: \s? (?P<utc>UTC?|GMT|Z) (?![a-z]) )?
    (?: \s? (?P<sign>[+-]) (?P<offset_hours>[0-9]{1,2}) (?: :? (?P<offset_minutes>[0-9]{2}) )? (?![\w.:/-])
        (?: \s? \( [^()]* \) )? )?                       # a comment, as browsers write one
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DAY_OR_YEAR = lazy_pattern(r"([0-9]{1,2})(?:st|nd|rd|th|er|º|°)?|([1-9][0-9]{3})")
_BETWEEN_WORDS = lazy_pattern(r"[\s,./'-]+")

#: The orders of a date, as dateutil's options.
_DAY_MONTH_YEAR = {"dayfirst": True, "yearfirst": False}
_MONTH_DAY_YEAR = {"dayfirst": False, "yearfirst": False}
_YEAR_MONTH_DAY = {"dayfirst": False, "yearfirst": True}

#: The number of parts of a date, and the number of characters by which each kind of part is recognised.
_PARTS = 3
_WHOLE_YEAR, _MONTH_NAME, _TWO_DIGITS = 4, 3, 2


def has_time(text: str) -> bool:
    """Return whether a date in prose has a time."""
    return _CLOCK.search(in_western_signs(text)) is not None


def read_prose(
    text: str, *, day_first: bool | None, languages: Sequence[str] = ()
) -> tuple[datetime, tzinfo | None]:
    """Read a date as people write it, perhaps with a time before or after it."""
    signs = in_western_signs(text)
    clocks = list(_CLOCK.finditer(signs))
    if len(clocks) > 1:
        raise InvalidValue(f"{text!r} has more than one time", f"write one, as in {EXAMPLE}")
    weekdays, parts = _date_words(text, _CLOCK.sub(" ", signs), tuple(languages))
    orders = _orders(text, parts, day_first=day_first)
    clock, zone = (_plain_clock(clocks[0]), read_offset(text, clocks[0])) if clocks else ("00:00", None)
    readings = _readings(text, f"{clock} {' '.join(parts)}", orders)
    if len(readings) > 1:
        raise InvalidValue(
            f"{text!r} can be read as {' or as '.join(map(_day_in_words, readings))}",
            'write the year first, as in "2025-12-19", or set site.day_first',
        )
    if not text.isascii() and not _GREGORIAN[0] <= readings[0].year < _GREGORIAN[1]:
        raise InvalidValue(
            f"{text!r} seems to be in another calendar", f"write the Gregorian date, as in {EXAMPLE}"
        )
    check_weekday(text, weekdays, readings[0])
    return readings[0], zone


def read_offset(text: str, found: re.Match[str]) -> tzinfo | None:
    """Read `Z`, `+04:00`, or `GMT+4`, which people mean as ahead of Greenwich, not behind it as in POSIX."""
    if not found["sign"]:
        return UTC if found["utc"] else None
    try:
        size = time(int(found["offset_hours"]), int(found["offset_minutes"] or 0))
    except ValueError:
        raise impossible(text) from None
    ahead = timedelta(hours=size.hour, minutes=size.minute)
    return fixed_offset(-ahead if found["sign"] == "-" else ahead)


def _date_words(text: str, without_clock: str, languages: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Split a date into its weekdays (Fri), and its days, months (Dec) and years in their order."""
    weekdays, parts = [], []
    for word in _BETWEEN_WORDS.split(_in_english(text, without_clock, languages)):
        plain = word.lower()
        if plain in _SHORT_WEEKDAYS:
            weekdays.append(_SHORT_WEEKDAYS[plain])
        elif plain in _SHORT_MONTHS:
            parts.append(_SHORT_MONTHS[plain])
        elif number := _DAY_OR_YEAR.fullmatch(plain):
            parts.append(number[1] or number[2])
        elif plain in _CONNECTING_WORDS:
            continue
        elif re.fullmatch(r"[A-Z]{1,5}(\+.*)?", word):
            raise InvalidValue(
                f"{word!r} in {text!r} doesn't name one time zone", 'write the offset instead, as in "+04:00"'
            )
        else:
            raise InvalidValue(
                f"can't read {text!r} as a date"
                if word == text
                else f"{word!r} in {text!r} isn't understood",
                f"write the date in English, or as in {EXAMPLE}",
            )
    return weekdays, parts


def _in_english(text: str, without_clock: str, languages: tuple[str, ...]) -> str:
    """Return a date with the words of some languages in English; one that is in English, or in digits, as it is."""
    if not languages or all(map(_is_english, _BETWEEN_WORDS.split(without_clock))):
        return without_clock
    words = date_words(languages)
    plain = folded(without_clock)
    for phrase in words.phrases:
        if phrase in plain and len(meanings := words.meanings[phrase]) == 1:
            plain = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", f" {meanings[0]} ", plain)
    english = [_meaning(text, word, words.meanings.get(word)) for word in _BETWEEN_WORDS.split(plain)]
    written = _BETWEEN_WORDS.split(without_clock)
    if len(written) == len(english):  # a message shows a word as it was written
        english = [new if _is_english(new) else old for old, new in zip(written, english, strict=True)]
    return " ".join(english)


def _is_english(word: str) -> bool:
    plain = word.lower()
    known = plain in _SHORT_MONTHS or plain in _SHORT_WEEKDAYS or plain in _CONNECTING_WORDS
    return known or _DAY_OR_YEAR.fullmatch(plain) is not None


def _meaning(text: str, word: str, meanings: Sequence[str] | None) -> str:
    """Return the English of a word; a word of English, or of none of the languages, is returned as it is."""
    if meanings is None or _is_english(word):
        return word
    if len(meanings) > 1:
        names = " or ".join(_LONG_NAMES[meaning] for meaning in meanings)
        raise InvalidValue(f"{word!r} in {text!r} can mean {names}", f"write the date as in {EXAMPLE}")
    return meanings[0] if meanings else ""


def _plain_clock(found: re.Match[str]) -> str:
    """Return a time in a form that dateutil can't misread."""
    clock = f"{found['hour']}:{found['minute'] or '00'}:{found['second'] or '00'}.{found['fraction'] or '0'}"
    return f"{clock} {found['half']}m" if found["half"] else clock


def _orders(text: str, parts: list[str], *, day_first: bool | None) -> list[dict[str, bool]]:
    """Return the possible orders of the parts of a date, which must have all three."""
    lengths = [len(part) for part in parts]
    has_year = _WHOLE_YEAR in lengths or lengths[-1:] == [_TWO_DIGITS]
    if len(parts) != _PARTS or lengths.count(_MONTH_NAME) > 1 or not has_year:
        raise InvalidValue(
            f"{text!r} isn't a complete date with day, month and year", f"write all of them, as in {EXAMPLE}"
        )
    if lengths[0] == _WHOLE_YEAR:
        return [_YEAR_MONTH_DAY]
    if day_first is not None:
        return [_DAY_MONTH_YEAR if day_first else _MONTH_DAY_YEAR]
    year_may_lead = lengths[0] == _TWO_DIGITS and _WHOLE_YEAR not in lengths
    return [_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, *([_YEAR_MONTH_DAY] if year_may_lead else [])]


def _readings(text: str, plain: str, orders: list[dict[str, bool]]) -> list[datetime]:
    """Read a date in each order, without repetition. If it isn't valid in the first order, it isn't valid at all."""
    readings: dict[datetime, None] = {}
    for order in orders:
        try:
            # dateutil fills missing parts from the default, but `_orders` makes sure that none is missing.
            readings[_dateutil_parse()(plain, default=datetime.min, ignoretz=True, **order)] = None  # noqa: DTZ901 - on the wall
        except (ValueError, OverflowError):
            if not readings:
                raise impossible(text) from None
    return list(readings)


@cache
def _dateutil_parse() -> Callable[..., datetime]:
    from dateutil.parser import parser, parserinfo

    class FixedCenturies(parserinfo):
        """Two-digit years with a fixed meaning; dateutil's own depend on the clock."""

        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: FBT001, FBT002 - as dateutil has it
            return year if century_specified else whole_year(year)

    return parser(FixedCenturies()).parse


def whole_year(two_digits: int) -> int:
    """Expand a year of two digits (RFC 5322 §4.3)."""
    return two_digits + (2000 if two_digits < 50 else 1900)  # noqa: PLR2004 - the RFC's number


def check_weekday(text: str, weekdays: list[str], day: date) -> None:
    """Check that the weekdays in a text are the weekday of the day.

    Args:
        text: The written text, for the message.
        weekdays: Short English names, `Fri`.
        day: The day that was read.

    Raises:
        InvalidValue: If one of them is another weekday.
    """
    weekday = WEEKDAYS[day.weekday()]
    if any(name != weekday[:3] for name in weekdays):
        raise InvalidValue(
            f"{text!r} names the wrong weekday: {_day_in_words(day)} is a {weekday}",
            "correct the weekday or the date, or leave the weekday out",
        )


def _day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def impossible(text: str) -> InvalidValue:
    """Return the error for a text that has the form of a date, but isn't one: 31 April, 25:00."""
    return InvalidValue(f"{text!r} is a date or time that doesn't exist", f"correct it, as in {EXAMPLE}")
