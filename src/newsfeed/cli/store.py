"""`newsfeed store`: tell what is in the store of a newsroom, how far it is published; hand a target back to plain builds."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click
import msgspec

from newsfeed.catalog.stored.answers.contents import SourceContents
from newsfeed.catalog.stored.database.addresses import store_name
from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.cli.ages import Age, age_named, shown_age
from newsfeed.cli.messages import complain, counted, show_findings, visible
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.stores import shown_store, site_with_store
from newsfeed.publish.stored_status import TargetStatus, last_publishes, status_of
from newsfeed.publish.target import place_of, target_of
from newsfeed.store import Store

__all__ = ["store"]

_SOURCES = ("source", "rows", "live", "withdrawn", "last change")
_TARGETS = ("published to", "documents", "waiting", "last publish")


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed store mysite\n"
    "  newsfeed store mysite --json\n"
    "  newsfeed store mysite --max-age 10m\n"
    "  newsfeed store mysite --max-age 1h -o s3://bucket/feeds/\n"
    "  newsfeed store mysite --export-record -o public\n"
    "  newsfeed store mysite --forget s3://old-bucket/feeds/",
)
@folder_argument
@click.option(
    "--json", "as_json", is_flag=True, help="Print the tables, or the report, as one JSON document."
)
@click.option(
    "--max-age",
    metavar="AGE",
    callback=age_named,
    help="For monitoring: exit with status 1 if the last publish is older, such as 90s, 10m, 2h or 1d.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(),
    help="With --max-age: look at publishes to this folder or URL only. With --export-record: where the record goes; "
    "default: public.",
)
@click.option(
    "--export-record",
    is_flag=True,
    help="Publish to OUT for the last time, and leave the record there, so that builds without the store go on.",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="With --export-record: allow any number of published articles to disappear without being withdrawn.",
)
@click.option(
    "--forget",
    "forgotten",
    metavar="OUT",
    type=click.Path(),
    help="Forget a folder or URL that isn't published to any longer, and leave it as it is.",
)
def store(
    *,
    folder: str,
    as_json: bool,
    max_age: Age | None,
    output: str | None,
    export_record: bool,
    accept_loss: bool,
    forgotten: str | None,
) -> None:
    """Show what is in the database of the newsroom in DIR, and where it was published.

    Live articles are those that are published: their time has come, they have neither expired nor been withdrawn, and
    they don't give way to another. "Waiting" says whether something has changed since the last publish.

    With --max-age, nothing is shown unless the last publish is older, or there was none. A publish that had nothing
    to do counts.
    """
    if sum((export_record, max_age is not None, forgotten is not None)) > 1:
        raise click.UsageError("--export-record, --forget and --max-age can't be combined")
    if accept_loss and not export_record:
        raise click.UsageError("--accept-loss is for --export-record")
    if output is not None and max_age is None and not export_record:
        raise click.UsageError(
            "--output is for --max-age, which looks at one target then, and --export-record"
        )
    site, path = site_with_store(folder)
    if export_record:
        _export(Store(path, site, create=False), output or "public", as_json=as_json, accept_loss=accept_loss)
        return
    if forgotten is not None:
        with Store(path, site, create=False) as opened:
            documents = opened.forget(forgotten)
        click.echo(f"Forgot {click.format_filename(forgotten)}, and left {counted(documents, 'file')} there.")
        return
    if as_json or max_age is None:
        status = status_of(path, site, wait=WAIT)
        if as_json:
            click.echo(
                msgspec.json.encode({"store": store_name(path), **msgspec.structs.asdict(status)}).decode()
            )
        elif status.sources:
            _show(status.sources, status.targets)
        else:
            click.echo(
                f"{shown_store(path)} is empty. To put articles into it, run: newsfeed put {folder} FILE…"
            )
    if max_age is not None and (problem := _too_old(path, output, max_age)):
        complain(f"{problem} Check that newsfeed build, or the program that publishes, runs without errors.")
        sys.exit(1)


def _export(store: Store, output: str, *, as_json: bool, accept_loss: bool) -> None:
    with store:
        report = store.export_record(output, accept_loss=accept_loss)
    show_findings([*report.left_out, *report.repaired, *report.shortened, *report.changed])
    if as_json:
        click.echo(report.as_json())
        return
    click.echo(
        f"Wrote the record of what was published to {click.format_filename(output)}, "
        f"and {counted(len(report.written), 'file')} that had changed."
    )
    click.echo("To build without the store, take `store` out of newsroom.toml, and name files in `articles`.")


def _too_old(path: str, output: str | None, max_age: Age) -> str:
    """Return what is wrong with the last publish; empty if nothing is."""
    published = last_publishes(path)
    newest = max(published, key=lambda place: published[place], default="")
    place = newest if output is None else place_of(target_of(output))
    if place not in published:
        where = "" if output is None else f" to {click.format_filename(output)}"
        return f"{shown_store(path)}: nothing has been published from this store{where} yet."
    moment = published[place]
    age = datetime.now(UTC) - moment
    if age <= max_age.length:
        return ""
    when = f"{shown_age(age)} ago, at {moment:%Y-%m-%d %H:%M:%S} UTC"
    return f"{_shown_place(place)}: the last publish was {when}: more than {max_age.text}."


def _shown_place(place: str) -> str:
    return visible(place if "://" in place else shown_store(place))


def _show(sources: Sequence[SourceContents], targets: Sequence[TargetStatus]) -> None:
    for line in _table(_SOURCES, [_source_cells(each) for each in sources]):
        click.echo(line)
    if targets:
        click.echo()
        for line in _table(_TARGETS, [_target_cells(each) for each in targets]):
            click.echo(line)
    else:
        click.echo("\nNothing has been published from it yet.")


def _source_cells(contents: SourceContents) -> tuple[str, ...]:
    numbers = (contents.rows, contents.live, contents.withdrawn)
    name = visible(contents.source) or "(none)"
    return (name, *(f"{number:,}" for number in numbers), contents.last_change)


def _target_cells(target: TargetStatus) -> tuple[str, ...]:
    waiting = "yes" if target.waiting else "no"
    return (_shown_place(target.target), f"{target.documents:,}", waiting, target.published_at or "never")


def _table(headings: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> list[str]:
    rows = [headings, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Return the cells of a row in the widths of their columns, numbers to the right."""
    first, *numbers, last = row
    width, *others, _ = widths
    aligned = [number.rjust(width) for number, width in zip(numbers, others, strict=True)]
    return [first.ljust(width), *aligned, last]
