"""What stands where a title is needed and an article has none, like a note: the beginning of its text."""

from collections.abc import Iterable

from newsfeed.text.excerpts import excerpt
from newsfeed.text.one_line import one_line

__all__ = ["beginning"]

#: The most characters of a text that stands for a title.
_LONGEST = 100


def beginning(texts: Iterable[str | None], language: str) -> str:
    r"""Return the beginning of the first text that isn't blank, on one line; empty if all are.

    Args:
        texts: The texts. An address among them is never shortened.
        language: Their language, a BCP 47 tag.

    >>> beginning([None, " ", "Snow\nin Baku"], "en")
    'Snow in Baku'
    """
    shown = next(filter(None, (one_line(text or "") for text in texts)), "")
    is_address = shown.startswith(("http://", "https://")) and " " not in shown
    return shown if is_address else excerpt(shown, language=language, limit=_LONGEST)
