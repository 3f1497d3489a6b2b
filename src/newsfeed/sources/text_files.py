"""Text files, plain or gzipped: opened, decompressed, and stripped of a byte order mark.

Any failure becomes an `InvalidValue` about the file. What could be read before it is still returned.
"""

import gzip
import os
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import GzipFile
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING

from newsfeed.errors import InvalidValue
from newsfeed.model.limits import RECORD, SKIPPED, UNPACKED, UNPACKED_RATIO, size_shown
from newsfeed.text.file_kinds import kind_of_special_file

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "GZIP_MAGIC",
    "Meter",
    "TooLarge",
    "chunks_of",
    "code_of",
    "content_of",
    "lines_in",
    "lines_of",
    "not_utf8",
    "opened",
    "too_long",
]

_REMEDY = "make it smaller, or split it"
GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16

#: The errors of files, with reason and remedy; the first match counts.
_PROBLEMS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    (
        (gzip.BadGzipFile, zlib.error),
        "the file isn't a gzip file, or it is damaged",
        "gzip it again, or remove .gz from its name",
    ),
    (EOFError, "the file ends in the middle of its compressed data", "gzip it again"),
    (FileNotFoundError, "there is no such file", "add it, or remove it from site.articles"),
    (IsADirectoryError, "it is a folder", "name the files in it, as in articles/*.json"),
)


class TooLarge(InvalidValue):
    """A file, a line or a record is larger than the limit."""


def code_of(problem: InvalidValue) -> str:
    """Return the code of a finding about a file."""
    return "NF140" if isinstance(problem, TooLarge) else "NF101"


class Meter:
    """Counts the bytes that were read from files; it costs time only when it is asked."""

    def __init__(self) -> None:
        self._earlier = 0
        self._file: FileIO | None = None

    @property
    def read(self) -> int:
        """The number of bytes read, compressed ones for compressed files."""
        return self._earlier + (0 if self._file is None else self._file.tell())

    @contextmanager
    def watching(self, file: FileIO) -> Iterator[None]:
        """Count the bytes that are read from a file."""
        self._file = file if file.seekable() else None
        try:
            yield
        finally:
            self._earlier = self.read
            self._file = None


def lines_of(path: Path, meter: Meter | None = None, *, longest: int = RECORD) -> Iterator[bytes | None]:
    """Read a file line by line.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.
        longest: The maximum number of bytes in a line.

    Yields:
        Each line with its end, undecoded, and without a byte order mark; None for a line that is too long and skipped.

    Raises:
        InvalidValue: If the file can't be opened, or can't be read from some line on.
    """
    with opened(path, meter) as file:
        yield from lines_in(file, longest=longest)


def chunks_of(path: Path, meter: Meter | None = None) -> Iterator[bytes]:
    """Read a file part by part.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.

    Yields:
        Its parts, without a byte order mark.

    Raises:
        InvalidValue: If the file can't be opened, or can't be read from some part on.
    """
    with opened(path, meter or Meter()) as file:
        while chunk := file.read1(_CHUNK):
            yield chunk


def lines_in(file: IO[bytes] | BufferedReader, *, longest: int = RECORD) -> Iterator[bytes | None]:
    """Read an open file line by line, as `lines_of` does."""
    skipped = 0
    while line := file.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        skipped += len(line)
        while not line.endswith(b"\n") and (line := file.readline(_CHUNK)):
            skipped += len(line)
            if skipped > SKIPPED:
                raise TooLarge(
                    f"it has lines that are too long, of over {size_shown(SKIPPED)} in all",
                    "write one article on each line",
                )
        yield None


def content_of(path: Path, meter: Meter | None = None, *, most: int) -> tuple[bytes, InvalidValue | None]:
    """Read a whole file, or as much of it as can be read.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.
        most: The maximum number of bytes to read.

    Returns:
        What was read, without a byte order mark, and the problem that kept the rest from being read, if any.
    """
    content = BytesIO()
    try:
        with opened(path, meter) as file:
            while chunk := file.read1(_CHUNK):
                room = most - content.tell()
                content.write(chunk[:room])
                if len(chunk) > room:
                    raise TooLarge(f"the file is larger than {size_shown(most)}", _REMEDY)
    except InvalidValue as problem:
        return content.getvalue(), problem
    return content.getvalue(), None


