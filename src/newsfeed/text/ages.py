"""Ages as people type them: 90s, 10m, 48h, 30d."""

from datetime import timedelta

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["AGE", "length_of_age"]

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
#: The pattern of ages.
AGE = "^[0-9]{1,6}[smhd]$"
_AGE = lazy_pattern("([0-9]{1,6})([smhd])")


def length_of_age(text: str) -> timedelta | None:
    """Return the span of time that an age is; None for a text that isn't an age.

    >>> length_of_age("48h") == length_of_age("2d"), length_of_age("2 days")
    (True, None)
    """
    found = _AGE.fullmatch(text)
    return None if found is None else timedelta(seconds=int(found[1]) * _UNITS[found[2]])
