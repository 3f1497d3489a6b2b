"""What a database holds of rows: texts, and their JSON compressed, which makes it less than half as long."""

import zlib

__all__ = ["packed", "storable", "unpacked"]


def packed(record: str) -> bytes:
    """Return a row's JSON compressed, the same for the same JSON."""
    return zlib.compress(record.encode(), zlib.Z_BEST_SPEED)


def unpacked(record: bytes) -> bytes:
    """Return the JSON of a row.

    >>> unpacked(packed('{"title":"Snow"}'))
    b'{"title":"Snow"}'
    """
    return zlib.decompress(record)


def storable(text: str) -> str:
    """Return a text that every database can hold."""
    if "\0" not in text and text.isascii():
        return text
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
