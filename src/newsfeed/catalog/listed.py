"""Articles and editions as sitemaps list them: a few hundred bytes each, without their text."""

from datetime import datetime

import msgspec

from newsfeed.model.article import Article
from newsfeed.text.one_line import one_line
from newsfeed.text.urls import ascii_uri

__all__ = ["ListedArticle", "ListedEdition", "listed_address", "listed_article", "listed_edition"]

#: Addresses must be shorter (Sitemaps protocol 0.9, `<loc>`).
_MAX_ADDRESS = 2048


class ListedArticle(msgspec.Struct, frozen=True, gc=False):
    """An article as news sitemaps list it."""

    #: Its address in ASCII.
    url: str
    language: str
    title: str
    published: datetime
    #: The addresses of its pictures.
    pictures: tuple[str, ...]


class ListedEdition(msgspec.Struct, frozen=True, gc=False):
    """An edition of a story as the sitemaps of stories in several languages list it."""

    #: Its address in ASCII.
    url: str
    language: str
    #: When it last changed.
    updated: datetime


def listed_article(article: Article) -> ListedArticle | None:
    """Return what news sitemaps say of an article; None if its address is too long for a sitemap."""
    url = listed_address(article.url)
    if url is None:
        return None
    pictures = tuple(ascii_uri(media.url) for media in article.media if media.type.startswith("image/"))
    return ListedArticle(url, article.language, one_line(article.headline), article.published, pictures)


def listed_edition(article: Article) -> ListedEdition | None:
    """Return what sitemaps say of an edition of a story; None if its address is too long for a sitemap."""
    url = listed_address(article.url)
    return None if url is None else ListedEdition(url, article.language, article.updated or article.published)


def listed_address(url: str | None) -> str | None:
    """Return the address of an article as sitemaps have it; None if it is too long for a sitemap."""
    address = ascii_uri(url or "")
    return address if len(address) < _MAX_ADDRESS else None
