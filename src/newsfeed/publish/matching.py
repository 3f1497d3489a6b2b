"""How an article is match_articles as one that was published before, whatever changed about it since.

In this order: by its id; as the edition of its story in its language; by its address; by its title, where language
and date are the same too. A title is a weaker sign than the others, because columns repeat theirs: it counts only
where one published article and one new article have it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.model.article import Article
from newsfeed.publish.record import PublishedArticle, PublishRecord, digest_of_title
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import uri_of_id

__all__ = [
    "Way",
    "address_after_move",
    "after_move",
    "has_moved",
    "match_articles",
    "match_keys",
    "published_article",
]

#: What an article is match_articles by, with the kind of it first: `("url", "https://report.example/snow")`.
Way = tuple[str, ...]


def published_article(article: Article, published_id: str) -> PublishedArticle:
    """Describe an article as records do.

    Args:
        article: The article.
        published_id: The id that readers know.
    """
    own_id = article.id or ""
    return PublishedArticle(
        article=published_id,
        url=article.url or "",
        language=article.language,
        published=article.published,
        updated=article.updated or article.published,
        story=article.story,
        title_digest=digest_of_title(article.title) if article.title else None,
        own_id=own_id if own_id != published_id else None,
    )


def has_moved(catalog: Catalog, record: PublishRecord) -> bool:
    """Tell whether a site has another address than when it was published."""
    return not record.is_new and record.site_url != catalog.site.url


def address_after_move(address: str, catalog: Catalog, record: PublishRecord) -> str:
    """Give the address that a page has now, if the whole site has moved since it was recorded."""
    if has_moved(catalog, record) and address.startswith(record.site_url):
        return catalog.site.url + address.removeprefix(record.site_url)
    return address


def after_move(known: PublishedArticle, catalog: Catalog, record: PublishRecord) -> PublishedArticle:
    """Describe a recorded article with the id and the address that it has by itself now, if the whole site has moved."""
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


def match_keys(article: PublishedArticle) -> Iterator[Way]:
    """Yield all by which an article is match_articles, the surest first."""
    yield "id", article.own_id or article.article
    if article.story:
        yield "story", article.story, article.language
    if article.url:
        yield "url", article.url
    if article.title_digest:
        yield "title", article.language, rfc3339(article.published), article.title_digest


def match_articles(
    articles: Iterable[PublishedArticle], published: Sequence[PublishedArticle], catalog: Catalog
) -> Mapping[str, PublishedArticle]:
    """Find what was published of some articles.

    Args:
        articles: Articles as they are now.
        published: Articles as they were published, those first that come before others.
        catalog: The articles.

    Returns:
        What was published, by the articles' own ids.
    """
    by_way: defaultdict[Way, list[PublishedArticle]] = defaultdict(list)
    for known in published:
        by_id, *other_ways = match_keys(known)
        by_way[by_id].append(known)
        if not catalog.has_article(by_id[1]):  # else nobody else is this article, also if it was withdrawn
            for way in other_ways:
                by_way[way].append(known)
    found: dict[str, PublishedArticle] = {}
    by_title: dict[str, Way] = {}
    for article in articles:
        own_id = article.own_id or article.article
        for way in match_keys(article):
            if way[0] == "title":
                by_title[own_id] = way
            elif way in by_way:
                found[own_id] = by_way[way][0]
                break
    claimed = {known.article for known in found.values()}
    contenders = Counter(by_title.values())
    for own_id, way in by_title.items():
        candidates = {known.article: known for known in by_way[way] if known.article not in claimed}
        if contenders[way] == len(candidates) == 1:
            found[own_id] = next(iter(candidates.values()))
    return found
