"""A temporary spool: documents wait in one file, which the system removes however the process ends."""

import tempfile
from threading import Lock
from types import TracebackType
from typing import NamedTuple, Self

from newsfeed.errors import PublishError
from newsfeed.publish.write_errors import UNCHANGED, os_error_hint

__all__ = ["Spooled", "TempSpool"]


class Spooled(NamedTuple):
    """Where a document waits."""

    start: int
    length: int


class TempSpool:
    """Documents that wait to be sent. Several threads may read them.

    >>> with TempSpool() as spool:
    ...     snow, rain = spool.keep(b"snow"), spool.keep(b"rain")
    ...     spool.read(snow), spool.read(rain)
    (b'snow', b'rain')
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the spool is left
        self._lock = Lock()
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def keep(self, document: bytes) -> Spooled:
        """Keep a document.

        Raises:
            PublishError: If there is no room for it.
        """
        kept = Spooled(self._end, len(document))
        try:
            with self._lock:
                self._file.seek(kept.start)
                self._file.write(document)
        except OSError as error:
            raise PublishError(
                f"can't keep documents in {tempfile.gettempdir()} until they are sent: "
                f"{error.strerror or error}. {UNCHANGED} {os_error_hint(error)}".rstrip()
            ) from error
        self._end += kept.length
        return kept

    def read(self, kept: Spooled) -> bytes:
        """Return a document."""
        with self._lock:
            self._file.seek(kept.start)
            return self._file.read(kept.length)
