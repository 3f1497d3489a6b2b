"""A published folder: each document is opened once a request, so that its tag and its bytes belong together."""

import os
import stat
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EACCES, EINVAL, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM
from itertools import islice
from os import PathLike
from typing import BinaryIO, NamedTuple

from newsfeed.web.codings import CODINGS
from newsfeed.web.documents import Sibling, digest_of
from newsfeed.web.exchange import PIECE, pieces_of
from newsfeed.web.media_types import served_type
from newsfeed.web.paths import place_of
from newsfeed.web.shelf import Shelf

__all__ = ["Folder", "is_fresh"]

#: So the system says that there is nothing to read at a place.
_NOTHING_THERE = {EACCES, EINVAL, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM}
#: Links are followed before; a pipe doesn't make us wait; on Windows bytes stay as they are.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
#: So many documents' digests are remembered.
_REMEMBERED = 20_000
#: So many names of a folder are looked at when somebody asks for one that isn't there.
_NAMES = 5000
_SECOND = 1_000_000_000


class _Facts(NamedTuple):
    """What is worked out from a document's bytes."""

    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FileDocument:
    """A file of the folder, opened."""

    place: str
    media_type: str
    digest: str
    modified: datetime
    size: int
    file: BinaryIO
    folder: "Folder"
    status: os.stat_result
    #: It may change again within the second of its date.
    has_own_date: bool = False

    def sibling(self, coding: str) -> Sibling | None:
        """Open the file that lies beside this one, compressed."""
        return self.folder.sibling(self.place, coding, self.status)


class Folder:
    """The documents in a folder.

    Links inside the folder are followed, those that lead out of it are not; what begins with a dot isn't there.

    Args:
        folder: The folder; it may be made later.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as public:
        ...     _ = Path(public, "all.rss").write_bytes(b"<rss/>")
        ...     document = Folder(public).find("all.rss")
        ...     with document.file:
        ...         print(document.media_type, document.size)
        application/rss+xml; charset=utf-8 6
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        self._folder = os.fspath(folder)
        self._facts: Shelf[tuple[int | str, ...], _Facts] = Shelf(_REMEMBERED)

    def find(self, place: str) -> FileDocument | None:
        """Open the document at a place."""
        opened = self._open(place)
        if opened is None:
            return None
        file, status = opened
        try:
            facts = self._facts_of(file, status, place)
        except BaseException:
            file.close()
            raise
        return FileDocument(
            place=place,
            media_type=facts.media_type,
            digest=facts.digest,
            # Rounded up: a client that has what was there a moment before may ask by the date of its answer.
            modified=datetime.fromtimestamp(-(-status.st_mtime_ns // _SECOND), UTC),
            size=status.st_size,
            file=file,
            folder=self,
            status=status,
        )

    def sibling(self, place: str, coding: str, original: os.stat_result) -> Sibling | None:
        """Open the file beside a document that has it compressed, if it was made of the document as it is."""
        opened = self._open(place + CODINGS[coding].suffix)
        if opened is None:
            return None
        file, status = opened
        if not is_fresh(status, original):
            file.close()
            return None
        return Sibling(file, status.st_size, self._facts_of(file, status, place).digest)

    def names(self, folder: str) -> Iterable[str] | None:
        """Name what lies in a folder, as far as it may be served."""
        path = self._inside(folder)
        if path is None:
            return None
        try:
            with os.scandir(path) as entries:
                found = [entry for entry in islice(entries, _NAMES) if place_of(entry.name)]
                return sorted(entry.name + "/" * entry.is_dir() for entry in found)
        except OSError:
            return None

    def _open(self, place: str) -> tuple[BinaryIO, os.stat_result] | None:
        path = self._inside(place)
        if path is None:
            return None
        try:
            descriptor = os.open(path, _FLAGS)
        except OSError as error:
            if error.errno in _NOTHING_THERE:
                return None
            raise
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        return os.fdopen(descriptor, "rb", buffering=0), status

    def _inside(self, place: str) -> str | None:
        """Give the real path of a place, or `None` where it leads out of the folder, or to what is hidden in it."""
        top = os.path.realpath(self._folder)
        try:
            path = os.path.realpath(os.path.join(top, place))  # noqa: PTH118 - a fifth of pathlib's time, each request
        except UnicodeEncodeError:  # in a locale that has no such letters, no file has that name
            return None
        if path == top:
            return path
        inside = path.removeprefix(top.rstrip(os.sep) + os.sep)
        if inside == path or (os.sep + ".") in (os.sep + inside):
            return None
        return path

    def _facts_of(self, file: BinaryIO, status: os.stat_result, place: str) -> _Facts:
        """Read a file through, once for each of its states, and go back to its beginning."""
        state = (
            status.st_dev,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
            place.rpartition(".")[2],
        )
        facts = self._facts.get(state)
        if facts is None:
            beginning = file.read(PIECE)
            file.seek(0)
            facts = _Facts(digest_of(pieces_of(file, status.st_size)), served_type(place, beginning))
            file.seek(0)
            # A file that was just written may change again without showing it by its time.
            if time.time_ns() - status.st_ctime_ns > _SECOND:
                self._facts.put(state, facts)
        return facts


def is_fresh(sibling: os.stat_result, original: os.stat_result) -> bool:
    """Tell whether a compressed file was made of a document as it is.

    Programs that compress give the new file the time of the old one, some of them to the second.
    """
    if sibling.st_mtime_ns == original.st_mtime_ns:
        return True
    seconds, rest = divmod(sibling.st_mtime_ns, _SECOND)
    return not rest and seconds == original.st_mtime_ns // _SECOND
