"""A folder on a disk: files are replaced whole, one build at a time, and what a build that died left is cleared away.

A document is first written to a temporary file beside its place. When all are written, the system is told once to
bring them safely to the disk, each is renamed into its place, and the record is replaced last. So whoever reads the
folder sees an old file or a new one, never half of one; and a build that dies leaves every file as it was, or new.
"""

import os
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname

from filelock import FileLock, Timeout

from newsfeed.errors import PublishError
from newsfeed.publish.record import FOLDER, NAME, Stamp

__all__ = ["Folder", "folder_for_build"]

_UNFINISHED = ".newsfeed-part"
_PRIVATE = 0o700


class Folder:
    """An output folder, for the time of a build.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._staged: list[tuple[Path, Path]] = []
        self._obsolete: list[str] = []
        self._inside: set[Path] = set()
        #: Unfinished files of a build that died, cleared away.
        self.cleared: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Read a file; None where there is none."""
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def stamp(self, path: str) -> Stamp | None:
        """Tell a file's size and times, which change with it; None where there is no such file."""
        try:
            facts = os.stat(f"{self._root}/{path}", follow_symlinks=False)  # noqa: PTH116 - a Path for each would cost more than the call
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (
            Stamp(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
            if stat.S_ISREG(facts.st_mode)
            else None
        )

    def put(self, path: str, document: bytes, media_type: str) -> None:  # noqa: ARG002 - other stores need the type
        """Write a document beside its place."""
        place = self._root / path
        self._make_parent(place)
        beside = place.with_name(f".{uuid.uuid4().hex}{_UNFINISHED}")
        self._staged.append((beside, place))
        beside.write_bytes(document)

    def remove(self, path: str) -> None:
        """Remove a file when the others are in their places."""
        self._obsolete.append(path)

    def commit(self, record: Callable[[], bytes]) -> None:
        """Rename every document into its place, remove what is obsolete, and write the record.

        Args:
            record: Makes the record, when all files are in their places.
        """
        if self._staged:
            _bring_to_disk([beside for beside, _ in self._staged])
        for beside, place in self._staged:
            beside.replace(place)
        for path in self._obsolete:
            (self._root / path).unlink(missing_ok=True)
            self._remove_empty_parents(path)
        self._write_record(record())

    def discard(self) -> None:
        """Remove what was written and not put into its place."""
        for beside, _ in self._staged:
            beside.unlink(missing_ok=True)

    def clear_leftovers(self) -> None:
        """Remove what a build that died left beside documents."""
        for leftover in sorted(self._root.rglob(f".*{_UNFINISHED}")):
            leftover.unlink(missing_ok=True)
            self.cleared.append(leftover.relative_to(self._root).as_posix())

    def _make_parent(self, place: Path) -> None:
        """Make a document's folder, and see that it lies inside the output folder, whatever links there are."""
        parent = place.parent
        if parent in self._inside:
            return
        parent.mkdir(parents=True, exist_ok=True)
        if not parent.resolve().is_relative_to(self._root.resolve()):
            raise PublishError(
                f"{parent} is a link that leads out of {self._root}, to {parent.resolve()}; "
                "nothing was written; make it a folder, or name that place as the output folder"
            )
        self._inside.add(parent)

    def _remove_empty_parents(self, path: str) -> None:
        for parent in (self._root / path).relative_to(self._root).parents:
            if parent == Path():
                return
            try:
                (self._root / parent).rmdir()
            except OSError:
                return

    def _write_record(self, record: bytes) -> None:
        place = self._root / NAME
        if self.read(NAME) == record:
            return
        beside = place.with_name(f".{uuid.uuid4().hex}{_UNFINISHED}")
        with beside.open("wb") as file:
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)


@contextmanager
def folder_for_build(root: Path, *, wait: float = 0) -> Iterator[Folder]:
    """Open a folder for one build; whatever goes wrong, nothing unfinished is left in it.

    Args:
        root: The output folder; made if it isn't there.
        wait: How many seconds to wait for another build to end.

    Yields:
        The folder.

    Raises:
        PublishError: If the folder can't be written, or another build goes on in it.
    """
    folder = Folder(root)
    try:
        own = root / FOLDER
        own.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        holder = own / "building"
        with _locked(own / "lock", holder, root, wait):
            if holder.exists():
                folder.clear_leftovers()
            holder.write_text(f"process {os.getpid()} on {gethostname()}", encoding="utf-8")
            try:
                yield folder
            finally:
                folder.discard()
                holder.unlink(missing_ok=True)
    except OSError as error:
        name = error.filename or root
        raise PublishError(
            f"can't write {name}: {error.strerror or error}; nothing unfinished is left behind"
        ) from error


@contextmanager
def _locked(lock: Path, holder: Path, root: Path, wait: float) -> Iterator[None]:
    try:
        guard = FileLock(lock, timeout=wait).acquire()
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise PublishError(
            f"{root} is being written by {who}; wait for it to end, or say how long to wait for it"
        ) from None
    with guard:
        yield


def _bring_to_disk(files: list[Path]) -> None:
    if hasattr(os, "sync"):
        os.sync()
        return
    for file in files:  # pragma: no cover - Windows has no call for all files at once
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
