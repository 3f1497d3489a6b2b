"""How a store keeps what is known of a published article: each fact in a column of its own, and none twice."""

from typing import Any, TypeAlias

from newsfeed.catalog.stored.database.moments import microseconds, moment_of
from newsfeed.publish.digest_bytes import bytes_of, digest_in
from newsfeed.publish.matching import MatchKey
from newsfeed.publish.record import PublishedArticle

__all__ = ["COLUMNS", "WITH_ID", "article_of", "columns_of", "condition_of"]

COLUMNS = (
    "id",
    "own_id",
    "row_number",
    "story",
    "language",
    "url",
    "published",
    "updated",
    "title",
    "departed",
)
_Columns: TypeAlias = tuple[Any, ...]

#: Articles with an own id, or that were published under it; the id comes twice.
WITH_ID = "own_id = ? OR id = ?"
_BY_OWN_ID = "own_id = ? OR (id = ? AND own_id IS NULL)"
_BY_ROW = "row_number = ?"
_BY_STORY = "story = ? AND language = ?"
_BY_URL = "url = ? OR (id = ? AND url IS NULL)"
_BY_TITLE = "language = ? AND published = ? AND title = ?"


def columns_of(article: PublishedArticle) -> _Columns:
    """Return the values of an article's columns."""
    return (
        article.article,
        None if article.own_id == article.article else article.own_id,
        article.row,
        article.story,
        article.language,
        None if article.url == article.article else article.url,
        microseconds(article.published),
        None if article.updated == article.published else microseconds(article.updated),
        None if article.title_digest is None else bytes_of(article.title_digest),
        int(article.departed),
    )


def article_of(row: _Columns) -> PublishedArticle:
    """Return an article.

    Args:
        row: The values of its columns.

    >>> noon = moment_of(1_766_145_600_000_000)
    >>> article = PublishedArticle(
    ...     "urn:snow", "https://report.example/snow", "en", noon, noon, own_id="urn:snow-2"
    ... )
    >>> article_of(columns_of(article)) == article
    True
    """
    published_id, own_id, row_number, story, language, url, published, updated, title, departed = row
    return PublishedArticle(
        article=published_id,
        url=published_id if url is None else url,
        language=language,
        published=moment_of(published),
        updated=moment_of(published if updated is None else updated),
        story=story,
        title_digest=None if title is None else digest_in(title),
        own_id=own_id,
        departed=bool(departed),
        row=row_number,
    )


def condition_of(key: MatchKey, article: PublishedArticle) -> tuple[str, _Columns]:
    """Return the condition by which published articles are found that may be the same as an article.

    Args:
        key: What identifies it; see `matching.match_keys`.
        article: The article.

    Returns:
        The condition, and its values.
    """
    kind, *values = key
    match kind:
        case "id":
            return _BY_OWN_ID, (values[0], values[0])
        case "row":
            return _BY_ROW, (article.row,)
        case "story":
            return _BY_STORY, (article.story, article.language)
        case "url":
            return _BY_URL, (article.url, article.url)
        case _:
            title = bytes_of(article.title_digest or "")
            return _BY_TITLE, (article.language, microseconds(article.published), title)
