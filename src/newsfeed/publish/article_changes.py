"""Which articles a publish brought to readers, changed and took away: for caches, search engines and the like."""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Any

import msgspec

from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import Identities, is_live
from newsfeed.publish.matching import after_move, published_article
from newsfeed.publish.record import PublishedArticle, PublishRecord

__all__ = ["ArticleChanges", "ChangedArticle", "article_changes"]

#: What readers see of what the record says.
_seen = attrgetter("article", "url", "language", "published", "updated", "story", "title_digest")


class ChangedArticle(msgspec.Struct, frozen=True, gc=False):
    """An article that came, changed or went, by its published id and its address."""

    id: str
    url: str
    language: str


class ArticleChanges(msgspec.Struct, frozen=True):
    """The articles of feeds that came, changed and went. Those that only left a feed for newer ones are in none of these."""

    #: In a feed, and in none before.
    published: tuple[ChangedArticle, ...] = ()
    #: In a feed, as before, and something about them is different.
    changed: tuple[ChangedArticle, ...] = ()
    #: In a feed before, and not live any longer: withdrawn, removed, expired, under an embargo again, or lost.
    withdrawn: tuple[ChangedArticle, ...] = ()

    def listed(self) -> dict[str, Any]:
        """Return them for a JSON document."""
        return {name: msgspec.to_builtins(getattr(self, name)) for name in self.__struct_fields__}


def article_changes(
    plan: Plan,
    identities: Identities,
    before: PublishRecord,
    lines: Collection[bytes],
    changed_ids: Collection[str],
) -> ArticleChanges:
    """Compare the articles of feeds with those that were published before.

    Args:
        plan: The plan of what is published.
        identities: The ids under which its articles are published.
        before: What was published before.
        lines: The line of each carried article in the record.
        changed_ids: Own ids of articles that are known to have changed, whatever the record says.
    """
    known = {each.article: each for each in before.articles_except(frozenset(lines)) if not each.departed}
    replaced = {each.url: each for each in known.values() if each.article in identities.replaced}
    published: list[ChangedArticle] = []
    changed: list[ChangedArticle] = []
    now: set[str] = set()
    for each, line in zip(plan.carried, lines, strict=True):
        own_id = each.rank[1]
        published_id = identities.published_id(own_id)
        now.add(published_id)
        is_recorded = line in before.articles
        if is_recorded and own_id not in changed_ids:
            continue
        article = published_article(each.head, published_id, each.row)
        earlier = known.get(published_id) or replaced.get(article.url)
        if not is_recorded and earlier is None:
            published.append(_changed(article))
        elif own_id in changed_ids or (earlier is not None and _seen(earlier) != _seen(article)):
            changed.append(_changed(article))
    return ArticleChanges(
        tuple(published), tuple(changed), tuple(_withdrawn(known.values(), now, plan, identities, before))
    )


def _withdrawn(
    known: Iterable[PublishedArticle],
    now: Collection[str],
    plan: Plan,
    identities: Identities,
    before: PublishRecord,
) -> Iterable[ChangedArticle]:
    for each in known:
        if each.article not in now and each.article not in identities.replaced:
            moved = after_move(each, plan.catalog, before)
            if not is_live(moved.own_id or moved.article, plan):
                yield _changed(moved)


def _changed(article: PublishedArticle) -> ChangedArticle:
    return ChangedArticle(article.article, article.url, article.language)
