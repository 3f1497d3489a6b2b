"""The progress bar of a build."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["BuildProgress", "progress_bar"]


class BuildProgress(NamedTuple):
    """What to call to show how far a build is; `None` where nothing is shown, so that nobody counts for it."""

    #: With the number of bytes read, that of all bytes, and the number of articles so far.
    reading: Callable[[int, int, int], None] | None = None
    #: With the number of files done and the number of all.
    writing: Callable[[int, int], None] | None = None


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[BuildProgress]:
    """Show on stderr what a build is doing, how far it is, how fast, and how long it will take.

    Args:
        shown: Whether to show it at all; pipes and log files are spared.

    Yields:
        What to call.
    """
    if not shown:
        yield BuildProgress()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = _Bar(progress)
        try:
            yield BuildProgress(bar.reading, bar.writing)
        except BaseException:
            progress.live.transient = True  # a bar that stopped half-way says nothing; the message does
            raise


class _Bar:
    """The one bar of a build, which begins anew for each step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._step = "Reading articles"
        self._task = progress.add_task(self._step, total=None, count="")
        self._done = 0

    def reading(self, read: int, size: int, articles: int) -> None:
        """Show how far the reading of the articles is."""
        count = f"{articles:,} articles"
        if elapsed := self._progress.tasks[0].elapsed:
            count += f", {articles / elapsed:,.0f} a second"
        self._show("Reading articles", read, size, count)

    def writing(self, done: int, total: int) -> None:
        """Show how far the writing of the files is."""
        self._show("Writing files", done, total, f"{done} of {total}")

    def _show(self, step: str, done: int, total: int, count: str) -> None:
        if step != self._step or done < self._done:  # articles may have to be read twice
            self._progress.reset(self._task, description=step)
        self._step, self._done = step, done
        self._progress.update(self._task, completed=done, total=total, count=count)
