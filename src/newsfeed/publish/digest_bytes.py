"""Digests as bytes, which take half the room of their hexadecimal digits."""

__all__ = ["bytes_of", "digest_in"]


def bytes_of(digest: str) -> bytes:
    r"""Return a digest as bytes; none for what isn't hexadecimal, which no newsfeed has written.

    >>> bytes_of("ac20"), bytes_of("")
    (b'\xac ', b'')
    """
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""


def digest_in(stored: bytes) -> str:
    """Return a digest that was kept as bytes.

    >>> digest_in(bytes_of("ac20"))
    'ac20'
    """
    return stored.hex()
