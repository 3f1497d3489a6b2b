"""Limits on what is read and published, so that no input takes unlimited memory or time.

Each is far above what newsrooms need. docs/reference/limits.md lists them; a test compares the two.
"""

from typing import Final

__all__ = [
    "AUTHORS",
    "BLANK_LINES",
    "BRACKETS",
    "CATEGORIES",
    "DEEPEST",
    "FRONT_MATTER",
    "JSON_FILE",
    "MARKDOWN_FILE",
    "MEDIA",
    "NEWSROOM_TOML",
    "PROBLEMS_IN_A_ROW",
    "RECORD",
    "RENDITIONS",
    "RESPONSE",
    "SKIPPED",
    "SUMMARY",
    "TITLE",
    "TOPICS",
    "UNPACKED",
    "UNPACKED_RATIO",
    "size_shown",
]

_KIB: Final = 1 << 10
_MIB: Final = 1 << 20
_GIB: Final = 1 << 30

#: Bytes of one record: a line of JSON Lines, an item of a JSON array.
RECORD: Final = 16 * _MIB
#: Bytes of a `.json` file, which is read as a whole; only the beginning of a longer file is read.
JSON_FILE: Final = 256 * _MIB
#: Bytes of a Markdown file, and of its front matter.
MARKDOWN_FILE: Final = 1 * _MIB
FRONT_MATTER: Final = 256 * _KIB
#: Opening brackets in the text of a Markdown file.
BRACKETS: Final = 50_000
#: Bytes of one answer of a source's server.
RESPONSE: Final = 256 * _MIB
#: Bytes of newsroom.toml.
NEWSROOM_TOML: Final = 4 * _MIB
#: How many times lists and tables may be nested, and how many names a dotted key may have.
DEEPEST: Final = 50

#: The bytes that any gzip may unpack to, and the additional bytes for each byte of the gzip.
UNPACKED: Final = 4 * _GIB
UNPACKED_RATIO: Final = 200
#: Bytes of one file in lines that are too long, which are skipped; beyond them, the rest of the file isn't read.
SKIPPED: Final = 4 * _GIB
#: Consecutive blank lines.
BLANK_LINES: Final = 1_000_000
#: Consecutive errors without an article between them; then the rest of the file isn't read.
PROBLEMS_IN_A_ROW: Final = 100_000
#: Items of each list of an article.
MEDIA: Final = 1_000
RENDITIONS: Final = 50
TOPICS: Final = 250
AUTHORS: Final = 250
CATEGORIES: Final = 250
#: Characters of an article's texts.
TITLE: Final = 1_000
SUMMARY: Final = 10_000


def size_shown(size: int) -> str:
    """Return a number of bytes in readable form.

    >>> size_shown(16 * 1024 * 1024), size_shown(256 * 1024)
    ('16 MiB', '256 KiB')
    """
    for unit, name in ((_GIB, "GiB"), (_MIB, "MiB"), (_KIB, "KiB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"
