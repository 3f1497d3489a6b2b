"""Content codings: gzip always, Brotli and Zstandard where the extra `web` is installed (RFC 9110 §8.4.1)."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsfeed.web.weights import weighted

try:
    import brotli
except ImportError:  # the extra `web` isn't there
    brotli = None
try:
    import zstandard
except ImportError:
    zstandard = None  # type: ignore[assignment]

__all__ = ["CODINGS", "IDENTITY", "Coding", "accepted", "compressed", "compressing", "is_available"]

#: The coding that changes nothing.
IDENTITY = "identity"

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Coding(NamedTuple):
    """How a coding's files are named, and how hard it works."""

    suffix: str
    #: While a client waits.
    quick: int
    #: When a file is written once and read often.
    thorough: int


#: By the name that HTTP has for it, in the order in which we prefer them.
CODINGS = {
    "br": Coding(".br", 4, 11),
    "zstd": Coding(".zst", 3, 19),  # beyond 19 the window is longer than browsers read (RFC 9659 §3)
    "gzip": Coding(".gz", 6, 9),
}


def is_available(coding: str) -> bool:
    """Tell whether we can write a coding; files in it can be served all the same."""
    return {"br": brotli, "zstd": zstandard, "gzip": zlib}.get(coding) is not None


def accepted(value: str | None) -> list[str]:
    """Tell the codings that a client accepts (RFC 9110 §12.5.3).

    Args:
        value: The header `Accept-Encoding`; `None` where there is none.

    Returns:
        The names of codings, `identity` among them, the best first: by weight, and among equals ours in the order of
        `CODINGS` before `identity`. Without the header only `identity`, which every client reads.

    >>> accepted("gzip, br;q=0.5"), accepted(None), accepted("identity;q=0"), accepted("gzip;q=0, *")
    (['gzip', 'br', 'identity'], ['identity'], [], ['br', 'zstd', 'identity'])
    """
    if value is None:
        return [IDENTITY]
    weights = weighted(value)
    if "x-gzip" in weights:
        weights.setdefault("gzip", weights["x-gzip"])
    every = weights.get("*", 0.0)
    ours = {name: weights.get(name, every) for name in CODINGS}
    # Not named, identity is acceptable unless all is refused, and nobody asked for it before a coding that is named.
    lowest = min([weight for weight in ours.values() if weight], default=1.0)
    ours[IDENTITY] = weights.get(IDENTITY, every if "*" in weights else lowest)
    return sorted([name for name, weight in ours.items() if weight], key=lambda name: -ours[name])


def compressed(data: bytes, coding: str, *, thorough: bool = False) -> bytes:
    """Compress bytes; the same bytes give the same.

    >>> zlib.decompress(compressed(b"snow " * 100, "gzip"), _GZIP_WINDOW)[:9]
    b'snow snow'
    """
    return b"".join(compressing([data], coding, thorough=thorough))


def compressing(pieces: Iterable[bytes], coding: str, *, thorough: bool = False) -> Iterator[bytes]:
    """Compress pieces as they come, in memory that doesn't grow with their number."""
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
