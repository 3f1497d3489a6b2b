"""Newsroom: a site and its articles, indexed once, as of one moment. The object that users hold."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

from msgspec.structs import force_setattr

from newsfeed.entries import entry_of
from newsfeed.errors import InvalidValue
from newsfeed.intake.archive import Archive
from newsfeed.intake.editions import Editions
from newsfeed.intake.intake import Intake, RuleIntake
from newsfeed.intake.newest import Carried, rank_of
from newsfeed.model.article import Article
from newsfeed.model.cached_property import cached_property
from newsfeed.model.conflicts import Located
from newsfeed.model.facets import Facets, facets_of
from newsfeed.model.feed import Entry, Extension, Feed, Translation
from newsfeed.model.finding import Finding
from newsfeed.model.site import Site
from newsfeed.text.dates import check_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from newsfeed.plan import Plan
    from newsfeed.publish.report import Report
    from newsfeed.publish.store import Place

__all__ = ["Newsroom", "open"]


class Newsroom:
    """A site and its articles as of one moment.

    Articles that break the site's rules are repaired or left out, and reported in `findings`; articles that are
    embargoed, expired or withdrawn at `as_of` appear nowhere.

    Args:
        site: The site.
        articles: Its articles, in any order: Articles, or mappings and objects with their fields, such as instances
            of a Django model. What can be iterated anew, as a class of yours with `__iter__` can, is read one by one,
            twice at most, and only what feeds carry is kept; a list stays with you, and an iterator or the cursor of
            a database is read into one.
        as_of: The moment for which to build, aware; `None` is now, read once, here.
        extensions: feedgen extensions for every RSS and Atom feed.
        findings: What was found while the articles were read.

    Raises:
        InvalidValue: If `as_of` is naive, or `articles` is one article, a text, or nothing to iterate over.

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
    ) -> None:
        self.site = site
        self.as_of = datetime.now(UTC) if as_of is None else _aware(as_of)
        self.extensions = tuple(extensions)
        self._archive = Archive(articles, site, self.as_of, findings)
        #: What each planned feed carries.
        self.intake = self._taken_in(self._archive.survey(), map(RuleIntake.of, site.plan))
        if self._archive.has_conflicts:
            self.intake = self._taken_in(self._archive.read(), map(RuleIntake.of, site.plan))
        self._editions = Editions(self._archive, site)
        #: Every article that a planned feed carries, once.
        self.carried = tuple(self.intake.carried())
        self._editions.learn([each.article for each in self.carried])
        for each in self.carried:
            force_setattr(each, "digest", each.digest + self._editions.digest(each.article))
        self._entries: dict[str, Entry] = {}

    def __repr__(self) -> str:
        return f"<Newsroom {self.site.url}: {self.intake.live} articles as of {self.as_of.isoformat()}>"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the articles: errors left one out, warnings repaired one. In order of place."""
        return self._archive.findings

    @property
    def sources(self) -> Mapping[str, int]:
        """How many articles each source gave that could be used, whether they are live or not.

        A source is named as in `site.articles`; articles handed over in Python have the source `""`.
        """
        return dict(self._archive.given)

    @cached_property
    def next_change(self) -> datetime | None:
        """The next moment at which a build would change something: an article becomes due, expires, or moves on.

        Articles move on into archives, and out of what carries only new ones. None if nothing will change.

        Raises:
            InvalidPlan: If two feeds have one path.
        """
        from newsfeed.publish.due import moments_due

        due = self._archive.next_change
        return min((*moments_due(self), *([due] if due is not None else [])), default=None)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All live articles, newest first, ties by id; they are read anew for whoever asks, and kept from then on."""
        articles = tuple(sorted(self.read(), key=rank_of))
        self._editions.learn(articles)
        return articles

    def read(self) -> Iterator[Article]:
        """Read all live articles anew, one by one, in no order; none of them is kept."""
        return (located.article for located, is_live in self._archive.read() if is_live)

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
        from newsfeed.selection import selection_of

        asked = {
            "language": language,
            "category": category,
            "topic": topic,
            "author": author,
            "flag": flag,
            "year": year,
            "month": month,
        }
        return selection_of(self, asked, limit=limit, title=title, content=content)

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
        from newsfeed.plan import listing_of
        from newsfeed.selection import checked_conditions, checked_limit

        conditions = checked_conditions({"language": language or self.site.default_language}, self.site)
        (spoken,) = conditions["language"]
        return listing_of(self, spoken, checked_limit(limit))

    def publish(  # noqa: PLR0913 - each by its name
        self,
        folder: "str | PathLike[str] | Place",
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
            folder: The output folder, or a store's URL, `s3://news/feeds/`; files of others there are left alone.
            strict: Whether to refuse when articles had to be left out.
            progress: Called after each document with the number done and the number of all.
            check: Called with the path and the bytes of each feed; an error that it finds keeps all from
                being written. `newsfeed.check.checker_of` makes one.
            accept: Whether articles that were published under other ids may have their new ones.
            accept_loss: Whether published articles that are missing may go, however many they are.
            dry_run: Whether to write nothing, and tell in the report what would change.
            wait: How many seconds to wait for another build of the same folder to end.
            executor: Who makes the entries: a process pool, a cluster's executor. Default: this thread.
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
            >>> with TemporaryDirectory() as folder:
            ...     report = open("examples/report").publish(folder)
            >>> report.written[:2], report.left_out
            (('en/all.rss', 'en/all.atom'), ())
        """
        from newsfeed.publish.publishing import publish

        return publish(
            self,
            folder,
            strict=strict,
            progress=progress,
            check=check,
            accept=accept,
            accept_loss=accept_loss,
            dry_run=dry_run,
            wait=wait,
            executor=executor,
            record=record,
        )

    def newest(self, conditions: Mapping[str, Sequence[str]], limit: int) -> tuple[Entry, ...]:
        """Give the newest entries that fit; what no planned feed can tell, the articles are read again for."""
        for rule in self.intake.rules:
            carried = rule.answer(conditions, limit)
            if carried is not None:
                break
        else:
            asked = RuleIntake((), conditions, limit)
            self._taken_in(self._archive.read(), [asked])
            carried = asked.feed(()).in_order()
        return self.entries(carried)

    def entries(self, carried: Iterable[Carried]) -> tuple[Entry, ...]:
        """Give the entries of articles that a feed carries, each made once however many feeds carry it."""
        articles = [article.article for article in carried]
        self._editions.learn(articles)
        return tuple([self.entry(article) for article in articles])

    def digests(self, carried: Sequence[Carried]) -> bytes:
        """Give digests of what the entries of a planned feed are made of: what editors wrote, and all editions."""
        return b"".join([each.digest for each in carried])

    def entry(self, article: Article) -> Entry:
        """Give the entry of a live article, made once however many feeds carry it."""
        name = article.id or ""
        entry = self._entries.get(name)
        if entry is None:
            entry = self._entries[name] = entry_of(article, self.site, self.translations(article))
        return entry

    def without_entry(self, carried: Iterable[Carried]) -> list[Article]:
        """Give those articles of a feed whose entries are not made yet."""
        return [each.article for each in carried if each.article.id not in self._entries]

    def translations(self, article: Article) -> tuple[Translation, ...]:
        """Give the live editions of an article's story in other languages, in the site's order."""
        return tuple(self._editions.others(article))

    def adopt(self, entries: Iterable[tuple[Entry, Mapping[Hashable, Any]]]) -> None:
        """Keep entries that were made elsewhere, as `entry` would make them.

        Args:
            entries: Each with what formats have written of it there.
        """
        for entry, written in entries:
            self._entries.setdefault(entry.id, entry).written.update(written)

    def let_go(self, names: Iterable[str]) -> None:
        """Forget the entries of articles by their ids; for whoever asks again, they are made again."""
        for name in names:
            self._entries.pop(name, None)

    def has_article(self, own_id: str) -> bool:
        """Tell whether an article with an id was read, live or not; `False` is certain."""
        return self._archive.has_article(own_id)

    def is_held_back(self, own_id: str) -> bool:
        """Tell whether an article with an id is embargoed, expired or withdrawn; `False` is certain."""
        return self._archive.is_held_back(own_id)

    def is_set_aside(self, own_id: str) -> bool:
        """Return whether an article is left out because its story has another edition in its language."""
        return self._archive.is_set_aside(own_id)

    def has_page_held_back(self, url: str, story: str | None, language: str) -> bool:
        """Tell whether such an article, whatever its id, has this address or is this edition; `False` is certain."""
        return self._archive.has_page_held_back(url, story, language)

    def facets(self, article: Article) -> Facets:
        """Tell what an article has on each facet."""
        return facets_of(article, self.site)

    def _taken_in(self, articles: Iterable[tuple[Located, bool]], rules: Iterable[RuleIntake]) -> Intake:
        """Offer articles to the feeds of some rules."""
        intake = Intake(self.site, rules, self.as_of)
        for located, is_live in articles:
            intake.take(located, is_live=is_live)
        return intake


def open(  # noqa: A001 - read as newsfeed.open
    folder: str | PathLike[str],
    *,
    as_of: datetime | None = None,
    extensions: Sequence[Extension] = (),
    progress: Callable[[int, int, int], object] | None = None,
) -> Newsroom:
    """Open a newsroom: a folder with a `newsroom.toml`, or such a file.

    Args:
        folder: The folder, or the file.
        as_of: The moment for which to build, aware; `None` is now.
        extensions: feedgen extensions for every RSS and Atom feed.
        progress: Called every few hundred articles, and at the end of each reading, with the number of bytes read,
            that of all bytes, and the number of articles so far. Where ids or stories conflict, it all begins anew.

    Returns:
        The newsroom. Its `findings` say what was wrong with its articles.

    Raises:
        InvalidNewsroom: If newsroom.toml, or a file that it names, can't be used.

    Example:
        >>> open("examples/report").site.title
        'Report'
    """
    from newsfeed.sources import SiteArticles, read_site

    site, root = read_site(folder)
    return Newsroom(site, SiteArticles(site, root, progress), as_of=as_of, extensions=extensions)


def _aware(moment: datetime) -> datetime:
    try:
        return check_moment(moment)
    except InvalidValue as problem:
        raise problem.at("as_of") from None
