"""What stands where a title is needed: an article's own, or the beginning of its text if it has none, like a note."""

from collections.abc import Sequence

from newsfeed.model.article import Article, Media
from newsfeed.text.excerpts import excerpt
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.one_line import one_line

__all__ = ["beginning", "headline"]

#: The most characters of a text that stands for a title.
_LONGEST = 100


def headline(article: Article) -> str:
    """Return an article's title, or the beginning of its text if it has none.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> note = Article(language="en", summary="Snow in Baku", url="https://a.example/1", published=noon)
    >>> headline(note)
    'Snow in Baku'
    """
    if article.title:
        return article.title
    text = article.summary
    if text is None and article.content:
        authors = [author.name for author in article.authors]
        made = lead(article.content, language=article.language, authors=authors)
        text = made.text if made else None
    return beginning(text, article.media, article.url or "", article.language)


def beginning(text: str | None, media: Sequence[Media], url: str, language: str) -> str:
    """Return the beginning of a text, on one line; without a text, what the first file shows, else the address."""
    described = (file.description for file in media if file.description)
    shown = one_line(text or "") or one_line(next(described, ""))
    return excerpt(shown, language=language, limit=_LONGEST) if shown else url
