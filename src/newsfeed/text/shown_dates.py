"""Dates as people read them, in their language, through Babel and the Unicode CLDR."""

from datetime import UTC, date, datetime, tzinfo

from newsfeed.errors import InvalidValue
from newsfeed.text.languages import babel_locale

__all__ = ["check_date_pattern", "clock_text", "day_text"]


def day_text(moment: datetime, *, language: str, timezone: tzinfo | None, pattern: str | None = None) -> str:
    """Write the day of a moment.

    Args:
        moment: Aware.
        language: A BCP 47 tag; one that the CLDR doesn't know is written in the nearest that it knows.
        timezone: Where the day is counted; None is UTC.
        pattern: A date pattern of the CLDR (Unicode TR 35, part 4, §8), or one of its lengths: `full`, `long`,
            `medium`, `short`. None is the language's own long form.

    Returns:
        The day, without a time.

    Example:
        >>> moment = datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
        >>> day_text(moment, language="en", timezone=UTC)
        'December 19, 2025'
        >>> day_text(moment, language="az", timezone=UTC, pattern="d MMMM, y")
        '19 dekabr, 2025'
    """
    from babel.dates import format_date

    day = moment.astimezone(timezone or UTC).date()
    return format_date(day, format=pattern or "long", locale=babel_locale(language))


def clock_text(moment: datetime, *, timezone: tzinfo | None) -> str:
    """Write the time of a moment, with 24 hours in every language, as listings do.

    Args:
        moment: Aware.
        timezone: Whose clocks; None is UTC.

    Returns:
        Hours and minutes, two digits each.

    Example:
        >>> from zoneinfo import ZoneInfo
        >>> clock_text(datetime(2025, 12, 19, 14, 24, tzinfo=UTC), timezone=ZoneInfo("Asia/Baku"))
        '18:24'
    """
    there = moment.astimezone(timezone or UTC)
    return f"{there.hour:02}:{there.minute:02}"


def check_date_pattern(pattern: str) -> str:
    """Check that days can be written with a pattern.

    Args:
        pattern: As `day_text` takes it.

    Returns:
        The same pattern.

    Raises:
        InvalidValue: Babel can't use it, it asks for a time of day, or every day would look the same.

    Example:
        >>> check_date_pattern("d MMMM, y")
        'd MMMM, y'
    """
    from babel.dates import format_date

    two_days = (date(2024, 1, 1), date(2025, 12, 19))
    try:
        samples = {format_date(day, format=pattern, locale="en") for day in two_days}
    except (ValueError, KeyError, AttributeError):
        samples = set()
    has_controls = any(ord(letter) < ord(" ") for letter in pattern)  # Babel uses one in place of a quote
    if has_controls or len(samples) < len(two_days):
        raise InvalidValue(
            f"{pattern!r} is not a pattern for dates",
            'write one of CLDR patterns such as "d MMMM, y", with other letters in quotes, as in "d \'de\' MMMM"',
        )
    return pattern
