"""A generator of feeds that others wrote, called as somebody would who has read its documentation."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from newsfeed import Entry, Feed

__all__ = ["Peer", "one_by_one", "summary_of"]


class Peer(NamedTuple):
    """A generator of feeds."""

    #: As the table names it.
    name: str
    #: Its name on PyPI.
    package: str
    #: The formats that it has.
    formats: Sequence[str]
    #: Writes a feed in those formats that it is asked for.
    write: Callable[[Feed, Sequence[str]], list[bytes]]


def one_by_one(
    writers: Mapping[str, Callable[[Feed], bytes]],
) -> Callable[[Feed, Sequence[str]], list[bytes]]:
    """Make the writing of a generator that starts anew for each format."""
    return lambda feed, forms: [writers[form](feed) for form in forms]


def summary_of(entry: Entry) -> str:
    """Give an entry's summary, which is plain text, as HTML."""
    return escape(entry.summary or entry.title, quote=False)
