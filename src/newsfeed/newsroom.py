"""Newsroom: a site and its articles, indexed once, as of one moment. The object that users hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from typing import TYPE_CHECKING, Self, TypeVar

from newsfeed.catalog.candidates import rank_of
from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.indexed_catalog import FeedKey, is_indexed
from newsfeed.catalog.read_catalog import ReadCatalog
from newsfeed.catalog.workers import workers_of
from newsfeed.errors import InvalidValue
from newsfeed.feed import Feed
from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.cached_property import cached_property
from newsfeed.model.facets import NO_CONDITIONS, Conditions, checked_conditions
from newsfeed.model.feed import Entry, Extension, FeedData, Translation
from newsfeed.model.shown_values import is_a
from newsfeed.model.site import Site
from newsfeed.plan.due import indexed_next_change, next_change
from newsfeed.plan.feed_heads import listing_head
from newsfeed.plan.pages import feeds_about
from newsfeed.plan.partial import part_of_plan, plan_of_path
from newsfeed.plan.plan import Plan
from newsfeed.plan.planning import plan_of
from newsfeed.plan.selection import checked_access, checked_exclusions, checked_limit, selection_head
from newsfeed.text.dates import check_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from markupsafe import Markup

    from newsfeed.formats.renderer import Renderer
    from newsfeed.publish.report import Report
    from newsfeed.publish.target import Target

__all__ = ["Newsroom", "checked_moment"]

_Value = TypeVar("_Value")


class Newsroom:
    """A site and its articles as of one moment.

    Articles that break the site's rules are repaired or left out, and reported in `findings`; articles that are
    embargoed, expired or withdrawn at `as_of` appear nowhere.

    Args:
        site: The site.
        articles: Its articles, in any order: Articles, or mappings and objects with their fields, such as instances
            of a Django model. What can be iterated again, as a class of yours with `__iter__` can, is read one by one,
            twice at most, and only what feeds carry is kept; a list stays with you, and an iterator or the cursor of
            a database is read into one.
        as_of: The moment for which to build, aware; `None` is now, read once, here.
        extensions: feedgen extensions for every RSS and Atom feed.
        findings: What was found while the articles were read.
        executor: Who reads articles in files, and makes the entries: a process pool, a cluster's executor. Default:
            this thread.

    Raises:
        InvalidValue: If `as_of` is naive, `articles` is one article, a text, or can't be iterated over, or `site` or an
            extension has another type.

    Example:
        >>> from datetime import UTC, datetime
        >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
        >>> noon = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
        >>> article = Article(language="en", title="Snow", url="https://report.example/snow", published=noon)
        >>> newsroom = Newsroom(site, [article], as_of=noon)
        >>> [entry.title for entry in newsroom.feed("en/all").entries]
        ['Snow']
    """

    def __init__(
        self,
        site: Site,
        articles: Iterable[object] = (),
        *,
        as_of: datetime | None = None,
        extensions: Sequence[Extension] = (),
        findings: Iterable[Finding] = (),
        executor: "Executor | None" = None,
    ) -> None:
        self.site = _checked(site, Site, "site")
        self.as_of = datetime.now(UTC) if as_of is None else checked_moment(as_of)
        self.extensions = _checked_extensions(extensions)
        #: What is live, and every question about it.
        self.executor = executor
        workers = workers_of(executor)
        self.catalog: Catalog = ReadCatalog(site, articles, self.as_of, findings, workers)

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        *,
        extensions: Sequence[Extension] = (),
        executor: "Executor | None" = None,
    ) -> Self:
        """Return the newsroom of a catalog.

        Args:
            catalog: What is live, as of its moment.
            extensions: feedgen extensions for every RSS and Atom feed.
            executor: Who makes the entries.
        """
        newsroom = cls.__new__(cls)
        newsroom.site, newsroom.as_of, newsroom.catalog = catalog.site, catalog.as_of, catalog
        newsroom.extensions, newsroom.executor = _checked_extensions(extensions), executor
        return newsroom

    def __repr__(self) -> str:
        return f"<Newsroom {self.site.url}: {self.catalog.live} articles as of {self.as_of.isoformat()}>"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the articles: errors left one out, warnings repaired one. In order of place."""
        return self.catalog.findings

    @property
    def sources(self) -> Mapping[str, int]:
        """How many articles each source gave that could be used, whether they are live or not.

        A source is named as in `site.articles`; articles handed over in Python have the source `""`.
        """
        return self.catalog.sources

    @cached_property
    def next_change(self) -> datetime | None:
        """The next moment at which a build would change something: an article becomes due, expires, or moves on.

        Articles move on into archives, and out of what carries only new ones. None if nothing will change. In a store's
        newsroom it is found by index, and may be earlier than something changes.

        Raises:
            InvalidPlan: If two feeds have one path.
        """
        return indexed_next_change(self.catalog) if is_indexed(self.catalog) else next_change(self.plan)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All live articles, newest first, ties by id. They are read again at the first use, and then kept."""
        return tuple(sorted(self.catalog.read(), key=rank_of))

    def read(self) -> Iterator[Article]:
        """Read all live articles again, one by one, in no order; none of them is kept."""
        return self.catalog.read()

    def entry(self, article: Article) -> Entry:
        """Return the entry of a live article, as feeds carry it."""
        return self.renderer.entry(article)

    def translations(self, article: Article) -> tuple[Translation, ...]:
        """Return the live editions of an article's story in other languages, in the site's order."""
        return self.catalog.translations(article)

    @cached_property
    def renderer(self) -> "Renderer":
        """Makes the entries of articles, and writes feeds; keeps what was rendered."""
        from newsfeed.formats.renderer import Renderer

        return Renderer(self.catalog, self.extensions)

    @cached_property
    def plan(self) -> Plan:
        """The feeds to write.

        Raises:
            InvalidPlan: If two of them have one path.
        """
        return plan_of(self.catalog)

    def plan_at(self, path: str) -> Plan:
        """Return a plan that has what is planned at a path: in a store's newsroom no more than that, else the whole plan.

        Args:
            path: A path without a suffix, `en/category/media`.

        Raises:
            InvalidPlan: If two planned feeds have one path.
        """
        part = plan_of_path(self.catalog, path) if is_indexed(self.catalog) else None
        return self.plan if part is None else part

    def feed(self, path: str) -> Feed:
        """Return a planned feed.

        Args:
            path: Its path without a suffix, `en/category/media`.

        Returns:
            The feed.

        Raises:
            FeedNotFound: If none is planned there; the message names the nearest.
            InvalidPlan: If two planned feeds have one path.
        """
        plan = self.plan_at(path)
        return self._feed(self.renderer.planned_feed(plan.at(path), plan))

    def select(  # noqa: PLR0913 - one for each facet, by name
        self,
        *,
        language: str | Sequence[str] = (),
        category: str | Sequence[str] = (),
        topic: str | Sequence[str] = (),
        author: str | Sequence[str] = (),
        flag: str | Sequence[str] = (),
        year: str | Sequence[str] = (),
        month: str | Sequence[str] = (),
        without: Mapping[str, str | Sequence[str]] | None = None,
        access: Sequence[str] = (),
        limit: int = 50,
        title: str | None = None,
        content: str = "full",
        **terms: str | Sequence[str],
    ) -> Feed:
        """Return a feed that no rule plans, of the articles that have one of the terms on each facet asked for.

        Args:
            language: BCP 47 tags of the site.
            category: Terms of the site's categories.
            topic: Topics, as articles name them.
            author: Names of authors.
            flag: Flags, such as `photo`.
            year: Years of publication in the site's time zone, `2025`.
            month: Months in the site's time zone, `01` to `12`.
            without: Terms by facet; articles that have one of them are left out.
            access: The words whose articles it may carry whole, as a rule's `access`.
            limit: The most entries.
            title: The feed's title; default: the site's, and the terms.
            content: `full`, `teaser` for content up to an article's mark, or `summary` for entries without it.
            **terms: Terms on axes that were added.

        Returns:
            The feed. Its id is made of the terms.

        Raises:
            InvalidValue: If the site has no such language, category or flag, or the limit is not 1 or more.

        Example:
            >>> import newsfeed
            >>> newsroom = newsfeed.open("examples/report")
            >>> feed = newsroom.select(language="en", category="domestic-policy", limit=20)
            >>> feed.title, len(feed.entries)
            ('Report – Domestic policy', 2)
        """
        asked = {
            "language": language,
            "category": category,
            "topic": topic,
            "author": author,
            "flag": flag,
            "year": year,
            "month": month,
            **terms,
        }
        conditions = checked_conditions(asked, self.site)
        excluded = checked_exclusions(without, self.site)
        head = selection_head(
            conditions, excluded, self.site, title=title, content=content, access=checked_access(access)
        )
        return self._unplanned(head, conditions, limit, excluded)

    def latest(self, language: str | None = None, *, limit: int = 50) -> Feed:
        """Return the latest-news listing of a language.

        Args:
            language: A BCP 47 tag of the site; default: the site's first.
            limit: The most articles.

        Returns:
            A feed for `text()`, `html()` and `json()`, titled "Latest News" in that language.

        Raises:
            InvalidValue: If the site has no such language, or the limit is not 1 or more.

        Example:
            >>> import newsfeed
            >>> print(newsfeed.open("examples/report").latest("en", limit=1).text())
            Latest News
            <BLANKLINE>
            19 December, 2025
            <BLANKLINE>
            19:25
                Norway approves $8.2 billion in aid to Ukraine
                Other countries
            <BLANKLINE>
            All News Feed
            https://report.example/feeds/en/all.rss
            <BLANKLINE>
        """
        conditions = checked_conditions({"language": language or self.site.default_language}, self.site)
        (spoken,) = conditions["language"]
        return self._unplanned(listing_head(spoken, self._plan_of_links()), conditions, limit)

    def publish(  # noqa: PLR0913 - each by its name
        self,
        folder: "str | PathLike[str] | Target",
        *,
        strict: bool = False,
        progress: Callable[[int, int], object] | None = None,
        check: Callable[[str, bytes], Sequence[Finding]] | None = None,
        accept: bool = False,
        accept_loss: bool = False,
        dry_run: bool = False,
        wait: float = 0,
        executor: "Executor | None" = None,
        record: str | PathLike[str] | None = None,
    ) -> "Report":
        """Write every planned feed into a folder.

        Args:
            folder: The output folder, a URL such as `s3://news/feeds/`, or your own Target; other files are left alone.
            strict: Whether to refuse when articles had to be left out.
            progress: Called after each document with the number done and the number of all.
            check: Called with the path and the bytes of each feed; an error that it finds keeps all from
                being written. `newsfeed.check.checker_of` makes one.
            accept: Whether articles that were published under other ids may have their new ones.
            accept_loss: Whether published articles that are missing may go, however many they are.
            dry_run: Whether to write nothing, and tell in the report what would change.
            wait: How many seconds to wait for another build of the same folder to end.
            executor: Who makes the entries: a process pool, a cluster's executor. Default: that of the newsroom.
            record: A file outside the folder in which the record of what was published is kept as well: for a folder
                that begins empty each time, as in CI.

        Returns:
            What was written, unchanged, removed and left out.

        Raises:
            InvalidPlan: If two feeds have one path. Nothing is written.
            ProblemsFound: If all articles had to be left out, or any, and `strict`. Nothing is written.
            LossRefused: If more published articles are missing than the site's `max_loss` allows, or more feeds of a
                rule would end because of what articles say. Nothing is written.
            FeedsRefused: If `check` found an error. Nothing is written.
            PublishError: If the folder can't be written, another build goes on in it, the executor fails, or
                `record` isn't a record.

        Example:
            >>> from tempfile import TemporaryDirectory
            >>> import newsfeed
            >>> with TemporaryDirectory() as folder:
            ...     report = newsfeed.open("examples/report").publish(folder)
            >>> report.written[:2], report.left_out
            (('en/all.rss', 'en/all.atom'), ())
        """
        from newsfeed.publish.options import PublishOptions
        from newsfeed.publish.publishing import publish

        options = PublishOptions(
            strict=strict,
            progress=progress,
            check=check,
            accept=accept,
            accept_loss=accept_loss,
            dry_run=dry_run,
            wait=wait,
            executor=self.executor if executor is None else executor,
            record=record,
        )
        return publish(self.plan, self.renderer, folder, options)

    def alternate_links(
        self,
        *,
        language: str | None = None,
        category: str | Sequence[str] = (),
        topic: str | Sequence[str] = (),
        author: str | Sequence[str] = (),
        flag: str | Sequence[str] = (),
        **terms: str | Sequence[str],
    ) -> "Markup":
        """Write the tags by which a page of the site names its feeds, `<link rel="alternate" …>`.

        Args:
            language: The page's language, a BCP 47 tag of the site; default: the site's first.
            category: The categories of the page, by their terms. An article's page names its own.
            topic: The topics of the page.
            author: The names of the page's authors.
            flag: The flags of the page, such as `photo`.
            **terms: Terms of the page on axes that were added.

        Returns:
            A tag a line, safe in HTML and in Jinja templates: the feeds of what the page is about, then those of
            everything, each in all its formats.

        Raises:
            InvalidValue: If the site has no such language, category or flag.
            InvalidPlan: If two planned feeds have one path.
        """
        from newsfeed.discovery.alternate_links import alternate_links

        language = language or self.site.default_language
        about = {"category": category, "topic": topic, "author": author, "flag": flag, **terms}
        page = checked_conditions({"language": language, **about}, self.site)
        plan = self._plan_of_links(feeds_about(page, self.site))
        return alternate_links(plan, language=language, **about)

    def _plan_of_links(self, named: Iterable[FeedKey] = ()) -> Plan:
        """Return a plan that has the feeds to which listings link, and some others."""
        return part_of_plan(self.catalog, {}, named=named) if is_indexed(self.catalog) else self.plan

    def _unplanned(
        self, head: FeedData, conditions: Conditions, limit: int, excluded: Conditions = NO_CONDITIONS
    ) -> Feed:
        candidates = self.catalog.newest(conditions, checked_limit(limit), excluded)
        return self._feed(self.renderer.feed(head, candidates))

    def _feed(self, data: FeedData) -> Feed:
        return Feed.of(data, self.renderer.cache)


def _checked(value: _Value, kind: type[_Value], field: str) -> _Value:
    if not isinstance(value, kind):
        raise InvalidValue(is_a(value), f"pass a newsfeed.{kind.__name__}", field=field)
    return value


def _checked_extensions(extensions: Sequence[Extension]) -> tuple[Extension, ...]:
    if isinstance(extensions, Extension):
        raise InvalidValue(
            "this is one extension, not a list", "put it into brackets: [extension]", field="extensions"
        )
    return tuple(_checked(each, Extension, f"extensions[{number}]") for number, each in enumerate(extensions))


def checked_moment(moment: datetime) -> datetime:
    """Return a moment for which to build.

    Raises:
        InvalidValue: If it is naive.
    """
    try:
        return check_moment(moment)
    except InvalidValue as problem:
        raise problem.at("as_of") from None
