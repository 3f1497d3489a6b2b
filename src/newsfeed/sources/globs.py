"""Globs: which files of a folder fit a pattern. Links to folders are followed, and no folder is visited twice.

The standard library's `glob` goes round and round where a link leads back: two links to `.` keep it busy for ever.
"""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path
from typing import TypeAlias

__all__ = ["files_that_fit"]

_SEPARATORS = re.compile(r"[\\/]+" if os.sep == "\\" else r"/+")
_ANY_FOLDERS = "**"
#: The disk and the number of a folder.
_Identity: TypeAlias = tuple[int, int]


def files_that_fit(pattern: str, root: Path) -> list[str]:
    """Find the files that fit a glob.

    Args:
        pattern: The glob, relative to a folder or absolute: a `*` stands for any characters of one name, `**` for any
            folders. Names that begin with a dot are found only by patterns that begin with one.
        root: The folder.

    Returns:
        Their names, relative to the folder if the pattern is, sorted. A file that several links lead to is named
        once at least.
    """
    anchor = Path(pattern).anchor
    parts = [part for part in _SEPARATORS.split(pattern[len(anchor) :]) if part not in {"", "."}]
    return sorted(set(_Search(root).fitting(anchor, tuple(parts))))


class _Search:
    """One search. Folders are named relative to a root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        #: What was looked for where: the folder, and the parts of the pattern that were left.
        self._seen: set[tuple[_Identity | None, tuple[str, ...]]] = set()

    def fitting(self, folder: str, parts: tuple[str, ...]) -> Iterator[str]:
        """Yield the files below a folder that fit the parts of a pattern."""
        visit = (_identity(self._at(folder)), parts)
        if visit[0] is None or visit in self._seen:
            return
        self._seen.add(visit)
        part, rest = parts[0], parts[1:]
        if part == _ANY_FOLDERS:
            for below in self._folders_below(folder):
                yield from self.fitting(below, rest or ("*",))
            return
        for name in _names_that_fit(part, self._at(folder)):
            found = os.path.join(folder, name)  # noqa: PTH118 - a Path for each of very many names is slow
            if rest:
                yield from self.fitting(found, rest)
            elif os.path.lexists(self._at(found)) and not os.path.isdir(self._at(found)):  # noqa: PTH112 - as above
                yield found

    def _folders_below(self, folder: str) -> Iterator[str]:
        """Yield a folder and all below it that aren't hidden, each once."""
        seen: set[_Identity | None] = {None}
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            identity = _identity(self._at(here))
            if identity not in seen:
                seen.add(identity)
                yield here
                waiting += [os.path.join(here, name) for name in _folders_in(self._at(here))]  # noqa: PTH118 - as above

    def _at(self, name: str) -> str:
        return os.path.join(self._root, name)  # noqa: PTH118 - as above


def _identity(folder: str) -> _Identity | None:
    """Tell by what a folder is known however one gets there; None if nothing is."""
    try:
        facts = os.stat(folder)  # noqa: PTH116 - as above
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _names_that_fit(part: str, folder: str) -> list[str]:
    """Return the names in a folder that fit; none if there is no such folder, or it can't be looked into."""
    if not has_magic(part):
        return [part]
    try:
        names = os.listdir(folder)  # noqa: PTH208 - as above
    except OSError:
        return []
    wanted = os.path.normcase(part)
    return [
        name
        for name in names
        if (part.startswith(".") or not name.startswith(".")) and fnmatchcase(os.path.normcase(name), wanted)
    ]


def _folders_in(folder: str) -> list[str]:
    """Return the folders in a folder; links to folders come first, so that a stack visits them last."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".") and _is_folder(entry)]
    except OSError:
        return []
    return [
        entry.name
        for entry in sorted(found, key=lambda entry: (entry.is_symlink(), entry.name), reverse=True)
    ]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
