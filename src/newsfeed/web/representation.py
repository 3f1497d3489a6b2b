"""The representations of a document: uncompressed, and in the codings that the client accepts (RFC 9110 §3.2)."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from newsfeed.web.content_codings import IDENTITY, accepted_codings, compress, compress_pieces, is_available
from newsfeed.web.documents import ServedDocument, Sibling
from newsfeed.web.exchange import Request, pieces_of
from newsfeed.web.lru_cache import LruCache
from newsfeed.web.media_types import is_compressible

__all__ = ["Compressions", "Representation", "file_of", "opaque_tag"]

#: Smaller documents aren't worth compressing.
_MIN_SIZE = 256
#: Up to this size, a document is compressed as a whole and cached; a larger one is compressed piece by piece.
_AT_ONCE = 1024 * 1024
#: Bytes of compressed documents that are cached.
_CACHE_SIZE = 32 * 1024 * 1024
#: Characters of a precompressed file's digest in its tag.
_SHORT_DIGEST = 8


class Representation(NamedTuple):
    """One representation of a document."""

    #: Its opaque tag, without quotation marks; different bytes have different tags.
    tag: str
    coding: str
    sibling: Sibling | None = None


def opaque_tag(digest: str, coding: str, sibling: Sibling | None = None) -> str:
    """Return the tag of a representation: strong tags differ between codings (RFC 9110 §8.8.3.3).

    >>> opaque_tag("8d2e", "identity"), opaque_tag("8d2e", "gzip")
    ('8d2e', '8d2e-gzip')
    """
    tag = digest if coding == IDENTITY else f"{digest}-{coding}"
    return tag if sibling is None else f"{tag}-{sibling.digest[:_SHORT_DIGEST]}"


def file_of(document: ServedDocument, chosen: Representation) -> BinaryIO | None:
    """Return the file that holds exactly the bytes of a representation; `None` if they are compressed on the fly."""
    if chosen.sibling is not None:
        return chosen.sibling.file
    return document.file if chosen.coding == IDENTITY else None


class Compressions:
    """Compresses documents, and caches the results."""

    def __init__(self) -> None:
        self._cache: LruCache[str, bytes] = LruCache(_CACHE_SIZE, len)

    @staticmethod
    def apply_to(document: ServedDocument) -> bool:
        """Return whether a document is worth compressing, so that `Accept-Encoding` matters."""
        return is_compressible(document.media_type)

    def acceptable(self, request: Request, document: ServedDocument) -> Iterator[Representation]:
        """Yield the representations of a document that a client accepts, the best first.

        A representation's precompressed file is open; the caller closes it.
        """
        value = request.headers.get("accept-encoding") if self.apply_to(document) else None
        for coding in accepted_codings(value):
            if coding == IDENTITY:
                yield Representation(opaque_tag(document.digest, coding), coding)
                continue
            sibling = document.sibling(coding)
            if sibling is not None:
                yield Representation(opaque_tag(document.digest, coding, sibling), coding, sibling)
            elif is_available(coding) and document.size >= _MIN_SIZE:
                yield Representation(opaque_tag(document.digest, coding), coding)

    def pieces(self, document: ServedDocument, chosen: Representation) -> tuple[Iterable[bytes], int | None]:
        """Return the bytes of a representation, and their number if it is known in advance."""
        if chosen.sibling is not None:
            return pieces_of(chosen.sibling.file, chosen.sibling.size), chosen.sibling.size
        pieces = pieces_of(document.file, document.size)
        if chosen.coding == IDENTITY:
            return pieces, document.size
        if document.size > _AT_ONCE:
            return compress_pieces(pieces, chosen.coding), None
        data = self._cache.get(chosen.tag)
        if data is None:
            data = compress(b"".join(pieces), chosen.coding)
            self._cache.put(chosen.tag, data)
        return [data], len(data)
