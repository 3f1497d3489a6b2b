"""The progress bar of a build."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["BuildProgress", "progress_bar"]


class BuildProgress(NamedTuple):
    """Callbacks that show the progress of a build; `None` if nothing is shown, so that nothing is counted."""

    #: Called with the number of bytes read, of all bytes, and of articles so far.
    reading: Callable[[int, int, int], None] | None = None
    #: Called with the number of files written and of all files.
    writing: Callable[[int, int], None] | None = None


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[BuildProgress]:
    """Show the progress of a build on stderr, with its speed and the time left.

    Args:
        shown: Whether to show anything; pass False for pipes and log files.

    Yields:
        The callbacks.
    """
    if not shown:
        yield BuildProgress()
        return
    # importing rich takes longer than publishing an article, which programs do without a terminal
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

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
            progress.live.transient = True  # the message says more than a bar that stopped half-way
            raise


class _Bar:
    """The only bar of a build, which starts again for each step."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._step = "Reading articles"
        self._task = progress.add_task(self._step, total=None, count="")
        self._done = 0

    def reading(self, read: int, size: int, articles: int) -> None:
        """Show how many articles have been read."""
        count = f"{articles:,} articles"
        if elapsed := self._progress.tasks[0].elapsed:
            count += f", {articles / elapsed:,.0f} per second"
        self._show("Reading articles", read, size, count)

    def writing(self, done: int, total: int) -> None:
        """Show how many files have been written."""
        self._show("Writing files", done, total, f"{done} of {total}")

    def _show(self, step: str, done: int, total: int, count: str) -> None:
        if step != self._step or done < self._done:  # articles may have to be read twice
            self._progress.reset(self._task, description=step)
        self._step, self._done = step, done
        self._progress.update(self._task, completed=done, total=total, count=count)
