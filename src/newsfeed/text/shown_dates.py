"""Dates for readers in their language, through Babel and the Unicode CLDR."""

from datetime import UTC, datetime, tzinfo

from newsfeed.errors import InvalidValue
from newsfeed.text.languages import babel_locale, digits
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["check_date_pattern", "clock_text", "day_text"]

_LENGTHS = frozenset({"full", "long", "medium", "short"})
_QUOTED = lazy_pattern("'[^']*'")
#: One letter, repeated. Unquoted, every ASCII letter is a field or reserved (Unicode TR 35, part 4, §8).
_FIELD = lazy_pattern(r"([A-Za-z])\1*")
_CONTROL = lazy_pattern(r"[\x00-\x1f]")  # Babel uses one in place of a quote
_DAY = frozenset({"d", "dd"})
#: Not `MMMMM`, because January, June and July share their letter.
_MONTH = frozenset({"M", "MM", "MMM", "MMMM", "L", "LL", "LLL", "LLLL"})
#: Not `Y`, because the year of the week differs from the date's around New Year.
_YEAR = frozenset({"y", "yy", "yyy", "yyyy", "u", "uuuu"})
_FIELDS = frozenset().union(
    *(_DAY, _MONTH, _YEAR),
    {
        "E",
        "EE",
        "EEE",
        "EEEE",
        "EEEEE",
        "eee",
        "eeee",
        "eeeee",
        "ccc",
        "cccc",
        "ccccc",
    },  # the day of the week
    {"G", "GG", "GGG", "GGGG", "GGGGG"},  # the era
    {"Q", "QQ", "QQQ", "QQQQ", "q", "qq", "qqq", "qqqq"},  # the quarter
    {
        "D",
        "DD",
        "DDD",
        "w",
        "ww",
        "W",
        "Y",
        "YYYY",
        "F",
    },  # the day of the year; the week, its year, its day's number
)


def day_text(moment: datetime, *, language: str, timezone: tzinfo | None, pattern: str | None = None) -> str:
    """Return the day of a moment as text.

    Args:
        moment: Aware.
        language: A BCP 47 tag; one that the CLDR lacks is replaced by the nearest that it has.
        timezone: The time zone of the day; None is UTC.
        pattern: A date pattern of the CLDR (Unicode TR 35, part 4, §8), or one of its lengths: `full`, `long`,
            `medium`, `short`. None is the language's own long form.

    Returns:
        The day, without a time, in the digits of the language.

    Example:
        >>> moment = datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
        >>> day_text(moment, language="en", timezone=UTC)
        'December 19, 2025'
        >>> day_text(moment, language="az", timezone=UTC, pattern="d MMMM, y")
        '19 dekabr, 2025'
    """
    from babel.dates import format_date

    day = moment.astimezone(timezone or UTC).date()
    written = format_date(day, format=pattern or "long", locale=babel_locale(language))
    return written.translate(digits(language))


def clock_text(moment: datetime, *, timezone: tzinfo | None, language: str = "en") -> str:
    """Return the time of a moment as text, in 24-hour notation in every language.

    Args:
        moment: Aware.
        timezone: The time zone; None is UTC.
        language: A BCP 47 tag, for the digits.

    Returns:
        Hours and minutes with two digits each.

    Example:
        >>> from zoneinfo import ZoneInfo
        >>> clock_text(datetime(2025, 12, 19, 14, 24, tzinfo=UTC), timezone=ZoneInfo("Asia/Baku"))
        '18:24'
    """
    there = moment.astimezone(timezone or UTC)
    return f"{there.hour:02}:{there.minute:02}".translate(digits(language))


def check_date_pattern(pattern: str) -> str:
    """Check that a pattern shows at least the day, the month and the year of a date.

    The pattern itself is checked, because releases of Babel differ in what they accept.

    Args:
        pattern: As `day_text` takes it.

    Returns:
        The same pattern.

    Raises:
        InvalidValue: If the day, the month or the year is missing, or a field isn't part of a date.

    Example:
        >>> check_date_pattern("d MMMM, y")
        'd MMMM, y'
    """
    if pattern in _LENGTHS:
        return pattern
    unquoted = _QUOTED.sub("", pattern)
    fields = {field[0] for field in _FIELD.finditer(unquoted)}
    is_complete = all(fields & part for part in (_DAY, _MONTH, _YEAR))
    if "'" in unquoted or _CONTROL.search(pattern) or not is_complete or not fields <= _FIELDS:
        raise InvalidValue(
            f"{pattern!r} isn't a date pattern",
            'show the day (d), the month (M) and the year (y), as in "d MMMM, y"; '
            "put other letters in quotes, as in \"d 'de' MMMM 'de' y\"",
        )
    return pattern
