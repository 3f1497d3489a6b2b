"""The kinds of sources that `[[sources]]` can name: a row for each. The functions that rows name are in `sources/`.

A kind is added as a row, and a function that reads it (CONTRIBUTING.md shows how). Plug-ins add rows through entry points
of the group `newsfeed.sources`.
"""

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.registry import Registry
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["PRESETS", "SOURCE_KINDS", "SourceKind"]

#: The site generators whose content folders `preset` of the kind `markdown` can name.
PRESETS = ("hugo", "jekyll", "pelican", "eleventy")

#: Patterns of the texts of a row, with examples.
_PATTERNS = {
    "name": (lazy_pattern(r"[a-z][a-z0-9_-]*"), "nitf"),
    "reader": (lazy_pattern(r"([\w.]+:\w+)?"), "package.module:function"),
    "rows": (lazy_pattern(r"([\w.]+:\w+)?"), "package.module:function"),
}


class SourceKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of source. It has a `reader`, or `rows`.

    >>> SourceKind(name="nitf", label="NITF", reader="read_nitf")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: reader: 'read_nitf' can't be the reader of a source. Write one such as 'package.module:function'.
    """

    #: What `[[sources]]` calls it.
    name: str
    #: What people call it.
    label: str
    #: The dotted name of the function that reads a file: `read(file, source, site, meter)` yields records and findings.
    reader: str = ""
    #: The dotted name of the function that reads anything else: `rows(source, site, root, since)` yields them likewise.
    rows: str = ""
    #: The keys of `[[sources]]` that say where it is, all needed. Default: `files` or `url`.
    needs: tuple[str, ...] = ()
    #: Keys that not every kind understands, but this one does.
    takes: tuple[str, ...] = ()
    #: The media types to ask for at a `url`, as in the header `Accept`.
    accept: str = "*/*"
    #: Whether `rows` also names the records that haven't changed, so that a sync sees which have vanished.
    tells_unchanged: bool = False
    #: Whether it holds the latest records only, as a feed does. Those that left it stay in a store.
    has_latest_only: bool = False

    def __post_init__(self) -> None:
        for field, (pattern, example) in _PATTERNS.items():
            value = getattr(self, field)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                reason = f"{value!r} can't be the {field} of a source"
                raise InvalidValue(reason, f"write one such as {example!r}", field=field)
        if bool(self.reader) == bool(self.rows):
            raise InvalidValue(
                "a source has a reader, or rows", "name one function, as 'package.module:function'"
            )

    @property
    def is_in_files(self) -> bool:
        """Whether it is read from files, or from a document at an address."""
        return bool(self.reader)


_ROWS = (
    SourceKind(
        name="json",
        label="JSON",
        reader="newsfeed.sources.json_files:records_in_json",
        takes=("records",),
        accept="application/json",
    ),
    SourceKind(
        name="jsonl",
        label="JSON Lines",
        reader="newsfeed.sources.json_lines:records_in_lines",
        takes=("records",),
        accept="application/x-ndjson, application/jsonl, application/json;q=0.5, */*;q=0.1",
    ),
    SourceKind(
        name="markdown",
        label="Markdown",
        reader="newsfeed.sources.markdown:records_in_markdown",
        needs=("files",),
        takes=("preset",),
    ),
    SourceKind(
        name="wordpress",
        label="WordPress site",
        rows="newsfeed.sources.wordpress.site:rows",
        needs=("url",),
        tells_unchanged=True,
    ),
    SourceKind(
        name="wxr",
        label="WordPress export",
        reader="newsfeed.sources.wordpress.export:read_export",
        needs=("files",),
    ),
    SourceKind(
        name="feed",
        label="feed",
        reader="newsfeed.sources.feeds.reading:read_feed",
        has_latest_only=True,
        accept="application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, */*;q=0.1",
    ),
    SourceKind(
        name="ninjs",
        label="ninjs",
        reader="newsfeed.sources.ninjs.reading:read",
        takes=("records",),
        accept="application/json",
    ),
    SourceKind(name="sql", label="SQL", rows="newsfeed.sources.sql:rows", needs=("database", "query")),
    SourceKind(name="python", label="Python", rows="newsfeed.sources.python_rows:rows", needs=("call",)),
)

#: All kinds by name.
SOURCE_KINDS = Registry("newsfeed.sources", SourceKind, lambda: _ROWS)
