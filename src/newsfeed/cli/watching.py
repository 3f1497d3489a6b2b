"""What `newsfeed build --watch` looks at: the files of a newsroom, or its store."""

import math
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from newsfeed.cli.publishing import FileNewsroom, Publishable, Settings, StoredNewsroom
from newsfeed.errors import FeedsRefused, InvalidNewsroom, LossRefused, ProblemsFound
from newsfeed.publish.report import Report
from newsfeed.web.reloading import FileState, ReloadingNewsroom, states_of_settings

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

    def advice(self, error: Exception) -> str:
        """Return what happens after an error."""


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

    def advice(self, error: Exception) -> str:  # noqa: ARG002 - the same for all
        """Return what happens after an error."""
        return "What was published stays. Waiting for the files to change."


class WatchedStore(StoredNewsroom):
    """A newsroom whose articles are in a store.

    It is published again when something was put or is due, when its settings or templates were edited, and every few
    seconds, so that monitoring sees that it is alive; a publish with nothing to do takes milliseconds. So does one after
    a publish that failed, for example because the store couldn't be read.

    Args:
        folder: Its folder, as the user typed it.
    """

    look_every = 0.25
    #: After how many seconds it is published again although nothing is known to have changed.
    publish_every = 10.0
    #: After how many seconds a publish that failed is tried again.
    retry_after = 2.0

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._folder = folder
        self._settings = self._states()
        self._seen = self._settings
        self._changes = 0
        self._until: datetime | None = None
        self._again_at = 0.0

    def publish(self, settings: Settings, **options: Any) -> Report:  # noqa: ANN401 - those of `Newsroom.publish`
        """Publish what changed."""
        self._again_at = time.monotonic() + self.retry_after
        if self._is_due():
            self._until = None
        self._changes = self.store.changes()  # as it is before the store is read
        try:
            report = super().publish(settings, **options)
        except (FeedsRefused, LossRefused, ProblemsFound):
            self._again_at = math.inf  # as long as nothing changes it would be refused again
            raise
        self._again_at = time.monotonic() + self.publish_every
        self._until = report.next_change
        return report

    def has_changed(self) -> bool:
        """Return whether it has to be published again; newsroom.toml is read again if it was edited."""
        if self._were_edited():
            self._read_again()
            return True
        if self._is_due() or time.monotonic() >= self._again_at:
            return True
        return self.store.changes() != self._changes

    def advice(self, error: Exception) -> str:
        """Return what happens after an error."""
        if isinstance(error, InvalidNewsroom):
            return "Until this is fixed, the settings from before are used."
        return "What was published stays. Trying again."

    def _were_edited(self) -> bool:
        """Return whether the settings are others, and have been since the last look: editors don't save at once."""
        before, self._seen = self._seen, self._states()
        return before == self._seen != self._settings

    def _read_again(self) -> None:
        """Read the settings again. Those that aren't valid are told once, and the ones from before stay in use."""
        states = self._states()
        try:
            opened = StoredNewsroom(self._folder)
        except InvalidNewsroom:
            self._settings = states
            raise
        self.store.close()
        self.site, self.store = opened.site, opened.store
        self._settings = self._states() if self.site.templates else states

    def _states(self) -> frozenset[FileState]:
        return frozenset(states_of_settings(Path(self._folder), self.site))

    def _is_due(self) -> bool:
        return self._until is not None and datetime.now(UTC) >= self._until
