r"""Texts as XML writes them: between tags, and inside the quotes of attributes (XML 1.0 §2.4, §2.11, §3.3.3).

The notation is lxml's, letter for letter, in UTF-8. Many texts are escaped at once, since that costs little more than
one: they are joined with NUL, which XML doesn't have.
"""

from collections.abc import Sequence

import msgspec

__all__ = ["Escaped", "escaped", "escaped_text", "for_quotes"]

#: How U+FFFE and U+FFFF begin in UTF-8, and they themselves.
_LEAD = b"\xef"
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: Every byte but that one and those of controls.
_UNSUSPECTED = bytes({*range(0x20, 0x100), *b"\t\n\r"} - {*_LEAD})


class Escaped(msgspec.Struct, frozen=True, gc=False):
    """Texts as XML writes them."""

    #: Each text as it stands between tags.
    between_tags: list[bytes]
    #: Whether one of them is written otherwise in an attribute: see `for_quotes`.
    differ_in_quotes: bool


def escaped(texts: Sequence[str]) -> Escaped:
    r"""Escape texts.

    Args:
        texts: The texts.

    Returns:
        The texts for places between tags, and whether they will do inside double quotes.

    Raises:
        ValueError: If XML has no such character, escaped or not (XML 1.0 §2.2).

    Example:
        >>> escaped(['1 < 2 & "3"\r', "4"])
        Escaped(between_tags=[b'1 &lt; 2 &amp; "3"&#13;', b'4'], differ_in_quotes=True)
    """
    if not texts:
        return Escaped([], differ_in_quotes=False)
    written = _escaped("\0".join(texts), len(texts) - 1)
    differ = b'"' in written or b"\n" in written or b"\t" in written
    return Escaped(written.split(b"\0"), differ)


def escaped_text(text: str) -> bytes:
    """Escape one text for a place between tags, as `escaped` does.

    >>> escaped_text("1 < 2")
    b'1 &lt; 2'
    """
    return _escaped(text, 0)


def for_quotes(text: bytes) -> bytes:
    r"""Make of a text that is escaped for between tags one for inside double quotes.

    >>> for_quotes(b'1 &lt; "2"\n')
    b'1 &lt; &quot;2&quot;&#10;'
    """
    return text.replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def _escaped(text: str, separators: int) -> bytes:
    """Escape a text that may hold so many controls, which separate what it is joined of."""
    encoded = text.encode()
    suspects = encoded.translate(None, _UNSUSPECTED)
    if len(suspects) > separators and (
        len(suspects.replace(_LEAD, b"")) > separators or any(map(encoded.__contains__, _NONCHARACTERS))
    ):
        raise ValueError("XML has no character for some of this text")
    encoded = encoded.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return encoded.replace(b"\r", b"&#13;")
