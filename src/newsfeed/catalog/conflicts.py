"""Articles that can't both be published: two with one id, two editions of one story in one language.

The article with the newer `updated` wins; if both are the same, the one with the larger digest of its content. So the
result doesn't depend on the order of the input.
"""

from collections.abc import Callable, Hashable, Iterable
from hashlib import sha256

import msgspec

from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article
from newsfeed.model.sourced_article import SourcedArticle

__all__ = ["one_for_each_edition", "one_for_each_id", "same_edition", "same_id", "standing"]

_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)


def one_for_each_id(articles: Iterable[SourcedArticle]) -> tuple[list[SourcedArticle], list[Finding]]:
    """Keep one article for each id.

    Returns:
        The articles kept, and an error for each one left out, which names both places.
    """
    return _winners(
        articles,
        key=lambda article: article.id,
        finding=same_id,
    )


def one_for_each_edition(articles: Iterable[SourcedArticle]) -> tuple[list[SourcedArticle], list[Finding]]:
    """Keep one article for each story and language, and all articles without a story.

    Returns:
        The articles kept, and an error for each one left out, which names both places.
    """
    return _winners(
        articles,
        key=lambda article: (article.story, article.language) if article.story else None,
        finding=same_edition,
    )


def same_id(loser: SourcedArticle, winner: Place) -> Finding:
    """Return the error of an article whose id another one has."""
    return Finding(
        code="NF104",
        severity="error",
        place=loser.place,
        field="id",
        reason=f"the id {loser.article.id} is also used by {winner}, which is newer or wins the tie",
        remedy="give each article its own id, or remove one",
    )


def same_edition(loser: SourcedArticle, winner: Place) -> Finding:
    """Return the error of an article that is another edition of a story in one language."""
    story, language = loser.article.story, loser.article.language
    return Finding(
        code="NF105",
        severity="error",
        place=loser.place,
        field="story",
        reason=f"the story {story} has another edition in {language}, at {winner}, which is newer or wins the tie",
        remedy="give each story one edition per language, and a new story a new key",
    )


def standing(sourced: SourcedArticle) -> tuple[float, bytes, Place]:
    """Return a key that sorts articles in conflict; the greatest wins."""
    article = sourced.article
    digest = sha256(_ENCODER.encode(article)).digest()
    return (article.updated or article.published).timestamp(), digest, sourced.place


def _winners(
    articles: Iterable[SourcedArticle],
    *,
    key: Callable[[Article], Hashable],
    finding: Callable[[SourcedArticle, Place], Finding],
) -> tuple[list[SourcedArticle], list[Finding]]:
    kept: dict[Hashable, SourcedArticle] = {}
    lost: list[tuple[Hashable, SourcedArticle]] = []
    for number, sourced in enumerate(articles):
        name = key(sourced.article)
        name = number if name is None else ("key", name)
        rival = kept.setdefault(name, sourced)
        if rival is not sourced:
            winner, loser = sorted((rival, sourced), key=standing, reverse=True)
            kept[name] = winner
            lost.append((name, loser))
    return list(kept.values()), [finding(loser, kept[name].place) for name, loser in lost]
