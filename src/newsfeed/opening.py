"""Opening a newsroom: a folder with a `newsroom.toml`, and its articles in files or in a store."""

from collections.abc import Callable, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom, checked_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from newsfeed.catalog.stored.rows.article_cache import ArticleCache

__all__ = ["newsroom_in_store", "newsroom_of", "open"]


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
    if site.store is not None:
        return newsroom_in_store(
            site.store, site, as_of=as_of, extensions=extensions, progress=progress, executor=executor
        )[0]
    from newsfeed.sources.site_articles import SiteArticles

    articles = SiteArticles(site, root, progress)
    return Newsroom(site, articles, as_of=as_of, extensions=extensions, executor=executor)


def newsroom_in_store(
    path: str,
    site: Site,
    *,
    as_of: datetime | None = None,
    extensions: Sequence[Extension] = (),
    wait: float = WAIT,
    cache: "ArticleCache | None" = None,
    progress: Callable[[int, int, int], object] | None = None,
    executor: "Executor | None" = None,
) -> tuple[Newsroom, Callable[[], object]]:
    """Return the newsroom of the articles in a store, and a function that ends its snapshot of them.

    Args:
        path: The store.
        site: The site.
        as_of: As for `open`.
        extensions: As for `open`.
        wait: How many seconds to wait for others that are writing.
        cache: Where articles are kept.
        progress: As for `open`. It is called only if the index of the store can't answer for the moment.
        executor: As for `open`.

    Raises:
        StoreError: If the store isn't there or can't be read.
    """
    from newsfeed.catalog.stored.answers.opening import opened_catalog
    from newsfeed.catalog.stored.rows.article_cache import ArticleCache
    from newsfeed.catalog.stored.rows.articles import StoredArticles

    moment = None if as_of is None else checked_moment(as_of)
    catalog = opened_catalog(path, site, moment, wait=wait, cache=cache or ArticleCache())
    if catalog is not None:
        return Newsroom.of(catalog, extensions=extensions, executor=executor), catalog.close
    articles = StoredArticles(path, site, wait=wait, progress=progress)
    newsroom = Newsroom(site, articles, as_of=moment, extensions=extensions, executor=executor)
    return newsroom, articles.close
