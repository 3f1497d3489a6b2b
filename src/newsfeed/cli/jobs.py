"""`--jobs`: processes that make the entries of a build."""

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
    help="Let N more processes make the entries, if N is 2 or more; for large sites whose HTML is cleaned.",
)


@contextmanager
def processes(jobs: int) -> "Iterator[Executor | None]":
    """Give an executor of processes, which begin when there is something to do.

    They are spawned: the progress bar has a thread, and a process that has threads is best not forked.

    Args:
        jobs: How many; with 1 the build does everything itself.

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
