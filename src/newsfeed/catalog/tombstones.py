"""Tombstones: how long feeds say that an article was withdrawn."""

from datetime import datetime, timedelta

from newsfeed.model.article import Article
from newsfeed.model.site import Site

__all__ = ["end_of_tombstone"]


def end_of_tombstone(article: Article, site: Site) -> datetime | None:
    """Return until when feeds carry the tombstone of an article, counted from its `updated`.

    Returns:
        The moment; None for an article that isn't withdrawn, or a site without tombstones.

    >>> from datetime import UTC
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], tombstones=30)
    >>> noon = datetime(2025, 12, 1, 12, tzinfo=UTC)
    >>> gone = Article(
    ...     language="en", title="Snow", url="https://report.example/1", published=noon, withdrawn=True
    ... )
    >>> str(end_of_tombstone(gone, site))
    '2025-12-31 12:00:00+00:00'
    """
    if not article.withdrawn or not site.tombstones:
        return None
    try:
        return (article.updated or article.published) + timedelta(days=site.tombstones)
    except OverflowError:
        return datetime.max.replace(tzinfo=article.published.tzinfo)
