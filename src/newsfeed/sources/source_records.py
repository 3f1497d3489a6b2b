"""What readers of sources yield: records as they are, before they are made into articles."""

from typing import NamedTuple, TypeAlias

from newsfeed.findings import Place

__all__ = ["Everything", "Fetched", "Note", "SourceRecord", "Unchanged"]


class SourceRecord(NamedTuple):
    """A record of a source."""

    #: Its values: a mapping of an article's fields, as far as the kind of source knows them.
    values: object
    place: Place
    #: The record as the source has it, in which `fields` look for theirs; None: the values.
    raw: object = None
    #: The JSON of the values, byte for byte; empty if there is none.
    source: bytes = b""


class Unchanged(NamedTuple):
    """A record that is still there and hasn't changed since a moment."""

    #: Its id, or else its address.
    key: str


class Everything(NamedTuple):
    """Said by a reading that was asked for changes, but yields all records, so that a sync sees which have vanished."""


class Fetched(NamedTuple):
    """Said of a document that was fetched: which version it is, so that it isn't read again."""

    #: What its server calls this version.
    version: str
    #: Whether it is the version that is known, and therefore isn't read.
    is_known: bool


#: What a reading says to a sync, beside records and findings.
Note: TypeAlias = Unchanged | Everything | Fetched
