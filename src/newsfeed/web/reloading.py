"""A newsroom that is reloaded when its files change, and when an article is due or expires."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

import msgspec

from newsfeed.catalog.indexed_catalog import is_indexed
from newsfeed.errors import NewsfeedError, StoreError
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.opening import newsroom_of
from newsfeed.plan.partial import part_of_plan
from newsfeed.sources.article_files import article_files
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["FileState", "ReloadingNewsroom", "states_of_settings"]

#: What distinguishes one state of a file from another.
FileState = tuple[str, int, int, int]


class ReloadingNewsroom:
    """The newsroom in a folder; calling it returns the current newsroom.

    The caller polls `reload_if_changed`. Files are compared by modification time, size and inode number, which works on
    every file system and for folders that are mounted from elsewhere.

    Args:
        folder: The newsroom's folder, or its newsroom.toml.
        feeds_url: Where its feeds are served from; by default, what newsroom.toml says.
        now: Returns the current time.

    Raises:
        NewsfeedError: As for `newsfeed.open`, and if its feeds can't be planned.

    Example:
        >>> newsroom = ReloadingNewsroom("examples/report")
        >>> newsroom().site.title, newsroom.reload_if_changed()
        ('Report', False)
    """

    def __init__(
        self,
        folder: str | PathLike[str],
        *,
        feeds_url: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = Path(folder)
        self._feeds_url = feeds_url
        self._now = now
        self._states: frozenset[FileState] = frozenset()
        self._open()

    def __call__(self) -> Newsroom:
        """Return the current newsroom."""
        return self._newsroom

    def reload_if_changed(self) -> bool:
        """Reload the newsroom if its files have changed, or its next change is due.

        Returns:
            Whether it was reloaded.

        Raises:
            NewsfeedError: If it isn't valid now; the previous newsroom stays, until a call after its files change.
            OSError: If its files can't be read; likewise.
        """
        states = self._states_of(self._site, self._root)
        if states == self._states and (self._until is None or self._now() < self._until):
            return False
        self._states = states
        self._open()
        return True

    def _open(self) -> None:
        """Open the newsroom, and remember until when it is current and the states of its files."""
        site, root = read_site(self._folder)
        if self._feeds_url is not None:
            site = msgspec.structs.replace(site, feeds_url=self._feeds_url)
        moment = self._now()
        # Taken before the articles are read, so that the next call sees what changes meanwhile.
        states = self._states_of(site, root)
        # the index of a store answers for the present, which may be later than this by the clock of another machine
        newsroom = newsroom_of(site, root, as_of=None if site.store else moment)
        _check_plan(newsroom)
        self._site, self._root = site, root
        self._newsroom, self._until, self._states = newsroom, newsroom.next_change, states

    def _states_of(self, site: Site, root: Path) -> frozenset[FileState]:
        """Return the state of each of the newsroom's files."""
        states = [*states_of_settings(self._folder, site)]
        if site.store is not None:
            return frozenset([*states, _state_of_store(site.store)])
        try:
            files = [file.path for file in article_files(site, root).files]
        except NewsfeedError:  # a pattern no longer matches a file: opening the newsroom reports it
            files = [root]
        return frozenset([*states, *_states(files)])


def _check_plan(newsroom: Newsroom) -> None:
    """Find feeds that can't be planned: in a store's newsroom by the feeds that the site defines, because the others give way.

    Raises:
        InvalidPlan: If there are any.
    """
    if is_indexed(newsroom.catalog):
        part_of_plan(newsroom.catalog, {})
    else:
        len(newsroom.plan.feeds)


def states_of_settings(folder: Path, site: Site) -> Iterator[FileState]:
    """Yield the states of a newsroom's settings: of its newsroom.toml, and of its templates.

    Args:
        folder: The newsroom's folder, or its newsroom.toml.
        site: The site, which names the templates.
    """
    toml = folder / "newsroom.toml" if folder.is_dir() else folder
    templates = [] if site.templates is None else Path(site.templates).rglob("*")
    return _states([toml, *(file for file in templates if file.is_file())])


def _states(files: Iterable[Path]) -> Iterator[FileState]:
    return (state for file in files for state in _state_of(file))


def _state_of_store(path: str) -> FileState:
    """Return how many changes were made in a store; an unreadable one has none, which opening it reports."""
    from newsfeed.catalog.stored.rows.articles import changes_of

    try:
        return path, changes_of(path), 0, 0
    except StoreError:
        return path, 0, 0, 0


def _state_of(file: Path) -> Iterator[FileState]:
    try:
        status = os.stat(file)  # noqa: PTH116 - faster than Path.stat
    except OSError:
        return
    yield str(file), status.st_mtime_ns, status.st_size, status.st_ino
