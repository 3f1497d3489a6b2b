"""Limits: how much of one thing is read or published, so that no input takes memory or time without end.

Each is far above what newsrooms write. docs/reference/limits.md lists them; a test compares the two.
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
#: Bytes of a `.json` file, which is read as a whole; of a longer one the beginning is.
JSON_FILE: Final = 256 * _MIB
#: Bytes of a Markdown file, and of its front matter.
MARKDOWN_FILE: Final = 1 * _MIB
FRONT_MATTER: Final = 256 * _KIB
#: Opening brackets in the text of a Markdown file.
BRACKETS: Final = 50_000
#: Bytes of newsroom.toml.
NEWSROOM_TOML: Final = 4 * _MIB
#: How many times lists and tables may stand inside each other, and how many names a dotted key may have.
DEEPEST: Final = 50

#: A gzip may hold so many bytes, and so many more for each of its own bytes.
UNPACKED: Final = 4 * _GIB
UNPACKED_RATIO: Final = 200
#: Bytes of one file in lines that are too long; so many are skipped, and then the file is left.
SKIPPED: Final = 4 * _GIB
#: Blank lines one after the other.
BLANK_LINES: Final = 1_000_000
#: Errors one after the other without an article between them; then the file is left.
PROBLEMS_IN_A_ROW: Final = 100_000
#: Items of each list of an article.
MEDIA: Final = 1_000
TOPICS: Final = 250
AUTHORS: Final = 250
CATEGORIES: Final = 250
#: Characters of an article's texts.
TITLE: Final = 1_000
SUMMARY: Final = 10_000


def size_shown(size: int) -> str:
    """Write a number of bytes for people.

    >>> size_shown(16 * 1024 * 1024), size_shown(256 * 1024)
    ('16 MiB', '256 KiB')
    """
    for unit, name in ((_GIB, "GiB"), (_MIB, "MiB"), (_KIB, "KiB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"
