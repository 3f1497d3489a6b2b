r"""Texts as XML writes them: between tags, and inside the quotes of attributes (XML 1.0 §2.4, §2.11, §3.3.3).

The notation is lxml's, letter for letter, in UTF-8. Many texts are escaped at once, since that costs little more than
one: they are joined with NUL, which XML doesn't have.

>>> between_tags(['1 < 2 & "3"\r'])
[b'1 &lt; 2 &amp; "3"&#13;']
>>> in_quotes(['1 < 2 & "3"\n', "4"])
[b'1 &lt; 2 &amp; &quot;3&quot;&#10;', b'4']
"""

from collections.abc import Sequence

__all__ = ["between_tags", "in_quotes"]

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})


def between_tags(texts: Sequence[str]) -> list[bytes]:
    """Escape texts for places between tags.

    Args:
        texts: Any texts.

    Returns:
        Each text as XML writes it.

    Raises:
        ValueError: If XML has no such character, escaped or not (XML 1.0 §2.2).
    """
    return _without_markup(texts).split(b"\0") if texts else []


def in_quotes(texts: Sequence[str]) -> list[bytes]:
    """Escape texts for places inside double quotes.

    Args:
        texts: Any texts.

    Returns:
        Each text as XML writes it.

    Raises:
        ValueError: If XML has no such character, escaped or not (XML 1.0 §2.2).
    """
    if not texts:
        return []
    written = _without_markup(texts).replace(b'"', b"&quot;")
    return written.replace(b"\n", b"&#10;").replace(b"\t", b"&#9;").split(b"\0")


def _without_markup(texts: Sequence[str]) -> bytes:
    joined = "\0".join(texts)
    written = joined.encode()
    controls = len(written) - len(written.translate(None, _CONTROLS))
    if controls >= len(texts) or "\ufffe" in joined or "\uffff" in joined:
        raise ValueError("XML has no character for some of this text")
    written = written.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return written.replace(b"\r", b"&#13;")
