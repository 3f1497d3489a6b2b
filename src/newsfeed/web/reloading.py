"""A newsroom that is opened anew when its files change, and when the time of an article comes or is over."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

import msgspec

from newsfeed.errors import NewsfeedError
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.sources import SiteArticles, read_site
from newsfeed.sources.article_files import article_files

__all__ = ["ReloadedNewsroom"]

#: What tells one state of a file from another.
_State = tuple[str, int, int, int]


class ReloadedNewsroom:
    """The newsroom in a folder, as it is; called, it gives the newsroom of the moment.

    Somebody calls `look` from time to time: files are compared by time stamp, length and number, which works on
    every file system and for a folder that is mounted from elsewhere.

    Args:
        folder: The newsroom's folder, or its newsroom.toml.
        feeds_url: Where its feeds are served from; default: what newsroom.toml says.
        now: Tells the time.

    Raises:
        NewsfeedError: As `newsfeed.open`, and if its feeds can't be planned.

    Example:
        >>> newsroom = ReloadedNewsroom("examples/report")
        >>> newsroom().site.title, newsroom.look()
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
        self._states: frozenset[_State] = frozenset()
        self._open()

    def __call__(self) -> Newsroom:
        """Give the newsroom of the moment."""
        return self._newsroom

    def look(self) -> bool:
        """Open the newsroom anew if that would make a difference.

        Returns:
            Whether it was opened anew.

        Raises:
            NewsfeedError: If it can't be used as it is now; the one before stays, and the next look tries again once
                its files change.
            OSError: If its files can't be read; likewise.
        """
        states = self._states_of(self._site, self._root)
        if states == self._states and (self._until is None or self._now() < self._until):
            return False
        self._states = states
        self._open()
        return True

    def _open(self) -> None:
        """Open the newsroom, and remember until when it is good and of which files it was made."""
        site, root = read_site(self._folder)
        if self._feeds_url is not None:
            site = msgspec.structs.replace(site, feeds_url=self._feeds_url)
        moment = self._now()
        # Before the articles are read: what changes meanwhile is seen by the next look.
        states = self._states_of(site, root)
        newsroom = Newsroom(site, SiteArticles(site, root), as_of=moment)
        len(newsroom.plan.feeds)  # two feeds with one path are found here
        self._site, self._root = site, root
        self._newsroom, self._until, self._states = newsroom, newsroom.next_change, states

    def _states_of(self, site: Site, root: Path) -> frozenset[_State]:
        """Tell the state of each file that the newsroom is made of."""
        toml = self._folder / "newsroom.toml" if self._folder.is_dir() else self._folder
        files = [toml]
        if site.templates is not None:
            files += sorted(file for file in Path(site.templates).rglob("*") if file.is_file())
        try:
            files += [file.path for file in article_files(site, root).files]
        except NewsfeedError:  # a pattern that fits no file any more: opening the newsroom says so
            files.append(root)
        return frozenset(state for file in files for state in _state_of(file))


def _state_of(file: Path) -> Iterator[_State]:
    try:
        status = os.stat(file)  # noqa: PTH116 - as the rest of the line has it
    except OSError:
        return
    yield str(file), status.st_mtime_ns, status.st_size, status.st_ino
