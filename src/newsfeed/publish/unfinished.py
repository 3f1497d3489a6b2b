"""Unfinished business: the documents that a build is about to put into their places.

They are written down before the first one moves, and the list goes when the record is there. So when a build dies in
between, the next one knows which files are newsfeed's own, also those that no record names yet, and can remove them
if their feeds are not planned any more.
"""

from collections.abc import Iterable

import msgspec

from newsfeed.publish.record import FOLDER, PublishedDocument

__all__ = ["UNFINISHED", "read_unfinished", "written_unfinished"]

UNFINISHED = f"{FOLDER}/unfinished.jsonl"

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(PublishedDocument)


def read_unfinished(data: bytes | None) -> tuple[PublishedDocument, ...]:
    """Read the list that a build which died has left; lines that can't be understood are passed over.

    Args:
        data: The bytes of the file; None where there is none.

    >>> read_unfinished(None), read_unfinished(b"{}")
    ((), ())
    """
    found = []
    for line in (data or b"").splitlines():
        try:
            found.append(_DECODER.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
    return tuple(found)


def written_unfinished(documents: Iterable[PublishedDocument]) -> bytes:
    """Write the list, one document a line; a path may come twice, with the digests of two builds that died."""
    lines = dict.fromkeys(_ENCODER.encode(document) for document in documents)
    return b"".join([line + b"\n" for line in lines])
