"""What the record says of articles: those that a document carries, and those that one did and may again."""

from collections.abc import Iterator

import msgspec

from newsfeed.newsroom import Newsroom
from newsfeed.publish.identities import (
    Identities,
    address_after_move,
    may_be_named,
    own_id_after_move,
)
from newsfeed.publish.record import PublishedArticle, Record

__all__ = ["published_articles"]

#: So many articles that have departed are remembered, or as many as are carried, if that is more.
_REMEMBERED = 1000


def published_articles(
    newsroom: Newsroom, identities: Identities, before: Record
) -> Iterator[PublishedArticle]:
    """Yield what is to be recorded of articles.

    An article that has left its feeds, because newer ones took its room, comes back when those are withdrawn, or a
    feed gets more room. Readers know it by its id; so the newest of them are remembered. One that is withdrawn or has
    expired is named by nothing, the record included, unless it has a tombstone.

    Args:
        newsroom: The newsroom.
        identities: Under which ids its articles are published.
        before: What was published before.
    """
    carried: set[str] = set()
    for article in (each.article for each in newsroom.carried):
        own_id = article.id or ""
        published_id = identities.of(own_id)
        carried.add(published_id)
        yield PublishedArticle(
            article=published_id,
            url=article.url or "",
            language=article.language,
            published=article.published,
            updated=article.updated or article.published,
            story=article.story,
            own_id=own_id if own_id != published_id else None,
        )
    departed = [known for known in before.articles.values() if known.article not in carried]
    departed.sort(key=lambda known: (-known.published.timestamp(), known.article))
    own_ids = {published_id: own_id for own_id, published_id in identities.kept.items()}
    for known in departed[: max(len(carried), _REMEMBERED)]:
        own_id = own_ids.get(known.article) or own_id_after_move(known, newsroom, before)
        if not may_be_named(own_id, newsroom):
            continue
        yield msgspec.structs.replace(
            known,
            url=address_after_move(known.url, newsroom.site, before),
            own_id=None if own_id == known.article else own_id,
            departed=True,
        )
