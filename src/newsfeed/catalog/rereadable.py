"""What a caller gives as a site's articles, made readable as often as need be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from os import PathLike

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.shown_values import kind, quoted

__all__ = ["rereadable"]

_REMEDY = "give a list of Articles, or of mappings or objects with their fields"


def rereadable(articles: object) -> Iterable[object]:
    """Return what can be read as often as need be.

    Args:
        articles: A list, or anything else to iterate over. What gives its rows only once, such as a generator or the
            cursor of a database, is read into memory.

    Returns:
        The same, or a tuple of its rows.

    Raises:
        InvalidValue: If it is one row, a text, or can't be iterated over.

    >>> rereadable(iter([1, 2]))
    (1, 2)
    >>> rereadable("articles.jsonl")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: articles: 'articles.jsonl' is text. Open the newsroom's folder with newsfeed.open(folder).
    """
    if isinstance(articles, str | bytes | PathLike):
        remedy = "open the newsroom's folder with newsfeed.open(folder)"
        raise InvalidValue(f"{quoted(articles)} is {kind(articles)}", remedy, field="articles")
    if isinstance(articles, Article | Mapping) or _is_named_tuple(articles):
        raise InvalidValue(
            "this is one article, not a list", "put it into brackets: [article]", field="articles"
        )
    if not isinstance(articles, Iterable):
        raise InvalidValue(f"{quoted(articles)} is {kind(articles)}", _REMEDY, field="articles")
    is_read_once = hasattr(articles, "__next__") or hasattr(articles, "fetchmany")  # as DB-API's cursors have
    return tuple(articles) if is_read_once or isinstance(articles, Collection) else articles


def _is_named_tuple(given: object) -> bool:
    """Return whether this is one row with named columns. Django's query sets have `_fields` too, but aren't sequences."""
    return isinstance(given, Sequence) and hasattr(given, "_fields")
