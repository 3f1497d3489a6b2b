"""Only what is new: `A-IM: feed`, the instance manipulation that leaves out entries that the client has (RFC 3229).

A server can do so only where it knows what the client has. Here it knows the entries of documents that it has itself
served to clients that asked so; anybody else gets the whole document.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from newsfeed.web.conditions import entity_tags
from newsfeed.web.documents import DIGEST_BYTES, Document
from newsfeed.web.exchange import Request, pieces_of
from newsfeed.web.media_types import FEED_TYPES
from newsfeed.web.outline import Outline, Span, outline_of
from newsfeed.web.shelf import Shelf
from newsfeed.web.weights import weighted

__all__ = ["Delta", "Deltas"]

#: So many entries are remembered, of all documents and all their states that were served.
_REMEMBERED = 200_000
_OUTLINES = 500
_HEX = DIGEST_BYTES * 2


class Delta:
    """A document without the entries that the client has.

    Args:
        base: The entity tag of what the client has, without its quotation marks.
        outline: The document's outline.
        new: The entries that the client doesn't have.
    """

    def __init__(self, base: str, outline: Outline, new: Sequence[Span]) -> None:
        self.base = base
        self._ranges = tuple(outline.around(new))

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return sum(end - start for start, end in self._ranges)

    def pieces(self, file: BinaryIO) -> Iterator[bytes]:
        """Cut it out of the document's file."""
        for start, end in self._ranges:
            file.seek(start)
            yield from pieces_of(file, end - start)


class Deltas:
    """What is known of documents that were served."""

    def __init__(self) -> None:
        self._bases: Shelf[tuple[str, str], frozenset[bytes]] = Shelf(_REMEMBERED, lambda base: len(base) + 1)
        self._outlines: Shelf[str, Outline] = Shelf(_OUTLINES)

    @staticmethod
    def concern(document: Document) -> bool:
        """Tell whether entries can be left out of such a document: RSS and Atom."""
        return FEED_TYPES.get(document.media_type) in {"rss", "atom"}

    def of(self, request: Request, document: Document) -> Delta | None:
        """Find what a client needs of a document, and remember what it will have then.

        Args:
            request: A request for a document that has changed since, or that the client doesn't have.
            document: The document; its file is left at the beginning.

        Returns:
            The delta; `None` where the client didn't ask for one, or what it has isn't known, or it has nothing of
            the document as it is now.
        """
        if not self.concern(document) or not weighted(request.headers.get("a-im", "")).get("feed"):
            return None
        outline = self._outline(document)
        if outline is None:
            return None
        self._bases.put(
            (document.place, document.digest), frozenset(entry.digest for entry in outline.entries)
        )
        for tag in entity_tags(request.headers.get("if-none-match", "")):
            base = None if tag.weak else self._bases.get((document.place, tag.opaque[:_HEX]))
            if base is not None:
                new = [entry for entry in outline.entries if entry.digest not in base]
                return Delta(tag.opaque, outline, new) if len(new) < len(outline.entries) else None
        return None

    def _outline(self, document: Document) -> Outline | None:
        outline = self._outlines.get(document.digest)
        if outline is None:
            outline = outline_of(document.file)
            document.file.seek(0)
            if outline is not None:
                self._outlines.put(document.digest, outline)
        return outline
