"""Parts of regular expressions."""

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["any_of"]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words: a tree of their letters, so that a mismatch ends early.

    >>> any_of(["col", "colgroup", "td"])
    '(?:col(?:group)?|td)'
    """
    pattern = _tree(words)
    return pattern if pattern.startswith("(?:") else f"(?:{pattern})"


def _tree(words: Iterable[str]) -> str:
    rest = defaultdict(list)
    for word in words:
        rest[word[:1]].append(word[1:])
    is_end = rest.pop("", None) is not None
    branches = [letter + _tree(following) for letter, following in sorted(rest.items())]
    if len(branches) == 1 and not is_end:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if is_end else ''}" if branches else ""
