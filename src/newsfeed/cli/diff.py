"""`newsfeed diff`: what a build would change; with `--ids`, what a move to other feeds would show to subscribers."""

import sys

import click
from click.core import ParameterSource

from newsfeed.cli.feed_ids import compare_ids
from newsfeed.cli.messages import complain, show_changes, show_findings
from newsfeed.cli.opening import as_of_option, named, opened, output_option

__all__ = ["diff"]


def _named(context: click.Context, parameter: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(named(context, parameter, path) for path in paths)


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed diff mysite -o public\n"
    '  newsfeed diff mysite -o public --as-of "2025-12-24 18:00"\n'
    "  newsfeed diff --ids old.rss public/en/all.rss\n"
    "  newsfeed diff --ids oldsite/feeds public\n"
    "  curl -s https://report.example/feed | newsfeed diff --ids - public",
)
@click.argument("paths", metavar="DIR", nargs=-1, required=True, callback=_named)
@click.option(
    "--ids",
    "by_ids",
    is_flag=True,
    help="Compare the ids in the feeds OLD and NEW instead, files or folders: before another program, or "
    "newsfeed, takes the place of the one that wrote OLD.",
)
@output_option
@as_of_option
@click.option(
    "--record", metavar="FILE", type=click.Path(), help="The record that `newsfeed build --record` keeps."
)
@click.option("--json", "as_json", is_flag=True, help="Report on stdout as one JSON document.")
@click.pass_context
def diff(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    by_ids: bool,
    output: str,
    as_of: str | None,
    record: str | None,
    as_json: bool,
) -> None:
    """Show what a build of the newsroom in DIR would change in OUT, and write nothing.

    A line for each document, and under it one for each article: + it comes, - it goes, ~ it changes.

    newsfeed diff --ids OLD NEW: show which articles subscribers of the feed OLD would see as new if NEW took its place, because its
    id is another one (~) or because OLD doesn't have it (+), and which are gone (-). OLD and NEW may have different
    formats. The exit status is 1 if there are any ~ or +.
    """
    if by_ids:
        for name, option in (("output", "-o"), ("as_of", "--as-of"), ("record", "--record")):
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise click.UsageError(f"{option} is for a newsroom; --ids compares feeds that are written")
        context.exit(compare_ids(paths, as_json=as_json))
    if len(paths) > 1:
        raise click.UsageError(
            f"diff takes one newsroom, not {len(paths)} paths; "
            "to compare the ids of two feeds, write newsfeed diff --ids OLD NEW"
        )
    report = opened(paths[0], as_of).publish(output, dry_run=True, record=record)
    show_findings([*report.left_out, *report.repaired, *report.shortened, *report.changed])
    if as_json:
        click.echo(report.as_json())
    else:
        show_changes(report)
    if report.error:
        complain(f"a build would be refused: {report.error}")
        sys.exit(1)
