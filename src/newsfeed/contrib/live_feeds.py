"""A store and what is published from it, for programs whose articles change while they run.

A change of a row must not fail because of its feeds, so errors are logged, and what was missed is caught up later.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import Enum
from os import PathLike, fspath
from threading import Lock
from typing import Any, NamedTuple

from newsfeed.catalog.stored.rows.put_report import PutReport
from newsfeed.errors import NewsfeedError
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.publish.report import Report
from newsfeed.store import Store

__all__ = ["ABSENT", "FAILED", "KeyedRow", "LiveFeeds", "RowState", "log_error", "log_findings", "logger"]

logger = logging.getLogger("newsfeed")

#: So many findings of one put or publish are logged.
_MOST_LOGGED = 20
#: How many seconds a request waits for others that write into the store, or publish.
_WAIT = 10


class RowState(Enum):
    """What stands for a row that has no article to put."""

    #: It isn't there any longer.
    ABSENT = "absent"
    #: Its article couldn't be made.
    FAILED = "failed"


ABSENT, FAILED = RowState.ABSENT, RowState.FAILED


class KeyedRow(NamedTuple):
    """A row of a source."""

    key: str
    #: What `Store.put` takes; None if it isn't an article, or no longer; or a RowState.
    row: object


class LiveFeeds:
    """A store, and the folder or bucket that is published from it. Threads and forked processes may share it.

    Args:
        site: The site.
        store: The store, as for `Store`; created when it is first needed.
        output: What is published to: as for `Store.publish`.
        wait: How many seconds to wait for others that write into the store, or publish.
    """

    def __init__(
        self,
        site: Site,
        store: str | PathLike[str],
        output: str | PathLike[str],
        *,
        wait: float = _WAIT,
    ) -> None:
        self.site = site
        self.path = fspath(store)
        self.output = fspath(output)
        self.wait = wait
        self._opened: Store | None = None
        self._lock = Lock()
        self._changes = -1
        self._until: datetime | None = None

    @property
    def store(self) -> Store:
        """The store.

        Raises:
            StoreError: If it can't be opened.
        """
        with self._lock:
            if self._opened is None:
                self._opened = Store(self.path, self.site, wait=self.wait)
            return self._opened

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._opened is not None:
            self._opened.close()

    def put(self, source: str, rows: Iterable[KeyedRow]) -> PutReport:
        """Bring rows into the store: put articles, withdraw what isn't one any longer, and remove what was deleted.

        What is stored of a row that failed stays as it is.

        Returns:
            How many articles were taken and changed, and what was found in them.

        Raises:
            StoreError: If the store can't be written.
        """
        given = list(rows)
        articles = [each for each in given if each.row is not None and not isinstance(each.row, RowState)]
        report = PutReport(taken=0, changed=0)
        if articles:
            keys = iter(articles)  # `put` asks for the key of each row once, in order
            report = self.store.put(
                (each.row for each in articles), source=source, key=lambda _: next(keys).key
            )
        if withdrawn := [each.key for each in given if each.row is None]:
            self.store.withdraw(withdrawn, source=source)
        if absent := [each.key for each in given if each.row is ABSENT]:
            self.store.remove(absent, source=source)
        return report

    def publish(self, **options: Any) -> Report:  # noqa: ANN401 - those of `Store.publish`
        """Publish what changed in the store, and log what is to be said of it.

        Raises:
            NewsfeedError: As for `Store.publish`.
        """
        store = self.store
        changes = store.changes()  # as it is before the store is read
        report = store.publish(self.output, wait=self.wait, **options)
        self._changes, self._until = changes, report.next_change
        log_findings([*report.left_out, *report.changed, *report.shortened])
        return report

    def is_behind(self) -> bool:
        """Return whether something was put since the last publish of this process, or something is due.

        Raises:
            StoreError: If the store can't be read.
        """
        is_due = self._until is not None and datetime.now(UTC) >= self._until
        return is_due or self.store.changes() != self._changes


def log_findings(findings: Sequence[Finding]) -> None:
    """Log what was found in rows; of many findings, the first."""
    for finding in findings[:_MOST_LOGGED]:
        level = logging.ERROR if finding.severity == "error" else logging.WARNING
        logger.log(level, "%s", finding)
    if len(findings) > _MOST_LOGGED:
        logger.warning("%s findings more like these", f"{len(findings) - _MOST_LOGGED:,}")


def log_error(error: Exception) -> None:
    """Log why something wasn't put or published."""
    if isinstance(error, NewsfeedError):
        logger.error("%s", error)
    else:
        logger.error("%s: %s", type(error).__name__, error, exc_info=error)
