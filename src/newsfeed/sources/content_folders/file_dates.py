"""Dates of articles in a content folder: in front matter, or in the name of a file or its folder."""

from datetime import datetime
from pathlib import Path
from typing import Any

from newsfeed.errors import InvalidValue
from newsfeed.model.site import Site
from newsfeed.text.dates import read_moment
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["day_in_name", "is_date", "moment_of", "without_day"]

_DATED = lazy_pattern(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[-_ .](?P<rest>.*))?")


def day_in_name(path: Path) -> str:
    """Return the day with which a file's name begins, or else its folder's; empty if neither does.

    >>> (
    ...     day_in_name(Path("2025-1-3-snow.md")),
    ...     day_in_name(Path("2025-12-19-snow/index.md")),
    ...     day_in_name(Path("a.md")),
    ... )
    ('2025-01-03', '2025-12-19', '')
    """
    found = _DATED.fullmatch(path.stem) or _DATED.fullmatch(path.parent.name)
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}" if found else ""


def without_day(name: str) -> str:
    """Return a name without the day with which it begins.

    >>> without_day("2025-12-19-snow"), without_day("snow")
    ('snow', 'snow')
    """
    found = _DATED.fullmatch(name)
    return found["rest"] if found and found["rest"] else name


def moment_of(value: Any, site: Site) -> datetime | None:  # noqa: ANN401 - front matter holds anything
    """Return the moment that a value means, in the site's time zone; None if it means none."""
    try:
        read = read_moment(
            value,
            timezone=site.zone,
            day_first=site.day_first,
            languages=site.languages,
            day_time=site.time_of_days,
        )
    except InvalidValue:
        return None
    return read.moment.astimezone(site.zone)


def is_date(value: Any, site: Site) -> bool:  # noqa: ANN401 - as above
    """Return whether a value can be read as a date."""
    return moment_of(value, site) is not None
