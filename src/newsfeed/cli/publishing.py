"""What `newsfeed build` publishes: a newsroom of files, or the articles in its store."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from newsfeed.catalog.indexed_catalog import is_indexed
from newsfeed.cli.compressed_copies import CompressedCopies
from newsfeed.cli.opening import moment_named
from newsfeed.cli.stores import site_with_store
from newsfeed.errors import FeedsRefused, LossRefused, ProblemsFound
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.plan.partial import part_of_plan
from newsfeed.plan.plan import Plan
from newsfeed.publish.report import Report
from newsfeed.store import Store

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["FileNewsroom", "Publishable", "Settings", "StoredNewsroom", "published"]


class Settings(NamedTuple):
    """The options of the command."""

    output: str
    accept: bool
    accept_loss: bool
    dry_run: bool
    strict: bool
    checked: bool
    verify: bool
    codings: tuple[str, ...]
    jobs: int
    wait: float
    record: str | None
    as_json: bool
    then: str | None = None
    then_within: float = math.inf


class Publishable(Protocol):
    """What can be published."""

    @property
    def site(self) -> Site:
        """Its site."""

    @property
    def as_of(self) -> datetime | None:
        """The moment for which it is published; None for now."""

    def publish(self, settings: Settings, **options: Any) -> Report:  # noqa: ANN401 - those of `Newsroom.publish`
        """Publish it."""

    def newsroom(self) -> Newsroom:
        """Return the newsroom to tell of."""

    def plan(self) -> Plan:
        """Return a plan that has its first feeds by their terms."""


class FileNewsroom:
    """A newsroom whose articles were read from files."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self.site = newsroom.site
        self.as_of: datetime | None = newsroom.as_of

    def publish(self, settings: Settings, **options: Any) -> Report:  # noqa: ANN401 - as above
        """Publish everything."""
        return self._newsroom.publish(settings.output, record=settings.record, **options)

    def newsroom(self) -> Newsroom:
        """Return it."""
        return self._newsroom

    def plan(self) -> Plan:
        """Return its plan."""
        return self._newsroom.plan


class StoredNewsroom:
    """A newsroom whose articles are in a store.

    Args:
        folder: The newsroom's folder, as the user typed it.
        as_of: The value of `--as-of`.
    """

    def __init__(self, folder: str, as_of: str | None = None) -> None:
        self.site, path = site_with_store(folder)
        self.as_of = None if as_of is None else moment_named(as_of, self.site)
        self.store = Store(path, self.site, create=False)

    def publish(self, settings: Settings, **options: Any) -> Report:  # noqa: ANN401 - as above
        """Publish what changed."""
        return self.store.publish(settings.output, as_of=self.as_of, verify=settings.verify, **options)

    def newsroom(self) -> Newsroom:
        """Return the newsroom of all that is stored now."""
        return self.store.newsroom(self.as_of)

    def plan(self) -> Plan:
        """Return the plan of the feeds that the site defines, or of all if it defines none."""
        newsroom = self.newsroom()
        if is_indexed(newsroom.catalog):
            defined = part_of_plan(newsroom.catalog, {})
            if defined.by_terms:
                return defined
        return newsroom.plan


def published(
    newsroom: Publishable,
    settings: Settings,
    progress: Callable[[int, int], object] | None = None,
    executor: "Executor | None" = None,
) -> Report:
    """Publish a newsroom, and return what was done, or why nothing was."""
    checker = None
    if settings.checked:
        from newsfeed.check import checker_of

        checker = checker_of(newsroom.site.feeds_url, as_of=newsroom.as_of or datetime.now(UTC))
    copies = CompressedCopies(settings.output, settings.codings)
    try:
        report = newsroom.publish(
            settings,
            strict=settings.strict,
            progress=progress,
            check=checker,
            accept=settings.accept,
            accept_loss=settings.accept_loss,
            dry_run=settings.dry_run,
            wait=settings.wait,
            executor=executor,
        )
    except (FeedsRefused, LossRefused, ProblemsFound) as error:
        return _nothing_written(newsroom.newsroom(), settings.output, error)
    if not settings.dry_run:
        copies.follow(report, wait=settings.wait)
    return report


def _nothing_written(
    newsroom: Newsroom, output: str, error: FeedsRefused | LossRefused | ProblemsFound
) -> Report:
    """Return the report of a build that was refused. Of a store, it names what is wrong in what the build looked at."""
    return Report(
        folder=output,
        as_of=newsroom.as_of,
        feeds_url=newsroom.site.feeds_url,
        articles=newsroom.catalog.live,
        languages=tuple(newsroom.site.languages),
        left_out=tuple(finding for finding in error.found if finding.severity == "error"),
        repaired=tuple(finding for finding in error.found if finding.severity == "warning"),
        checked=error.findings if isinstance(error, FeedsRefused) else (),
        lost=error.lost if isinstance(error, LossRefused) else (),
        error=str(error),
    )
