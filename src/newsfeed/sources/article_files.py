"""The files of a newsroom's articles: `site.articles` and the `files` of sources, names and globs, resolved to files."""

import glob
from collections.abc import Iterable, Iterator
from os import path
from pathlib import Path
from typing import NamedTuple

from newsfeed.errors import InvalidNewsroom
from newsfeed.findings import Finding, Place, two_sentences
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.shown_values import shown
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.globs import files_that_fit
from newsfeed.sources.kinds import kind_of, suffixes
from newsfeed.sources.newsroom_toml import line_in_newsroom

__all__ = ["ArticleFiles", "article_files"]

_KEY = "site.articles"


class ArticleFiles(NamedTuple):
    """The files of a newsroom's articles."""

    #: The distinct files, in the order of the patterns, and by name within a pattern.
    files: list[ArticleFile]
    #: Patterns and names that match no file: an error for a name, which probably existed before, a warning for a glob.
    findings: list[Finding]


class _Named(NamedTuple):
    """A pattern of newsroom.toml."""

    pattern: str
    #: The key that has it.
    key: str
    number: int
    #: The table that has it, if any.
    settings: ArticleSource | None = None


def article_files(site: Site, root: Path) -> ArticleFiles:
    """Find the files that `site.articles` and the `files` of `[[sources]]` name.

    A `*` matches any characters of one name, `**` any folders; files and folders whose names begin with a dot are
    matched only by patterns that begin with one.

    Args:
        site: The site.
        root: The newsroom's folder.

    Returns:
        The files, and the patterns that match none.

    Raises:
        InvalidNewsroom: If there are neither patterns nor other sources, if none of them matches a file, or if one names
            another kind of file.
    """
    if not site.articles and not site.sources:
        message = (
            "no files are named. Name files or globs, as in articles = ['articles/*.md'], "
            "or a database that newsfeed put fills, as in store = 'news.db'"
        )
        raise InvalidNewsroom(_at_its_line(root, _KEY, message))
    found: dict[tuple[str, str], ArticleFile] = {}
    findings: list[Finding] = []
    problems: list[str] = []
    for named in _patterns(site):
        source = "" if named.settings is None else named.settings.name
        try:
            for file in _files_of(named.pattern, root, is_of_any_kind=named.settings is not None):
                article_file = ArticleFile(file, _name(file, root), source or named.pattern, named.settings)
                found.setdefault((source, path.realpath(file)), article_file)
        except _NoFile as problem:
            findings.append(_finding(problem, named, root))
        except InvalidNewsroom as problem:
            problems.append(_at_its_line(root, named.key, str(problem)))
    if not found and all(source.files for source in site.sources):
        problems += [
            _at_its_line(
                root, finding.field.rpartition("[")[0], two_sentences(finding.reason, finding.remedy)
            )
            for finding in findings
        ]
    if problems:
        raise InvalidNewsroom("\n".join(problems))
    return ArticleFiles(list(_named_apart(found.values())), findings)


def _patterns(site: Site) -> Iterator[_Named]:
    for number, pattern in enumerate(site.articles):
        yield _Named(pattern, _KEY, number)
    for index, source in enumerate(site.sources):
        for number, pattern in enumerate(source.files):
            yield _Named(pattern, f"sources[{index}].files", number, source)


def _named_apart(files: Iterable[ArticleFile]) -> Iterator[ArticleFile]:
    """Name a file that several sources read after its source, too."""
    seen: set[str] = set()
    for file in files:
        yield file._replace(name=f"{file.name} ({file.source})") if file.name in seen else file
        seen.add(file.name)


class _NoFile(Exception):
    """A pattern matches no file."""

    def __init__(self, reason: str, remedy: str = "correct it, or remove it") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def _at_its_line(root: Path, key: str, problem: str) -> str:
    """Return a problem of a key with the file and the line, if there is a newsroom.toml."""
    line = line_in_newsroom(root, key)
    return f"{root / 'newsroom.toml'}:{line}: {key}: {problem}" if line else f"{key}: {problem}"


def _finding(problem: _NoFile, named: _Named, root: Path) -> Finding:
    return Finding(
        code="NF141",
        severity="warning" if glob.has_magic(named.pattern) else "error",
        place=Place(file="newsroom.toml", line=line_in_newsroom(root, named.key)),
        field=f"{named.key}[{named.number}]",
        reason=problem.reason,
        remedy=problem.remedy,
    )


def _files_of(pattern: str, root: Path, *, is_of_any_kind: bool) -> Iterable[Path]:
    """Find the files of a pattern. The name of an existing file means that file, even if it has characters of globs."""
    try:
        named = root / pattern
        if named.exists():
            if not is_of_any_kind or named.is_dir():
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
