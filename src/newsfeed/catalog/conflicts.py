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

__all__ = ["one_for_each_edition", "one_for_each_id"]

_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)


def one_for_each_id(articles: Iterable[SourcedArticle]) -> tuple[list[SourcedArticle], list[Finding]]:
    """Keep one article for each id.

    Returns:
        The articles kept, and an error for each one left out, which names both places.
    """
    return _winners(
        articles,
        key=lambda article: article.id,
        code="NF104",
        field="id",
        reason="the id {key} is also used by {winner}, which is newer or wins the tie",
        remedy="give each article its own id, or remove one",
    )


def one_for_each_edition(articles: Iterable[SourcedArticle]) -> tuple[list[SourcedArticle], list[Finding]]:
    """Keep one article for each story and language, and all articles without a story.

    Returns:
        The articles kept, and an error for each one left out, which names both places.
    """
    return _winners(
        articles,
        key=lambda article: (article.story, article.language) if article.story else None,
        code="NF105",
        field="story",
        reason="the story {key[0]} has another edition in {key[1]}, at {winner}, which is newer or wins the tie",
        remedy="give each story one edition per language, and a new story a new key",
    )


def _winners(
    articles: Iterable[SourcedArticle],
    *,
    key: Callable[[Article], Hashable],
    code: str,
    field: str,
    reason: str,
    remedy: str,
) -> tuple[list[SourcedArticle], list[Finding]]:
    kept: dict[Hashable, SourcedArticle] = {}
    lost: list[tuple[Hashable, SourcedArticle]] = []
    for number, sourced in enumerate(articles):
        name = key(sourced.article)
        name = number if name is None else ("key", name)
        rival = kept.setdefault(name, sourced)
        if rival is not sourced:
            winner, loser = sorted((rival, sourced), key=_rank, reverse=True)
            kept[name] = winner
            lost.append((name, loser))
    findings = [
        Finding(
            code=code,
            severity="error",
            place=loser.place,
            field=field,
            reason=reason.format(key=name[1] if isinstance(name, tuple) else name, winner=kept[name].place),
            remedy=remedy,
        )
        for name, loser in lost
    ]
    return list(kept.values()), findings


def _rank(sourced: SourcedArticle) -> tuple[float, bytes, Place]:
    article = sourced.article
    digest = sha256(_ENCODER.encode(article)).digest()
    return (article.updated or article.published).timestamp(), digest, sourced.place
