"""Summaries generated from an article's text, for articles without one."""

from typing import Final

from newsfeed.errors import InvalidValue
from newsfeed.text.graphemes import is_boundary
from newsfeed.text.sentences import sentence_ends

__all__ = ["excerpt"]

#: Whole sentences are used if they fill this part of the limit; whole words likewise.
_ENOUGH: Final = 0.4

#: Languages without spaces between words.
_WITHOUT_SPACES: Final = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "wuu", "yue", "zh"})

#: Characters that mustn't precede "…": punctuation that announces more, and opening marks that would stay open.
_DANGLING: Final = " \t\n\r\xa0\u200b\u3000,.;:·-‐‑‒–—―/&([{«‹¿¡،؛、，；：…「『（【《〈"


def excerpt(text: str, *, language: str, limit: int = 300) -> str:
    """Shorten a text for a listing or a feed.

    Args:
        text: Plain text.
        language: Its language, a BCP 47 tag.
        limit: The maximum number of characters, at least 1.

    Returns:
        The whole text if it fits; otherwise its first sentences, if they fill two fifths of the limit; otherwise its
        first words and "…". It has at most `limit` characters, not counting "…", and splits no letter.

    Raises:
        InvalidValue: If the limit is less than 1.

    >>> text = "The ministers met in Baku. They discussed media cooperation, and more."
    >>> excerpt(text, language="en", limit=40)
    'The ministers met in Baku.'
    >>> excerpt(text, language="en", limit=20)
    'The ministers met in…'
    """
    if limit < 1:
        raise InvalidValue(f"an excerpt can't have {limit} characters", "write a limit of 1 or more")
    text = text.strip()
    if len(text) <= limit:
        return text
    sentences = max(sentence_ends(text, language=language, upto=limit), default=0)
    if sentences >= _ENOUGH * limit:
        return text[:sentences]
    kept = text[: _last_cut(text, language, limit)]
    trimmed = kept.rstrip(_DANGLING)
    return (trimmed if is_boundary(text, len(trimmed)) else kept) + "…"


def _last_cut(text: str, language: str, limit: int) -> int:
    """Return the last index up to the limit between words, or between letters if there is none."""
    if language.lower().split("-")[0] not in _WITHOUT_SPACES:
        spaces = (index for index in range(limit, 0, -1) if text[index].isspace())
        space = next(spaces, 0)
        if space >= _ENOUGH * limit:
            return space
    letters = (index for index in range(limit, 0, -1) if is_boundary(text, index))
    inside = next(letters, 0)
    between = next((index for index in range(inside, 0, -1) if _parts_words(text, index)), 0)
    return between if between >= _ENOUGH * limit else inside


def _parts_words(text: str, index: int) -> bool:
    """Return whether a cut leaves Latin words and numbers whole, which occur in Chinese texts."""
    torn = text[index - 1 : index + 1]
    return is_boundary(text, index) and not (torn.isascii() and torn.isalnum())
