"""The progress bar of a build."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr what a build is doing, how far it is, and how long it will take.

    Args:
        shown: Whether to show it at all; pipes and log files are spared.

    Yields:
        What to call with the number of files done and the number of all.
    """
    if not shown:
        yield lambda _done, _total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Reading articles", total=None, count="")

        def report(done: int, total: int) -> None:
            count = f"{done} of {total}"
            progress.update(task, description="Writing files", completed=done, total=total, count=count)

        try:
            yield report
        except BaseException:
            progress.live.transient = True  # a bar that stopped half-way says nothing; the message does
            raise
