"""`newsfeed build`: write every feed of a newsroom into a folder."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from newsfeed.cli.jobs import jobs_option, processes
from newsfeed.cli.messages import complain, counted, show_changes, show_findings, what_happened
from newsfeed.cli.opening import as_of_option, folder_argument, opened, output_option
from newsfeed.cli.progress import progress_bar
from newsfeed.cli.stores import WAIT, store_named
from newsfeed.errors import FeedsRefused, LossRefused, NewsfeedError, ProblemsFound
from newsfeed.model.formats import FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.plan.plan import PlannedFeed
from newsfeed.publish.report import Report
from newsfeed.sitemaps import is_sitemap

if TYPE_CHECKING:
    from newsfeed.web.reloading import ReloadingNewsroom

__all__ = ["build"]

#: How many seconds to wait between looks at the files.
_LOOK_EVERY = 1.0


def _codings(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    if not value:
        return ()
    from newsfeed.web.content_codings import CODINGS

    codings = tuple(coding.strip() for coding in value.split(",") if coding.strip())
    for coding in codings:
        if coding not in CODINGS:
            raise click.BadParameter(f"{coding!r} isn't a known coding; use one of {', '.join(CODINGS)}")
    return codings


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed build mysite -o public\n"
    "  newsfeed build mysite -o public --strict\n"
    '  newsfeed build mysite -o public --as-of "2025-12-19 18:24"\n'
    "  newsfeed build mysite -o public --json > report.json\n"
    "  newsfeed build mysite -o s3://bucket/feeds/",
)
@folder_argument
@output_option
@as_of_option
@click.option("--accept", is_flag=True, help="Publish new ids of articles that readers know under other ids.")
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Allow any number of published articles to disappear without being withdrawn.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--strict", is_flag=True, help="Write nothing if an article would be left out.")
@click.option(
    "--check", "checked", is_flag=True, help="Check each feed first, and write nothing if one has errors."
)
@click.option(
    "--watch",
    "watched",
    is_flag=True,
    help="Build again whenever a file changes or an article is due, until Ctrl+C.",
)
@click.option(
    "--precompress",
    metavar="CODINGS",
    callback=_codings,
    help="Also write compressed copies for web servers: gzip, br, zstd, or several, such as gzip,br.",
)
@jobs_option
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    help="How long to wait for another build of the same folder. Default: 0, or 60 with a store.",
)
@click.option(
    "--record",
    metavar="FILE",
    type=click.Path(),
    help="Also keep the record of what was published in FILE, outside OUT, for builds that begin with an empty "
    "folder, as in CI. Stable ids and the loss guard depend on it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document on stdout.")
def build(  # noqa: PLR0913 - one for each option
    *,
    folder: str,
    output: str,
    as_of: str | None,
    accept: bool,
    accept_loss: bool,
    dry_run: bool,
    strict: bool,
    checked: bool,
    watched: bool,
    precompress: tuple[str, ...],
    jobs: int,
    wait: float | None,
    record: str | None,
    as_json: bool,
) -> None:
    """Write every feed of the newsroom in DIR.

    Articles that can't be used are left out and listed on stderr, with what to write instead; the others are
    published, and the exit status is 0. Files that haven't changed aren't touched.

    A build is refused if it would lose more of the published articles than the site's max_loss, because records
    vanished from the source or a file broke off. Then nothing changes, and the exit status is 1.
    """
    _check_output(folder, output)
    if precompress and "://" in output:
        raise click.UsageError(
            "--precompress works only with a folder; object storage compresses files itself"
        )
    store = store_named(folder)
    if wait is None:
        wait = 0 if store is None else WAIT
    settings = _Settings(
        output, accept, accept_loss, dry_run, strict, checked, precompress, jobs, wait, record, as_json
    )
    if watched:
        if as_of is not None or dry_run:
            raise click.UsageError("--watch can't be combined with --as-of or --dry-run")
        _keep_building(folder, settings)
    try:
        with _turn(store, settings), progress_bar(shown=sys.stderr.isatty() and not as_json) as progress:
            newsroom = opened(folder, as_of, progress.reading)
            report = _published(newsroom, settings, progress.writing)
    except (NewsfeedError, OSError) as error:
        if as_json:
            click.echo(_failed(output, error).as_json())
        raise
    _tell(report, newsroom, settings)
    if report.error:
        sys.exit(1)


def _check_output(folder: str, output: str) -> None:
    """Refuse to write into the newsroom itself, whose globs might read it again."""
    newsroom = Path(folder).parent if Path(folder).is_file() else Path(folder)
    if "://" not in output and os.path.realpath(output) == os.path.realpath(newsroom):
        raise click.UsageError(
            f"{output} is the newsroom itself; write into another folder, such as {output}/public"
        )


class _Settings(NamedTuple):
    """The options of the command."""

    output: str
    accept: bool
    accept_loss: bool
    dry_run: bool
    strict: bool
    checked: bool
    codings: tuple[str, ...]
    jobs: int
    wait: float
    record: str | None
    as_json: bool


def _published(
    newsroom: Newsroom, settings: _Settings, progress: Callable[[int, int], object] | None = None
) -> Report:
    """Publish a newsroom, and return what was done, or why nothing was."""
    checker = None
    if settings.checked:
        from newsfeed.check import checker_of

        checker = checker_of(newsroom.site.feeds_url, as_of=newsroom.as_of)
    try:
        with processes(settings.jobs) as executor:
            report = newsroom.publish(
                settings.output,
                strict=settings.strict,
                progress=progress,
                check=checker,
                accept=settings.accept,
                accept_loss=settings.accept_loss,
                dry_run=settings.dry_run,
                wait=settings.wait,
                executor=executor,
                record=settings.record,
            )
    except (FeedsRefused, LossRefused, ProblemsFound) as error:
        return _nothing_written(newsroom, settings.output, error)
    if settings.codings and not settings.dry_run:
        from newsfeed.web import precompress

        precompress(settings.output, settings.codings, wait=settings.wait)
    return report


def _turn(store: str | None, settings: _Settings) -> AbstractContextManager[None]:
    """Wait for other publishes from a newsroom's store, if it has one."""
    if store is None or settings.dry_run:
        return nullcontext()
    from newsfeed.catalog.stored.turns import publish_turn

    return publish_turn(store, wait=settings.wait)


