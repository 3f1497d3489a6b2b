"""Opening a newsroom: a folder with a `newsroom.toml`, and its articles in files or in a store."""

from collections.abc import Callable, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom, checked_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["newsroom_of", "open"]


def open(  # noqa: A001 - read as newsfeed.open
    folder: str | PathLike[str],
    *,
    as_of: datetime | None = None,
    extensions: Sequence[Extension] = (),
    progress: Callable[[int, int, int], object] | None = None,
    executor: "Executor | None" = None,
) -> Newsroom:
    """Open a newsroom: a folder with a `newsroom.toml`, or such a file.

    Args:
        folder: The folder, or the file.
        as_of: The moment for which to build, aware; `None` is now.
        extensions: feedgen extensions for every RSS and Atom feed.
        progress: Called every few hundred articles, and at the end of each reading, with the number of bytes read,
            that of all bytes, and the number of articles so far; of a store, rows instead of bytes. Where ids or
            stories conflict, it all begins again.
        executor: Who reads the articles, and makes the entries when the newsroom is published: a process pool, or a
            cluster's executor whose workers reach the same files. Default: this thread.

    Returns:
        The newsroom. Its `findings` say what was wrong with its articles.

    Raises:
        InvalidNewsroom: If newsroom.toml, or a file that it names, can't be used.
        StoreError: If it names a store that isn't there or can't be read.

    Example:
        >>> open("examples/report").site.title
        'Report'
    """
    from newsfeed.sources.newsroom_toml import read_site

    site, root = read_site(folder)
    return newsroom_of(site, root, as_of=as_of, extensions=extensions, progress=progress, executor=executor)


def newsroom_of(
    site: Site,
    root: Path,
    *,
    as_of: datetime | None = None,
    extensions: Sequence[Extension] = (),
    progress: Callable[[int, int, int], object] | None = None,
    executor: "Executor | None" = None,
) -> Newsroom:
    """Return the newsroom of the articles in a site's store, or else in its files.

    Args:
        site: The site.
        root: The newsroom's folder.
        as_of: As for `open`.
        extensions: As for `open`.
        progress: As for `open`. The index of a store needs no reading.
        executor: As for `open`.

    Raises:
        StoreError: If the site names a store that isn't there or can't be read.
    """
    from newsfeed.catalog.site_articles import articles_of, indexed_catalog

    moment = None if as_of is None else checked_moment(as_of)
    catalog = indexed_catalog(site, moment)
    if catalog is not None:
        return Newsroom.of(catalog, extensions=extensions, executor=executor)
    articles = articles_of(site, root, progress)
    return Newsroom(site, articles, as_of=moment, extensions=extensions, executor=executor)
