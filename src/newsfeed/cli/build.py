"""`newsfeed build`: write every feed of a newsroom into a folder."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.cli.interrupting import noting_interrupts
from newsfeed.cli.jobs import jobs_option, processes
from newsfeed.cli.messages import complain, counted, show_changes, show_findings, what_happened
from newsfeed.cli.opening import as_of_option, folder_argument, opened, output_option
from newsfeed.cli.progress import progress_bar
from newsfeed.cli.publishing import FileNewsroom, Publishable, Settings, StoredNewsroom, published
from newsfeed.cli.stores import store_named
from newsfeed.cli.then import COMMAND_FAILED, CommandFailed, run_command, then_options
from newsfeed.errors import NewsfeedError
from newsfeed.model.formats import FORMATS
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.publish.report import Report
from newsfeed.sitemaps import is_sitemap

__all__ = ["build"]


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
    "  newsfeed build mysite -o public --then 'jq -r .addresses[] | xargs -n 30 purge-cache'\n"
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
@click.option(
    "--verify",
    is_flag=True,
    help="With a store: look at everything, not only at what changed, and repair damaged files.",
)
@then_options
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
    jobs: int | None,
    wait: float | None,
    record: str | None,
    verify: bool,
    then: str | None,
    then_within: float,
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
    if store is not None and record is not None:
        raise click.UsageError("--record isn't needed: what was published is recorded in the store")
    if store is None and verify:
        raise click.UsageError(
            "--verify is for newsrooms with a store; a build from files looks at everything"
        )
    settings = Settings(
        output,
        accept,
        accept_loss,
        dry_run,
        strict,
        checked,
        verify,
        precompress,
        jobs or 1,
        wait,
        record,
        as_json,
        then,
        then_within,
    )
    if watched:
        if as_of is not None or dry_run:
            raise click.UsageError("--watch can't be combined with --as-of or --dry-run")
        _keep_building(folder, settings)
    try:
        with (
            processes(jobs, folder if store is None else None) as executor,
            progress_bar(shown=sys.stderr.isatty() and not as_json) as progress,
        ):
            newsroom = (
                FileNewsroom(opened(folder, as_of, progress.reading, executor))
                if store is None
                else StoredNewsroom(folder, as_of)
            )
            report = published(newsroom, settings, progress.writing, executor)
    except (NewsfeedError, OSError) as error:
        if as_json:
            click.echo(_failed(output, error).as_json())
        raise
    _tell(report, newsroom, settings)
    if status := 1 if report.error else _follow_up(report, settings):
        sys.exit(status)


def _check_output(folder: str, output: str) -> None:
    """Refuse to write into the newsroom itself, whose globs might read it again."""
    newsroom = Path(folder).parent if Path(folder).is_file() else Path(folder)
    if "://" not in output and os.path.realpath(output) == os.path.realpath(newsroom):
        raise click.UsageError(
            f"{output} is the newsroom itself; write into another folder, such as {output}/public"
        )


def _keep_building(folder: str, settings: Settings) -> NoReturn:
    """Build now and whenever something changes or an article is due, until interrupted."""
    from newsfeed.cli.watching import WatchedFiles, WatchedStore

    newsroom = WatchedFiles(folder) if store_named(folder) is None else WatchedStore(folder)
    is_first, complaint, has_changed = True, "", True
    with noting_interrupts() as interrupted:
        while not interrupted.is_set():
            try:
                if has_changed:
                    with processes(settings.jobs) as executor:
                        report = published(newsroom, settings, executor=executor)
                    if is_first or _is_worth_telling(report):
                        _tell(report, newsroom, settings)
                    _follow_up(report, settings)
                    # they apply to the changes of the first build only
                    settings = settings._replace(accept=False, accept_loss=False, verify=False)
                    is_first, complaint = False, ""
                else:
                    time.sleep(newsroom.look_every)
                has_changed = newsroom.has_changed()
            except (NewsfeedError, OSError) as error:
                has_changed = False
                if str(error) != complaint:  # the same is said once, however often it is tried again
                    complaint = str(error)
                    complain(f"{complaint}\n{newsroom.advice(error)}")
    raise KeyboardInterrupt


def _follow_up(report: Report, settings: Settings) -> int:
    """Run the command that follows a build, and return the exit status."""
    try:
        if settings.then is not None and not settings.dry_run:
            run_command(settings.then, report, within=settings.then_within)
    except CommandFailed as error:
        complain(str(error))
        return COMMAND_FAILED
    return 0


def _is_worth_telling(report: Report) -> bool:
    """Return whether a build did anything; one from a store may have had nothing to do."""
    return report.is_whole or any(
        (report.written, report.removed, report.left_out, report.repaired, report.changed)
    )


def _tell(report: Report, newsroom: Publishable, settings: Settings) -> None:
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
    from newsfeed.cli.check_lines import grouped_lines

    for _, line in grouped_lines(report.checked):
        click.echo(line, err=True)


def _failed(output: str, error: Exception) -> Report:
    """Return the report of a build that failed before the newsroom was read, or while writing."""
    return Report(
        folder=output, as_of=datetime.now(UTC), feeds_url="", articles=0, languages=(), error=str(error)
    )


def _sum_up(report: Report, newsroom: Publishable) -> None:
    folder = os.path.join(report.folder, "")  # noqa: PTH118 - a Path would lose what the user typed
    articles = counted(report.articles, "article")
    languages = counted(len(report.languages), "language")
    unchanged = f"{len(report.unchanged)} unchanged" if report.is_whole else "only what changed was looked at"
    click.echo(
        f"Wrote {counted(len(report.written), 'file')} from {articles} in {languages} "
        f"to {click.format_filename(folder)} ({unchanged})."
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
            f"No articles are published as of {report.as_of:%Y-%m-%d %H:%M %Z}, so the feeds are empty."
        )
    is_remote = "://" in report.folder  # readers use the site's address
    if report.is_whole and (
        start := _where_to_look(newsroom.plan(), report.feeds_url if is_remote else report.folder)
    ):
        click.echo(f"Start with {start}.")


def _where_to_look(plan: Plan, folder: str) -> str:
    """Return the first page and the first feed by name; the plan begins with the default language."""
    planned = plan.by_terms.values()
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
    if plan.site.discovery and feed is not None:
        pages.insert(0, click.format_filename(os.path.join(folder, "index.html")))  # noqa: PTH118 - as below
    places = [f"{pages[0]} in a browser"] if pages else []
    return ", or ".join([*places, f"{feed} in a feed reader"] if feed else places)


def _document(feed: PlannedFeed, name: str, folder: str) -> str:
    return click.format_filename(os.path.join(folder, feed.document(name)))  # noqa: PTH118 - a Path would lose what the user typed
