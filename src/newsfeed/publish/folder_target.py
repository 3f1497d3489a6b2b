"""A folder as a target: one build at a time, by a lock that ends with its process."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from socket import gethostname

from filelock import FileLock, Timeout

from newsfeed.errors import PublishError
from newsfeed.publish.folder import OpenFolder
from newsfeed.publish.record import FOLDER
from newsfeed.publish.write_errors import UNCHANGED, publish_errors

__all__ = ["FolderTarget", "folder_for_build"]

_PRIVATE = 0o700


class FolderTarget:
    """A folder on a disk, as a `Target`.

    Args:
        root: The output folder; created if it isn't there.
        name: What the report calls it; default: its path.
    """

    def __init__(self, root: Path, name: str = "") -> None:
        self._root = root
        self._name = name

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self._name or str(self._root)

    @property
    def place(self) -> str:
        """The path by which a store knows it, however it was named."""
        return os.path.realpath(self._root)

    @contextmanager
    def for_build(self, *, wait: float = 0) -> Iterator[OpenFolder]:
        """Open it for one build."""
        with folder_for_build(self._root, wait=wait) as folder:
            yield folder

    @contextmanager
    def for_reading(self) -> Iterator[OpenFolder]:
        """Open it to look at its documents."""
        yield OpenFolder(self._root)


@contextmanager
def folder_for_build(root: Path, *, wait: float = 0) -> Iterator[OpenFolder]:
    """Open a folder for one build; whatever goes wrong, nothing unfinished is left in it.

    Args:
        root: The output folder; created if it isn't there.
        wait: How many seconds to wait for another build to end.

    Yields:
        The folder.

    Raises:
        PublishError: If the folder can't be written, or another build is writing to it.
    """
    with publish_errors("write", root):
        own = _own_folder(root)
        holder = own / "building"
        guard = _locked(own / "lock", holder, root, wait)
    with guard:  # which doesn't lock again
        folder = OpenFolder(root)
        with publish_errors("write", root):
            if holder.exists():
                folder.clear_leftovers()
            holder.write_text(f"process {os.getpid()} on {gethostname()}", encoding="utf-8")
        try:
            yield folder
        finally:
            with publish_errors("write", root):
                folder.discard()
                holder.unlink(missing_ok=True)


def _own_folder(root: Path) -> Path:
    """Create newsfeed's own folder inside the output folder, for its owner alone."""
    own = root / FOLDER
    if root.exists() and not root.is_dir():
        raise PublishError(f"{root} is a file. Name a folder to write into, or move the file.")
    own.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    resolved = Path(os.path.realpath(own))
    if not resolved.is_relative_to(os.path.realpath(root)):
        raise PublishError(
            f"{own} is a link that leads out of {root}, to {resolved}. {UNCHANGED} Remove the link."
        )
    return own


def _locked(lock: Path, holder: Path, root: Path, wait: float) -> AbstractContextManager[object]:
    try:
        return FileLock(lock).acquire(timeout=max(wait, 0))
    except Timeout:
        raise PublishError(
            f"{root} is being written by {_name_of_holder(holder)}. Wait until it ends, "
            "or set how many seconds to wait with `--wait` or `wait=`."
        ) from None
    except NotImplementedError as error:
        raise PublishError(
            f"the disk of {root} has no locks, so two builds could write there at once. "
            "Build into a folder on another disk, and copy it."
        ) from error


def _name_of_holder(holder: Path) -> str:
    """Return which process holds the lock, if it has written its name."""
    try:
        return holder.read_text(encoding="utf-8") or "another process"
    except FileNotFoundError:
        return "another process"
