"""When an article is live, and when it changes something although nobody edits it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsfeed.catalog.tombstones import end_of_tombstone
from newsfeed.model.article import Article
from newsfeed.model.periods import NEWS_FOR
from newsfeed.model.site import Site

__all__ = ["is_live", "moments_of_change"]

_A_MOMENT = timedelta(seconds=1)


def is_live(article: Article, as_of: datetime) -> bool:
    """Return whether an article is published at a moment: neither embargoed, expired nor withdrawn."""
    expired = article.expires is not None and article.expires <= as_of
    return article.published <= as_of and not expired and not article.withdrawn


def moments_of_change(article: Article, site: Site) -> Iterator[datetime]:
    """Yield when an article becomes due, expires or leaves the news sitemap, or when its tombstone ends.

    Args:
        article: The article, as `accepted` returns it.
        site: Its site.
    """
    published, expires = article.published, article.expires
    if article.withdrawn or (expires is not None and expires <= published):
        end = end_of_tombstone(article, site)
        if end is not None:
            yield end
        return
    yield published
    if "news" in site.sitemaps:
        yield from _end_of_news(article)
    if expires is not None:
        yield expires


def _end_of_news(article: Article) -> Iterator[datetime]:
    try:
        yield article.published + NEWS_FOR + _A_MOMENT
    except OverflowError:  # the calendar ends before
        return
