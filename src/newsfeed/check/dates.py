"""Dates in feeds: whether they have the specified format, and which moment they mean."""

import re
from datetime import UTC, datetime, timedelta, timezone

__all__ = [
    "EARLIEST_YEAR",
    "is_before_feeds",
    "is_in_future",
    "moment_of",
    "rfc822_oddity",
    "rfc822_problem",
    "rfc3339_problem",
    "w3cdtf_problem",
]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Hours from GMT of the zones that RFC 822 names (§5.1).
_ZONES = {
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_MILITARY = re.compile("[A-IK-Y]")
_NAMES_OF_DATES = {name.lower(): name for name in (*_DAYS, *_MONTHS, *_ZONES, *"ABCDEFGHIKLMNOPQRSTUVWXY")}
_RFC822 = re.compile(
    r"""
    (?:(?P<weekday>[A-Z][a-z]{2}),\ ?[ ]*)?
    (?P<day>[0-9]{1,2})[ ]+(?P<month>[A-Z][a-z]{2})[ ]+(?P<year>[0-9]{4}|[0-9]{2})[ ]+
    (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?[ ]+
    (?P<zone>[+-][0-9]{4}|[A-Z]{1,3})
    """,
    re.VERBOSE,
)
#: What RFC 822 allows beside the usual form: comments, quoted characters, other cases, and white space between parts.
_QUOTED = re.compile(r"\\(.)")
_COMMENT = re.compile(r"\([^()]*\)")
_NAMES = re.compile(r"[A-Za-z]+")
_LONGEST_DATE = 200
#: Parts separated by single spaces.
_SPACED = re.compile(r"([A-Z][a-z]{2}, )?[^ ,]+( [^ ]+){4}")
_RFC3339 = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.[0-9]+)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})"
)
_W3CDTF = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
)
#: Dates before this year are unlikely in a feed.
EARLIEST_YEAR = 1990
#: Clocks may differ a little.
_TOLERANCE = timedelta(minutes=10)
_LEAP_SECOND = 60
_CENTURY = 50
_LAST_HOUR, _LAST_MINUTE = 23, 59


def rfc3339_problem(text: str) -> str | None:
    """Return what is wrong with a date in Atom or JSON Feed (RFC 3339 §5.6, RFC 4287 §3.3); None if it is valid.

    >>> rfc3339_problem("2025-12-19T18:24:00Z"), rfc3339_problem("2025-12-19")
    (None, "'2025-12-19' isn't an RFC 3339 date")
    >>> rfc3339_problem("2025-02-30T18:24:00Z")
    "'2025-02-30T18:24:00Z' doesn't exist"
    """
    return _problem(_RFC3339.fullmatch(text), text, "an RFC 3339 date")


def w3cdtf_problem(text: str) -> str | None:
    """Return what is wrong with a date in Dublin Core or a sitemap (W3C NOTE-datetime); None if it is valid.

    >>> w3cdtf_problem("2025-12"), w3cdtf_problem("2025-12-19T18:24Z"), w3cdtf_problem("12/2025")
    (None, None, "'12/2025' isn't a W3C date")
    """
    return _problem(_W3CDTF.fullmatch(text), text, "a W3C date")


def rfc822_problem(text: str) -> str | None:
    """Return what is wrong with a date in RSS (RFC 822 §5, with four-digit years); None if it is valid.

    >>> rfc822_problem("Fri, 19 Dec 2025 18:24:00 GMT"), rfc822_problem("2025-12-19T18:24:00Z")
    (None, "'2025-12-19T18:24:00Z' isn't an RFC 822 date")
    >>> rfc822_problem("Sun, 19 Dec 2025 18:24:00 GMT")
    '19 Dec 2025 is a Fri, not a Sun'
    """
    match = _RFC822.fullmatch(_usual_form(text))
    if match is None or match["month"] not in _MONTHS or match["weekday"] not in {None, *_DAYS}:
        return f"{text[:60]!r} isn't an RFC 822 date"
    if _offset(match["zone"]) is None and not _MILITARY.fullmatch(match["zone"]):
        return f"RFC 822 has no time zone {match['zone']}"
    moment = _moment(match)
    if moment is None:
        return f"{text!r} doesn't exist"
    meant = _DAYS[moment.weekday()]
    if match["weekday"] not in {None, meant}:
        return f"{match['day']} {match['month']} {match['year']} is a {meant}, not a {match['weekday']}"
    return None


