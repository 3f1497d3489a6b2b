"""`--jobs`: processes that render the entries of a build."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["jobs_option", "processes"]

jobs_option = click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Render entries in N more processes, if N is 2 or more; for large sites whose HTML is cleaned.",
)


@contextmanager
def processes(jobs: int) -> "Iterator[Executor | None]":
    """Yield an executor whose processes start when there is work.

    The processes are spawned, because the progress bar has a thread, and forking a process with threads isn't safe.

    Args:
        jobs: The number of processes; with 1 the build does all work itself.

    Yields:
        The executor, or None.
    """
    if jobs == 1:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)
