"""What the record says of articles: those that a document carries, and those that may come back to one."""

from collections.abc import Collection, Mapping

import msgspec

from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import Identities, has_tombstone, is_held_back
from newsfeed.publish.matching import after_move, published_article
from newsfeed.publish.record import PublishedArticle, PublishRecord, SealedArticle, articles_in, line_of
from newsfeed.publish.seals import merge_seals, seal_of

__all__ = ["DepartedArticles", "carried_lines", "departed_articles", "names_held_back_article"]

#: At least this many departed articles are remembered, or as many as are carried if that is more.
_REMEMBERED = 1000
#: At least this many are remembered of those whose published id isn't their own, because only the record knows it.
_REMEMBERED_BY_OTHER_IDS = 10_000
#: What the lines of departed articles contain, and hardly any others.
_DEPARTED = b'"departed":true'


class DepartedArticles(msgspec.Struct, frozen=True):
    """Articles that no document carries any more."""

    #: Those that may be named, the newest first.
    articles: tuple[PublishedArticle, ...]
    #: Those that are held back, the latest last.
    sealed: tuple[SealedArticle, ...]


def carried_lines(plan: Plan, kept: Mapping[str, str]) -> list[bytes]:
    """Return the lines that record the articles that some feed carries.

    Args:
        plan: The plan of what is published.
        kept: The ids under which some are published, by their own.

    Returns:
        A line for each carried article, in their order.
    """
    return [
        line_of(published_article(each.head, kept.get(each.rank[1], each.rank[1]), each.row))
        for each in plan.carried
    ]


def departed_articles(
    plan: Plan, identities: Identities, before: PublishRecord, lines: Collection[bytes]
) -> DepartedArticles:
    """Return what is to be recorded of articles that no feed carries any more.

    An article that newer ones have pushed out of its feeds comes back when those are withdrawn, or when a feed's limit
    rises. Readers know it by its id, so the newest departed articles are remembered; more of them if their published id
    isn't their own, and all of these that still exist. An article that is withdrawn, embargoed again or expired is named
    nowhere, not even in the record, unless it has a tombstone; it is sealed. Ids replaced with `accept` are dropped.

    Args:
        plan: The plan of what is published.
        identities: The ids under which its articles are published.
        before: What was published before.
        lines: The lines of those that are carried.
    """
    own_ids = {each.rank[1] for each in plan.carried}
    carried = {identities.published_id(own_id) for own_id in own_ids} if identities.kept else own_ids
    forgotten = carried | identities.replaced
    own_id_of = {published_id: own_id for own_id, published_id in identities.kept.items()}
    nameable: list[PublishedArticle] = []
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
        (held_back if is_secret else nameable).append(departed)
    nameable.sort(key=_newest_first)
    held_back.sort(key=_newest_first, reverse=True)
    most = max(len(carried), _REMEMBERED)
    done = {seal for seal, published_id in identities.opened if published_id in forgotten}
    return DepartedArticles(
        tuple(
            known
            for number, known in enumerate(nameable)
            if number < (_REMEMBERED_BY_OTHER_IDS if known.own_id else most) or known.article in own_id_of
        ),
        merge_seals(
            (seal for seal in before.sealed if seal not in done),
            (seal_of(known, plan.site) for known in held_back),
        ),
    )


def names_held_back_article(record: PublishRecord, plan: Plan) -> bool:
    """Return whether a record names a departed article that is held back now.

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
