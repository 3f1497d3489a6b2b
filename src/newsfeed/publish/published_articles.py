"""What the record says of articles: those that a document carries, and those that one did and may again."""

from collections.abc import Collection, Mapping

import msgspec

from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import Identities, has_tombstone, is_held_back
from newsfeed.publish.matching import after_move, published_article
from newsfeed.publish.record import PublishedArticle, PublishRecord, SealedArticle, articles_in, line_of
from newsfeed.publish.seals import joined, sealed

__all__ = ["DepartedArticles", "carried_lines", "departed_articles", "names_what_is_held_back"]

#: So many articles that have departed are remembered, or as many as are carried, if that is more.
_REMEMBERED = 1000
#: At least so many are where readers know them by other ids than their own, which nothing else tells.
_REMEMBERED_BY_OTHER_IDS = 10_000
#: What the lines of departed articles hold, and hardly any others.
_DEPARTED = b'"departed":true'


class DepartedArticles(msgspec.Struct, frozen=True):
    """Articles that no document carries any more."""

    #: Those that may be named, the newest first.
    articles: tuple[PublishedArticle, ...]
    #: Those that are held back, the latest last.
    sealed: tuple[SealedArticle, ...]


def carried_lines(plan: Plan, kept: Mapping[str, str]) -> list[bytes]:
    """Write what is to be recorded of articles that some feed carries.

    Args:
        plan: The plan of what is published.
        kept: The ids under which some are published, by their own.

    Returns:
        A line for each of the newsroom's carried articles, in their order.
    """
    return [
        line_of(published_article(each.article, kept.get(each.rank[1], each.rank[1])))
        for each in plan.catalog.carried
    ]


def departed_articles(
    plan: Plan, identities: Identities, before: PublishRecord, lines: Collection[bytes]
) -> DepartedArticles:
    """Tell what is to be recorded of articles that no feed carries any more.

    An article that has left its feeds, because newer ones took its room, comes back when those are withdrawn, or a
    feed gets more room. Readers know it by its id; so the newest of them are remembered, more of those that were
    published under another id than their own, and all of these that are still among the newsroom's articles. One that is withdrawn, embargoed anew or expired is named by nothing, the record
    included, unless it has a tombstone; it is sealed. And an id is forgotten that an article had before it was allowed
    another.

    Args:
        plan: The plan of what is published.
        identities: Under which ids its articles are published.
        before: What was published before.
        lines: What is recorded of those that are carried.
    """
    own_ids = {each.rank[1] for each in plan.catalog.carried}
    carried = {identities.of(own_id) for own_id in own_ids} if identities.kept else own_ids
    forgotten = carried | identities.replaced
    own_id_of = {published_id: own_id for own_id, published_id in identities.kept.items()}
    may_be_told: list[PublishedArticle] = []
    held_back: list[PublishedArticle] = []
    for known in before.articles_except(lines):
        if known.article in forgotten:
            continue
        now = after_move(known, plan.catalog, before)
        own_id = own_id_of.get(known.article) or now.own_id or known.article
        departed = msgspec.structs.replace(
            now, own_id=None if own_id == known.article else own_id, departed=True
        )
        is_secret = is_held_back(departed, plan) and not has_tombstone(own_id, plan)
        (held_back if is_secret else may_be_told).append(departed)
    may_be_told.sort(key=_newest_first)
    held_back.sort(key=_newest_first, reverse=True)
    most = max(len(carried), _REMEMBERED)
    done = {seal for seal, published_id in identities.opened if published_id in forgotten}
    return DepartedArticles(
        tuple(
            known
            for number, known in enumerate(may_be_told)
            if number < (_REMEMBERED_BY_OTHER_IDS if known.own_id else most) or known.article in own_id_of
        ),
        joined(
            (seal for seal in before.sealed if seal not in done),
            (sealed(known, plan.site) for known in held_back),
        ),
    )


def names_what_is_held_back(record: PublishRecord, plan: Plan) -> bool:
    """Tell whether a record names an article that no document carried any more, and that is held back now.

    Args:
        record: The record.
        plan: The plan of what is published.
    """
    departed = articles_in(line for line in record.articles if _DEPARTED in line)
    names = {known.own_id or known.article for known in departed if is_held_back(known, plan)}
    names.update(filter(plan.catalog.is_held_back, record.kept_ids))
    return any(not has_tombstone(own_id, plan) for own_id in names)


def _newest_first(known: PublishedArticle) -> tuple[float, str]:
    return -known.published.timestamp(), known.article
