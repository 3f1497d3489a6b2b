"""`newsfeed diff`: what a build would change, document by document, article by article."""

import click

from newsfeed.cli.messages import show_changes, show_findings
from newsfeed.cli.opening import as_of_option, folder_argument, opened, output_option

__all__ = ["diff"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed diff mysite -o public\n"
    '  newsfeed diff mysite -o public --as-of "2025-12-24 18:00"',
)
@folder_argument
@output_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Report on stdout as one JSON document.")
def diff(*, folder: str, output: str, as_of: str | None, as_json: bool) -> None:
    """Show what a build of the newsroom in DIR would change in OUT, and write nothing.

    A line for each document, and under it one for each article: + it comes, - it goes, ~ it changes.
    """
    report = opened(folder, as_of).publish(output, dry_run=True)
    show_findings([*report.left_out, *report.repaired, *report.shortened, *report.changed])
    if as_json:
        click.echo(report.as_json())
    else:
        show_changes(report)
