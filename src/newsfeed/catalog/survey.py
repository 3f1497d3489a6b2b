"""What the first reading of articles, or of a part of them, tells of ids, stories, dates and sources."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol, Self, TypeVar

from newsfeed.catalog.accepting import accepted
from newsfeed.catalog.seen_keys import Repeated, SeenKeys
from newsfeed.catalog.timing import is_live, moments_of_change
from newsfeed.findings import Finding
from newsfeed.model.access import closing_word
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.rows import read_row

__all__ = ["Collects", "Survey", "accepted_in", "surveyed", "unsuspected"]


class Collects(Protocol):
    """Something that is collected from articles as they pass, in parts if need be."""

    def take(self, sourced: SourcedArticle, *, is_live: bool) -> None:
        """Look at an article whose time has come."""

    def end(self) -> None:
        """Do what is left when a part was read."""

    def merge(self, other: Self) -> None:
        """Add what was collected from other articles. It doesn't matter which parts are added first."""


_Collected = TypeVar("_Collected", bound=Collects)


class Survey:
    """What is known of articles once all were read, except what was collected from them."""

    def __init__(self) -> None:
        self.ids, self.editions, self.ended = SeenKeys(), SeenKeys(), SeenKeys()
        #: The ids of articles that aren't for everybody as a whole.
        self.closed = SeenKeys()
        #: How many articles that could be used each source gave.
        self.given: Counter[str] = Counter()
        #: When the next article becomes due or expires; None if none does.
        self.next_change: datetime | None = None
        #: What was found in the articles, in the order in which they were read.
        self.findings: list[Finding] = []

    def note(self, sourced: SourcedArticle, source: str, site: Site, as_of: datetime) -> bool:
        """Note an article, and return whether it is live."""
        article = sourced.article
        self.ids.count(article.id or "")
        self.given[source] += 1
        if closing_word(article) is not None:
            self.closed.count(article.id or "")
        self._note_changes(moment for moment in moments_of_change(article, site) if moment > as_of)
        if is_live(article, as_of):
            if article.story:
                self.editions.count((article.story, article.language))
            return True
        self.ended.count(article.id or "")
        self.ended.count(("url", article.url))
        self.ended.count((article.story, article.language))
        return False

    def merge(self, other: "Survey") -> None:
        """Add what is known of other articles; of parts of one source, the later is added to the earlier."""
        self.ids.merge(other.ids)
        self.editions.merge(other.editions)
        self.ended.merge(other.ended)
        self.closed.merge(other.closed)
        self.given.update(other.given)
        self._note_changes(() if other.next_change is None else (other.next_change,))
        self.findings += other.findings

    def _note_changes(self, moments: Iterable[datetime]) -> None:
        for moment in moments:
            self.next_change = moment if self.next_change is None else min(self.next_change, moment)


def accepted_in(
    articles: Iterable[object], site: Site, findings: list[Finding], *, tell_losses: bool = True
) -> Iterator[SourcedArticle]:
    """Yield the articles of the site's languages, repaired, and add to what was found.

    Args:
        articles: Articles, or rows to make them from, and findings.
        site: The site.
        findings: What was found so far.
        tell_losses: As for `repaired`.
    """
    for sourced in _sourced(articles, site, findings):
        taken, found = accepted(sourced, site, tell_losses=tell_losses)
        findings += found
        if taken is not None:
            yield taken


def _sourced(articles: Iterable[object], site: Site, findings: list[Finding]) -> Iterator[SourcedArticle]:
    """Yield the articles with their places, made from rows where they are none yet, and add to what was found."""
    for number, given in enumerate(articles, start=1):
        if isinstance(given, SourcedArticle):
            yield given
        elif isinstance(given, Finding):
            findings.append(given)
        else:
            sourced, found = read_row(given, number, site)
            findings += found
            if sourced is not None:
                yield sourced


def surveyed(
    articles: Iterable[object],
    source_of: Callable[[str], str],
    site: Site,
    as_of: datetime,
    begin: Callable[[], _Collected],
) -> tuple[Survey, _Collected]:
    """Read articles for the first time, conflicts or not.

    Args:
        articles: The articles, or rows to make them from, and what was found wrong with others.
        source_of: Returns the name of the source that a file belongs to.
        site: Their site.
        as_of: The moment.
        begin: Makes what collects from articles whose time has come.
    """
    survey, collected = Survey(), begin()
    for sourced in accepted_in(articles, site, survey.findings):
        is_live_now = survey.note(sourced, source_of(sourced.place.file), site, as_of)
        if sourced.article.published <= as_of:
            collected.take(sourced, is_live=is_live_now)
    collected.end()
    return survey, collected


def unsuspected(
    articles: Iterable[object],
    site: Site,
    suspected: tuple[Repeated, Repeated],
    suspects: list[SourcedArticle],
) -> Iterator[SourcedArticle]:
    """Read articles again, and set those aside that may have to give way to others.

    Args:
        articles: The articles, or rows to make them from.
        site: Their site.
        suspected: The ids, and the editions, that several articles have.
        suspects: Those that are set aside are added here.

    Yields:
        The others.
    """
    ids, editions = suspected
    for sourced in accepted_in(articles, site, [], tell_losses=False):
        article = sourced.article
        edition = article.story, article.language
        if (article.id or "") in ids or (article.story and edition in editions):
            suspects.append(sourced)
        else:
            yield sourced
