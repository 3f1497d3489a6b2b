"""Newsroom: a site and its articles, indexed once, as of one moment. The object that users hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from newsfeed.entries import entry_of
from newsfeed.errors import InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.conflicts import Located, one_for_each_edition, one_for_each_id
from newsfeed.model.facets import Facets, check_conditions, facets_of, fits, label_of
from newsfeed.model.feed import Entry, Extension, Feed
from newsfeed.model.finding import Finding, Place
from newsfeed.model.record import one_of
from newsfeed.model.repairs import repaired
from newsfeed.model.rule import CONTENT, check_limit
from newsfeed.model.site import Site
from newsfeed.text.dates import check_moment
from newsfeed.text.languages import canonical_language
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.urls import ascii_uri

if TYPE_CHECKING:
    from newsfeed.plan import Plan
    from newsfeed.publish.report import Report

__all__ = ["Newsroom", "open"]


class Newsroom:
    """A site and its articles as of one moment.

    Articles that break the site's rules are repaired or left out, and reported in `findings`; articles that are
    embargoed, expired or withdrawn at `as_of` appear nowhere.

    Args:
        site: The site.
        articles: Its articles, in any order.
        as_of: The moment for which to build, aware; `None` is now, read once, here.
        extensions: feedgen extensions for every RSS and Atom feed.
        findings: What was found while the articles were read; `findings` begins with it.

    Raises:
        InvalidValue: If `as_of` is naive.

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
        articles: Iterable[Article | Located] = (),
        *,
        as_of: datetime | None = None,
        extensions: Sequence[Extension] = (),
        findings: Iterable[Finding] = (),
    ) -> None:
        self.site = site
        self.as_of = datetime.now(UTC) if as_of is None else _aware(as_of)
        self.extensions = tuple(extensions)
        accepted, found = _accepted(articles, site)
        accepted, repeated = one_for_each_id(accepted)
        live, doubled = one_for_each_edition(
            located for located in accepted if self._is_live(located.article)
        )
        #: What was found in the articles: errors left one out, warnings repaired one. In order of place.
        self.findings = tuple(
            sorted([*findings, *found, *repeated, *doubled], key=lambda finding: finding.place)
        )
        #: The live articles, newest first, ties by id.
        self.articles = tuple(sorted((located.article for located in live), key=_newest_first))
        #: The articles whose time has come, those that have expired or were withdrawn since among them, oldest first.
        self.due = tuple(
            sorted(
                (located.article for located in accepted if located.article.published <= self.as_of),
                key=lambda article: (article.published.timestamp(), article.id),
            )
        )
        self._editions: dict[str, list[Article]] = {}
        for article in self.articles:
            if article.story:
                self._editions.setdefault(article.story, []).append(article)
        self._entries: dict[str, Entry] = {}

    def __repr__(self) -> str:
        return f"<Newsroom {self.site.url}: {len(self.articles)} articles as of {self.as_of.isoformat()}>"

    @cached_property
    def plan(self) -> "Plan":
        """The feeds to write.

        Raises:
            InvalidPlan: If two of them have one path.
        """
        from newsfeed.plan import plan_of

        return plan_of(self)

    def feed(self, path: str) -> Feed:
        """Give a planned feed.

        Args:
            path: Its path without a suffix, `en/category/media`.

        Returns:
            The feed.

        Raises:
            FeedNotFound: If none is planned there; the message names the nearest.
            InvalidPlan: If two planned feeds have one path.
        """
        from newsfeed.plan import feed_at

        return feed_at(self, path)

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
        limit: int = 50,
        title: str | None = None,
        content: str = "full",
    ) -> Feed:
        """Make a feed that nobody planned, of the articles that have one of the terms on each facet asked for.

        Args:
            language: BCP 47 tags of the site.
            category: Terms of the site's categories.
            topic: Topics, as articles name them.
            author: Names of authors.
            flag: Flags, such as `photo`.
            year: Years of publication in the site's time zone, `2025`.
            month: Months in the site's time zone, `01` to `12`.
            limit: The most entries.
            title: The feed's title; default: the site's, and the terms.
            content: `full`, or `summary` for entries without their content.

        Returns:
            The feed. Its id is made of the terms.

        Raises:
            InvalidValue: If the site has no such language, category or flag, or the limit is not 1 or more.

        Example:
            >>> newsroom = open("examples/report")
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
        }
        conditions = {
            facet: (terms,) if isinstance(terms, str) else tuple(terms)
            for facet, terms in asked.items()
            if terms
        }
        conditions = _canonical(conditions)
        check_conditions(conditions, self.site)
        _check_limit(limit)
        try:
            one_of(CONTENT)(content)
        except InvalidValue as problem:
            raise problem.at("content") from None
        chosen = [article for article in self.articles if fits(self.facets(article), conditions)]
        languages = conditions.get("language", ())
        spoken = languages[0] if len(languages) == 1 else self.site.default_language
        labels = [
            label_of(facet, term, self.site, spoken)
            for facet, terms in conditions.items()
            if facet != "language"
            for term in terms
        ]
        return Feed(
            site=self.site,
            id=ascii_uri(f"{self.site.feeds_url}select?{urlencode(conditions, doseq=True)}"),
            path="",
            title=title or " – ".join([self.site.text(self.site.title, spoken), *labels]),
            description=self.site.text(self.site.description or self.site.title, spoken),
            language=spoken,
            entries=tuple(self.entry(article) for article in chosen[:limit]),
            content=content,
            extensions=self.extensions,
        )

    def latest(self, language: str | None = None, *, limit: int = 50) -> Feed:
        """Make the latest-news listing of a language.

        Args:
            language: A BCP 47 tag of the site; default: the site's first.
            limit: The most articles.

        Returns:
            A feed for `text()`, `html()` and `json()`, titled "Latest News" in that language.

        Raises:
            InvalidValue: If the site has no such language, or the limit is not 1 or more.

        Example:
            >>> print(open("examples/report").latest("en", limit=1).text())
            Latest News
            <BLANKLINE>
            19:25
                Norway approves $8.2 billion in aid to Ukraine
                Other countries
            <BLANKLINE>
            All News Feed
            https://report.example/feeds/en/all.rss
            <BLANKLINE>
        """
        from newsfeed.plan import listing_of

        conditions = _canonical({"language": (language or self.site.default_language,)})
        check_conditions(conditions, self.site)
        _check_limit(limit)
        (spoken,) = conditions["language"]
        return listing_of(self, spoken, limit)

    def publish(
        self,
        folder: str | PathLike[str],
        *,
        strict: bool = False,
        progress: Callable[[int, int], object] | None = None,
        check: Callable[[str, bytes], Sequence[Finding]] | None = None,
    ) -> "Report":
        """Write every planned feed into a folder.

        Args:
            folder: The output folder; made if it isn't there. Files that the plan doesn't name are left alone.
            strict: Whether to refuse when articles had to be left out.
            progress: Called after each document with the number done and the number of all.
            check: Called with the path and the bytes of each feed; an error that it finds keeps all from
                being written. `newsfeed.check.checker_of` makes one.

        Returns:
            What was written, unchanged and left out.

        Raises:
            InvalidPlan: If two feeds have one path. Nothing is written.
            ProblemsFound: If `strict`, and articles had to be left out. Nothing is written.
            FeedsRefused: If `check` found an error. Nothing is written.
            PublishError: If the folder can't be written.

        Example:
            >>> from tempfile import TemporaryDirectory
            >>> with TemporaryDirectory() as folder:
            ...     report = open("examples/report").publish(folder)
            >>> report.written[:2], report.left_out
            (('en/all.rss', 'en/all.atom'), ())
        """
        from newsfeed.publish import publish

        return publish(self, folder, strict=strict, progress=progress, check=check)

    def entry(self, article: Article) -> Entry:
        """Give the entry of a live article, made once however many feeds carry it."""
        name = article.id or ""
        if name not in self._entries:
            others = [
                edition for edition in self._editions.get(article.story or "", ()) if edition is not article
            ]
            self._entries[name] = entry_of(article, self.site, others)
        return self._entries[name]

    def facets(self, article: Article) -> Facets:
        """Tell what an article has on each facet."""
        return facets_of(article, self.site)

    def _is_live(self, article: Article) -> bool:
        expired = article.expires is not None and article.expires <= self.as_of
        return article.published <= self.as_of and not expired and not article.withdrawn


def open(  # noqa: A001 - read as newsfeed.open
    folder: str | PathLike[str], *, as_of: datetime | None = None, extensions: Sequence[Extension] = ()
) -> Newsroom:
    """Open a newsroom: a folder with a `newsroom.toml`, or such a file.

    Args:
        folder: The folder, or the file.
        as_of: The moment for which to build, aware; `None` is now.
        extensions: feedgen extensions for every RSS and Atom feed.

    Returns:
        The newsroom. Its `findings` say what was wrong with its articles.

    Raises:
        InvalidNewsroom: If newsroom.toml, or a file that it names, can't be used.

    Example:
        >>> open("examples/report").site.title
        'Report'
    """
    from newsfeed.sources import read_articles, read_site

    site, root = read_site(folder)
    articles, findings = read_articles(site, root)
    return Newsroom(site, articles, as_of=as_of, extensions=extensions, findings=findings)


def _aware(moment: datetime) -> datetime:
    try:
        return check_moment(moment)
    except InvalidValue as problem:
        raise problem.at("as_of") from None


def _canonical(conditions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Put language tags into the form in which the site keeps them."""
    try:
        tags = {
            facet: tuple(canonical_language(tag) for tag in terms)
            for facet, terms in conditions.items()
            if facet == "language"
        }
    except InvalidValue as problem:
        raise problem.at("language") from None
    return dict(conditions) | tags


def _check_limit(limit: int) -> None:
    try:
        check_limit(limit)
    except InvalidValue as problem:
        raise problem.at("limit") from None


def _accepted(articles: Iterable[Article | Located], site: Site) -> tuple[list[Located], list[Finding]]:
    accepted: list[Located] = []
    findings: list[Finding] = []
    for number, given in enumerate(articles, start=1):
        located = given if isinstance(given, Located) else Located(given, Place(record=number))
        if located.article.language in site.languages:
            article, repairs = repaired(located.article, site, located.place)
            accepted.append(Located(article, located.place))
            findings += repairs
        else:
            reason = f"{located.article.language!r} is none of the site's languages"
            remedy = f"{did_you_mean(located.article.language, site.languages)}, or add it to site.languages"
            problem = InvalidValue(reason, remedy, field="language")
            findings.append(Finding.of(problem, place=located.place, code="NF103"))
    return accepted, findings


def _newest_first(article: Article) -> tuple[float, str]:
    return -article.published.timestamp(), article.id or ""
