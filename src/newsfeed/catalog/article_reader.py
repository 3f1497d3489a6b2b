"""Reads a site's articles, as often as need be: repaired, and without those that conflict."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Protocol, TypeVar, runtime_checkable

from newsfeed.catalog.conflicts import one_for_each_edition, one_for_each_id
from newsfeed.catalog.rereadable import rereadable
from newsfeed.catalog.seen_keys import Repeated
from newsfeed.catalog.survey import Collects, Survey, surveyed, unsuspected
from newsfeed.catalog.timing import is_live
from newsfeed.catalog.workers import Workers
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.parts import SourcePart, TroubledPart, parts_of

__all__ = ["ArticleReader", "ByStory", "HasSources", "InFiles", "KnowsRemoved"]


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


@runtime_checkable
class InFiles(Protocol):
    """Articles in files, which several workers can read, each a part of them."""

    def files(self) -> tuple[Sequence[ArticleFile], Sequence[Finding]]:
        """Return the files, with absolute paths, and what was found wrong with their names."""

    def articles_elsewhere(self) -> Iterable[SourcedArticle | Finding]:
        """Return those that aren't in files, and what was found wrong with others."""

    @property
    def progress(self) -> Callable[[int, int, int], object] | None:
        """What is told how many bytes have been read, of how many, and how many articles."""


_Collected = TypeVar("_Collected", bound=Collects)


