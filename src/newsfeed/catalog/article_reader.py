"""Reads a site's articles one by one, as often as need be: repaired, and without those that conflict."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from datetime import datetime
from typing import Protocol, runtime_checkable

from newsfeed.catalog.accepting import accepted
from newsfeed.catalog.conflicts import one_for_each_edition, one_for_each_id
from newsfeed.catalog.rereadable import rereadable
from newsfeed.catalog.seen_keys import Repeated, SeenKeys
from newsfeed.catalog.timing import is_live, moments_of_change
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.rows import read_row

__all__ = ["ArticleReader", "ByStory", "HasSources", "KnowsRemoved"]


@runtime_checkable
class ByStory(Protocol):
    """Articles that can be read faster where only some stories are asked for."""

    def of_stories(self, stories: Container[str]) -> Iterable[Article | SourcedArticle | Finding]:
        """Read the articles of some stories at least."""


@runtime_checkable
class HasSources(Protocol):
    """Articles that come from several sources."""

    @property
    def sources(self) -> Collection[str]:
        """The names of the sources."""

    def source_of(self, file: str) -> str:
        """Return the name of the source that a file belongs to."""


@runtime_checkable
class KnowsRemoved(Protocol):
    """Articles of which some were removed on purpose."""

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose."""


class ArticleReader:
    """The articles of a site as of a moment.

    The first reading counts them. Only where two turn out to have one id, or one story and language, does it take
    another to tell which of them counts.

    Args:
        articles: The articles, or rows to make them from, and what was found wrong with others. An iterator is read
            into memory; what can be iterated again is not.
        site: Their site.
        as_of: The moment.
        findings: What was found wrong before.
    """

    def __init__(
        self,
        articles: Iterable[object],
        site: Site,
        as_of: datetime,
        findings: Iterable[Finding] = (),
    ) -> None:
        self._articles = rereadable(articles)
        self._is_removed = articles.is_removed if isinstance(articles, KnowsRemoved) else None
        self._source_of = articles.source_of if isinstance(articles, HasSources) else str
        self._site = site
        self._as_of = as_of
        self._ids, self._editions, self._ended = SeenKeys(), SeenKeys(), SeenKeys()
        self._repeated_ids, self._repeated_editions = Repeated(), Repeated()
        self._conflicts_are_noted = False
        #: The ids of live articles that give way to another edition of their story, once they were read.
        self._set_aside: frozenset[str | None] = frozenset()
        #: When the next article becomes due or expires, once they were surveyed; None if none does.
        self.next_change: datetime | None = None
        #: What was found in the articles, in order of place: once they were surveyed, and read if there are conflicts.
        self.findings = tuple(findings)
        #: How many articles that could be used each source gave, whatever became of them, once they were surveyed.
        self.given = Counter(dict.fromkeys(articles.sources if isinstance(articles, HasSources) else [""], 0))

    @property
    def has_conflicts(self) -> bool:
        """Whether the first reading has shown articles that some others may have to give way to."""
        return bool(self._repeated_ids or self._repeated_editions)

    def may_have_edition(self, story: str, language: str) -> bool:
        """Return whether a story may have a live edition in a language; `False` is certain."""
        return (story, language) in self._editions

    def has_article(self, own_id: str) -> bool:
        """Return whether an article with an id was surveyed, live or not; `False` is certain."""
        return own_id in self._ids

    def is_held_back(self, own_id: str) -> bool:
        """Return whether an article was surveyed and isn't live: embargoed, expired or withdrawn; `False` is certain."""
        return own_id in self._ended

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article gives way to another edition of its story in its language."""
        return own_id in self._set_aside

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose."""
        return self._is_removed is not None and self._is_removed(own_id)

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Return whether such an article, whatever its id, has this address or is this edition; `False` is certain."""
        return ("url", url) in self._ended or (story is not None and (story, language) in self._ended)

    def survey(self) -> Iterator[tuple[SourcedArticle, bool]]:
        """Read the articles for the first time.

        Yields:
            Each article whose time has come, conflicts or not, and whether it is live: neither expired nor withdrawn.
        """
        findings = list(self.findings)
        for sourced in self._accepted(findings):
            article = sourced.article
            self._ids.count(article.id)
            self.given[self._source_of(sourced.place.file)] += 1
            self._note_change(article)
            is_live = self._is_live(article)
            if not is_live:
                self._ended.count(article.id)
                self._ended.count(("url", article.url))
                self._ended.count((article.story, article.language))
            elif article.story:
                self._editions.count((article.story, article.language))
            if article.published <= self._as_of:
                yield sourced, is_live
        self._repeated_ids, self._repeated_editions = self._ids.repeated(), self._editions.repeated()
        self._note(findings)

    def read(self, stories: Container[str] | None = None) -> Iterator[tuple[SourcedArticle, bool]]:
        """Read the articles again, after a survey. What may conflict comes last, when all of it is seen.

        Args:
            stories: The stories whose articles are wanted; None: all. Others may come as well.

        Yields:
            Each article whose time has come, of two with one id only one, and whether it is live and the one edition
            of its story in its language.
        """
        suspects: list[SourcedArticle] = []
        for sourced in self._accepted([], None if self.has_conflicts else stories):
            article = sourced.article
            edition = (article.story, article.language)
            if article.id in self._repeated_ids or (article.story and edition in self._repeated_editions):
                suspects.append(sourced)
            elif article.published <= self._as_of:
                yield sourced, self._is_live(article)
        accepted, repeated = one_for_each_id(suspects)
        candidates = [sourced for sourced in accepted if self._is_live(sourced.article)]
        live, doubled = one_for_each_edition(candidates)
        if not self._conflicts_are_noted:
            self._conflicts_are_noted = True
            self._note([*self.findings, *repeated, *doubled])
        live_ids = {sourced.article.id for sourced in live}
        self._set_aside = frozenset(sourced.article.id for sourced in candidates) - live_ids
        for sourced in accepted:
            if sourced.article.published <= self._as_of:
                yield sourced, sourced.article.id in live_ids

    def _accepted(
        self, findings: list[Finding], stories: Container[str] | None = None
    ) -> Iterator[SourcedArticle]:
        """Yield the articles of the site's languages, repaired, and add to what was found."""
        articles = self._articles
        if stories is not None and isinstance(articles, ByStory):
            articles = articles.of_stories(stories)
        for sourced in self._sourced(articles, findings):
            taken, found = accepted(sourced, self._site)
            findings += found
            if taken is not None:
                yield taken

    def _sourced(self, articles: Iterable[object], findings: list[Finding]) -> Iterator[SourcedArticle]:
        """Yield the articles with their places, made from rows where they are none yet, and add to what was found."""
        for number, given in enumerate(articles, start=1):
            if isinstance(given, SourcedArticle):
                yield given
            elif isinstance(given, Finding):
                findings.append(given)
            else:
                sourced, found = read_row(given, number, self._site)
                findings += found
                if sourced is not None:
                    yield sourced

    def _note(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.place))

    def _note_change(self, article: Article) -> None:
        for moment in moments_of_change(article, self._site):
            if moment > self._as_of:
                self.next_change = moment if self.next_change is None else min(self.next_change, moment)

    def _is_live(self, article: Article) -> bool:
        return is_live(article, self._as_of)
