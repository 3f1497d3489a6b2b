"""Time zones by their IANA names, the same on every machine."""

import reprlib
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from newsfeed.errors import InvalidValue

__all__ = ["timezone_named"]

_LONGEST_NAME = 100


def timezone_named(name: str) -> ZoneInfo:
    """Find a time zone by its name in the IANA time zone database.

    The names are those of the tzdata package, so that they are the same on every machine.

    Args:
        name: A name, with its capitals.

    Returns:
        The time zone.

    Raises:
        InvalidValue: There is none of that name; the nearest name is suggested.

    Example:
        >>> timezone_named("Asia/Bakuu")
        Traceback (most recent call last):
        newsfeed.errors.InvalidValue: there is no time zone 'Asia/Bakuu'; write "Asia/Baku"
    """
    if name in _timezone_names():
        return ZoneInfo(name)
    near = _nearest_timezone(name) if len(name) <= _LONGEST_NAME else None
    raise InvalidValue(
        f"there is no time zone {reprlib.repr(name)}",
        f'write "{near}"' if near else 'write a name such as "Asia/Baku", "Europe/Berlin" or "UTC"',
    )


@cache
def _timezone_names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _nearest_timezone(name: str) -> str | None:
    from difflib import get_close_matches

    # Etc/GMT+4 is four hours behind Greenwich: nobody who writes GMT+4 should be led there.
    places = sorted(known for known in _timezone_names() if "/" in known and not known.startswith("Etc/"))
    cities = {place.rpartition("/")[2].casefold(): place for place in places}
    spellings = cities | {place.casefold(): place for place in places}
    near = get_close_matches(name.casefold(), spellings, n=1, cutoff=0.8)
    return spellings[near[0]] if near else None
