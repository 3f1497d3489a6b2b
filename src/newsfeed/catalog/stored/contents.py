"""What is in a store, source by source."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from newsfeed.catalog.stored.articles import StoredArticles
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle

__all__ = ["SourceContents", "contents_of"]


class SourceContents(msgspec.Struct):
    """What one source has in a store."""

    source: str
    #: How many rows it has.
    rows: int = 0
    #: How many of them are due, and neither expired nor withdrawn.
    live: int = 0
    #: How many of them are withdrawn.
    withdrawn: int = 0
    #: When the last of its rows was put, withdrawn or removed, in UTC (RFC 3339).
    last_change: str = ""


def contents_of(path: str, site: Site, as_of: datetime) -> list[SourceContents]:
    """Return what is in a store as of a moment, in the order of the sources' names.

    Args:
        path: The store's file.
        site: The site, which tells how rows are read, and in which languages it publishes.
        as_of: The moment.

    Raises:
        StoreError: If there is no store, or it can't be read.
    """
    stored = StoredArticles(path, site)
    contents = {
        source: SourceContents(source, rows, last_change=last) for source, rows, last in stored.counts()
    }
    for sourced in _articles(stored):
        article = sourced.article
        of_source = contents[stored.source_of(sourced.place.file)]
        if article.withdrawn:
            of_source.withdrawn += 1
        elif article.language in site.languages:
            is_over = article.expires is not None and article.expires <= as_of
            of_source.live += article.published <= as_of and not is_over
    return list(contents.values())


def _articles(stored: StoredArticles) -> Iterator[SourcedArticle]:
    return (found for found in stored if isinstance(found, SourcedArticle))
