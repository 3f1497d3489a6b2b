r"""Texts as XML writes them: between tags, and inside the quotes of attributes (XML 1.0 §2.4, §2.11, §3.3.3).

The notation is lxml's, letter for letter, in UTF-8. Many texts are escaped at once, since that costs little more than
one: they are joined with NUL, which XML doesn't have.
"""

from collections.abc import Sequence

__all__ = ["escaped"]

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})


def escaped(between_tags: Sequence[str], in_quotes: Sequence[str] = ()) -> list[bytes]:
    r"""Escape texts.

    Args:
        between_tags: Texts for places between tags.
        in_quotes: Texts for places inside double quotes.

    Returns:
        Each text as XML writes it, first those between tags.

    Raises:
        ValueError: If XML has no such character, escaped or not (XML 1.0 §2.2).

    Example:
        >>> escaped(['1 < 2 & "3"\r'], ['1 < 2 & "3"\n', "4"])
        [b'1 &lt; 2 &amp; "3"&#13;', b'1 &lt; 2 &amp; &quot;3&quot;&#10;', b'4']
    """
    texts = [*between_tags, *in_quotes]
    if not texts:
        return []
    joined = "\0".join(texts)
    encoded = joined.encode()
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if controls >= len(texts) or "\ufffe" in joined or "\uffff" in joined:
        raise ValueError("XML has no character for some of this text")
    encoded = encoded.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    written = encoded.replace(b"\r", b"&#13;").split(b"\0")
    if in_quotes and (b'"' in encoded or b"\n" in encoded or b"\t" in encoded):
        for place in range(len(between_tags), len(written)):
            written[place] = _for_quotes(written[place])
    return written


def _for_quotes(text: bytes) -> bytes:
    return text.replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")
