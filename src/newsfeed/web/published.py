"""What a published folder's record tells a server: which documents were there and are gone for good."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from newsfeed.publish.record import NAME, Record, digest_of_path

__all__ = ["gone_from"]


def gone_from(folder: str | PathLike[str]) -> Callable[[str], bool]:
    """Make what `wsgi_app` and `asgi_app` take for `gone`, so that feeds that have ended answer 410.

    The record is read again when a build has changed it.

    Args:
        folder: The folder that newsfeed published into.

    Returns:
        A function that tells of a place, `en/topic/snow.rss`, whether a document was removed there.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as public:
        ...     gone_from(public)("en/topic/snow.rss")
        False
    """
    return _Gone(Path(folder) / NAME)


class _Gone:
    def __init__(self, record: Path) -> None:
        self._record = record
        self._seen = 0
        self._gone: frozenset[str] = frozenset()

    def __call__(self, place: str) -> bool:
        try:
            changed = self._record.stat().st_mtime_ns
            if changed != self._seen:
                self._gone = Record.read(self._record.read_bytes()).gone
                self._seen = changed
        except OSError:  # there is no record, or none for this process to read
            return False
        return bool(self._gone) and digest_of_path(place) in self._gone
