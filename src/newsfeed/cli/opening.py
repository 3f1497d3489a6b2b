"""Open a newsroom from arguments, as of the moment in `--as-of`."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

import newsfeed
from newsfeed.cli.messages import complain
from newsfeed.errors import InvalidValue
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.text.dates import read_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["as_of_option", "folder_argument", "moment_named", "named", "opened", "output_option"]


def named(_context: click.Context, _parameter: click.Parameter, folder: str) -> str:
    """Return a folder's name, and refuse an empty one, which is usually an unset shell variable."""
    if not folder:
        raise click.BadParameter("the name is empty; name a folder, or write . for this one")
    return folder


folder_argument = click.argument("folder", metavar="DIR", type=click.Path(), callback=named)

output_option = click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(),
    default="public",
    show_default=True,
    callback=named,
    help="The folder to write into, created if missing, or a URL of object storage, s3://bucket/feeds/.",
)

as_of_option = click.option(
    "--as-of",
    metavar="TIME",
    help="Use this moment instead of now: what is published later or has expired by then appears nowhere. "
    'Written like dates in articles: "2025-12-19 18:24" is in the site\'s time zone.',
)


def opened(
    folder: str,
    as_of: str | None,
    progress: Callable[[int, int, int], object] | None = None,
    executor: "Executor | None" = None,
) -> Newsroom:
    """Open the newsroom in a folder.

    Args:
        folder: The folder as the user typed it.
        as_of: The value of `--as-of`, read like dates in articles; `None` is now.
        progress: The callback of `newsfeed.open`.
        executor: Reads the articles, and makes the entries; None: this process.

    Returns:
        The newsroom.

    Raises:
        InvalidNewsroom: If the newsroom can't be used.
        click.BadParameter: If `as_of` isn't a valid date.
    """
    if as_of is None:
        return newsfeed.open(folder, progress=progress, executor=executor)
    site, _ = read_site(folder)
    moment = moment_named(as_of, site)
    return newsfeed.open(folder, as_of=moment, progress=progress, executor=executor)


def moment_named(as_of: str, site: Site) -> datetime:
    """Return the moment that `--as-of` names.

    Args:
        as_of: Its value, read like dates in articles.
        site: The site.

    Raises:
        click.BadParameter: If it isn't a valid date.
    """
    try:
        reading = read_moment(as_of, timezone=site.zone if site.timezone else None, day_first=site.day_first)
    except InvalidValue as problem:
        raise click.BadParameter(str(problem), param_hint="--as-of") from None
    if reading.repair is not None:
        complain(f"--as-of: {reading.repair}")
    return reading.moment
