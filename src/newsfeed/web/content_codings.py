"""Content codings: gzip always, Brotli and Zstandard if the extra `web` is installed (RFC 9110 §8.4.1)."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsfeed.web.quality_values import quality_values

try:
    import brotli
except ImportError:  # the extra `web` isn't installed
    brotli = None
try:
    import zstandard
except ImportError:
    zstandard = None  # type: ignore[assignment]

__all__ = ["CODINGS", "IDENTITY", "Coding", "accepted_codings", "compress", "compress_pieces", "is_available"]

#: The coding that changes nothing.
IDENTITY = "identity"

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Coding(NamedTuple):
    """A coding's file suffix and its compression levels."""

    suffix: str
    #: The level while a client waits.
    quick: int
    #: The level for a file that is written once and read often.
    thorough: int


#: The codings by their names in HTTP, in our order of preference.
CODINGS = {
    "br": Coding(".br", 4, 11),
    "zstd": Coding(".zst", 3, 19),  # above 19, the window is larger than browsers support (RFC 9659 §3)
    "gzip": Coding(".gz", 6, 9),
}


def is_available(coding: str) -> bool:
    """Return whether we can compress with a coding; files that are already compressed can be served anyway."""
    return {"br": brotli, "zstd": zstandard, "gzip": zlib}.get(coding) is not None


def accepted_codings(value: str | None) -> list[str]:
    """Return the codings that a client accepts (RFC 9110 §12.5.3).

    Args:
        value: The header `Accept-Encoding`; `None` if there is none.

    Returns:
        The names of codings, including `identity`, the best first: by quality value, then in the order of `CODINGS`,
        then `identity`. Without the header only `identity`, which every client can read.

    >>> (
    ...     accepted_codings("gzip, br;q=0.5"),
    ...     accepted_codings(None),
    ...     accepted_codings("identity;q=0"),
    ...     accepted_codings("gzip;q=0, *"),
    ... )
    (['gzip', 'br', 'identity'], ['identity'], [], ['br', 'zstd', 'identity'])
    """
    if value is None:
        return [IDENTITY]
    qualities = quality_values(value)
    if "x-gzip" in qualities:
        qualities.setdefault("gzip", qualities["x-gzip"])
    every = qualities.get("*", 0.0)
    ours = {name: qualities.get(name, every) for name in CODINGS}
    # If identity isn't named, it is acceptable unless everything is refused, but less than any coding that is named.
    lowest = min([quality for quality in ours.values() if quality], default=1.0)
    ours[IDENTITY] = qualities.get(IDENTITY, every if "*" in qualities else lowest)
    return sorted([name for name, quality in ours.items() if quality], key=lambda name: -ours[name])


def compress(data: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress bytes; the result depends on nothing else.

    >>> zlib.decompress(compress(b"snow " * 100, "gzip"), _GZIP_WINDOW)[:9]
    b'snow snow'
    """
    return b"".join(compress_pieces([data], coding, thorough=thorough))


def compress_pieces(pieces: Iterable[bytes], coding: str, *, thorough: bool = False) -> Iterator[bytes]:
    """Compress pieces as they come, in constant memory."""
    compress, finish = _compressor(coding, thorough=thorough)
    for piece in pieces:
        if done := compress(piece):
            yield done
    if rest := finish():
        yield rest


def _compressor(coding: str, *, thorough: bool) -> tuple[Callable[[bytes], bytes], Callable[[], bytes]]:
    level = CODINGS[coding].thorough if thorough else CODINGS[coding].quick
    worker: Any
    if coding == "br":
        worker = brotli.Compressor(quality=level)
        return worker.process, worker.finish
    if coding == "zstd":
        worker = zstandard.ZstdCompressor(level=level).compressobj()
        return worker.compress, worker.flush
    worker = zlib.compressobj(level, wbits=_GZIP_WINDOW)
    return worker.compress, worker.flush
