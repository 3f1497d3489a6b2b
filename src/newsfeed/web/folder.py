"""A published folder. Each request opens a document once, so that its tag and its bytes match."""

import os
import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EACCES, EINVAL, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from newsfeed.publish.record import GONE_PATH, RECORD_PATH, PublishRecord, digest_of_path
from newsfeed.publish.unlisted import UNLISTED_PATH, UnlistedDocuments
from newsfeed.web.content_codings import CODINGS
from newsfeed.web.documents import Sibling, digest_of
from newsfeed.web.exchange import PIECE, pieces_of
from newsfeed.web.lru_cache import LruCache
from newsfeed.web.media_types import served_type
from newsfeed.web.paths import document_path

__all__ = ["FileDocument", "PublishedFolder", "gone_from", "is_fresh"]

#: Errors that mean that there is no document at a path.
_NOT_FOUND = {EACCES, EINVAL, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM}
#: Symbolic links are already resolved, opening a pipe doesn't block, and Windows doesn't convert line endings.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
#: Documents whose digests are remembered.
_REMEMBERED = 20_000
#: Names of a folder that are read to suggest one for a path that doesn't exist.
_MAX_NAMES = 5000
_SECOND = 1_000_000_000


class _Facts(NamedTuple):
    """What follows from a document's bytes."""

    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FileDocument:
    """An open file of the folder."""

    path: str
    media_type: str
    digest: str
    modified: datetime
    size: int
    file: BinaryIO
    folder: "PublishedFolder"
    status: os.stat_result
    #: It may change again without a new date within the same second.
    has_own_date: bool = False
    is_private: bool = False

    def sibling(self, coding: str) -> Sibling | None:
        """Open the compressed file beside this one."""
        return self.folder.sibling(self.path, coding, self.status)


class PublishedFolder:
    """The documents in a folder.

    Symbolic links are followed inside the folder, never out of it. Names that begin with a dot are hidden.

    Args:
        folder: The folder; it needn't exist yet.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as public:
        ...     _ = Path(public, "all.rss").write_bytes(b"<rss/>")
        ...     document = PublishedFolder(public).find("all.rss")
        ...     with document.file:
        ...         print(document.media_type, document.size)
        application/rss+xml; charset=utf-8 6
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        self._folder = os.fspath(folder)
        self._facts: LruCache[tuple[int | str, ...], _Facts] = LruCache(_REMEMBERED)
        self._unlisted_as_of: tuple[tuple[int, ...], UnlistedDocuments] = (), UnlistedDocuments()

    def find(self, path: str) -> FileDocument | None:
        """Open the document at a path."""
        opened = self._open(path)
        if opened is None:
            return None
        file, status = opened
        try:
            facts = self._facts_of(file, status, path)
        except BaseException:
            file.close()
            raise
        return FileDocument(
            path=path,
            media_type=facts.media_type,
            digest=facts.digest,
            # Rounded up: a client that has what was there a moment before may ask by the date of its answer.
            modified=datetime.fromtimestamp(-(-status.st_mtime_ns // _SECOND), UTC),
            size=status.st_size,
            file=file,
            folder=self,
            status=status,
            is_private=self._unlisted().is_private(_without_coding(path)),
        )

    def sibling(self, path: str, coding: str, original: os.stat_result) -> Sibling | None:
        """Open the compressed file beside a document, if it matches the document."""
        opened = self._open(path + CODINGS[coding].suffix)
        if opened is None:
            return None
        file, status = opened
        if not is_fresh(status, original):
            file.close()
            return None
        return Sibling(file, status.st_size, self._facts_of(file, status, path).digest)

    def names(self, folder: str) -> Iterable[str] | None:
        """Return the names in a folder that may be served, but for documents of feeds that aren't listed."""
        inside = self._inside(folder)
        if inside is None:
            return None
        try:
            with os.scandir(inside) as entries:
                found = [entry for entry in islice(entries, _MAX_NAMES) if document_path(entry.name)]
                names = sorted(entry.name + "/" * entry.is_dir() for entry in found)
        except OSError:
            return None
        unlisted = self._unlisted()
        return [name for name in names if not unlisted.has(folder + name)]

    def _unlisted(self) -> UnlistedDocuments:
        """Return which documents aren't listed or aren't for everybody; read again when a build has changed it."""
        file = Path(self._folder, UNLISTED_PATH)
        try:
            status = file.stat()
            state = status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
            if state != self._unlisted_as_of[0]:
                self._unlisted_as_of = state, UnlistedDocuments(file.read_bytes())
        except OSError:  # there is none, or this process may not read it
            return UnlistedDocuments()
        return self._unlisted_as_of[1]

    def _open(self, path: str) -> tuple[BinaryIO, os.stat_result] | None:
        file = self._inside(path)
        if file is None:
            return None
        try:
            descriptor = os.open(file, _FLAGS)
        except OSError as error:
            if error.errno in _NOT_FOUND:
                return None
            raise
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        return os.fdopen(descriptor, "rb", buffering=0), status

    def _inside(self, path: str) -> str | None:
        """Return the real path of a path, or `None` if it leads out of the folder or to something hidden in it."""
        top = os.path.realpath(self._folder)
        try:
            real = os.path.realpath(os.path.join(top, path))  # noqa: PTH118 - five times as fast as pathlib
        except UnicodeEncodeError:  # the locale's encoding lacks these characters, so no file has this name
            return None
        if real == top:
            return real
        inside = real.removeprefix(top.rstrip(os.sep) + os.sep)
        if inside == real or (os.sep + ".") in (os.sep + inside):
            return None
        return real

    def _facts_of(self, file: BinaryIO, status: os.stat_result, path: str) -> _Facts:
        """Read a whole file, once for each of its states, and rewind it."""
        state = (
            status.st_dev,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
            path.rpartition(".")[2],
        )
        facts = self._facts.get(state)
        if facts is None:
            beginning = file.read(PIECE)
            file.seek(0)
            facts = _Facts(digest_of(pieces_of(file, status.st_size)), served_type(path, beginning))
            file.seek(0)
            # A file that was just written may change again without a new time.
            if time.time_ns() - status.st_ctime_ns > _SECOND:
                self._facts.put(state, facts)
        return facts


