"""Suggestions: the known word that is nearest to one that isn't known."""

from collections.abc import Iterable

from newsfeed.text.synonyms import NOTES, folded, synonym

__all__ = ["did_you_mean", "key_meant", "nearest"]

_MOST_SHOWN = 12
#: Nobody means a known word with a longer one, and to compare them takes long.
_LONGEST = 100
#: How much an unknown key has to look like a field of a record that has a place for a site's own data.
_LIKENESS_OF_KEYS = 0.7


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Find the known word that looks most like a word, letter case aside.

    Args:
        word: The word that isn't known.
        known: The words that are.
        likeness: How much it has to look like it, up to 1.

    Returns:
        The nearest, or `None` if none is near.

    >>> nearest("titel", ["title", "url"]), nearest("Photo", ["photo"]), nearest("x", ["title"])
    ('title', 'photo', None)
    """
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches

    spellings: dict[str, str] = {}
    for spelling in known:
        spellings.setdefault(spelling.casefold(), spelling)
    near = get_close_matches(word.casefold(), spellings, n=1, cutoff=likeness)
    return spellings[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say what to write instead of a word that isn't known: what it usually stands for, else the nearest spelling.

    >>> did_you_mean("tags", ["flags", "topics"])
    "did you mean 'topics'?"
    >>> did_you_mean("titel", ["title", "url"])
    "did you mean 'title'?"
    >>> did_you_mean("x", ["title", "url"])
    'choose from: title, url'
    """
    words = list(known)
    if not words:
        return "none is defined"
    near = synonym(word, words) or nearest(word, words)
    if near is not None:
        return f"did you mean {near!r}?"
    more = f" … and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
    return f"choose from: {', '.join(words[:_MOST_SHOWN])}{more}"


def key_meant(key: str, record: str, fields: Iterable[str]) -> str:
    """Say what to write instead of a key that a record doesn't have.

    Args:
        key: The key.
        record: The record's name.
        fields: The record's fields. One that has `extra` has a place for a site's own data.

    Returns:
        The remedy.

    >>> key_meant("pubDate", "Article", ["published", "updated", "extra"])
    "did you mean 'published'?"
    >>> key_meant("mood", "Article", ["published", "updated", "extra"])
    'put your own data into extra: "extra": {"mood": …}'
    """
    known = list(fields)
    note = NOTES.get(record, {}).get(folded(key))
    if note:
        return note
    if "extra" not in known:
        return did_you_mean(key, known)
    is_own = note is not None
    near = None if is_own else synonym(key, known) or nearest(key, known, likeness=_LIKENESS_OF_KEYS)
    name = key if key.isprintable() and len(key) <= _LONGEST else "…"
    return f"did you mean {near!r}?" if near else f'put your own data into extra: "extra": {{"{name}": …}}'
