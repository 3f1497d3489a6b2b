"""HTTP dates (RFC 9110 §5.6.7): three forms are read, one is written."""

import re
from datetime import UTC, datetime, timedelta

__all__ = ["http_date", "read_http_date"]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_SHORT = rf"(?:{'|'.join(_DAYS)})"
_LONG = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_SHORT}, (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT",
        rf"{_LONG}, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT",
        rf"{_SHORT} {_MONTH} (?P<day>[ \d]\d) {_TIME} (?P<year>\d{{4}})",
    )
)
_LEAP_SECOND = 60
_CENTURY = 100
_AHEAD = timedelta(days=50 * 365.25)


def http_date(moment: datetime) -> str:
    """Format a moment, in English whatever the locale.

    >>> http_date(datetime(2025, 12, 19, 18, 24, tzinfo=UTC))
    'Fri, 19 Dec 2025 18:24:00 GMT'
    """
    utc = moment.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04} {utc:%H:%M:%S} GMT"


def read_http_date(text: str, now: datetime) -> datetime | None:
    """Parse a moment in any of the three forms that the RFC names.

    Args:
        text: The header's value.
        now: Resolves two-digit years: one that would be more than 50 years ahead belongs to the previous century.

    Returns:
        The moment in UTC; `None` for anything else, which the RFC says to ignore.

    >>> now = datetime(2025, 12, 19, tzinfo=UTC)
    >>> read_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now).isoformat()
    '1994-11-06T08:49:37+00:00'
    >>> print(read_http_date("2025-12-19T18:24:00Z", now))
    None
    """
    found = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    if found is None:
        return None
    second = int(found["second"])
    year = int(found["year"])
    if len(found["year"]) == len("94"):
        year += now.year // _CENTURY * _CENTURY
    try:
        moment = datetime(
            year,
            _MONTHS.index(found["month"]) + 1,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            second - (second == _LEAP_SECOND),
            tzinfo=UTC,
        )
        if len(found["year"]) == len("94") and moment - now > _AHEAD:
            moment = moment.replace(year=year - _CENTURY)
    except ValueError:
        return None
    return moment
