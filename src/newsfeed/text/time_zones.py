"""Time zones by their IANA names, the same on every machine."""

import re
import reprlib
from functools import cache
from pkgutil import get_data
from zoneinfo import ZoneInfo

from newsfeed.errors import InvalidValue
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.time_zone_places import PLACES_OF, PLACES_WITH

__all__ = ["timezone_named"]

_LONGEST_NAME = 100
_EXAMPLES = 'write a name such as "Asia/Baku", "Europe/Berlin" or "UTC"'
_OFFSET = lazy_pattern(
    r"(?:utc|gmt|z)?\s*(?P<sign>[+−-])\s*(?P<hours>[01]?[0-9])(?::?(?P<minutes>[0-5][0-9]))?",
    re.IGNORECASE | re.ASCII,
)


def timezone_named(name: str) -> ZoneInfo:
    """Return the time zone with a name of the IANA time zone database.

    The names are those of the tzdata package, so that they are the same on every machine.

    Args:
        name: The name, case-sensitive.

    Returns:
        The time zone.

    Raises:
        InvalidValue: If there is no such time zone; the nearest name is suggested.

    Example:
        >>> timezone_named("Asia/Bakuu")
        Traceback (most recent call last):
        newsfeed.errors.InvalidValue: there is no time zone 'Asia/Bakuu'. Write "Asia/Baku".
    """
    if name in _timezone_names():
        return ZoneInfo(name)
    raise InvalidValue(f"there is no time zone {reprlib.repr(name)}", _instead_of(name.strip()))


def _instead_of(name: str) -> str:
    """Return what to write instead of a name: a place in that time zone, or the nearest name."""
    if len(name) > _LONGEST_NAME:
        return _EXAMPLES
    if offset := _OFFSET.fullmatch(name):
        return _place_with(offset)
    if (place := PLACES_OF.get(name.upper())) or (place := _place_of_country(name)):
        return f'write the name of a place that has it, such as "{place}"'
    near = _nearest_timezone(name)
    return f'write "{near}"' if near else _EXAMPLES


def _place_with(offset: re.Match[str]) -> str:
    """Return a place with an offset from Greenwich."""
    sign = "-" if offset["sign"] in "-−" else "+"
    hours, minutes = int(offset["hours"]), offset["minutes"] or "00"
    place = PLACES_WITH.get(f"{sign}{hours:02}:{minutes}")
    return f'write the name of a place that has it, such as "{place}"' if place else _EXAMPLES


def _place_of_country(name: str) -> str | None:
    """Return the place of a country's only time zone, or of a Windows time zone."""
    from babel import Locale
    from babel.core import get_global

    windows = {zone.casefold(): place for zone, place in get_global("windows_zone_mapping").items()}
    if place := windows.get(name.casefold()):
        return str(place)
    countries = {country.casefold(): code for code, country in Locale("en").territories.items()}
    places = get_global("territory_zones").get(countries.get(name.casefold(), ""), ())
    return str(places[0]) if len(places) == 1 else None


@cache
def _timezone_names() -> frozenset[str]:
    return frozenset((get_data("tzdata", "zones") or b"").decode().split())


def _nearest_timezone(name: str) -> str | None:
    from difflib import get_close_matches

    # Etc/GMT+4 is four hours behind Greenwich, which isn't what GMT+4 means to people.
    places = sorted(known for known in _timezone_names() if "/" in known and not known.startswith("Etc/"))
    cities = {place.rpartition("/")[2].casefold(): place for place in places}
    spellings = cities | {place.casefold(): place for place in places}
    near = get_close_matches(name.casefold(), spellings, n=1, cutoff=0.8)
    return spellings[near[0]] if near else None
