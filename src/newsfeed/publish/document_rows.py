"""How a store keeps what is known of a published document: each fact in a column of its own."""

from typing import Any, TypeAlias

import msgspec

from newsfeed.publish.digest_bytes import bytes_of, digest_in
from newsfeed.publish.record import PublishedDocument, Stamp

__all__ = ["COLUMNS", "columns_of", "document_of"]

#: The columns, after those that say where a document belongs.
COLUMNS = ("fingerprint", "digest", "size", "modified", "tag", "changed", "retired", "vanished", "carries")
_Columns: TypeAlias = tuple[Any, ...]

_VANISHED = msgspec.json.Decoder(tuple[str, str])
_CARRIES = msgspec.json.Decoder(tuple[str, ...])


def columns_of(document: PublishedDocument) -> _Columns:
    """Return the values of a document's columns."""
    return (
        bytes_of(document.fingerprint),
        document.digest,
        *_stamp_columns(document.stamp),
        int(document.retired),
        _json(document.vanished),
        _json(document.carries),
    )


def document_of(row: _Columns) -> PublishedDocument:
    """Return a document.

    Args:
        row: Its path, and the values of its columns.

    >>> stamp = Stamp(133985, 1795848259732327277, 1795848278931902763)
    >>> document = PublishedDocument("en/all.rss", "ac203680f5f5da46", "133985-4084cda6", stamp)
    >>> document_of((document.document, *columns_of(document))) == document
    True
    """
    path, fingerprint, digest, size, modified, tag, changed, retired, vanished, carries = row
    return PublishedDocument(
        document=path,
        fingerprint=digest_in(fingerprint),
        digest=digest,
        stamp=None if size is None else Stamp(size, tag if modified is None else modified, changed),
        retired=bool(retired),
        vanished=None if vanished is None else _VANISHED.decode(vanished),
        carries=None if carries is None else _CARRIES.decode(carries),
    )


def _stamp_columns(stamp: Stamp | None) -> _Columns:
    if stamp is None:
        return None, None, None, None
    if isinstance(stamp.modified, str):
        return stamp.size, None, stamp.modified, stamp.changed
    return stamp.size, stamp.modified, None, stamp.changed


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