def _without_coding(path: str) -> str:
    """Return the path of the document that a compressed file stands beside; any other path as it is."""
    suffix = next((each.suffix for each in CODINGS.values() if path.endswith(each.suffix)), "")
    return path.removesuffix(suffix)


def is_fresh(sibling: os.stat_result, original: os.stat_result) -> bool:
    """Return whether a compressed file matches its document.

    Compression programs copy the modification time, some of them only to the second.
    """
    if sibling.st_mtime_ns == original.st_mtime_ns:
        return True
    seconds, rest = divmod(sibling.st_mtime_ns, _SECOND)
    return not rest and seconds == original.st_mtime_ns // _SECOND


def gone_from(folder: str | PathLike[str]) -> Callable[[str], bool]:
    """Return the argument `gone` for `wsgi_app` and `asgi_app`, so that feeds that have ended answer 410.

    It reads the folder's record, again whenever a build has changed it.

    Args:
        folder: The folder that newsfeed published into.

    Returns:
        A function that takes a path, `en/topic/snow.rss`, and returns whether a document was removed there.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as public:
        ...     gone_from(public)("en/topic/snow.rss")
        False
    """
    return _Gone(Path(folder))


class _Gone:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._record = folder / RECORD_PATH
        self._seen = (0, 0)
        self._gone: frozenset[str] = frozenset()

    def __call__(self, path: str) -> bool:
        try:
            changed = self._record.stat().st_mtime_ns, self._changed_by_store()
            if changed != self._seen:
                record = PublishRecord.read(self._record.read_bytes())
                self._gone = self._gone_of_store() if record.store else record.gone
                self._seen = changed
        except OSError:  # there is no record, or this process may not read it
            return False
        return bool(self._gone) and digest_of_path(path) in self._gone

    def _changed_by_store(self) -> int:
        """Return when the list of a store changed, which it does before the first document goes; 0 if there is none."""
        try:
            return (self._folder / GONE_PATH).stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _gone_of_store(self) -> frozenset[str]:
        """Return what is gone from the target of a store, whose marker doesn't name it."""
        try:
            return frozenset(msgspec.json.decode((self._folder / GONE_PATH).read_bytes(), type=list[str]))
        except (FileNotFoundError, msgspec.MsgspecError):
            return frozenset()
