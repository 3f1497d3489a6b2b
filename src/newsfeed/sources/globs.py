"""Globs: the files of a folder that match a pattern. Links to folders are followed, and no folder is visited twice.

The standard library's `glob` follows links that lead back again and again: two links to `.` keep it busy forever.
"""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path
from typing import TypeAlias

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["files_that_fit"]

_SEPARATORS = lazy_pattern(r"[\\/]+" if os.sep == "\\" else r"/+")
_ANY_FOLDERS = "**"
#: The device and the inode of a folder.
_Identity: TypeAlias = tuple[int, int]


def files_that_fit(pattern: str, root: Path) -> list[str]:
    """Find the files that match a glob.

    Args:
        pattern: The glob, relative to a folder or absolute: a `*` matches any characters of one name, `**` any
            folders. Names that begin with a dot are matched only by patterns that begin with one.
        root: The folder.

    Returns:
        Their sorted names, relative to the folder if the pattern is. A file with several links to it is named at least
        once.
    """
    anchor = Path(pattern).anchor
    parts = [part for part in _SEPARATORS.split(pattern[len(anchor) :]) if part not in {"", "."}]
    return sorted(set(_Search(root).fitting(anchor, tuple(parts))))


class _Search:
    """One search. Folders are named relative to a root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        #: The finished searches: each folder with the remaining parts of the pattern.
        self._seen: set[tuple[_Identity | None, tuple[str, ...]]] = set()

    def fitting(self, folder: str, parts: tuple[str, ...]) -> Iterator[str]:
        """Yield the files below a folder that match the parts of a pattern."""
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
        """Yield a folder and all folders below it that aren't hidden, each once."""
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
    """Return what identifies a folder whatever the path to it; None if there is no folder."""
    try:
        facts = os.stat(folder)  # noqa: PTH116 - as above
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _names_that_fit(part: str, folder: str) -> list[str]:
    """Return the matching names in a folder; none if the folder doesn't exist or can't be read."""
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