def too_long(noun: str) -> TooLarge:
    """Return the problem of a line or a record that is too long.

    >>> str(too_long("line"))
    "the line is longer than 16 MiB, so it wasn't read. Give each article less content."
    """
    return TooLarge(
        f"the {noun} is longer than {size_shown(RECORD)}, so it wasn't read", "give each article less content"
    )


def not_utf8(found: bytes) -> InvalidValue:
    r"""Return the problem of bytes that aren't UTF-8 (RFC 3629).

    >>> str(not_utf8(b"\xe9"))
    "the byte 0xE9 isn't UTF-8. Save the file in UTF-8."
    """
    return InvalidValue(f"the byte 0x{found[0]:02X} isn't UTF-8", "save the file in UTF-8")


@contextmanager
def opened(path: Path, meter: Meter | None = None) -> "Iterator[BufferedReader[RawIOBase]]":
    """Open a file at its first character.

    Args:
        path: The file; gzipped if its name ends in `.gz`.
        meter: Counts the bytes that are read.

    Raises:
        InvalidValue: If the file can't be opened or read.
    """
    try:
        _check_kind(path)
        with (
            FileIO(path, opener=_opened_at_once) as plain,
            BufferedReader(_raw(plain, path), _CHUNK) as file,
            (meter or Meter()).watching(plain),
        ):
            _begin(file)
            yield file
    except GeneratorExit:  # nobody reads on; what closing the file has to say is of no interest
        return
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise _problem(error) from error


def _check_kind(path: Path) -> None:
    """Refuse anything but a regular file before opening it, because opening a device may have effects, and a pipe may wait."""
    kind = kind_of_special_file(path.stat().st_mode)
    if kind is not None:
        raise InvalidValue(f"it's {kind}, not a regular file", "put a regular file in its place")


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file without waiting, in case it has become a pipe since it was checked."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _raw(file: FileIO, path: Path) -> RawIOBase:
    if path.suffix.lower() != ".gz":
        return file
    if path.stat().st_size == 0:
        raise EOFError
    return _Unzipping(GzipFile(fileobj=file, mode="rb"), file)


class _Unzipping(RawIOBase):
    """The content of a gzip for a `BufferedReader`, which reads lines twice as fast as a `GzipFile`."""

    def __init__(self, file: GzipFile, packed: FileIO) -> None:
        self._file = file
        self._packed = packed
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what is available at once, so that everything before damage is returned before the error."""
        view = memoryview(buffer)
        data = self._file.read1(len(view))
        view[: len(data)] = data
        self._unpacked += len(data)
        if self._unpacked > UNPACKED + UNPACKED_RATIO * self._packed.tell():
            raise TooLarge(f"it unpacks to more than {size_shown(UNPACKED)}", _REMEDY)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _begin(file: "BufferedReader[RawIOBase]") -> None:
    """Skip to the first character, and refuse a file whose beginning shows that it can't be read."""
    start = file.peek(len(BOM_UTF8))
    if start.startswith(BOM_UTF8):
        file.read(len(BOM_UTF8))
    elif start.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        raise InvalidValue("the file is in UTF-16", "save it in UTF-8")
    elif start.startswith(GZIP_MAGIC):
        raise InvalidValue("the file is gzipped", "end its name in .gz, once for each time it was gzipped")


def _problem(error: Exception) -> InvalidValue:
    if isinstance(error, InvalidValue):
        return error
    for kinds, reason, remedy in _PROBLEMS:
        if isinstance(error, kinds):
            return InvalidValue(reason, remedy)
    why = error.strerror if isinstance(error, OSError) else None
    return InvalidValue(f"the file can't be read: {why or error}", "let newsfeed read the file")
