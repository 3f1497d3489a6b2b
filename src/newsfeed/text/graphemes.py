"""Boundaries between letters: what a reader sees as one letter can be several characters."""

import unicodedata
from typing import Final

__all__ = ["is_boundary"]

_ZERO_WIDTH_JOINER: Final = "\u200d"
_ZERO_WIDTH_NON_JOINER: Final = "\u200c"
_VIRAMA: Final = 9  # the canonical combining class of signs that bind a consonant to the next

#: Characters that belong to the previous one although they aren't combining marks: the vowels Sara Am of Thai and
#: Lao, and the voicing marks of half-width Japanese.
_SPACING: Final = frozenset("\u0e33\u0eb3\uff9e\uff9f")


def is_boundary(text: str, index: int) -> bool:
    """Return whether a text may be cut before a character.

    Follows the extended grapheme clusters of UAX #29 §3.1.1, cautiously: in doubt, there is no boundary.

    Args:
        text: Any text.
        index: Where to cut, from 0 to the text's length.

    Returns:
        True if the text before and after the index are separate letters, signs or emoji.

    >>> [is_boundary("e\u0301a", index) for index in range(4)]
    [True, False, True, True]
    """
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    return not (
        (before == "\r" and after == "\n")
        or (before == _ZERO_WIDTH_JOINER and not after.isspace())
        or unicodedata.combining(before) == _VIRAMA
        or _extends(after)
        or (_is_leading_jamo(before) and (_is_leading_jamo(after) or "\uac00" <= after <= "\ud7a3"))
        or (_is_regional(after) and _regionals_before(text, index) % 2 == 1)
    )


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Mc", "Me"}  # variation selectors are Mn
        or character in {_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER}
        or character in _SPACING
        or "\u1160" <= character <= "\u11ff"  # vowels and ends of Korean syllables written in parts
        or "\ud7b0" <= character <= "\ud7fb"  # more of them
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # the tags of flags such as Scotland's
    )


def _is_leading_jamo(character: str) -> bool:
    """Return whether a character begins a Korean syllable written in parts."""
    return "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97c"


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _regionals_before(text: str, index: int) -> int:
    """Count the consecutive flag letters before an index; two of them make a flag."""
    start = index
    while start and _is_regional(text[start - 1]):
        start -= 1
    return index - start
