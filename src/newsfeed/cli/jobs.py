"""`--jobs`: processes that read, render and write."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsfeed.model.limits import size_shown
from newsfeed.sources.article_files import article_files
from newsfeed.sources.newsroom_toml import read_site

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["jobs_option", "processes"]

#: The most processes that are chosen, each of which takes some 60 MB.
_MOST = 8
#: How many bytes of articles give a process more to do than it takes to begin.
_BYTES_PER_PROCESS = 4 << 20

#: Where Linux says how much of the processors a container may use.
_CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")

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
    jobs = max(1, min(_cores(), _MOST, size // _BYTES_PER_PROCESS))
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
    executor = None
    number = jobs or (1 if folder is None else _chosen_jobs(folder))
    if number > 1:
        try:
            executor = _pool(number)
        except (ImportError, NotImplementedError, OSError):  # as where there are no semaphores
            if jobs is not None:
                raise
    if executor is None:
        yield None
        return
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _pool(number: int) -> "Executor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    can_fork = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    executor = ProcessPoolExecutor(number, mp_context=context)
    if can_fork:
        executor.submit(os.getpid).result()  # all are forked now, before a progress bar begins its thread
    return executor


def _cores() -> int:
    """Return how many cores this process may use, and a container's share of them lets it use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _CPU_QUOTA.read_text().split()
        return min(cores, -(-int(quota) // int(period)))
    except (OSError, ValueError):  # there is no such file, or no limit: `max 100000`
        return cores
