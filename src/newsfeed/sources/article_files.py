"""Which files a newsroom's articles are in: `site.articles`, files and globs, as a list of files."""

import glob
from collections.abc import Iterable, Iterator
from os import PathLike, path
from pathlib import Path
from typing import NamedTuple

from newsfeed.errors import InvalidNewsroom
from newsfeed.model.record import shown
from newsfeed.model.site import Site

__all__ = ["KINDS", "ArticleFile", "article_files", "kind_of"]

#: The endings of files that articles are read from, and the kind that each stands for.
KINDS = {
    ".json": "json",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".md": "markdown",
    ".markdown": "markdown",
}


class ArticleFile(NamedTuple):
    """A file with articles."""

    path: Path
    #: Its name for findings: relative to the newsroom's folder where it lies inside, with slashes.
    name: str
    #: The first pattern of `site.articles` that names it.
    pattern: str


def kind_of(file: str | PathLike[str]) -> str | None:
    """Tell a file's kind by its ending, with or without `.gz` after it.

    >>> kind_of("2025.JSONL.gz"), kind_of("snow.md"), kind_of("snow.jpg")
    ('json lines', 'markdown', None)
    """
    name = Path(file)
    unpacked = Path(name.stem) if name.suffix.lower() == ".gz" else name
    return KINDS.get(unpacked.suffix.lower())


def article_files(site: Site, root: Path) -> list[ArticleFile]:
    """Find the files that `site.articles` names.

    A `*` stands for any characters of one name, `**` for any folders; files and folders whose names begin with a dot
    are found only by patterns that begin with one.

    Args:
        site: The site.
        root: The newsroom's folder.

    Returns:
        Each file once, in the order of the patterns, and by name within a pattern.

    Raises:
        InvalidNewsroom: If there are no patterns, or for each that fits no file.
    """
    if not site.articles:
        message = "site.articles: no files are named; write them or globs, as in articles = ['articles/*.md']"
        raise InvalidNewsroom(message)
    found: dict[str, ArticleFile] = {}
    problems: list[str] = []
    for pattern in site.articles:
        try:
            for file in _files_of(pattern, root):
                found.setdefault(path.realpath(file), ArticleFile(file, _name(file, root), pattern))
        except InvalidNewsroom as problem:
            problems.append(f"site.articles: {problem}")
    if problems:
        raise InvalidNewsroom("\n".join(problems))
    return list(found.values())


def _files_of(pattern: str, root: Path) -> Iterable[Path]:
    """Find the files of a pattern; one that is the name of a file stands for that, whatever its characters."""
    try:
        named = root / pattern
        if named.exists():
            _check_kind(named, pattern)
            return [named]
        files = list(_files_of_glob(pattern, root)) if glob.has_magic(pattern) else []
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InvalidNewsroom(f"{shown(pattern)!r} can't be looked for: {why}; correct it") from error
    if not files:
        noun = "fits no file" if glob.has_magic(pattern) else "names no file"
        raise InvalidNewsroom(f"{shown(pattern)!r} {noun} in {root}; correct it, or take it out")
    return files


def _files_of_glob(pattern: str, root: Path) -> Iterator[Path]:
    names = glob.iglob(pattern, root_dir=root, recursive=True)  # noqa: PTH207 - Path.glob finds hidden files
    for name in sorted(names):
        file = root / name
        if not file.is_dir():
            yield file


def _check_kind(named: Path, pattern: str) -> None:
    if kind_of(named) is not None:
        return
    if named.is_dir():
        remedy = f"name the files in it, as in '{pattern.rstrip('/')}/*.json'"
        raise InvalidNewsroom(f"{pattern!r} is a folder; {remedy}")
    raise InvalidNewsroom(f"{pattern!r} is of no kind that can be read; files end in {', '.join(KINDS)}")


def _name(file: Path, root: Path) -> str:
    name = (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