def rfc822_oddity(text: str) -> str | None:
    """Return what some parsers misread in a valid date; None if all read it alike.

    >>> rfc822_oddity("Fri, 19 Dec 25 18:24:00 GMT"), rfc822_oddity("Fri, 19 Dec 2025 18:24:00 GMT")
    ('the year 25 has two digits', None)
    """
    match = _RFC822.fullmatch(_usual_form(text))
    if match is None:
        return None
    zone = match["zone"]
    is_military = _MILITARY.fullmatch(zone) is not None and zone != "Z"
    oddities = (
        (len(match["year"]) == len("25"), f"the year {match['year']} has two digits"),
        (zone == "UTC" or is_military, f"parsers read the time zone {zone} differently, but not GMT"),
        (
            zone[0] in "+-" and zone[-2:] not in {"00", "30"},
            f"some programs don't know the time zone {zone}, but all know GMT",
        ),
        ("(" in text, "it contains a comment in parentheses"),
        (
            text != _usual_form(text) and text.lower() == _usual_form(text).lower(),
            "its names aren't written as in Sat, Sep and GMT",
        ),
        (not _SPACED.fullmatch(text), "its parts aren't separated by single spaces"),
    )
    return next((oddity for applies, oddity in oddities if applies), None)


def _usual_form(text: str) -> str:
    """Write a date as nearly all are written, if it has another form that RFC 822 allows (§3.1, §3.4).

    >>> _usual_form("sat,7  sep 2002 00:00:01 gmt (London)")
    'Sat, 7 Sep 2002 00:00:01 GMT'
    """
    if _RFC822.fullmatch(text) or len(text) > _LONGEST_DATE:
        return text
    plain, before = _QUOTED.sub(r"\1", text), ""
    while plain != before:
        plain, before = _COMMENT.sub(" ", plain), plain
    plain = " ".join(plain.replace(",", ", ").split()).replace(" ,", ",")
    return _NAMES.sub(lambda found: _NAMES_OF_DATES.get(found[0].lower(), found[0]), plain)


def moment_of(text: str) -> datetime | None:
    """Parse a date in any of these formats; None if it isn't valid, or its time zone is unknown.

    >>> moment_of("Fri, 19 Dec 2025 18:24:00 +0400").isoformat()
    '2025-12-19T18:24:00+04:00'
    """
    match = _RFC822.fullmatch(_usual_form(text)) or _RFC3339.fullmatch(text) or _W3CDTF.fullmatch(text)
    return None if match is None else _moment(match)


def is_in_future(text: str, as_of: datetime) -> bool:
    """Return whether a date is later than a moment, by more than clocks differ; False if it isn't valid.

    >>> moment = datetime(2025, 12, 19, tzinfo=UTC)
    >>> is_in_future("2025-12-19T00:05:00Z", moment), is_in_future("2025-12-20", moment)
    (False, True)
    """
    moment = moment_of(text)
    return moment is not None and moment > as_of + _TOLERANCE


def is_before_feeds(text: str) -> bool:
    """Return whether a date is before `EARLIEST_YEAR`; False if it isn't valid.

    >>> is_before_feeds("1970-01-01T00:00:00Z"), is_before_feeds("2025-12-19T18:24:00Z")
    (True, False)
    """
    moment = moment_of(text)
    return moment is not None and moment.year < EARLIEST_YEAR


def _problem(match: re.Match[str] | None, text: str, form: str) -> str | None:
    if match is None:
        return f"{text[:60]!r} isn't {form}"
    return f"{text!r} doesn't exist" if _moment(match) is None else None


def _moment(match: re.Match[str]) -> datetime | None:
    offset = UTC if _MILITARY.fullmatch(match["zone"] or "") else _offset(match["zone"])
    if offset is None:
        return None
    year, month = int(match["year"]), match["month"] or "1"
    if len(match["year"]) == len("25"):
        year += 2000 if year < _CENTURY else 1900
    seconds = int(match["second"] or 0)
    try:
        moment = datetime(
            year,
            _MONTHS.index(month) + 1 if month in _MONTHS else int(month),
            int(match["day"] or 1),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            min(seconds, _LEAP_SECOND - 1),
            tzinfo=offset,
        )
    except ValueError:
        return None
    return moment if seconds <= _LEAP_SECOND else None


def _offset(zone: str | None) -> timezone | None:
    """Parse an offset or the name of a time zone; None if it isn't valid."""
    if zone is None:
        return UTC
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone]))
    if zone[0] not in "+-":
        return None
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        return None
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if zone[0] == "-" else distance)
