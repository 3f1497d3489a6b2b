"""Ages as people type them: 90s, 10m, 2h, 1d."""

from datetime import timedelta
from typing import NamedTuple

import click

from newsfeed.text.ages import length_of_age

__all__ = ["Age", "age_named", "shown_age"]

_UNITS = {"s": ("second", 1), "m": ("minute", 60), "h": ("hour", 3_600), "d": ("day", 86_400)}
#: Up to two units of a thing are still told in the smaller one: 90 minutes, not 1 hour.
_FROM = 2


class Age(NamedTuple):
    """An age, as it was typed and as a span of time."""

    text: str
    length: timedelta


def age_named(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Age | None:
    """Read an age, and refuse what isn't one."""
    if value is None:
        return None
    length = length_of_age(value)
    if length is None:
        raise click.BadParameter(f"{value!r} isn't an age. Write a number and s, m, h or d, as in 10m.")
    return Age(value, length)


def shown_age(age: timedelta) -> str:
    """Return an age in words, in whole units.

    >>> (
    ...     shown_age(timedelta(seconds=119)),
    ...     shown_age(timedelta(minutes=12, seconds=5)),
    ...     shown_age(timedelta(days=3)),
    ... )
    ('119 seconds', '12 minutes', '3 days')
    >>> shown_age(timedelta(seconds=1))
    '1 second'
    """
    seconds = int(age.total_seconds())
    noun, size = next((unit for unit in reversed(_UNITS.values()) if seconds >= _FROM * unit[1]), _UNITS["s"])
    number = seconds // size
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
