"""Files of text, plain or gzipped: opened, decompressed, freed of a byte order mark.

Whatever goes wrong becomes one `InvalidValue` that says what is wrong with the file. What could be read before is
handed on.
"""

import gzip
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import GzipFile
from io import BufferedReader, FileIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed.errors import InvalidValue

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Meter", "content_of", "lines_of", "not_utf8"]

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16

#: What can go wrong with a file, what is said of it, and what helps; the first that fits counts.
_PROBLEMS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    (
        (gzip.BadGzipFile, zlib.error),
        "the file is no gzip, or damaged",
        "gzip it again, or take .gz off its name",
    ),
    (EOFError, "the file ends in the middle of its compressed data", "gzip it again"),
    (FileNotFoundError, "there is no such file", "put it there, or take it out of site.articles"),
    (IsADirectoryError, "it is a folder", "name the files in it, as in articles/*.json"),
)


class Meter:
    """Tells how many bytes were read of files, one after the other; it costs nothing but when it is asked."""

    def __init__(self) -> None:
        self._earlier = 0
        self._file: FileIO | None = None

    @property
    def read(self) -> int:
        """The bytes that were read, of compressed files the compressed ones."""
        return self._earlier + (0 if self._file is None else self._file.tell())

    @contextmanager
    def watching(self, file: FileIO) -> Iterator[None]:
        """Count what is read of a file."""
        self._file = file if file.seekable() else None
        try:
            yield
        finally:
            self._earlier = self.read
            self._file = None


def lines_of(path: Path, meter: Meter | None = None) -> Iterator[bytes]:
    """Read a file line by line.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.

    Yields:
        Each line with its end, undecoded; the first without a byte order mark.

    Raises:
        InvalidValue: If the file can't be opened, or from some line on can't be read.
    """
    with _opened(path, meter or Meter()) as file:
        yield from file


def content_of(path: Path, meter: Meter | None = None) -> tuple[bytes, InvalidValue | None]:
    """Read a whole file, or as much of it as can be read.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.

    Returns:
        What was read, without a byte order mark, and what kept the rest from being read, if anything did.
    """
    chunks: list[bytes] = []
    try:
        with _opened(path, meter or Meter()) as file:
            while chunk := file.read1(_CHUNK):
                chunks.append(chunk)
    except InvalidValue as problem:
        return b"".join(chunks), problem
    return b"".join(chunks), None


def not_utf8(found: bytes) -> InvalidValue:
    r"""Say that bytes are no UTF-8 (RFC 3629).

    >>> str(not_utf8(b"\xe9"))
    'the byte 0xE9 is no UTF-8; save the file in UTF-8'
    """
    return InvalidValue(f"the byte 0x{found[0]:02X} is no UTF-8", "save the file in UTF-8")


@contextmanager
def _opened(path: Path, meter: Meter) -> "Iterator[BufferedReader[RawIOBase]]":
    try:
        with FileIO(path) as plain, BufferedReader(_raw(plain, path), _CHUNK) as file, meter.watching(plain):
            _begin(file)
            yield file
    except GeneratorExit:  # nobody reads on; what closing the file has to say is of no interest
        return
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise _problem(error) from error


def _raw(file: FileIO, path: Path) -> RawIOBase:
    if path.suffix.lower() != ".gz":
        return file
    if path.stat().st_size == 0:
        raise EOFError
    return _Unzipping(GzipFile(fileobj=file, mode="rb"))


class _Unzipping(RawIOBase):
    """What a gzip holds, for a `BufferedReader`, whose lines come twice as fast as those of a `GzipFile`."""

    def __init__(self, file: GzipFile) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what can be had at once, so that what stands before damage is handed on before it is met."""
        view = memoryview(buffer)
        data = self._file.read1(len(view))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _begin(file: "BufferedReader[RawIOBase]") -> None:
    """Go to the first character; refuse a file whose beginning shows that it can't be read."""
    start = file.peek(len(BOM_UTF8))
    if start.startswith(BOM_UTF8):
        file.read(len(BOM_UTF8))
    elif start.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        raise InvalidValue("the file is in UTF-16", "save it in UTF-8")
    elif start.startswith(_GZIP_MAGIC):
        raise InvalidValue("the file is gzipped", "end its name in .gz, once for each time it was gzipped")


def _problem(error: Exception) -> InvalidValue:
    if isinstance(error, InvalidValue):
        return error
    for kinds, reason, remedy in _PROBLEMS:
        if isinstance(error, kinds):
            return InvalidValue(reason, remedy)
    why = error.strerror if isinstance(error, OSError) else None
    return InvalidValue(f"the file can't be read: {why or error}", "make it a file that newsfeed may read")
