"""`newsfeed diff`: show what a build would change; with `--ids`, what subscribers see after a move to other feeds."""

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
    help="Compare the ids in the feeds OLD and NEW instead, files or folders, before you replace the "
    "program that wrote OLD.",
)
@output_option
@as_of_option
@click.option(
    "--record", metavar="FILE", type=click.Path(), help="The record kept by `newsfeed build --record`."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document on stdout.")
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

    There is a line for each document and, below it, one for each article: + is new, - is gone, ~ has changed.

    newsfeed diff --ids OLD NEW: show which articles subscribers of the feed OLD would see as new if NEW replaced it, because
    their id is different (~) or because OLD lacks them (+), and which are gone (-). OLD and NEW may have different
    formats. The exit status is 1 if there are any ~ or +.
    """
    if by_ids:
        for name, option in (("output", "-o"), ("as_of", "--as-of"), ("record", "--record")):
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise click.UsageError(
                    f"{option} is for a newsroom, but --ids compares published feeds; leave it out"
                )
        context.exit(compare_ids(paths, as_json=as_json))
    if len(paths) > 1:
        raise click.UsageError(
            f"diff takes one newsroom, not {len(paths)} paths; "
            "to compare the ids of two feeds, use newsfeed diff --ids OLD NEW"
        )
    report = opened(paths[0], as_of).publish(output, dry_run=True, record=record)
    show_findings([*report.left_out, *report.repaired, *report.shortened, *report.changed])
    if as_json:
        click.echo(report.as_json())
    else:
        show_changes(report)
    if report.error:
        complain(f"A build would be refused: {report.error}")
        sys.exit(1)
