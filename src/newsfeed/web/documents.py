"""Documents to serve, whatever they come from."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol

__all__ = ["DIGEST_BYTES", "Document", "Documents", "Sibling", "digest_of"]

#: Enough that no two documents of anyone's ever share a tag.
DIGEST_BYTES = 16


class Sibling(NamedTuple):
    """A document compressed beforehand."""

    file: BinaryIO
    size: int
    digest: str


class Document(Protocol):
    """A document, opened; whoever has one closes its file."""

    @property
    def place(self) -> str:
        """Where it lies: `en/all.rss`."""

    @property
    def media_type(self) -> str:
        """Its type as served, with its charset."""

    @property
    def digest(self) -> str:
        """What is different for different bytes."""

    @property
    def modified(self) -> datetime:
        """When it last changed, UTC, to the second."""

    @property
    def has_own_date(self) -> bool:
        """Whether its date stands for its bytes alone, even while it may change again within the second."""

    @property
    def size(self) -> int:
        """Its length in bytes."""

    @property
    def file(self) -> BinaryIO:
        """Its bytes, from the beginning."""

    def sibling(self, coding: str) -> Sibling | None:
        """Open the document as it was compressed beforehand; `None` where it wasn't, or has changed since."""


class Documents(Protocol):
    """A place where documents are found."""

    def find(self, place: str) -> Document | None:
        """Open the document at a place that `place_of` gave; `None` where there is none."""

    def names(self, folder: str) -> Iterable[str] | None:
        """Name what lies in a folder, folders with a slash at the end; `None` where there is no such folder."""


def digest_of(pieces: Iterable[bytes]) -> str:
    """Give the digest of a document.

    >>> digest_of([b"sn", b"ow"]) == digest_of([b"snow"])
    True
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
