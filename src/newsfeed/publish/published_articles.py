"""What the record says of articles: those that a document carries, and those that one did and may again."""

from collections.abc import Collection, Iterator, Mapping

import msgspec

from newsfeed.model.article import Article
from newsfeed.newsroom import Newsroom
from newsfeed.publish.identities import (
    Identities,
    address_after_move,
    may_be_named,
    own_id_after_move,
)
from newsfeed.publish.record import PublishedArticle, Record, line_of

__all__ = ["carried_lines", "departed_articles"]

#: So many articles that have departed are remembered, or as many as are carried, if that is more.
_REMEMBERED = 1000


def carried_lines(newsroom: Newsroom, kept: Mapping[str, str]) -> list[bytes]:
    """Write what is to be recorded of articles that some feed carries.

    Args:
        newsroom: The newsroom.
        kept: The ids under which some are published, by their own.

    Returns:
        A line for each of the newsroom's carried articles, in their order.
    """
    return [_line_of(each.article, kept) for each in newsroom.carried]


def departed_articles(
    newsroom: Newsroom, identities: Identities, before: Record, lines: Collection[bytes]
) -> Iterator[PublishedArticle]:
    """Yield what is to be recorded of articles that no feed carries any more.

    An article that has left its feeds, because newer ones took its room, comes back when those are withdrawn, or a
    feed gets more room. Readers know it by its id; so the newest of them are remembered. One that is withdrawn or has
    expired is named by nothing, the record included, unless it has a tombstone. And an id is forgotten that an
    article had before it was allowed another.

    Args:
        newsroom: The newsroom.
        identities: Under which ids its articles are published.
        before: What was published before.
        lines: What is recorded of those that are carried.
    """
    own_ids = {each.rank[1] for each in newsroom.carried}
    carried = {identities.of(own_id) for own_id in own_ids} if identities.kept else own_ids
    forgotten = carried | identities.replaced
    departed = [known for known in before.articles_but(lines) if known.article not in forgotten]
    departed.sort(key=lambda known: (-known.published.timestamp(), known.article))
    kept = {published_id: own_id for own_id, published_id in identities.kept.items()}
    for known in departed[: max(len(carried), _REMEMBERED)]:
        own_id = kept.get(known.article) or own_id_after_move(known, newsroom, before)
        if not may_be_named(own_id, newsroom):
            continue
        yield msgspec.structs.replace(
            known,
            url=address_after_move(known.url, newsroom.site, before),
            own_id=None if own_id == known.article else own_id,
            departed=True,
        )


def _line_of(article: Article, kept: Mapping[str, str]) -> bytes:
    own_id = article.id or ""
    published_id = kept.get(own_id, own_id)
    return line_of(
        PublishedArticle(
            article=published_id,
            url=article.url or "",
            language=article.language,
            published=article.published,
            updated=article.updated or article.published,
            story=article.story,
            own_id=own_id if own_id != published_id else None,
        )
    )
