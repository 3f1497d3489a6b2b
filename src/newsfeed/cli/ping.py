"""`newsfeed ping`: tell a WebSub hub which feeds a build changed."""

import sys
from typing import BinaryIO

import click

from newsfeed.cli.messages import complain, counted
from newsfeed.errors import InvalidValue
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.text.urls import check_web_address
from newsfeed.websub import Limits, PingResult, topics_of
from newsfeed.websub import ping as tell_hubs

__all__ = ["ping"]

_USUAL = Limits()


@click.command(
    name="ping",
    epilog="\b\nExamples:\n"
    "  newsfeed build mysite -o public --json > report.json\n"
    "  newsfeed ping report.json --newsroom mysite --dry-run\n"
    "  newsfeed ping report.json --newsroom mysite\n"
    "  newsfeed ping - --hub https://hub.example/ --feeds-url https://report.example/feeds/ < report.json",
)
@click.argument("report", metavar="REPORT", type=click.File("rb"))
@click.option("--newsroom", metavar="DIR", help="The newsroom whose newsroom.toml names hub and feeds_url.")
@click.option("--hub", "hubs", metavar="URL", multiple=True, help="The hub; can be repeated.")
@click.option("--feeds-url", metavar="URL", help="The address that the output folder is served from.")
@click.option("--dry-run", is_flag=True, help="Show what the hub would be told, and send nothing.")
@click.option(
    "--retries",
    metavar="N",
    type=click.IntRange(min=0),
    default=_USUAL.retries,
    show_default=True,
    help="How often to retry after errors that may pass.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=_USUAL.timeout,
    show_default=True,
    help="The time limit for each request.",
)
@click.option(
    "--within",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=_USUAL.within,
    show_default=True,
    help="The time limit for everything.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome for each feed as one JSON document.")
def ping(  # noqa: PLR0913 - one for each option
    *,
    report: BinaryIO,
    newsroom: str | None,
    hubs: tuple[str, ...],
    feeds_url: str | None,
    dry_run: bool,
    retries: int,
    timeout: float,
    within: float,
    as_json: bool,
) -> None:
    """Tell a WebSub hub which feeds a build changed.

    REPORT is the output of newsfeed build --json: a file, or - for standard input. Run this after the feeds are online,
    because the hub fetches them at once. The exit status is 1 if the hub couldn't be told of a feed; you can then run it
    again with the same report.
    """
    addresses, base = _addresses(newsroom, hubs, feeds_url)
    try:
        topics = topics_of(report.read(), feeds_url=base)
    except InvalidValue as problem:
        complain(str(problem))
        sys.exit(1)
    if dry_run:
        _show_plan(addresses, topics)
        return
    limits = Limits(retries=retries, timeout=timeout, within=within)
    told = tell_hubs(addresses, topics, limits=limits, use_environment=True)
    _show(told, as_json=as_json)
    if not told.complete:
        sys.exit(1)


def _addresses(
    newsroom: str | None, hubs: tuple[str, ...], feeds_url: str | None
) -> tuple[tuple[str, ...], str]:
    """Return the hubs and the address of the feeds, from the options or else from newsroom.toml."""
    site = read_site(newsroom)[0] if newsroom is not None else None
    if not hubs and site is not None and site.hub is not None:
        hubs = (site.hub,)
    base = feeds_url or (site.feeds_url if site is not None else None)
    if not hubs:
        where = "add hub to [site] in newsroom.toml, or " if site is not None else ""
        raise click.UsageError(f"no hub is named; {where}name it with --hub")
    if base is None:
        raise click.UsageError(
            "the address of the feeds is unknown; name it with --feeds-url, or name the --newsroom"
        )
    for option, address in (("--hub", hubs[0]), ("--feeds-url", base), *(("--hub", hub) for hub in hubs)):
        try:
            check_web_address(address)
        except InvalidValue as problem:
            raise click.BadParameter(str(problem), param_hint=option) from None
    return hubs, base


def _show_plan(hubs: tuple[str, ...], topics: tuple[str, ...]) -> None:
    for hub in hubs:
        for topic in topics:
            click.echo(topic)
        click.echo(f"Would announce {counted(len(topics), 'feed')} to {hub}.", err=True)


def _show(told: PingResult, *, as_json: bool) -> None:
    if as_json:
        click.echo(told.as_json())
        return
    for outcome in told.missed:
        complain(f"{outcome.hub}: {outcome}")
    counts = told.counts
    if not told.outcomes:
        click.echo("No feed has changed, so nothing was sent.")
    else:
        missed = ", ".join(
            f"{counts[state]} {state}" for state in ("refused", "failed", "skipped") if state in counts
        )
        click.echo(f"{counted(counts.get('told', 0), 'feed')} announced{f'; {missed}' if missed else ''}.")
