"""What the sitemaps of a site list, collected in one reading of its articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from newsfeed.catalog.candidates import Rank, rank_of
from newsfeed.catalog.listed import ListedArticle, ListedEdition, listed_article, listed_edition
from newsfeed.model.article import Article
from newsfeed.model.periods import NEWS_FOR, period_of
from newsfeed.model.site import Site

__all__ = ["Listing"]

_Ranked = tuple[Rank, ListedArticle]
_Dated = tuple[datetime, ListedEdition]


class Listing:
    """The articles and editions that the sitemaps of a site list.

    Args:
        site: The site. What only a sitemap that it doesn't have would list isn't collected.
        as_of: The moment.
        articles: Its live articles, in any order.
    """

    def __init__(self, site: Site, as_of: datetime, articles: Iterable[Article]) -> None:
        has_news, has_stories = "news" in site.sitemaps, "languages" in site.sitemaps
        first_news = as_of - NEWS_FOR
        news: list[_Ranked] = []
        newest: _Ranked | None = None
        stories: defaultdict[str, list[_Dated]] = defaultdict(list)
        for article in articles:
            if has_news:
                rank = rank_of(article)
                is_news = article.published >= first_news
                is_newest = newest is None or rank < newest[0]
                if (is_news or is_newest) and (listed := listed_article(article)) is not None:
                    if is_news:
                        news.append((rank, listed))
                    if is_newest:
                        newest = (rank, listed)
            if has_stories and article.story and (edition := listed_edition(article)) is not None:
                stories[article.story].append((article.published, edition))
        #: The articles that are news, newest first.
        self.news = tuple(listed for _, listed in sorted(news, key=itemgetter(0)))
        #: The newest article.
        self.newest = None if newest is None else newest[1]
        #: The editions of each story that has several, by the month of the first.
        self.months = _by_month(stories, site)


def _by_month(
    stories: Mapping[str, Sequence[_Dated]], site: Site
) -> dict[str, list[tuple[ListedEdition, ...]]]:
    place = {language: number for number, language in enumerate(site.languages)}
    found: defaultdict[str, list[tuple[ListedEdition, ...]]] = defaultdict(list)
    for _, dated in sorted(stories.items(), key=itemgetter(0)):
        if len(dated) > 1:
            month = period_of(min(published for published, _ in dated), "month", site.zone)
            editions = sorted((edition for _, edition in dated), key=lambda each: place[each.language])
            found[month].append(tuple(editions))
    return dict(sorted(found.items()))
