"""Lists of names, written as words on a line, which read better than hundreds of lines of one word each."""

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """Return the words of a text.

    >>> sorted(words("title link"))
    ['link', 'title']
    """
    return frozenset(text.split())
