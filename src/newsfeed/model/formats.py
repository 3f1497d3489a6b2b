"""The formats that a rule can ask for: a row for each. Everything that depends on a format finds it here.

A format is added as a row, and a function that writes it (CONTRIBUTING.md shows how). Plug-ins add rows through entry
points of the group `newsfeed.formats`.
"""

import re
from typing import Literal, TypeAlias

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.registry import Registry
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "DEFAULT_FORMATS",
    "FORMATS",
    "VOCABULARIES",
    "Format",
    "Vocabulary",
    "feed_suffixes",
    "format_in",
    "format_of",
]

#: The vocabulary of a feed's elements or members.
Vocabulary: TypeAlias = Literal["rss", "atom", "json"]

#: The vocabularies that newsfeed also reads, by media type: in `check`, and in a build, which reads earlier documents.
VOCABULARIES: dict[str, Vocabulary] = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}

#: Patterns of the texts of a row, with examples.
_PATTERNS = {
    "name": (lazy_pattern(r"[a-z][a-z0-9_-]*"), "ninjs"),
    "suffix": (lazy_pattern(r"\.[a-z0-9]+"), ".ninjs"),
    "media_type": (lazy_pattern(r"[a-z0-9.+-]+/[a-z0-9.+-]+"), "application/json"),
    "writer": (lazy_pattern(r"[\w.]+:\w+"), "package.module:function"),
}

#: The root of an RSS or Atom document, behind instructions and comments, and how our JSON Feeds begin.
_FEED_ROOT = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(rss|feed)[\s>]", re.DOTALL
)
_JSON_FEED = b'{"version":"https://jsonfeed.org/version/'


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format of feeds or listings.

    >>> Format(name="csv", label="CSV", suffix="csv", media_type="text/csv", writer="newsroom_csv:write")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: suffix: 'csv' can't be the suffix of a format. Write one such as '.ninjs'.
    """

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
    #: Other media types by which clients ask for it.
    other_media_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field, (pattern, example) in _PATTERNS.items():
            value = getattr(self, field)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                noun = field.replace("_", " ")
                raise InvalidValue(
                    f"{value!r} can't be the {noun} of a format",
                    f"write one such as {example!r}",
                    field=field,
                )

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The vocabulary, if it is one that newsfeed can read, by the media type; None otherwise."""
        return VOCABULARIES.get(self.media_type) if self.is_feed else None


_ROWS = (
    Format(
        name="rss",
        label="RSS",
        suffix=".rss",
        media_type="application/rss+xml",
        writer="newsfeed.formats.xml_documents:write_rss",
        entry_writer="newsfeed.formats.xml_documents:write_rss_entry",
        other_suffixes=(".xml",),
        other_media_types=("application/xml", "text/xml"),
    ),
    Format(
        name="atom",
        label="Atom",
        suffix=".atom",
        media_type="application/atom+xml",
        writer="newsfeed.formats.xml_documents:write_atom",
        entry_writer="newsfeed.formats.xml_documents:write_atom_entry",
        other_media_types=("application/xml", "text/xml"),
    ),
    Format(
        name="json",
        label="JSON Feed",
        suffix=".json",
        media_type="application/feed+json",
        writer="newsfeed.formats.jsonfeed:write",
        entry_writer="newsfeed.formats.jsonfeed:write_entry",
        other_media_types=("application/json",),
    ),
    Format(
        name="html",
        label="HTML",
        suffix=".html",
        media_type="text/html",
        writer="newsfeed.formats.html_listing:write",
        is_feed=False,
        other_suffixes=(".htm",),
        other_media_types=("application/xhtml+xml",),
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

#: Suffixes of other documents in an output folder, which no format can have.
_OTHER_DOCUMENTS = frozenset({".br", ".css", ".gz", ".opml", ".xml", ".zst"})


def _conflict(form: Format) -> str:
    """Return why a plug-in's suffix can't be used, without a full stop; empty if it can."""
    for own in FORMATS.own.values():
        if form.suffix in (own.suffix, *own.other_suffixes):
            return f"its suffix {form.suffix} means {own.label}"
    return f"its suffix {form.suffix} is that of other documents" if form.suffix in _OTHER_DOCUMENTS else ""


#: All formats by name.
FORMATS = Registry("newsfeed.formats", Format, lambda: _ROWS, conflict=_conflict)
#: The formats of a rule that names none.
DEFAULT_FORMATS = ("rss", "atom", "json")


def format_of(path: str) -> Format | None:
    """Return the format of a document, by the suffix of its path; None if no format has it.

    >>> format_of("en/all.atom").label
    'Atom'
    """
    suffix = path[path.rfind(".") :] if "." in path else ""
    for form in FORMATS.own.values():
        if form.suffix == suffix:
            return form
    if not suffix or "/" in suffix or suffix in _OTHER_DOCUMENTS:
        return None
    return next((form for form in FORMATS.rows() if form.suffix == suffix), None)


def feed_suffixes(*vocabularies: Vocabulary) -> tuple[str, ...]:
    """Return the suffixes of newsfeed's own feeds that it can read back.

    Args:
        vocabularies: The vocabularies that matter; default: all.

    >>> feed_suffixes(), feed_suffixes("json")
    (('.rss', '.atom', '.json'), ('.json',))
    """
    wanted = vocabularies or tuple(VOCABULARIES.values())
    return tuple(form.suffix for form in FORMATS.own.values() if form.vocabulary in wanted)


def format_in(path: str, document: bytes) -> Format | None:
    """Return the format of a document, whatever path a rule's `paths` gave it; None for what isn't a feed or listing.

    Args:
        path: Its path.
        document: The document, or its first kilobyte.

    >>> format_in("feed/index.xml", b"<?xml version='1.0'?><rss version='2.0'>").name
    'rss'
    >>> format_in("feeds.opml", b"<opml>") is None
    True
    """
    form = format_of(path)
    if form is not None:
        return form
    if (root := _FEED_ROOT.match(document)) is not None:
        return FORMATS["rss" if root[1] == b"rss" else "atom"]
    return FORMATS["json"] if document.startswith(_JSON_FEED) else None
