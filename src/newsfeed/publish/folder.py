"""A folder on a disk that is open for a build: files are replaced whole, and leftovers of a build that died are removed.

A document is first written to a temporary file beside its place, or in the nearest folder above that exists. When all
are written, the system is told once to bring them safely to the disk, each is renamed into its place, and the record is
replaced last. So readers of the folder see an old file or a new one, never half of one; and a build that dies leaves
every file as it was, or new.
"""

import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from newsfeed.errors import PublishError
from newsfeed.model.formats import feed_suffixes
from newsfeed.publish.atomic_files import TEMPORARY_SUFFIX, replace_file, temporary_path
from newsfeed.publish.record import FOLDER, RECORD_PATH, Stamp
from newsfeed.publish.unfinished import UNFINISHED_PATH
from newsfeed.publish.write_errors import HALFWAY, UNCHANGED, publish_errors

__all__ = ["OpenFolder"]

#: Compressed copies of a document, which web servers serve in its place.
_COMPRESSED = ("gz", "br", "zst")
#: How the names of folders for workers begin.
_OF_WORKERS = "workers-"
_PRIVATE = 0o700


class OpenFolder:
    """An output folder that is open for one build: an `OpenTarget`.

    Args:
        root: The folder.
        staging: Where documents wait on the same disk; default: beside their places.
    """

    def __init__(self, root: Path, staging: Path | None = None) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        #: Temporary files, each with the path of its document. Texts, because there may be hundreds of thousands.
        self._staged: list[tuple[str, str]] = []
        self._obsolete: list[str] = []
        self._inside: dict[str, bool] = {}
        self._existing = {root: root}
        #: Unfinished files of a build that died, removed now.
        self.cleared: list[str] = []
        self._staging = staging

    def workers_folder(self) -> str:
        """Return a folder inside newsfeed's own, which is removed when the build ends."""
        if self._staging is None:
            self._staging = (self._root / FOLDER / f"{_OF_WORKERS}{uuid.uuid4().hex}").absolute()
            with publish_errors("write", self._staging, UNCHANGED):
                self._staging.mkdir(mode=_PRIVATE, parents=True)
        return str(self._staging)

    def for_worker(self) -> "OpenFolder":
        """Return a folder for the documents of one worker, who need not run where this one does."""
        return OpenFolder(self._root.absolute(), Path(self.workers_folder()))

    @property
    def staged(self) -> list[tuple[str, str]]:
        """Temporary files, each with the path of its document."""
        return self._staged

    def adopt(self, staged: list[tuple[str, str]]) -> None:
        """Accept documents that a worker has written."""
        self._staged += staged

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if there is none, or a link on its path leads out of the folder."""
        if not self._lies_inside(path):
            return None
        with publish_errors("read", self._root / path, UNCHANGED):
            try:
                return (self._root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None

    def stamp(self, path: str) -> Stamp | None:
        """Return a file's size and times, which change with it; None if there is no such file."""
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
        """Yield the paths of files that may be feeds; folders that are another newsroom's output are skipped."""
        for folder, folders, names in os.walk(self._root):
            if folder != str(self._root) and FOLDER in folders:
                folders.clear()
                continue
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.endswith(feed_suffixes()) and not name.startswith("."):
                    yield Path(folder, name).relative_to(self._root).as_posix()

    def put(self, path: str, document: bytes, media_type: str) -> None:  # noqa: ARG002 - other targets need the type
        """Write a document beside its place."""
        place = self._root / path
        if not self._lies_inside(path):
            link = self._link_out(place)
            raise PublishError(
                f"{link} is a link that leads out of {self._root}, to {os.path.realpath(link)}. "
                f"{UNCHANGED} Make it a folder, or name that place as the output folder."
            )
        with publish_errors("write", place, UNCHANGED):
            near = self._nearest_existing(place.parent)
            if stat.S_ISDIR(_mode(place)):
                raise PublishError(
                    f"{place} is a folder, but a feed belongs there. {UNCHANGED} "
                    "Move the folder, or change the feed's path."
                )
            for part in place.relative_to(near).parts:
                _mode(near / part)  # which fails if the disk can't have such a name
            temporary = temporary_path(self._staging_for(near))
            self._staged.append((str(temporary), path))
            temporary.write_bytes(document)

    def remove(self, path: str) -> None:
        """Mark a file, which `commit` will remove."""
        self._obsolete.append(path)

    def commit(self, record: Callable[[], bytes], *, unfinished: bytes) -> None:
        """Rename every document into its place, remove what is obsolete, and write the record."""
        with publish_errors("write", self._root / UNFINISHED_PATH, UNCHANGED):
            if self._staged:
                if unfinished:
                    self._replace(UNFINISHED_PATH, unfinished)
                _sync([temporary for temporary, _ in self._staged])
        for temporary, path in self._staged:
            place = self._root / path
            with publish_errors("write", place, HALFWAY):
                place.parent.mkdir(parents=True, exist_ok=True)
                self._remove_compressed(path)
                Path(temporary).replace(place)
        for path in self._obsolete:
            with publish_errors("write", self._root / path, HALFWAY):
                self._remove_compressed(path)
                if self.stamp(path) is not None:
                    (self._root / path).unlink()
                self._remove_empty_parents(path)
        with publish_errors("write", self._root / RECORD_PATH, HALFWAY):
            self._replace(RECORD_PATH, record())
            (self._root / UNFINISHED_PATH).unlink(missing_ok=True)
        self._staged.clear()

    def discard(self) -> None:
        """Remove documents that were written and not put into their places."""
        for temporary, _ in self._staged:
            Path(temporary).unlink(missing_ok=True)
        if self._staging is not None:
            shutil.rmtree(self._staging, ignore_errors=True)

    def clear_leftovers(self) -> None:
        """Remove the temporary files of a build that died."""
        for leftover in sorted(self._root.rglob(f".*{TEMPORARY_SUFFIX}")):
            leftover.unlink(missing_ok=True)
            self.cleared.append(leftover.relative_to(self._root).as_posix())
        for folder in (self._root / FOLDER).glob(f"{_OF_WORKERS}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _lies_inside(self, path: str) -> bool:
        """Return whether a path stays inside the folder, whatever links are on it."""
        parent = os.path.dirname(path)  # noqa: PTH120 - as for `stamp`
        known = self._inside.get(parent)
        if known is None:
            known = self._inside[parent] = self._is_inside(self._root / parent)
        return known

    def _link_out(self, place: Path) -> Path:
        """Return the first link on the way to a place that leads out of the folder."""
        parents = [self._root / parent for parent in place.relative_to(self._root).parents]
        outside = (parent for parent in reversed(parents) if not self._is_inside(parent))
        return next(outside)

    def _is_inside(self, folder: Path) -> bool:
        return Path(os.path.realpath(folder)).is_relative_to(self._real_root)

    def _staging_for(self, near: Path) -> Path:
        """Return where a document waits: on the disk on which its place is, so that it can be renamed."""
        staging = self._staging
        return near if staging is None or near.stat().st_dev != staging.stat().st_dev else staging

    def _nearest_existing(self, folder: Path) -> Path:
        """Return the folder itself, or the nearest one above it that exists."""
        known = self._existing.get(folder)
        if known is None:
            mode = _mode(folder)
            if mode and not folder.is_dir():
                raise PublishError(
                    f"{folder} is a file, but feeds belong below it. {UNCHANGED} "
                    "Move the file, or change the feeds' paths."
                )
            known = self._existing[folder] = folder if mode else self._nearest_existing(folder.parent)
        return known

    def _remove_compressed(self, path: str) -> None:
        """Remove the compressed copies of a document before it changes, because servers would still serve them."""
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
        """Replace one of newsfeed's own files, unless it is the same."""
        if self.read(name) != data:
            replace_file(self._root / name, data)


def _mode(place: Path) -> int:
    """Return the type of a file as `stat` has it, without following links; 0 if there is none."""
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _sync(files: list[str]) -> None:
    if hasattr(os, "sync"):
        os.sync()
        return
    for file in files:  # pragma: no cover - Windows has no call for all files at once
        with Path(file).open("rb+") as handle:
            os.fsync(handle.fileno())
