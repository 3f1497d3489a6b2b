r"""Escape texts for XML: between tags, and in quoted attributes (XML 1.0 §2.4, §2.11, §3.3.3).

The result is the same as lxml's, in UTF-8. Many texts are escaped at once, because that costs little more than one:
they are joined with NUL, which XML doesn't allow.
"""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Escaped", "escaped", "escaped_text", "for_quotes"]

#: The first byte of U+FFFE and U+FFFF in UTF-8, and the characters themselves.
_LEAD = b"\xef"
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: Every byte except that one and control characters.
_UNSUSPECTED = bytes({*range(0x20, 0x100), *b"\t\n\r"} - {*_LEAD})


class Escaped(NamedTuple):
    """Escaped texts."""

    #: Each text, escaped for places between tags.
    between_tags: list[bytes]
    #: Each text, escaped for places inside double quotes.
    in_quotes: list[bytes]


def escaped(texts: Sequence[str]) -> Escaped:
    r"""Escape texts.

    Args:
        texts: The texts.

    Returns:
        The texts for places between tags, and inside double quotes.

    Raises:
        ValueError: If a text has a character that XML doesn't allow, escaped or not (XML 1.0 §2.2).

    Example:
        >>> escaped(['1 < 2 & "3"\r', "4"]).between_tags
        [b'1 &lt; 2 &amp; "3"&#13;', b'4']
        >>> escaped(['1 < 2 & "3"\r', "4"]).in_quotes
        [b'1 &lt; 2 &amp; &quot;3&quot;&#13;', b'4']
    """
    if not texts:
        return Escaped([], [])
    written = _escaped("\0".join(texts), len(texts) - 1)
    between_tags = written.split(b"\0")
    quoted = for_quotes(written)
    return Escaped(between_tags, between_tags if quoted == written else quoted.split(b"\0"))


def escaped_text(text: str) -> bytes:
    """Escape one text for a place between tags, like `escaped`.

    >>> escaped_text("1 < 2")
    b'1 &lt; 2'
    """
    return _escaped(text, 0)


def for_quotes(text: bytes) -> bytes:
    r"""Convert a text that is escaped for places between tags for use inside double quotes.

    >>> for_quotes(b'1 &lt; "2"\n')
    b'1 &lt; &quot;2&quot;&#10;'
    """
    return text.replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def _escaped(text: str, separators: int) -> bytes:
    """Escape joined texts, which may have as many control characters as there are separators."""
    encoded = text.encode()
    suspects = encoded.translate(None, _UNSUSPECTED)
    if len(suspects) > separators and (
        len(suspects.replace(_LEAD, b"")) > separators or any(map(encoded.__contains__, _NONCHARACTERS))
    ):
        raise ValueError("this text has characters that XML can't represent")
    encoded = encoded.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return encoded.replace(b"\r", b"&#13;")
