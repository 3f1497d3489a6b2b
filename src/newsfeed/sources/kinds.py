"""The kinds of files that articles are read from: a row for each.

A kind is added as a row, and a function that reads such a file.
"""

from collections.abc import Callable, Container, Iterator
from os import PathLike
from pathlib import Path
from typing import NamedTuple, TypeAlias

from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_files import read_json
from newsfeed.sources.json_lines import read_json_lines
from newsfeed.sources.markdown import read_markdown
from newsfeed.sources.text_files import Meter

__all__ = ["KINDS", "FileKind", "kind_of", "suffixes"]

#: Reads a file: given its path, its name in findings, the site, the stories whose articles are wanted (None: all; it may
#: yield others too), and what counts the bytes, it yields a `SourcedArticle` for each good record, and a `Finding` for
#: each problem or repair. A bad record doesn't affect the others.
Reader: TypeAlias = Callable[
    [Path, str, Site, Container[str] | None, Meter | None], Iterator[SourcedArticle | Finding]
]


class FileKind(NamedTuple):
    """A kind of file with articles."""

    #: What the names of its files end in.
    suffixes: tuple[str, ...]
    read: Reader


#: All kinds.
KINDS = [
    FileKind((".json",), read_json),
    FileKind((".jsonl", ".ndjson"), read_json_lines),
    FileKind((".md", ".markdown"), read_markdown),
]


def kind_of(file: str | PathLike[str]) -> FileKind | None:
    """Return a file's kind by its suffix, with or without `.gz` after it; None for one that can't be read.

    >>> [
    ...     kind.suffixes[0] if (kind := kind_of(name)) else None
    ...     for name in ("2025.JSONL.gz", "snow.md", "snow.jpg")
    ... ]
    ['.jsonl', '.md', None]
    """
    name = Path(file)
    suffix = (Path(name.stem) if name.suffix.lower() == ".gz" else name).suffix.lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), None)


def suffixes() -> str:
    """List the suffixes of all kinds, for messages.

    >>> suffixes()
    '.json, .jsonl, .ndjson, .md, .markdown'
    """
    return ", ".join(suffix for kind in KINDS for suffix in kind.suffixes)
