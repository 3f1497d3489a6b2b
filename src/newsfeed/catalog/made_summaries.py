"""Summaries that a CMS made of an article's whole text, and that say what only some readers may read."""

from newsfeed.text.html.teasers import before_members_only
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["reaches_past_mark"]

_NOT_LETTERS = lazy_pattern(r"[\W_]+")
#: So many letters of the closed text are no coincidence, whatever follows them: `Continue reading`.
_SURELY_CLOSED = 20


def reaches_past_mark(summary: str, content: str) -> bool:
    """Return whether a summary is the beginning of a text, and goes on behind the mark `<!--members-only-->`.

    >>> text = "<p>It snows.</p><!--members-only--><p>It will snow for a week.</p>"
    >>> reaches_past_mark("It snows. It will snow …", text), reaches_past_mark("It snows.", text)
    (True, False)
    """
    opened = before_members_only(content)
    if opened is None:
        return False
    words, before, whole = map(_letters, (summary, plain_text(opened), plain_text(content)))
    least = min(len(words), len(whole))
    shared = next((index for index in range(least) if words[index] != whole[index]), least)
    if not before:  # an editor may begin like the text
        return bool(words) and shared == len(words) and summary.rstrip().endswith("…")
    return len(before) < shared >= min(len(words), len(before) + _SURELY_CLOSED)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()
