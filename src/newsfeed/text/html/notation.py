"""Character references, and plain text that looks like HTML: `<b>`, `&amp;`.

Readers that take every title for HTML show something else.
"""

from html import unescape
from html.entities import name2codepoint
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["MARKUP", "looks_like_markup", "unescaped"]

_NAMES: Final = "|".join(sorted({*name2codepoint, "apos"}, key=len, reverse=True))
#: Finds each sign that HTML may read as the beginning of a tag or a character reference; it captures the sign.
MARKUP: Final = lazy_pattern(rf"(<|&(?=\#[0-9xX]|(?:{_NAMES})(?![0-9A-Za-z])|[A-Za-z][0-9A-Za-z]*;))")
#: A number that isn't a character; Python refuses to read one of more than 4,300 digits.
_ENDLESS_NUMBER: Final = lazy_pattern(r"&#[0-9]{20,}+;?")


def unescaped(html: str) -> str:
    """Read the character references of a text.

    >>> unescaped("R&amp;D &#" + "9" * 5_000 + ";")
    'R&D �'
    """
    return unescape(_ENDLESS_NUMBER.sub("\ufffd", html)) if "&" in html else html


def looks_like_markup(text: str) -> bool:
    """Return whether HTML may read a part of a plain text as markup.

    >>> (
    ...     looks_like_markup("5 < 6"),
    ...     looks_like_markup("R&D &c.; AT&T"),
    ...     looks_like_markup("&copy"),
    ...     looks_like_markup("&#8220;"),
    ... )
    (True, False, True, True)
    """
    return ("<" in text or "&" in text) and MARKUP.search(text) is not None
