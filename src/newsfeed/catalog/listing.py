"""What the sitemaps of a site list, collected in one reading of its articles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from newsfeed.catalog.candidates import Rank, rank_of
from newsfeed.catalog.listed import ListedArticle, ListedEdition, listed_article, listed_edition
from newsfeed.model.cached_property import cached_property
from newsfeed.model.periods import NEWS_FOR, period_of
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle

__all__ = ["Listing"]

_Ranked = tuple[Rank, ListedArticle]
_Dated = tuple[datetime, ListedEdition]


class Listing:
    """The articles and editions that the sitemaps of a site list, of those that were offered so far.

    Args:
        site: The site. What only a sitemap that it doesn't have would list isn't collected.
        as_of: The moment.
    """

    def __init__(self, site: Site, as_of: datetime) -> None:
        self._site = site
        self._first_news = as_of - NEWS_FOR
        self._news: list[_Ranked] = []
        self._newest: _Ranked | None = None
        self._stories: defaultdict[str, list[_Dated]] = defaultdict(list)

    def take(self, sourced: SourcedArticle, *, is_live: bool) -> None:
        """Offer an article whose time has come."""
        article, sitemaps = sourced.article, self._site.sitemaps
        if not is_live:
            return
        if "news" in sitemaps:
            rank = rank_of(article)
            is_news = article.published >= self._first_news
            is_newest = self._newest is None or rank < self._newest[0]
            if (is_news or is_newest) and (listed := listed_article(article)) is not None:
                if is_news:
                    self._news.append((rank, listed))
                if is_newest:
                    self._newest = (rank, listed)
        if "languages" in sitemaps and article.story and (edition := listed_edition(article)) is not None:
            self._stories[article.story].append((article.published, edition))

    def end(self) -> None:
        """Do nothing: all is known."""

    def merge(self, other: "Listing") -> None:
        """Add what another one, of other articles, was offered."""
        self._news += other._news
        both = [newest for newest in (self._newest, other._newest) if newest is not None]
        self._newest = min(both, key=itemgetter(0), default=None)
        for story, dated in other._stories.items():
            self._stories[story] += dated

    @cached_property
    def news(self) -> tuple[ListedArticle, ...]:
        """The articles that are news, newest first."""
        return tuple(listed for _, listed in sorted(self._news, key=itemgetter(0)))

    @property
    def newest(self) -> ListedArticle | None:
        """The newest article."""
        return None if self._newest is None else self._newest[1]

    @cached_property
    def months(self) -> dict[str, list[tuple[ListedEdition, ...]]]:
        """The editions of each story that has several, by the month of the first."""
        return _by_month(self._stories, self._site)


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
