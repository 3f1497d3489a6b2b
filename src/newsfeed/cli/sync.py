"""`newsfeed sync`: bring what changed in a newsroom's sources into its store."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from newsfeed.catalog.stored.database.connecting import store_exists
from newsfeed.cli.messages import complain, counted, show_findings, visible, what_happened
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.progress import progress_bar
from newsfeed.cli.stores import as_json_document, number_left_out, shown_store, site_with_store, wait_option
from newsfeed.errors import NewsfeedError
from newsfeed.model.site import Site
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.store import Store, SyncReport

__all__ = ["sync"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed sync mysite\n"
    "  newsfeed sync mysite --dry-run\n"
    "  newsfeed sync mysite && newsfeed build mysite -o public",
)
@folder_argument
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Remove all articles that vanished from the sources, however many they are.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Ask sources that aren't files for everything, not only for what changed since the last sync.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON document on stdout.")
def sync(*, folder: str, accept_loss: bool, full: bool, dry_run: bool, wait: float, as_json: bool) -> None:
    """Bring what changed in the sources of the newsroom in DIR into its database.

    Files with an unchanged size and modification time are skipped. Of the others, new and changed articles are put,
    and those that vanished are removed. Articles that came from elsewhere, as by newsfeed put, are left alone.

    A sync is refused if more of a source's articles would be removed than the site's max_loss allows, or because a file
    broke off. Then nothing changes, and the exit status is 1.

    Articles are stored some hundred at a time. When that is interrupted, run it again.
    """
    site, path = site_with_store(folder)
    try:
        with progress_bar(shown=sys.stderr.isatty() and not as_json) as progress, ExitStack() as stack:
            # a dry run doesn't create a store
            file = stack.enter_context(_store_for_a_dry_run(path)) if dry_run else path
            store = stack.enter_context(Store(file, site, wait=wait))
            report = store.sync(
                read_site(folder)[1],
                accept_loss=accept_loss,
                dry_run=dry_run,
                full=full,
                progress=progress.reading,
            )
    except NewsfeedError as error:
        if as_json:
            click.echo(as_json_document(_counts(None, 0), (), sources={}, error=str(error)))
        raise
    except KeyboardInterrupt:
        complain(
            f"interrupted. What was stored in {shown_store(path)} before stays there. "
            "To sync the rest, run the same command again."
        )
        raise
    left_out = number_left_out(report.findings)
    show_findings(report.findings)
    if as_json:
        sources = msgspec.to_builtins(report.sources)
        click.echo(as_json_document(_counts(report, left_out), report.findings, sources=sources))
    else:
        _sum_up(report, site, path, left_out, dry_run=dry_run)
    if left_out and not report.taken and report.files_read == report.files:
        complain("no article could be used. Fix the first ones, and sync again.")
        sys.exit(1)


@contextmanager
def _store_for_a_dry_run(path: str) -> Iterator[str]:
    """Yield the store, or an empty one if there is none, because a dry run doesn't create it."""
    if store_exists(path):
        yield path
        return
    with TemporaryDirectory() as folder:
        yield str(Path(folder, "news.db"))


def _counts(report: SyncReport | None, left_out: int) -> dict[str, int]:
    counts = ("taken", "changed", "removed", "files", "files_read")
    return {name: getattr(report, name, 0) for name in counts} | {"left_out": left_out}


def _sum_up(report: SyncReport, site: Site, path: str, left_out: int, *, dry_run: bool) -> None:
    for source, changes in report.sources.items():
        numbers = {"new": changes.new, "changed": changes.changed, "removed": changes.removed}
        told = ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number)
        click.echo(f"{visible(source)}: {told}")
    noun = "file" if all(source.files for source in site.sources) else "source"
    files = f"{report.files_read:,} of {counted(report.files, noun)}"
    if dry_run:
        what = f"{report.changed:,} of its rows would be new or changed, and {report.removed:,} removed"
        click.echo(f"Read {files}. {shown_store(path)}: {what}. Nothing was changed.")
    else:
        what = f"({report.changed:,} new or changed, {report.removed:,} removed)"
        click.echo(f"Synced {shown_store(path)} with {files} {what}.")
    repairs = sum(finding.severity == "warning" for finding in report.findings)
    if happened := what_happened(left_out, repairs):
        click.echo(f"{happened}: see above.")
