"""The representations of a document: as it is, and compressed in the ways that the client reads (RFC 9110 §3.2)."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from newsfeed.web.codings import IDENTITY, accepted, compressed, compressing, is_available
from newsfeed.web.documents import Document, Sibling
from newsfeed.web.exchange import Request, pieces_of
from newsfeed.web.media_types import is_compressible
from newsfeed.web.shelf import Shelf

__all__ = ["Compressions", "Representation", "file_of", "opaque_tag"]

#: Below this length a document isn't compressed: it would hardly become shorter.
_SHORTEST = 256
#: Up to this length a document is compressed at once, its length told and the outcome kept; a longer one piece by piece.
_AT_ONCE = 1024 * 1024
#: So many bytes of compressed documents are kept.
_ROOM = 32 * 1024 * 1024
#: How much of a sibling's digest its tag carries.
_SHORT = 8


class Representation(NamedTuple):
    """One of them."""

    #: Opaque, without quotation marks; other bytes have another.
    tag: str
    coding: str
    sibling: Sibling | None = None


def opaque_tag(digest: str, coding: str, sibling: Sibling | None = None) -> str:
    """Make the tag of a representation: strong ones are different for each coding (RFC 9110 §8.8.3.3).

    >>> opaque_tag("8d2e", "identity"), opaque_tag("8d2e", "gzip")
    ('8d2e', '8d2e-gzip')
    """
    tag = digest if coding == IDENTITY else f"{digest}-{coding}"
    return tag if sibling is None else f"{tag}-{sibling.digest[:_SHORT]}"


def file_of(document: Document, chosen: Representation) -> BinaryIO | None:
    """Give the file that has the bytes of a representation as they are; `None` where they are made on the way."""
    if chosen.sibling is not None:
        return chosen.sibling.file
    return document.file if chosen.coding == IDENTITY else None


class Compressions:
    """Compresses documents, and keeps what was compressed while there is room."""

    def __init__(self) -> None:
        self._kept: Shelf[str, bytes] = Shelf(_ROOM, len)

    @staticmethod
    def depend_on_request(document: Document) -> bool:
        """Tell whether `Accept-Encoding` makes a difference for a document."""
        return is_compressible(document.media_type)

    def acceptable(self, request: Request, document: Document) -> Iterator[Representation]:
        """Yield the representations of a document that a client accepts, the best first.

        A representation's sibling is open; whoever takes it closes it.
        """
        value = request.headers.get("accept-encoding") if self.depend_on_request(document) else None
        for coding in accepted(value):
            if coding == IDENTITY:
                yield Representation(opaque_tag(document.digest, coding), coding)
                continue
            sibling = document.sibling(coding)
            if sibling is not None:
                yield Representation(opaque_tag(document.digest, coding, sibling), coding, sibling)
            elif is_available(coding) and document.size >= _SHORTEST:
                yield Representation(opaque_tag(document.digest, coding), coding)

    def pieces(self, document: Document, chosen: Representation) -> tuple[Iterable[bytes], int | None]:
        """Give the bytes of a representation, and how many they are where that is known beforehand."""
        if chosen.sibling is not None:
            return pieces_of(chosen.sibling.file, chosen.sibling.size), chosen.sibling.size
        pieces = pieces_of(document.file, document.size)
        if chosen.coding == IDENTITY:
            return pieces, document.size
        if document.size > _AT_ONCE:
            return compressing(pieces, chosen.coding), None
        data = self._kept.get(chosen.tag)
        if data is None:
            data = compressed(b"".join(pieces), chosen.coding)
            self._kept.put(chosen.tag, data)
        return [data], len(data)
