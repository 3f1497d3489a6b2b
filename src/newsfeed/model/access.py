"""Who reads an article whole: everybody, or those who read the feeds of a rule that names its word."""

from collections.abc import Collection

from newsfeed.model.article import FREE, Article
from newsfeed.text.html.teasers import before_members_only

__all__ = ["MEMBERS", "closing_word", "open_to"]

#: The word of an article that a mark closes, and that says no other.
MEMBERS = "members"


def closing_word(article: Article) -> str | None:
    """Return the word without which an article isn't read whole; None for one that everybody reads."""
    if article.access != FREE:
        return article.access
    has_mark = article.content is not None and before_members_only(article.content) is not None
    return MEMBERS if has_mark else None


def open_to(words: Collection[str], article: Article) -> Article:
    """Return an article as those may read it who have some words; the same object if they may read all of it.

    Others read what stands before the mark, and the editor's own summary. Of an article that isn't free, they get the
    pictures, but no recordings.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> snow = Article(
    ...     language="en",
    ...     title="Snow",
    ...     url="https://report.example/snow",
    ...     published=noon,
    ...     access="members",
    ...     content="<p>It snows.</p><!--members-only--><p>Much.</p>",
    ... )
    >>> open_to([], snow).content, open_to(["members"], snow) is snow
    ('<p>It snows.</p>', True)
    """
    word = closing_word(article)
    if word is None or word in words:
        return article
    return article.with_kept(content=article.open_content, media=article.open_media)
