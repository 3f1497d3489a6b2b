"""Suggestions: the known word nearest to an unknown one."""

from collections.abc import Iterable

from newsfeed.text.synonyms import NOTES, folded, synonym

__all__ = ["did_you_mean", "key_meant", "nearest"]

_MOST_SHOWN = 12
#: Longer words aren't compared, because they never mean a known word and take long.
_LONGEST = 100
#: How similar an unknown key must be to a field, in records with a place for a site's own data.
_LIKENESS_OF_KEYS = 0.7


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the known word that is most similar to a word, ignoring letter case.

    Args:
        word: The unknown word.
        known: The known words.
        likeness: The least similarity, up to 1.

    Returns:
        The nearest word; `None` if none is near.

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


def did_you_mean(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """Return a suggestion for an unknown word: its usual meaning, or the nearest spelling.

    >>> did_you_mean("tags", ["flags", "topics"])
    "did you mean 'topics'?"
    >>> did_you_mean("titel", ["title", "url"])
    "did you mean 'title'?"
    >>> did_you_mean("x", ["title", "url"])
    'choose from title, url'
    """
    words = list(known)
    if not words:
        return "none is defined"
    near = synonym(word, words) or nearest(word, words, likeness=likeness)
    if near is not None:
        return f"did you mean {near!r}?"
    more = f" … and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
    return f"choose from {', '.join(words[:_MOST_SHOWN])}{more}"


def key_meant(key: str, record: str, fields: Iterable[str]) -> str:
    """Return a suggestion for a key that a record doesn't have.

    Args:
        key: The key.
        record: The record's name.
        fields: The record's fields. A record with `extra` has a place for a site's own data.

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
