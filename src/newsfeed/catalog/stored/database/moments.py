"""Moments as the tables of a store have them: microseconds since 1970, or seconds where they are part of an order."""

from datetime import UTC, datetime, timedelta

__all__ = ["MICROSECOND", "microseconds", "moment_at", "moment_of"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The shortest time between two moments.
MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Return a moment in microseconds since 1970."""
    return (moment - _EPOCH) // MICROSECOND


def moment_of(number: int) -> datetime:
    """Return the moment of some microseconds since 1970.

    >>> moment_of(microseconds(datetime(2025, 12, 19, 12, tzinfo=UTC))).isoformat()
    '2025-12-19T12:00:00+00:00'
    """
    return _EPOCH + number * MICROSECOND


def moment_at(seconds: float) -> datetime:
    """Return the moment of some seconds since 1970, as `stands` and, with the other sign, ranks have it."""
    return _EPOCH + timedelta(seconds=seconds)
