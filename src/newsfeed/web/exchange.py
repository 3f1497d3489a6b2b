"""A request and a response of HTTP, free of any server: what the adapters translate to and from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO, TypeAlias

import msgspec

__all__ = ["PIECE", "Body", "Headers", "Request", "Response", "pieces_of"]

#: Names and values, in the order in which they are sent.
Headers: TypeAlias = tuple[tuple[str, str], ...]

#: So many bytes of a file are in memory at once.
PIECE = 64 * 1024

_FIELD_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_FIELD_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks for (RFC 9110 §9).

    Example:
        >>> from datetime import UTC, datetime
        >>> moment = datetime(2025, 12, 19, tzinfo=UTC)
        >>> Request(path="/en/all.rss", headers={"accept-encoding": "gzip"}, now=moment).method
        'GET'
    """

    method: str = "GET"
    #: Below the application's own address, decoded: `/en/all.rss`.
    path: str
    #: The application's own address where it isn't the server's root: `/feeds`.
    mount: str = ""
    #: By name in small letters; a field that comes several times is joined with commas.
    headers: Mapping[str, str] = {}
    #: When it was asked, aware.
    now: datetime


class Body:
    """What a response carries: iterated once, piece by piece, and closed by whoever iterates.

    Args:
        pieces: The bytes, in pieces.
        file: The file whose bytes these are, as they are, so that a server may send the file itself.
        close: Called when the body isn't needed any more.
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
        """Close what lies below; closing twice does nothing."""
        close, self._close = self._close, None
        if close is not None:
            close()


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """What a client is answered (RFC 9110 §15).

    Raises:
        ValueError: For a header whose name or value would break out of its line.

    Example:
        >>> response = Response(status=204, headers=(("Allow", "GET, HEAD"),))
        >>> response.status, response.header("allow")
        (204, 'GET, HEAD')
    """

    status: int
    headers: Headers = ()
    body: Body = msgspec.field(default_factory=Body)

    def __post_init__(self) -> None:
        for name, value in self.headers:
            if not _FIELD_NAME.fullmatch(name) or not _FIELD_VALUE.fullmatch(value):
                raise ValueError(f"{name!r}: {value!r} is no header that can be sent")

    def header(self, name: str) -> str | None:
        """Give the value of a header, whatever the case of its letters."""
        return next((value for own, value in self.headers if own.lower() == name.lower()), None)


def pieces_of(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Read so many bytes of a file in pieces.

    >>> from io import BytesIO
    >>> list(pieces_of(BytesIO(b"snow in Baku"), 4))
    [b'snow']
    """
    left = size
    while left and (piece := file.read(min(left, PIECE))):
        left -= len(piece)
        yield piece
