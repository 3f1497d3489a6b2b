"""A folder on a disk: files are replaced whole, and what a build that died left is cleared away.

A document is first written to a temporary file beside its place, or as near to it as there are folders. When all are
written, the system is told once to bring them safely to the disk, each is renamed into its place, and the record is
replaced last. So whoever reads the
folder sees an old file or a new one, never half of one; and a build that dies leaves every file as it was, or new.
"""

import os
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfeed.errors import PublishError
from newsfeed.publish.advice import advice_for
from newsfeed.publish.record import FOLDER, NAME, Stamp
from newsfeed.publish.unfinished import UNFINISHED

__all__ = ["OpenFolder"]

_PART = ".newsfeed-part"
#: Compressed copies of a document, which web servers hand out in its place.
_COMPRESSED = ("gz", "br", "zst")


class OpenFolder:
    """An output folder that is open for one build: an `OpenTarget`.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._staged: list[tuple[Path, Path]] = []
        self._obsolete: list[str] = []
        self._inside: dict[str, bool] = {}
        self._there = {root: root}
        #: Unfinished files of a build that died, cleared away.
        self.cleared: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Read a file; None where there is none, or the way to it leads out of the folder."""
        if not self._lies_inside(path):
            return None
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise _failed("read", self._root / path, error, "nothing was changed") from error

    def stamp(self, path: str) -> Stamp | None:
        """Tell a file's size and times, which change with it; None where there is no such file."""
        if not self._lies_inside(path):
            return None
        try:
            facts = os.stat(f"{self._root}/{path}", follow_symlinks=False)  # noqa: PTH116 - a Path for each would cost more than the call
        except OSError:
            return None
        return (
            Stamp(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
            if stat.S_ISREG(facts.st_mode)
            else None
        )

    def may_be_feeds(self) -> Iterator[str]:
        """Yield the paths of files that may be feeds; folders that are another newsroom's output are passed over."""
        for folder, folders, names in os.walk(self._root):
            if folder != str(self._root) and FOLDER in folders:
                folders.clear()
                continue
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.endswith((".rss", ".atom", ".json")) and not name.startswith("."):
                    yield Path(folder, name).relative_to(self._root).as_posix()

    def put(self, path: str, document: bytes, media_type: str) -> None:  # noqa: ARG002 - other stores need the type
        """Write a document beside its place."""
        place = self._root / path
        if not self._lies_inside(path):
            link = self._way_out(place)
            raise PublishError(
                f"{link} is a link that leads out of {self._root}, to {os.path.realpath(link)}; "
                "nothing was changed; make it a folder, or name that place as the output folder"
            )
        with _told(place, "nothing was changed"):
            near = self._nearest(place.parent)
            if stat.S_ISDIR(_mode(place)):
                raise PublishError(
                    f"{place} is a folder, but a feed belongs there; nothing was changed; "
                    "move the folder, or change the feed's path"
                )
            for part in place.relative_to(near).parts:
                _mode(near / part)  # which fails if the disk can't have such a name
            beside = _beside(near)
            self._staged.append((beside, place))
            beside.write_bytes(document)

    def remove(self, path: str) -> None:
        """Remove a file when the others are in their places."""
        self._obsolete.append(path)

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Rename every document into its place, remove what is obsolete, and write the record."""
        with _told(self._root / UNFINISHED, "nothing was changed"):
            if self._staged:
                self._replace(UNFINISHED, unfinished)
                _bring_to_disk([beside for beside, _ in self._staged])
        for beside, place in self._staged:
            with _told(place, _HALFWAY):
                place.parent.mkdir(parents=True, exist_ok=True)
                self._remove_compressed(place.relative_to(self._root).as_posix())
                beside.replace(place)
        for path in self._obsolete:
            with _told(self._root / path, _HALFWAY):
                self._remove_compressed(path)
                if self.stamp(path) is not None:
                    (self._root / path).unlink()
                self._remove_empty_parents(path)
        with _told(self._root / NAME, _HALFWAY):
            self._replace(NAME, record())
            (self._root / UNFINISHED).unlink(missing_ok=True)
        self._staged.clear()

    def discard(self) -> None:
        """Remove what was written and not put into its place."""
        for beside, _ in self._staged:
            beside.unlink(missing_ok=True)

    def clear_leftovers(self) -> None:
        """Remove what a build that died left beside documents."""
        for leftover in sorted(self._root.rglob(f".*{_PART}")):
            leftover.unlink(missing_ok=True)
            self.cleared.append(leftover.relative_to(self._root).as_posix())

    def _lies_inside(self, path: str) -> bool:
        """Tell whether the way to a path stays inside the folder, whatever links there are."""
        parent = os.path.dirname(path)  # noqa: PTH120 - as for `stamp`
        known = self._inside.get(parent)
        if known is None:
            known = self._inside[parent] = self._is_inside(self._root / parent)
        return known

    def _way_out(self, place: Path) -> Path:
        """Find the first link on the way to a place by which the way leaves the folder."""
        parents = [self._root / parent for parent in place.relative_to(self._root).parents]
        outside = (parent for parent in reversed(parents) if not self._is_inside(parent))
        return next(outside)

    def _is_inside(self, folder: Path) -> bool:
        return Path(os.path.realpath(folder)).is_relative_to(self._real_root)

    def _nearest(self, folder: Path) -> Path:
        """Find the folder that is there already on the way to one that may have to be made."""
        known = self._there.get(folder)
        if known is None:
            mode = _mode(folder)
            if mode and not folder.is_dir():
                raise PublishError(
                    f"{folder} is a file, but feeds belong below it; nothing was changed; "
                    "move the file, or change the feeds' paths"
                )
            known = self._there[folder] = folder if mode else self._nearest(folder.parent)
        return known

    def _remove_compressed(self, path: str) -> None:
        """Remove the compressed copies of a document, before it changes: a server would hand them out in its place."""
        for ending in _COMPRESSED:
            name = f"{path}.{ending}"
            if self.stamp(name) is not None:
                (self._root / name).unlink()

    def _remove_empty_parents(self, path: str) -> None:
        if not self._lies_inside(path):
            return
        for parent in Path(path).parents:
            if parent == Path():
                return
            try:
                (self._root / parent).rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                return

    def _replace(self, name: str, data: bytes) -> None:
        """Replace a file of newsfeed's own, and see that it is on the disk."""
        place = self._root / name
        if self.read(name) == data:
            return
        beside = _beside(place.parent)
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


_HALFWAY = "every document is whole, but some of them are still old; the next build finishes the job"


@contextmanager
def _told(place: Path, state: str) -> Iterator[None]:
    """Turn what the system says into an error that names the document, not a temporary file beside it."""
    try:
        yield
    except OSError as error:
        raise _failed("write", place, error, state) from error


def _failed(verb: str, place: Path, error: OSError, state: str) -> PublishError:
    return PublishError(f"can't {verb} {place}: {error.strerror or error}; {state}{advice_for(error)}")


def _beside(folder: Path) -> Path:
    return folder / f".{uuid.uuid4().hex}{_PART}"


def _mode(place: Path) -> int:
    """Give the kind of a file as `stat` has it, links not followed; 0 where there is nothing."""
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _bring_to_disk(files: list[Path]) -> None:
    if hasattr(os, "sync"):
        os.sync()
        return
    for file in files:  # pragma: no cover - Windows has no call for all files at once
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
