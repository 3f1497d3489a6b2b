"""The files of a newsroom's articles: `site.articles`, names and globs, resolved to a list of files."""

import glob
from collections.abc import Iterable
from os import path
from pathlib import Path
from typing import NamedTuple

from newsfeed.errors import InvalidNewsroom
from newsfeed.findings import Finding, Place, two_sentences
from newsfeed.model.shown_values import shown
from newsfeed.model.site import Site
from newsfeed.sources.globs import files_that_fit
from newsfeed.sources.kinds import kind_of, suffixes
from newsfeed.sources.newsroom_toml import line_in_newsroom

__all__ = ["ArticleFile", "ArticleFiles", "article_files"]

_KEY = "site.articles"


class ArticleFile(NamedTuple):
    """A file with articles."""

    path: Path
    #: Its name in findings, with slashes; relative to the newsroom's folder if it is inside.
    name: str
    #: The first pattern of `site.articles` that names it.
    pattern: str


class ArticleFiles(NamedTuple):
    """The files of a newsroom's articles."""

    #: The distinct files, in the order of the patterns, and by name within a pattern.
    files: list[ArticleFile]
    #: Patterns and names that match no file: an error for a name, which probably existed before, a warning for a glob.
    findings: list[Finding]


def article_files(site: Site, root: Path) -> ArticleFiles:
    """Find the files that `site.articles` names.

    A `*` matches any characters of one name, `**` any folders; files and folders whose names begin with a dot are
    matched only by patterns that begin with one.

    Args:
        site: The site.
        root: The newsroom's folder.

    Returns:
        The files, and the patterns that match none.

    Raises:
        InvalidNewsroom: If there are no patterns, if none of them matches a file, or if one names another kind of file.
    """
    if not site.articles:
        message = (
            "no files are named. Name files or globs, as in articles = ['articles/*.md'], "
            "or a database that newsfeed put fills, as in store = 'news.db'"
        )
        raise InvalidNewsroom(_at_its_line(root, message))
    found: dict[str, ArticleFile] = {}
    findings: list[Finding] = []
    problems: list[str] = []
    for number, pattern in enumerate(site.articles):
        try:
            for file in _files_of(pattern, root):
                found.setdefault(path.realpath(file), ArticleFile(file, _name(file, root), pattern))
        except _NoFile as problem:
            findings.append(_finding(problem, pattern, number, root))
        except InvalidNewsroom as problem:
            problems.append(_at_its_line(root, str(problem)))
    if not found:
        problems += [
            _at_its_line(root, two_sentences(finding.reason, finding.remedy)) for finding in findings
        ]
    if problems:
        raise InvalidNewsroom("\n".join(problems))
    return ArticleFiles(list(found.values()), findings)


class _NoFile(Exception):
    """A pattern matches no file."""

    def __init__(self, reason: str, remedy: str = "correct it, or remove it") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def _at_its_line(root: Path, problem: str) -> str:
    """Return a problem of `site.articles` with the file and the line, if there is a newsroom.toml."""
    line = line_in_newsroom(root, _KEY)
    return f"{root / 'newsroom.toml'}:{line}: {_KEY}: {problem}" if line else f"{_KEY}: {problem}"


def _finding(problem: _NoFile, pattern: str, number: int, root: Path) -> Finding:
    return Finding(
        code="NF141",
        severity="warning" if glob.has_magic(pattern) else "error",
        place=Place(file="newsroom.toml", line=line_in_newsroom(root, _KEY)),
        field=f"{_KEY}[{number}]",
        reason=problem.reason,
        remedy=problem.remedy,
    )


def _files_of(pattern: str, root: Path) -> Iterable[Path]:
    """Find the files of a pattern. The name of an existing file means that file, even if it has characters of globs."""
    try:
        named = root / pattern
        if named.exists():
            _check_kind(named, pattern)
            return [named]
        files = [root / name for name in files_that_fit(pattern, root)] if glob.has_magic(pattern) else []
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise _NoFile(f"{shown(pattern)!r} can't be looked for: {why}", "correct it") from error
    if not files:
        noun = "matches no file" if glob.has_magic(pattern) else "names no file"
        raise _NoFile(f"{shown(pattern)!r} {noun} in {root.absolute()}")
    return files


def _check_kind(named: Path, pattern: str) -> None:
    if kind_of(named) is not None:
        return
    if named.is_dir():
        remedy = f"name the files in it, as in '{pattern.rstrip('/')}/*.json'"
        raise InvalidNewsroom(two_sentences(f"{pattern!r} is a folder", remedy))
    raise InvalidNewsroom(
        two_sentences(
            f"{pattern!r} isn't a kind of file that can be read", f"name files that end in {suffixes()}"
        )
    )


def _name(file: Path, root: Path) -> str:
    name = (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
