"""The formats that a rule can ask for: a row for each. Everything that depends on a format finds it here.

A format is added as a row, and a function that writes it (CONTRIBUTING.md shows how).
"""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["DEFAULT_FORMATS", "FORMATS", "Format", "format_of"]


class Format(NamedTuple):
    """A format of feeds or listings."""

    #: What rules call it.
    name: str
    #: What people call it.
    label: str
    #: What the paths of its documents end in.
    suffix: str
    media_type: str
    #: The dotted name of the function that writes a document: `write(feed, cache)` returns its bytes.
    writer: str
    #: Whether feed readers subscribe to it; the others are listings for people.
    is_feed: bool = True
    #: The dotted name of the function that writes an entry, where entries are written once for all feeds.
    entry_writer: str = ""
    #: Other suffixes that people write in paths and mean this format.
    other_suffixes: tuple[str, ...] = ()


_ROWS = (
    Format(
        name="rss",
        label="RSS",
        suffix=".rss",
        media_type="application/rss+xml",
        writer="newsfeed.formats.xml_documents:write_rss",
        entry_writer="newsfeed.formats.xml_documents:write_rss_entry",
        other_suffixes=(".xml",),
    ),
    Format(
        name="atom",
        label="Atom",
        suffix=".atom",
        media_type="application/atom+xml",
        writer="newsfeed.formats.xml_documents:write_atom",
        entry_writer="newsfeed.formats.xml_documents:write_atom_entry",
    ),
    Format(
        name="json",
        label="JSON Feed",
        suffix=".json",
        media_type="application/feed+json",
        writer="newsfeed.formats.jsonfeed:write",
        entry_writer="newsfeed.formats.jsonfeed:write_entry",
    ),
    Format(
        name="html",
        label="HTML",
        suffix=".html",
        media_type="text/html",
        writer="newsfeed.formats.html_listing:write",
        is_feed=False,
        other_suffixes=(".htm",),
    ),
    Format(
        name="text",
        label="plain text",
        suffix=".txt",
        media_type="text/plain",
        writer="newsfeed.formats.text_listing:write",
        is_feed=False,
    ),
)

#: All formats by name.
FORMATS: Mapping[str, Format] = {form.name: form for form in _ROWS}
#: The formats of a rule that names none.
DEFAULT_FORMATS = ("rss", "atom", "json")


def format_of(path: str) -> Format | None:
    """Return the format of a document, by the suffix of its path; None if no format has it.

    >>> format_of("en/all.atom").label
    'Atom'
    """
    return next((form for form in FORMATS.values() if path.endswith(form.suffix)), None)
