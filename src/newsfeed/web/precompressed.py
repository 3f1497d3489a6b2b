"""Compressed files beside documents, written once so that no request waits for them."""

import os
import uuid
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

from newsfeed.errors import InvalidValue, MissingExtra, PublishError
from newsfeed.web.codings import CODINGS, compressed, is_available
from newsfeed.web.folder import is_fresh
from newsfeed.web.media_types import is_compressible, served_type

__all__ = ["precompress"]

#: A shorter document would hardly become shorter.
_SHORTEST = 256


def precompress(
    folder: str | PathLike[str], codings: Sequence[str] = ("gzip",), *, wait: float = 0
) -> list[str]:
    """Write compressed files beside the documents of a published folder: `all.rss.gz`, `all.rss.br`, `all.rss.zst`.

    `wsgi_app` and `asgi_app` serve them while they are those of the document, and so do nginx, Caddy and others. A
    file gets its document's time stamp, by which is told whether it is; one that is left as it is. No build writes
    into the folder meanwhile. If this is killed, the next build, or the next call, removes the file that it was writing.

    Args:
        folder: The folder.
        codings: `gzip`, `br`, `zstd`; the last two with the extra `web`.
        wait: How many seconds to wait for a build of the folder to end.

    Returns:
        The files written, relative to the folder, by name.

    Raises:
        InvalidValue: If there is no such coding.
        MissingExtra: If a coding's package isn't installed.
        PublishError: If a file can't be written, and those before it are whole; or if a build of the folder goes on.

    Example:
        >>> import newsfeed
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as public:
        ...     _ = newsfeed.open("examples/report").publish(public)
        ...     precompress(public)[:2], precompress(public)
        (['az/all.atom.gz', 'az/all.json.gz'], [])
    """
    for coding in codings:
        if coding not in CODINGS:
            raise InvalidValue(
                f"{coding!r} is no coding", f"known are: {', '.join(CODINGS)}", field="codings"
            )
        if not is_available(coding):
            raise MissingExtra(f"files in the coding {coding}", "web")
    top = Path(folder)
    if not top.is_dir():
        return []
    from newsfeed.publish.locking import folder_for_build

    try:
        with folder_for_build(top, wait=wait) as locked:
            locked.clear_leftovers()
            return sorted(
                place.relative_to(top).as_posix()
                for document in _documents(top)
                for coding in codings
                for place in _written(document, coding)
            )
    except OSError as error:
        raise PublishError(f"can't write {error.filename or folder}: {error.strerror or error}") from error


def _documents(top: Path) -> Iterator[Path]:
    """Yield the files that become shorter when they are compressed."""
    for path, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and is_compressible(served_type(name, b"")):
                yield Path(path, name)


def _written(document: Path, coding: str) -> Iterator[Path]:
    """Write a document's file in a coding, unless there is one of the document as it is; yield its place if so."""
    place = document.with_name(document.name + CODINGS[coding].suffix)
    status = document.stat()
    if status.st_size < _SHORTEST or (place.exists() and is_fresh(place.stat(), status)):
        return
    beside = place.with_name(f".{uuid.uuid4().hex}.newsfeed-part")  # what a build clears away, too
    try:
        beside.write_bytes(compressed(document.read_bytes(), coding, thorough=True))
        os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    yield place
