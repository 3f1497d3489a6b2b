"""A feed's articles as rows, by day, with times in the site's time zone: what the listings for people share."""

import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import groupby

import msgspec

from newsfeed.model.feed import Entry, FeedData
from newsfeed.model.site import Site
from newsfeed.text.languages import direction
from newsfeed.text.one_line import one_line
from newsfeed.text.shown_dates import clock_text, day_text

__all__ = ["Day", "Row", "days_of"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a listing. Its texts are single lines."""

    #: Hours and minutes in the site's time zone and the digits of the feed's language, `19:25`: of the publication, or of
    #: the update that orders the feed.
    time: str
    #: The same moment for machines, a global date and time of HTML §2.3.5.7: `2025-12-19T19:25:00+04:00`.
    machine_time: str
    title: str
    #: Where the headline leads.
    url: str
    #: Labels.
    flags: tuple[str, ...]
    #: Labels.
    categories: tuple[str, ...]
    language: str
    #: The direction of the title, `ltr` or `rtl`.
    direction: str
    #: Everything else about the article, for a site's own templates.
    entry: Entry


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The articles of one day in the site's time zone."""

    #: The day for people, `19 December, 2025`; `None` if the whole listing is of today.
    heading: str | None
    #: The day for machines, `2025-12-19`.
    machine_date: str
    rows: tuple[Row, ...]


def days_of(feed: FeedData) -> tuple[Day, ...]:
    """Return a feed as rows, by day.

    Args:
        feed: The feed; its order is kept.

    Returns:
        The days in the site's time zone. They have headings, unless today is the only one.

    Example:
        >>> import newsfeed
        >>> [day] = days_of(newsfeed.open("examples/report").latest("en"))
        >>> day.machine_date, day.heading, day.rows[2].time, day.rows[2].flags
        ('2025-12-19', '19 December, 2025', '18:39', ('Photo',))
    """
    zone = feed.site.zone
    days = [
        (date, tuple(entries))
        for date, entries in groupby(
            feed.entries, key=lambda entry: _moment(entry, feed).astimezone(zone).date()
        )
    ]
    today = feed.as_of.astimezone(zone).date() if feed.as_of is not None else None
    is_of_today = [date for date, _ in days] == [today]
    return tuple(
        Day(
            heading=None if is_of_today else _heading(feed, _moment(entries[0], feed)),
            machine_date=date.isoformat(),
            rows=tuple(_row(entry, _moment(entry, feed), feed) for entry in entries),
        )
        for date, entries in days
    )


def _moment(entry: Entry, feed: FeedData) -> datetime:
    """Return the date by which an entry has its place in the feed."""
    return entry.updated if feed.order == "updated" else entry.published


def _heading(feed: FeedData, moment: datetime) -> str:
    site = feed.site
    return one_line(day_text(moment, language=feed.language, timezone=site.zone, pattern=site.date_format))


def _row(entry: Entry, moment: datetime, feed: FeedData) -> Row:
    site = feed.site
    title = one_line(entry.headline) or entry.url
    return Row(
        time=clock_text(moment, timezone=site.zone, language=feed.language),
        machine_time=_machine_time(moment, site),
        title=title,
        url=entry.external_url or entry.url,
        flags=_labels(entry, "flag"),
        categories=_labels(entry, "category"),
        language=entry.language,
        direction=_direction_of(title, entry.language),
        entry=entry,
    )


def _labels(entry: Entry, kind: str) -> tuple[str, ...]:
    return tuple(one_line(tag.label) for tag in entry.tags_of(kind))


def _machine_time(moment: datetime, site: Site) -> str:
    there = moment.astimezone(site.zone)
    offset = there.utcoffset() or timedelta(0)
    if offset % timedelta(minutes=1):  # local mean time, long ago: HTML has no seconds in offsets
        there = there.astimezone(UTC)
    return there.isoformat(timespec="seconds")


def _direction_of(title: str, language: str) -> str:
    """Return the direction of the language, or of the title if all its letters run the other way."""
    expected = direction(language)
    found = {_DIRECTIONS.get(unicodedata.bidirectional(letter), "") for letter in title} - {""}
    return expected if expected in found or not found else found.pop()


#: The strong types of UAX #9, table 4.
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
