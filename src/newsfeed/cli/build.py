"""`newsfeed build`: write every feed of a newsroom into a folder."""

import os
import sys

import click

from newsfeed.check import checker_of
from newsfeed.check.reports import text_line
from newsfeed.cli.messages import complain, counted, show_findings, what_happened
from newsfeed.cli.opening import as_of_option, folder_argument, named, opened
from newsfeed.cli.progress import progress_bar
from newsfeed.errors import FeedsRefused, ProblemsFound
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.plan import PlannedFeed
from newsfeed.publish.report import Report

__all__ = ["build"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed build mysite -o public\n"
    "  newsfeed build mysite -o public --strict\n"
    '  newsfeed build mysite -o public --as-of "2025-12-19 18:24"\n'
    "  newsfeed build mysite -o public --json > report.json",
)
@folder_argument
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(),
    default="public",
    show_default=True,
    callback=named,
    help="The folder to write into; made if it isn't there.",
)
@as_of_option
@click.option("--strict", is_flag=True, help="Write nothing if an article would be left out.")
@click.option(
    "--check", "checked", is_flag=True, help="Check each feed first; write nothing if one has errors."
)
@click.option("--json", "as_json", is_flag=True, help="Report on stdout as one JSON document.")
def build(*, folder: str, output: str, as_of: str | None, strict: bool, checked: bool, as_json: bool) -> None:
    """Write every feed of the newsroom in DIR.

    Articles that can't be used are left out and listed on stderr, with what to write instead; the others are
    published, and the exit status is 0. Files that stay the same are not touched.
    """
    with progress_bar(shown=sys.stderr.isatty() and not as_json) as progress:
        newsroom = opened(folder, as_of)
        checker = checker_of(newsroom.site.feeds_url, as_of=newsroom.as_of) if checked else None
        try:
            report = newsroom.publish(output, strict=strict, progress=progress, check=checker)
            refusal = None
        except (FeedsRefused, ProblemsFound) as error:
            report = _nothing_written(newsroom, output, error)
            refusal = str(error)
    show_findings([*report.left_out, *report.repaired])
    for finding in report.checked:
        click.echo(text_line(finding), err=True)
    if as_json:
        click.echo(report.as_json())
    elif refusal is None:
        _sum_up(report, newsroom)
    if refusal is not None:
        complain(refusal)
        sys.exit(1)


def _nothing_written(newsroom: Newsroom, output: str, error: FeedsRefused | ProblemsFound) -> Report:
    """Make the report of a build that `--strict` or `--check` kept from writing."""
    if isinstance(error, FeedsRefused):
        found = (*newsroom.findings, *newsroom.plan.findings)
        checked = error.findings
    else:
        found, checked = error.findings, ()
    return Report(
        folder=output,
        as_of=newsroom.as_of,
        articles=newsroom.intake.live,
        languages=tuple(newsroom.site.languages),
        left_out=tuple(finding for finding in found if finding.severity == "error"),
        repaired=tuple(finding for finding in found if finding.severity == "warning"),
        checked=checked,
    )


def _sum_up(report: Report, newsroom: Newsroom) -> None:
    folder = os.path.join(report.folder, "")  # noqa: PTH118 - a Path would lose what the user typed
    articles = counted(report.articles, "article")
    languages = counted(len(report.languages), "language")
    click.echo(
        f"Wrote {counted(len(report.written), 'file')} from {articles} in {languages} "
        f"to {click.format_filename(folder)} ({len(report.unchanged)} unchanged)."
    )
    if happened := what_happened(report.articles_left_out, len(report.repaired)):
        click.echo(f"{happened}: see above.")
    if not report.articles:
        click.echo(f"No article is out as of {newsroom.as_of:%Y-%m-%d %H:%M %Z}, so the feeds are empty.")
    if start := _where_to_look(newsroom, report.folder):
        click.echo(f"Start with {start}.")


def _where_to_look(newsroom: Newsroom, folder: str) -> str:
    """Name the first page and the first feed; the plan begins with the default language."""
    planned = newsroom.plan.feeds.values()
    page = next((_document(feed, "html", folder) for feed in planned if "html" in feed.rule.formats), None)
    feed = next(
        (
            _document(feed, name, folder)
            for feed in planned
            for name in feed.rule.formats
            if name in DEFAULT_FORMATS
        ),
        None,
    )
    places = [f"{page} in a browser"] if page else []
    return ", or ".join([*places, f"{feed} in a feed reader"] if feed else places)


def _document(feed: PlannedFeed, name: str, folder: str) -> str:
    return click.format_filename(os.path.join(folder, feed.path + FORMATS[name].suffix))  # noqa: PTH118 - as above
