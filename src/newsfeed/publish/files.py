"""Files are replaced whole, or left alone when their bytes are the same.

A document is first written to a temporary file beside its place. When all are written, the system is told once to
bring them safely to the disk, and then each is renamed into its place. So whoever reads the folder sees an old file
or a new one, never half of one; and a build that dies leaves every file as it was, or new.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfeed.errors import PublishError

__all__ = ["Staging", "staging"]

_UNFINISHED = ".newsfeed-part"
_AN_HOUR = 3600


class Staging:
    """Documents on their way into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staged: list[tuple[Path, Path]] = []

    def put(self, path: str, document: bytes) -> bool:
        """Write a document beside its place, unless the file there has the same bytes.

        Args:
            path: Its place, relative to the folder.
            document: Its bytes.

        Returns:
            Whether the file is new or changes.
        """
        place = self._folder / path
        if _has_bytes(place, document):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{uuid.uuid4().hex}{_UNFINISHED}")
        self._staged.append((beside, place))
        beside.write_bytes(document)
        return True

    def commit(self) -> Iterator[str]:
        """Rename every document into its place; then clear away what a build that died had left beside them.

        Yields:
            The relative path of each unfinished file that was removed.
        """
        if not self._staged:
            return
        now = self._staged[-1][0].stat().st_mtime
        _bring_to_disk([beside for beside, _ in self._staged])
        for beside, place in self._staged:
            beside.replace(place)
        for folder in sorted({place.parent for _, place in self._staged}):
            for leftover in sorted(folder.glob(f".*{_UNFINISHED}")):
                if leftover.stat().st_mtime < now - _AN_HOUR:
                    leftover.unlink()
                    yield leftover.relative_to(self._folder).as_posix()

    def discard(self) -> None:
        """Remove what was written and not put into its place."""
        for beside, _ in self._staged:
            beside.unlink(missing_ok=True)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Open a folder for documents; whatever goes wrong, nothing unfinished is left in it.

    Args:
        folder: The output folder; made if it isn't there.

    Yields:
        The staging.

    Raises:
        PublishError: If the folder can't be written.
    """
    stage = Staging(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield stage
    except OSError as error:
        name = error.filename or folder
        raise PublishError(
            f"can't write {name}: {error.strerror or error}; nothing unfinished is left behind"
        ) from error
    finally:
        stage.discard()


def _has_bytes(place: Path, document: bytes) -> bool:
    try:
        return place.stat().st_size == len(document) and place.read_bytes() == document
    except (FileNotFoundError, NotADirectoryError):
        return False


def _bring_to_disk(files: list[Path]) -> None:
    if hasattr(os, "sync"):
        os.sync()
        return
    for file in files:  # pragma: no cover - Windows has no call for all files at once
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
