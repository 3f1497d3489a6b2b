"""Limits on the lists and texts of an article. What exceeds them is left out and reported; the article is published."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.limits import AUTHORS, CATEGORIES, MEDIA, SUMMARY, TITLE, TOPICS
from newsfeed.model.value_rules import items_of

__all__ = ["SURELY_UNCUT", "bounded", "cut_lists"]

_MOST: Final = {"media": MEDIA, "topics": TOPICS, "authors": AUTHORS, "categories": CATEGORIES}
#: This many times the maximum is read, because some items may be invalid.
_READ: Final = 10
#: No list with fewer items is cut before it is read.
SURELY_UNCUT: Final = min(_MOST.values()) * _READ
_LONGEST: Final = {"title": TITLE, "summary": SUMMARY}


def bounded(article: Article, warn: Callable[[str, str, str, str], None]) -> Article:
    """Leave out what exceeds the limits of an article.

    Args:
        article: The article.
        warn: Called with the code, the field, the reason and the remedy of each repair.

    Returns:
        The article; the same object if nothing had to change.
    """
    changes: dict[str, Any] = {}
    for field, most in _MOST.items():
        items = getattr(article, field)
        if len(items) > most:
            changes[field] = tuple(items[:most])
            reason = f"it has {len(items):,} items; the first {most:,} are kept"
            warn("NF142", field, reason, "write fewer")
    for field, longest in _LONGEST.items():
        text = getattr(article, field)
        if text is not None and len(text) > longest:
            changes[field] = _shortened(text, longest)
            reason = f"it has {len(text):,} characters; cut after {longest:,}"
            warn("NF143", field, reason, "write a shorter one")
    return article.with_kept(**changes) if changes else article


def cut_lists(values: dict[str, object]) -> Iterator[InvalidValue]:
    """Cut the longest lists of an article before it is checked, so that checking takes limited time.

    Args:
        values: The values by field. Changed.

    Yields:
        What was cut.

    >>> values = {"topics": ["oil"] * 3000}
    >>> [str(problem) for problem in cut_lists(values)], len(values["topics"])
    (['topics: it has 3,000 items; the first 2,500 are read. Write fewer.'], 2500)
    """
    for field, most in _MOST.items():
        value = values.get(field)
        if value is None or (type(value) is list and len(value) <= most * _READ):  # as nearly always
            continue
        items = items_of(value)
        if items is not None and len(items) > most * _READ:
            values[field] = list(islice(items, most * _READ))
            reason = f"it has {len(items):,} items; the first {most * _READ:,} are read"
            yield InvalidValue(reason, "write fewer", field=field)


def _shortened(text: str, longest: int) -> str:
    """Cut a text after a word, or after a character if cutting after a word would lose much of it."""
    short = text[: longest - 1]
    before_last_word = short.rpartition(" ")[0]
    return (before_last_word if len(before_last_word) > longest // 2 else short).rstrip() + "…"
