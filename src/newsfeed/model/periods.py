"""Periods: the day, month or year of a moment, as the clocks of a time zone show it. Archives cover them."""

from datetime import date, datetime, time, timedelta, tzinfo

__all__ = ["ARCHIVES", "NEWS_FOR", "end_of_period", "period_before", "period_of"]

#: How long an article is news in sitemaps: what Google asks for.
NEWS_FOR = timedelta(days=2)
#: The periods that an archive may cover, and how much of `2025-12-19` names each.
ARCHIVES = {"day": len("2025-12-19"), "month": len("2025-12"), "year": len("2025")}


def period_of(moment: datetime, archive: str, zone: tzinfo) -> str:
    """Return the name of the day, month or year of a moment, as the clocks of a time zone show it.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> period_of(datetime(2025, 12, 31, 22, 0, tzinfo=UTC), "month", ZoneInfo("Asia/Baku"))
    '2026-01'
    """
    return moment.astimezone(zone).date().isoformat()[: ARCHIVES[archive]]


def period_before(moment: datetime, archive: str, zone: tzinfo) -> str:
    """Return the name of the day, month or year before that of a moment.

    >>> from datetime import UTC
    >>> [period_before(datetime(2026, 1, 1, tzinfo=UTC), kind, UTC) for kind in ("day", "month", "year")]
    ['2025-12-31', '2025-12', '2025']
    """
    day = moment.astimezone(zone).date()
    first = {"day": day, "month": day.replace(day=1)}.get(archive, day.replace(month=1, day=1))
    return (first - timedelta(days=1)).isoformat()[: ARCHIVES[archive]] if first > date.min else ""


def end_of_period(moment: datetime, archive: str, zone: tzinfo) -> datetime:
    """Return when the day, month or year of a moment is over, as the clocks of a time zone show it.

    Raises:
        OverflowError: If the calendar ends before.
        ValueError: Likewise.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> noon = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
    >>> [str(end_of_period(noon, kind, ZoneInfo("Asia/Baku"))) for kind in ("day", "month")]
    ['2025-12-20 00:00:00+04:00', '2026-01-01 00:00:00+04:00']
    """
    day = moment.astimezone(zone).date()
    match archive:
        case "day":
            first = day + timedelta(days=1)
        case "month":
            first = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        case _:
            first = day.replace(year=day.year + 1, month=1, day=1)
    return datetime.combine(first, time(), zone)