class ArticleReader:
    """The articles of a site as of a moment.

    The first reading counts them. Only where two turn out to have one id, or one story and language, does it take
    another to tell which of them counts. Where the articles come in parts, workers read the parts of each reading, and
    what they collect is put together.

    Args:
        articles: The articles, or rows to make them from, and what was found wrong with others. An iterator is read
            into memory; what can be iterated again is not.
        site: Their site.
        as_of: The moment.
        findings: What was found wrong before.
        workers: Read parts of the articles, if they come in parts; None: this process reads all.
    """

    def __init__(
        self,
        articles: Iterable[object],
        site: Site,
        as_of: datetime,
        findings: Iterable[Finding] = (),
        workers: Workers | None = None,
    ) -> None:
        self._articles = rereadable(articles)
        self._is_removed = articles.is_removed if isinstance(articles, KnowsRemoved) else None
        self._site = site
        self._as_of = as_of
        self._workers = workers
        #: What workers read; empty if this process reads all.
        self._parts: Sequence[SourcePart] = ()
        self._survey = Survey()
        self._repeated_ids, self._repeated_editions = Repeated(), Repeated()
        self._conflicts_are_noted = False
        #: The ids of live articles that give way to another edition of their story, once they were read.
        self._set_aside: frozenset[str | None] = frozenset()
        #: What was found in the articles, in order of place: once they were surveyed, and read if there are conflicts.
        self.findings = tuple(findings)

    @property
    def given(self) -> Counter[str]:
        """How many articles that could be used each source gave, whatever became of them, once they were surveyed."""
        sources = self._articles.sources if isinstance(self._articles, HasSources) else [""]
        given = Counter(dict.fromkeys(sources, 0))
        given.update(self._survey.given)
        return given

    @property
    def next_change(self) -> datetime | None:
        """When the next article becomes due or expires, once they were surveyed; None if none does."""
        return self._survey.next_change

    @property
    def has_conflicts(self) -> bool:
        """Whether the first reading has shown articles that some others may have to give way to."""
        return bool(self._repeated_ids or self._repeated_editions)

    def may_have_edition(self, story: str, language: str) -> bool:
        """Return whether a story may have a live edition in a language; `False` is certain."""
        return (story, language) in self._survey.editions

    def has_article(self, own_id: str) -> bool:
        """Return whether an article with an id was surveyed, live or not; `False` is certain."""
        return own_id in self._survey.ids

    def is_held_back(self, own_id: str) -> bool:
        """Return whether an article was surveyed and isn't live: embargoed, expired or withdrawn; `False` is certain."""
        return own_id in self._survey.ended

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article gives way to another edition of its story in its language."""
        return own_id in self._set_aside

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed on purpose."""
        return self._is_removed is not None and self._is_removed(own_id)

    def is_closed(self, own_id: str) -> bool:
        """Return whether an article was surveyed that isn't for everybody as a whole; `False` is certain."""
        return own_id in self._survey.closed

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Return whether such an article, whatever its id, has this address or is this edition; `False` is certain."""
        ended = self._survey.ended
        return ("url", url) in ended or (story is not None and (story, language) in ended)

    def survey(self, begin: Callable[[], _Collected]) -> _Collected:
        """Read the articles for the first time, conflicts or not.

        Args:
            begin: Makes what collects from the articles whose time has come.

        Returns:
            What was collected.
        """
        self._survey, collected = self._surveyed_in_parts(begin) or self._surveyed(begin)
        self._repeated_ids = self._survey.ids.repeated()
        self._repeated_editions = self._survey.editions.repeated()
        self._note([*self.findings, *self._survey.findings])
        return collected

    def _surveyed(self, begin: Callable[[], _Collected]) -> tuple[Survey, _Collected]:
        source_of = self._articles.source_of if isinstance(self._articles, HasSources) else str
        return surveyed(self._articles, source_of, self._site, self._as_of, begin)

    def _surveyed_in_parts(self, begin: Callable[[], _Collected]) -> tuple[Survey, _Collected] | None:
        """Let workers survey the articles; return None if they don't come in parts, or one is in too much trouble."""
        if self._workers is None or not isinstance(self._articles, InFiles):
            return None
        files, found = self._articles.files()
        self._parts = parts_of(files, self._site, self._workers.count, self._workers.map)
        if not self._parts:
            return None
        work = partial(_survey_part, site=self._site, as_of=self._as_of, begin=begin)
        survey, collected = Survey(), begin()
        survey.findings += found
        read, size = 0, sum(part.size for part in self._parts)
        try:
            for part, (survey_of_part, collected_part) in zip(
                self._parts, self._workers.map(work, self._parts), strict=True
            ):
                survey.merge(survey_of_part)
                collected.merge(collected_part)
                read += part.size
                if self._articles.progress is not None:
                    self._articles.progress(read, size, survey.given.total())
        except TroubledPart:
            self._parts = ()
            return None
        elsewhere = self._articles.articles_elsewhere()
        survey_elsewhere, collected_elsewhere = surveyed(elsewhere, str, self._site, self._as_of, begin)
        survey.merge(survey_elsewhere)
        collected.merge(collected_elsewhere)
        return survey, collected

    def collect(self, begin: Callable[[], _Collected], stories: Collection[str] | None = None) -> _Collected:
        """Read the articles again, after a survey, without those that give way to others.

        Args:
            begin: Makes what collects from the articles whose time has come.
            stories: The stories whose articles are wanted; None: all. Others may come as well.

        Returns:
            What was collected.
        """
        collected = begin()
        if not self._parts or self._workers is None or not isinstance(self._articles, InFiles):
            for sourced, is_live_now in self.read(stories):
                collected.take(sourced, is_live=is_live_now)
            return collected
        collect = partial(
            _collected,
            site=self._site,
            as_of=self._as_of,
            suspected=(self._repeated_ids, self._repeated_editions),
            begin=begin,
            stories=None if self.has_conflicts else stories,
        )
        suspects: list[SourcedArticle] = []
        done = self._workers.map(collect, self._parts)
        for collected_part, suspects_of_part in chain(done, [collect(self._articles.articles_elsewhere())]):
            collected.merge(collected_part)
            suspects += suspects_of_part
        for sourced, is_live_now in self._settled(suspects):
            collected.take(sourced, is_live=is_live_now)
        return collected

    def read(self, stories: Container[str] | None = None) -> Iterator[tuple[SourcedArticle, bool]]:
        """Read the articles again in this process, after a survey. What may conflict comes last, when all of it is seen.

        Args:
            stories: The stories whose articles are wanted; None: all. Others may come as well.

        Yields:
            Each article whose time has come, of two with one id only one, and whether it is live and the one edition
            of its story in its language.
        """
        suspects: list[SourcedArticle] = []
        suspected = self._repeated_ids, self._repeated_editions
        articles = _of_stories(self._articles, None if self.has_conflicts else stories)
        for sourced in unsuspected(articles, self._site, suspected, suspects):
            if sourced.article.published <= self._as_of:
                yield sourced, is_live(sourced.article, self._as_of)
        yield from self._settled(suspects)

    def _settled(self, suspects: Iterable[SourcedArticle]) -> Iterator[tuple[SourcedArticle, bool]]:
        """Yield those of the articles that may conflict that don't give way, and whether they are live."""
        accepted, repeated = one_for_each_id(suspects)
        candidates = [sourced for sourced in accepted if is_live(sourced.article, self._as_of)]
        live, doubled = one_for_each_edition(candidates)
        if not self._conflicts_are_noted:
            self._conflicts_are_noted = True
            self._note([*self.findings, *repeated, *doubled])
        live_ids = {sourced.article.id for sourced in live}
        self._set_aside = frozenset(sourced.article.id for sourced in candidates) - live_ids
        for sourced in accepted:
            if sourced.article.published <= self._as_of:
                yield sourced, sourced.article.id in live_ids

    def _note(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.place))


def _of_stories(articles: Iterable[object], stories: Container[str] | None) -> Iterable[object]:
    if stories is None or not isinstance(articles, ByStory):
        return articles
    return articles.of_stories(stories)


def _survey_part(
    part: SourcePart, *, site: Site, as_of: datetime, begin: Callable[[], _Collected]
) -> tuple[Survey, _Collected]:
    """Survey a part, where a worker runs."""
    return surveyed(part, part.source_of, site, as_of, begin)


def _collected(
    articles: Iterable[object],
    *,
    site: Site,
    as_of: datetime,
    suspected: tuple[Repeated, Repeated],
    begin: Callable[[], _Collected],
    stories: Collection[str] | None,
) -> tuple[_Collected, list[SourcedArticle]]:
    """Read a part again, perhaps where a worker runs; return what was collected, and the articles that were set aside."""
    collected, suspects = begin(), list[SourcedArticle]()
    for sourced in unsuspected(_of_stories(articles, stories), site, suspected, suspects):
        if sourced.article.published <= as_of:
            collected.take(sourced, is_live=is_live(sourced.article, as_of))
    collected.end()
    return collected, suspects
