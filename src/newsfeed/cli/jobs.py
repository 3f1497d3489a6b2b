"""`--jobs`: processes that read, render and write."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from newsfeed.model.limits import size_shown
from newsfeed.sources.article_files import article_files
from newsfeed.sources.newsroom_toml import read_site

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["jobs_option", "processes"]

#: How many bytes of articles give a process more to do than it takes to begin.
_BYTES_PER_PROCESS = 4 << 20

jobs_option = click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Work in N processes. Default: one for each core of this machine, if the articles are so many that it pays, "
    "else one; one with a store or --watch.",
)


def _chosen_jobs(folder: str) -> int:
    """Return in how many processes to build a newsroom of files, and say so if there are several.

    Args:
        folder: The newsroom's folder.

    Raises:
        InvalidNewsroom: If newsroom.toml, or a file that it names, can't be used.
    """
    size = 0
    for file in article_files(*read_site(folder)).files:
        try:
            size += file.path.stat().st_size
        except OSError:  # the reading will report it
            continue
    jobs = max(1, min(_cores(), size // _BYTES_PER_PROCESS))
    if jobs > 1:
        click.echo(
            f"Working in {jobs} processes, because there are {size_shown(size)} of articles. "
            "For another number: --jobs N.",
            err=True,
        )
    return jobs


@contextmanager
def processes(jobs: int | None, folder: str | None = None) -> "Iterator[Executor | None]":
    """Yield an executor of some processes.

    They are forked while this process has one thread, which takes a millisecond; otherwise forking isn't safe, and they
    are spawned, which takes half a second.

    Args:
        jobs: The number of processes; with 1 the build does all work itself. None: as many as pay.
        folder: The folder of a newsroom of files; for others, one process is what pays.

    Yields:
        The executor, or None.
    """
    if jobs is None:
        jobs = 1 if folder is None else _chosen_jobs(folder)
    if jobs == 1:
        yield None
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    can_fork = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context)
    if can_fork:
        executor.submit(os.getpid).result()  # all are forked now, before a progress bar begins its thread
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