def _keep_building(folder: str, settings: _Settings) -> NoReturn:
    """Build now and whenever a file changes or an article is due, until interrupted."""
    from newsfeed.web.reloading import ReloadingNewsroom

    newsroom = ReloadingNewsroom(folder)
    while True:
        try:
            _tell(_published(newsroom(), settings), newsroom(), settings)
            # they apply to the changes of the first build only
            settings = settings._replace(accept=False, accept_loss=False)
        except (NewsfeedError, OSError) as error:
            complain(f"{error}\nWaiting for the next change.")
        while not _has_changed(newsroom):
            time.sleep(_LOOK_EVERY)


def _has_changed(newsroom: "ReloadingNewsroom") -> bool:
    try:
        return newsroom.reload_if_changed()
    except (NewsfeedError, OSError) as error:
        complain(f"{error}\nWhat was published stays. Waiting for the files to change.")
        return False


def _tell(report: Report, newsroom: Newsroom, settings: _Settings) -> None:
    """Show what was found on stderr, and what was done on stdout."""
    show_findings([*report.left_out, *report.repaired, *report.shortened, *report.changed])
    if report.checked:
        _show_checked(report)
    if settings.as_json:
        click.echo(report.as_json())
    elif settings.dry_run:
        show_changes(report)
    elif not report.error:
        _sum_up(report, newsroom)
    if report.error:
        complain(report.error)


def _show_checked(report: Report) -> None:
    from newsfeed.cli.check import lines_of

    for _, line in lines_of(report.checked):
        click.echo(line, err=True)


def _failed(output: str, error: Exception) -> Report:
    """Return the report of a build that failed before the newsroom was read, or while writing."""
    return Report(
        folder=output, as_of=datetime.now(UTC), feeds_url="", articles=0, languages=(), error=str(error)
    )


def _nothing_written(
    newsroom: Newsroom, output: str, error: FeedsRefused | LossRefused | ProblemsFound
) -> Report:
    """Return the report of a build that was refused."""
    found = (*newsroom.findings, *newsroom.plan.findings)
    return Report(
        folder=output,
        as_of=newsroom.as_of,
        feeds_url=newsroom.site.feeds_url,
        articles=newsroom.catalog.live,
        languages=tuple(newsroom.site.languages),
        left_out=tuple(finding for finding in found if finding.severity == "error"),
        repaired=tuple(finding for finding in found if finding.severity == "warning"),
        checked=error.findings if isinstance(error, FeedsRefused) else (),
        lost=error.lost if isinstance(error, LossRefused) else (),
        error=str(error),
    )


def _sum_up(report: Report, newsroom: Newsroom) -> None:
    folder = os.path.join(report.folder, "")  # noqa: PTH118 - a Path would lose what the user typed
    articles = counted(report.articles, "article")
    languages = counted(len(report.languages), "language")
    click.echo(
        f"Wrote {counted(len(report.written), 'file')} from {articles} in {languages} "
        f"to {click.format_filename(folder)} ({len(report.unchanged)} unchanged)."
    )
    sitemaps = [path for path in report.removed if is_sitemap(path)]
    if others := len(report.removed) - len(sitemaps):
        click.echo(f"Removed {counted(others, 'file')} of feeds that are no longer planned.")
    if sitemaps:
        click.echo(f"Removed {counted(len(sitemaps), 'obsolete sitemap')}.")
    if happened := what_happened(report.articles_left_out, len(report.repaired)):
        click.echo(f"{happened}: see above.")
    if not report.articles:
        click.echo(
            f"No articles are published as of {newsroom.as_of:%Y-%m-%d %H:%M %Z}, so the feeds are empty."
        )
    is_store = "://" in report.folder  # readers use the site's address
    if start := _where_to_look(newsroom, newsroom.site.feeds_url if is_store else report.folder):
        click.echo(f"Start with {start}.")


def _where_to_look(newsroom: Newsroom, folder: str) -> str:
    """Return the first page and the first feed by name; the plan begins with the default language."""
    planned = newsroom.plan.feeds.values()
    feed = next(
        (
            _document(feed, name, folder)
            for feed in planned
            for name in feed.rule.formats
            if FORMATS[name].is_feed
        ),
        None,
    )
    pages = [_document(feed, "html", folder) for feed in planned if "html" in feed.rule.formats]
    if newsroom.site.discovery and feed is not None:
        pages.insert(0, click.format_filename(os.path.join(folder, "index.html")))  # noqa: PTH118 - as below
    places = [f"{pages[0]} in a browser"] if pages else []
    return ", or ".join([*places, f"{feed} in a feed reader"] if feed else places)


def _document(feed: PlannedFeed, name: str, folder: str) -> str:
    return click.format_filename(os.path.join(folder, feed.path + FORMATS[name].suffix))  # noqa: PTH118 - a Path would lose what the user typed
