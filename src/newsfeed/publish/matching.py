"""How an article is matched with one that was published before, whatever changed about it since.

In this order: by its id; as the edition of its story in its language; by its row in a store; by its address; by its title,
if language and date are the same too. A title is a weaker sign than the others, because columns repeat theirs: it counts only if exactly one
published article and one new article have it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from operator import itemgetter

import msgspec

from newsfeed.catalog.candidates import ArticleHead
from newsfeed.catalog.catalog import Catalog
from newsfeed.publish.record import PublishedArticle, PublishRecord, digest_of_title
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import uri_of_id

__all__ = [
    "MatchKey",
    "address_after_move",
    "after_move",
    "has_moved",
    "match_articles",
    "match_keys",
    "published_article",
]

#: Something that identifies an article, after the kind of it: `("url", "https://report.example/snow")`.
MatchKey = tuple[str, ...]
#: The kinds, the surest first.
_SUREST = ("id", "story", "row", "url")


def published_article(article: ArticleHead, published_id: str, row: int | None = None) -> PublishedArticle:
    """Return what records say of an article.

    Args:
        article: The article.
        published_id: The id that readers know.
        row: The number of its row, if it is stored.
    """
    own_id = article.id or ""
    return PublishedArticle(
        article=published_id,
        url=article.url or "",
        language=article.language,
        published=article.published.astimezone(UTC),
        updated=(article.updated or article.published).astimezone(UTC),
        story=article.story,
        title_digest=digest_of_title(article.title) if article.title else None,
        own_id=own_id if own_id != published_id else None,
        row=row,
    )


def has_moved(catalog: Catalog, record: PublishRecord) -> bool:
    """Return whether a site has another address than when it was published."""
    return not record.is_new and record.site_url != catalog.site.url


def address_after_move(address: str, catalog: Catalog, record: PublishRecord) -> str:
    """Return the address that a page has now, if the whole site has moved since it was recorded."""
    if has_moved(catalog, record) and address.startswith(record.site_url):
        return catalog.site.url + address.removeprefix(record.site_url)
    return address


def after_move(known: PublishedArticle, catalog: Catalog, record: PublishRecord) -> PublishedArticle:
    """Return a recorded article with its own id and address as they are now, if the whole site has moved."""
    own_id = known.own_id or known.article
    if not catalog.has_article(own_id):
        # earlier versions published some ids that break the rules of their scheme
        valid = uri_of_id(own_id, catalog.site.ids_url)
        own_id = valid if valid != own_id else address_after_move(own_id, catalog, record)
    return msgspec.structs.replace(
        known,
        url=address_after_move(known.url, catalog, record),
        own_id=None if own_id == known.article else own_id,
    )


def match_keys(article: PublishedArticle) -> Iterator[MatchKey]:
    """Yield everything that identifies an article, the surest first."""
    yield "id", article.own_id or article.article
    if article.story:
        yield "story", article.story, article.language
    if article.row is not None:
        yield "row", str(article.row)
    if article.url:
        yield "url", article.url
    if article.title_digest:
        yield "title", article.language, rfc3339(article.published), article.title_digest


def match_articles(
    articles: Iterable[PublishedArticle], published: Sequence[PublishedArticle], catalog: Catalog
) -> Mapping[str, PublishedArticle]:
    """Match articles with those that were published.

    Args:
        articles: Articles as they are now.
        published: Articles as they were published; where several match, the first counts.
        catalog: The articles.

    Returns:
        The published articles, by the own ids of those that match. Several may match one; the surest come first.
    """
    by_key: defaultdict[MatchKey, list[PublishedArticle]] = defaultdict(list)
    for known in published:
        by_id, *other_keys = match_keys(known)
        by_key[by_id].append(known)
        if not catalog.has_article(
            by_id[1]
        ):  # otherwise only that one is this article, even if it was withdrawn
            for key in other_keys:
                by_key[key].append(known)
    matches: list[tuple[int, str, PublishedArticle]] = []
    by_title: dict[str, MatchKey] = {}
    for article in articles:
        own_id = article.own_id or article.article
        for key in match_keys(article):
            if key[0] == "title":
                by_title[own_id] = key
            elif key in by_key:
                matches.append((_SUREST.index(key[0]), own_id, by_key[key][0]))
                break
    found = {own_id: known for _, own_id, known in sorted(matches, key=itemgetter(0, 1))}
    claimed = {known.article for known in found.values()}
    contenders = Counter(by_title.values())
    for own_id, key in sorted(by_title.items()):
        candidates = {known.article: known for known in by_key[key] if known.article not in claimed}
        if contenders[key] == len(candidates) == 1:
            found[own_id] = next(iter(candidates.values()))
    return found
