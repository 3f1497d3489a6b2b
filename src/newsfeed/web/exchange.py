"""HTTP requests and responses, independent of any server: the adapters convert to and from them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO, TypeAlias

import msgspec

__all__ = ["PIECE", "Headers", "Request", "Response", "ResponseBody", "pieces_of"]

#: Names and values, in the order in which they are sent.
Headers: TypeAlias = tuple[tuple[str, str], ...]

#: Bytes of a file that are in memory at once.
PIECE = 64 * 1024

_FIELD_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_FIELD_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP request (RFC 9110 §9).

    Example:
        >>> from datetime import UTC, datetime
        >>> moment = datetime(2025, 12, 19, tzinfo=UTC)
        >>> Request(path="/en/all.rss", headers={"accept-encoding": "gzip"}, now=moment).method
        'GET'
    """

    method: str = "GET"
    #: The path below the application's own, decoded: `/en/all.rss`.
    path: str
    #: The application's own path if it isn't the server's root: `/feeds`.
    mount: str = ""
    #: The headers, by name in lower case; repeated ones are joined with commas.
    headers: Mapping[str, str] = {}
    #: When it arrived, aware.
    now: datetime


class ResponseBody:
    """The body of a response: iterated once, piece by piece; the caller closes it.

    Args:
        pieces: The bytes, in pieces.
        file: The file that holds exactly these bytes, so that a server can send the file itself.
        close: Called when the body is no longer needed.
    """

    def __init__(
        self,
        pieces: Iterable[bytes] = (),
        *,
        file: BinaryIO | None = None,
        close: Callable[[], object] | None = None,
    ) -> None:
        self.file = file
        self._pieces = iter(pieces)
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """Close the files behind it; closing twice does nothing."""
        close, self._close = self._close, None
        if close is not None:
            close()


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP response (RFC 9110 §15).

    Raises:
        ValueError: If the name or value of a header isn't valid, and could end its line.

    Example:
        >>> response = Response(status=204, headers=(("Allow", "GET, HEAD"),))
        >>> response.status, response.header("allow")
        (204, 'GET, HEAD')
    """

    status: int
    headers: Headers = ()
    body: ResponseBody = msgspec.field(default_factory=ResponseBody)

    def __post_init__(self) -> None:
        for name, value in self.headers:
            if not _FIELD_NAME.fullmatch(name) or not _FIELD_VALUE.fullmatch(value):
                raise ValueError(f"{name!r}: {value!r} isn't a valid header")

    def header(self, name: str) -> str | None:
        """Return the value of a header, whose name is case-insensitive."""
        return next((value for own, value in self.headers if own.lower() == name.lower()), None)


def pieces_of(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Read this many bytes of a file in pieces.

    >>> from io import BytesIO
    >>> list(pieces_of(BytesIO(b"snow in Baku"), 4))
    [b'snow']
    """
    left = size
    while left and (piece := file.read(min(left, PIECE))):
        left -= len(piece)
        yield piece
