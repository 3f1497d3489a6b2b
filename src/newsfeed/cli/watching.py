"""What `newsfeed build --watch` looks at: the files of a newsroom, or its store."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from newsfeed.catalog.stored.articles import changes_of
from newsfeed.cli.publishing import FileNewsroom, Publishable, Settings, StoredNewsroom
from newsfeed.publish.report import Report
from newsfeed.web.reloading import ReloadingNewsroom

__all__ = ["Watched", "WatchedFiles", "WatchedStore"]


class Watched(Publishable, Protocol):
    """What is published again whenever it changes."""

    #: How many seconds to wait between looks.
    look_every: float

    def has_changed(self) -> bool:
        """Return whether it changed since it was published, or something is due.

        Raises:
            NewsfeedError: If it isn't valid now.
            OSError: If it can't be read.
        """


class WatchedFiles(FileNewsroom):
    """A newsroom of files.

    Args:
        folder: Its folder, as the user typed it.
    """

    look_every = 1.0

    def __init__(self, folder: str) -> None:
        self._reloading = ReloadingNewsroom(folder)
        super().__init__(self._reloading())

    def has_changed(self) -> bool:
        """Return whether its files changed, or something is due; it is read again then."""
        if not self._reloading.reload_if_changed():
            return False
        super().__init__(self._reloading())
        return True


class WatchedStore(StoredNewsroom):
    """A newsroom whose articles are in a store.

    Args:
        folder: Its folder, as the user typed it.
    """

    look_every = 0.25

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._settings = _state(folder)
        self._changes = 0
        self._until: datetime | None = None
        super().__init__(folder)

    def publish(self, settings: Settings, **options: Any) -> Report:  # noqa: ANN401 - those of `Newsroom.publish`
        """Publish what changed."""
        self._changes = changes_of(self.store.path)  # as it is before the store is read
        report = super().publish(settings, **options)
        self._until = report.next_change
        return report

    def has_changed(self) -> bool:
        """Return whether something was put, something is due, or newsroom.toml was edited; it is read again then."""
        settings = _state(self._folder)
        if settings != self._settings:
            self._settings = settings
            self.store.close()
            super().__init__(self._folder)
            return True
        is_due = self._until is not None and datetime.now(UTC) >= self._until
        return is_due or changes_of(self.store.path) != self._changes


def _state(folder: str) -> int:
    """Return when a newsroom's settings were changed."""
    file = Path(folder)
    return (file if file.is_file() else file / "newsroom.toml").stat().st_mtime_ns
