"""Documents to serve, wherever they come from."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol

__all__ = ["DIGEST_BYTES", "Documents", "ServedDocument", "Sibling", "digest_of"]

#: Enough that no two documents ever share a tag.
DIGEST_BYTES = 16


class Sibling(NamedTuple):
    """A precompressed document."""

    file: BinaryIO
    size: int
    digest: str


class ServedDocument(Protocol):
    """An open document; the caller closes its file."""

    @property
    def path(self) -> str:
        """Its path: `en/all.rss`."""

    @property
    def media_type(self) -> str:
        """Its media type as served, including the charset."""

    @property
    def digest(self) -> str:
        """A digest of its bytes."""

    @property
    def modified(self) -> datetime:
        """When it last changed, UTC, to the second."""

    @property
    def has_own_date(self) -> bool:
        """Whether different bytes always have a different date, even if they change within a second."""

    @property
    def is_private(self) -> bool:
        """Whether it isn't for everybody, so that no cache that people share may keep it."""

    @property
    def size(self) -> int:
        """Its length in bytes."""

    @property
    def file(self) -> BinaryIO:
        """Its bytes, from the beginning."""

    def sibling(self, coding: str) -> Sibling | None:
        """Open the precompressed document; `None` if there is none, or the document has changed since."""


class Documents(Protocol):
    """A collection of documents."""

    def find(self, path: str) -> ServedDocument | None:
        """Open the document at a path that `document_path` returned; `None` if there is none."""

    def names(self, folder: str) -> Iterable[str] | None:
        """Return the names in a folder, those of folders with a trailing slash; `None` if there is no such folder."""


def digest_of(pieces: Iterable[bytes]) -> str:
    """Return the digest of a document.

    >>> digest_of([b"sn", b"ow"]) == digest_of([b"snow"])
    True
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
