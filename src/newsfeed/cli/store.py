"""`newsfeed store`: tell what is in the store of a newsroom."""

from datetime import UTC, datetime

import click
import msgspec

from newsfeed.catalog.stored.contents import SourceContents, contents_of
from newsfeed.cli.messages import visible
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.stores import shown_store, site_with_store

__all__ = ["store"]

_HEADINGS = ("source", "rows", "live", "withdrawn", "last change")


@click.command(
    epilog="\b\nExamples:\n  newsfeed store mysite\n  newsfeed store mysite --json",
)
@folder_argument
@click.option("--json", "as_json", is_flag=True, help="Print the table as one JSON document.")
def store(*, folder: str, as_json: bool) -> None:
    """Show what is in the database of the newsroom in DIR, source by source.

    Live articles are those whose time has come, and that have neither expired nor been withdrawn.
    """
    site, path = site_with_store(folder)
    contents = contents_of(path, site, datetime.now(UTC))
    if as_json:
        click.echo(msgspec.json.encode({"store": path, "sources": contents}).decode())
    elif contents:
        for line in _table(contents):
            click.echo(line)
    else:
        click.echo(f"{shown_store(path)} is empty. To put articles into it, run: newsfeed put {folder} FILE…")


def _table(contents: list[SourceContents]) -> list[str]:
    rows = [_HEADINGS, *(_cells(each) for each in contents)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _cells(contents: SourceContents) -> tuple[str, ...]:
    numbers = (contents.rows, contents.live, contents.withdrawn)
    return (
        visible(contents.source) or "(none)",
        *(f"{number:,}" for number in numbers),
        contents.last_change,
    )


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Return the cells of a row in the widths of their columns, numbers to the right."""
    source, *numbers, last = row
    first, *others, _ = widths
    aligned = [number.rjust(width) for number, width in zip(numbers, others, strict=True)]
    return [source.ljust(first), *aligned, last]
