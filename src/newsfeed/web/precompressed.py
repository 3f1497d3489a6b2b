"""Compressed files beside documents, written in advance so that no request waits for them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path

from newsfeed.errors import InvalidValue, MissingExtra, PublishError
from newsfeed.publish.atomic_files import temporary_path
from newsfeed.publish.folder_target import folder_for_build
from newsfeed.web.content_codings import CODINGS, compress, is_available
from newsfeed.web.folder import is_fresh
from newsfeed.web.media_types import is_compressible, served_type

__all__ = ["precompress"]

#: Smaller documents aren't worth compressing.
_MIN_SIZE = 256


def precompress(
    folder: str | PathLike[str],
    codings: Sequence[str] = ("gzip",),
    *,
    wait: float = 0,
    documents: Iterable[str] | None = None,
) -> list[str]:
    """Write compressed files beside the documents of a published folder: `all.rss.gz`, `all.rss.br`, `all.rss.zst`.

    `wsgi_app` and `asgi_app` serve them while they match their documents; so do nginx, Caddy and others. A compressed
    file gets its document's modification time, which shows whether it matches; files that match aren't written again.
    No build writes into the folder meanwhile. If this is killed, the next build or call removes its unfinished file.

    Args:
        folder: The folder.
        codings: `gzip`, `br` or `zstd`; the last two need the extra `web`.
        wait: How many seconds to wait for a running build of the folder.
        documents: The documents to look at, relative to the folder, such as a report's `written`; default: all.

    Returns:
        The files written, relative to the folder, sorted.

    Raises:
        InvalidValue: If a coding is unknown.
        MissingExtra: If a coding's package isn't installed.
        PublishError: If a file can't be written (those before it are complete), or a build of the folder is running.

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
                f"{coding!r} isn't a known coding", f"use one of {', '.join(CODINGS)}", field="codings"
            )
        if not is_available(coding):
            raise MissingExtra(f"compression with {coding}", "web")
    top = Path(folder)
    if not top.is_dir():
        return []
    try:
        with folder_for_build(top, wait=wait):
            found = _documents(top) if documents is None else (top / document for document in documents)
            return sorted(
                written.relative_to(top).as_posix()
                for document in found
                if is_compressible(served_type(document.name, b"")) and document.is_file()
                for coding in codings
                for written in _write(document, coding)
            )
    except OSError as error:
        raise PublishError(f"can't write {error.filename or folder}: {error.strerror or error}") from error


def _documents(top: Path) -> Iterator[Path]:
    """Yield all files except hidden ones."""
    for path, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield Path(path, name)


def _write(document: Path, coding: str) -> Iterator[Path]:
    """Write a document's compressed file, unless there is one that matches; yield its path if it was written."""
    target = document.with_name(document.name + CODINGS[coding].suffix)
    status = document.stat()
    if status.st_size < _MIN_SIZE or (target.exists() and is_fresh(target.stat(), status)):
        return
    part = temporary_path(target.parent)
    try:
        part.write_bytes(compress(document.read_bytes(), coding, thorough=True))
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    yield target
