"""Suggestions: the known word that is nearest to one that isn't known."""

from collections.abc import Iterable

__all__ = ["did_you_mean", "nearest"]

_MOST_SHOWN = 12
#: Nobody means a known word with a longer one, and to compare them takes long.
_LONGEST = 100


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that looks most like a word, letter case aside.

    Args:
        word: The word that isn't known.
        known: The words that are.

    Returns:
        The nearest, or `None` where none is near.

    >>> nearest("titel", ["title", "url"]), nearest("Photo", ["photo"]), nearest("x", ["title"])
    ('title', 'photo', None)
    """
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches

    spellings: dict[str, str] = {}
    for spelling in known:
        spellings.setdefault(spelling.casefold(), spelling)
    near = get_close_matches(word.casefold(), spellings, n=1)
    return spellings[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say what to write instead of a word that isn't known.

    >>> did_you_mean("titel", ["title", "url"])
    "did you mean 'title'?"
    >>> did_you_mean("x", ["title", "url"])
    'known are: title, url'
    """
    words = list(known)
    if not words:
        return "none is defined"
    near = nearest(word, words)
    if near is not None:
        return f"did you mean {near!r}?"
    more = f" … and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
    return f"known are: {', '.join(words[:_MOST_SHOWN])}{more}"
