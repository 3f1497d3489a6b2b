"""Deltas: with `A-IM: feed`, a client gets only the entries that it doesn't have yet (RFC 3229).

This needs to know what the client has. The entries of documents that were served to such clients are remembered; where
they aren't, the client gets the whole document.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from newsfeed.web.conditions import entity_tags
from newsfeed.web.documents import DIGEST_BYTES, ServedDocument
from newsfeed.web.exchange import Request, pieces_of
from newsfeed.web.lru_cache import LruCache
from newsfeed.web.media_types import FEED_TYPES
from newsfeed.web.outline import Outline, Span, outline_of
from newsfeed.web.quality_values import quality_values

__all__ = ["Delta", "Deltas"]

#: Entries that are remembered, of all documents in all the states in which they were served.
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
        """Read it from the document's file, piece by piece."""
        for start, end in self._ranges:
            file.seek(start)
            yield from pieces_of(file, end - start)


class Deltas:
    """What is remembered of documents that were served."""

    def __init__(self) -> None:
        self._bases: LruCache[tuple[str, str], frozenset[bytes]] = LruCache(
            _REMEMBERED, lambda base: len(base) + 1
        )
        self._outlines: LruCache[str, Outline] = LruCache(_OUTLINES)

    @staticmethod
    def apply_to(document: ServedDocument) -> bool:
        """Return whether a document can be sent as a delta: RSS and Atom."""
        return FEED_TYPES.get(document.media_type) in {"rss", "atom"}

    def delta_for(self, request: Request, document: ServedDocument) -> Delta | None:
        """Return what a client still needs of a document, and remember what it will have then.

        Args:
            request: A request for a document that has changed since, or that the client doesn't have.
            document: The document; its file is rewound.

        Returns:
            The delta; `None` if the client didn't ask for one, if it isn't known what the client has, or if it has
            none of the document's present entries.
        """
        if not self.apply_to(document) or not quality_values(request.headers.get("a-im", "")).get("feed"):
            return None
        outline = self._outline(document)
        if outline is None:
            return None
        self._bases.put(
            (document.path, document.digest), frozenset(entry.digest for entry in outline.entries)
        )
        for tag in entity_tags(request.headers.get("if-none-match", "")):
            base = None if tag.weak else self._bases.get((document.path, tag.opaque[:_HEX]))
            if base is not None:
                new = [entry for entry in outline.entries if entry.digest not in base]
                return Delta(tag.opaque, outline, new) if len(new) < len(outline.entries) else None
        return None

    def _outline(self, document: ServedDocument) -> Outline | None:
        outline = self._outlines.get(document.digest)
        if outline is None:
            outline = outline_of(document.file)
            document.file.seek(0)
            if outline is not None:
                self._outlines.put(document.digest, outline)
        return outline
