"""Workers: an executor's processes or machines, which read parts of the sources, and write documents."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from newsfeed.errors import NewsfeedError, PublishError
from newsfeed.model.installed import versions
from newsfeed.sources.parts import TroubledPart

__all__ = ["Workers", "workers_of"]

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")

#: How many tasks are under way for each worker, so that none waits for the process that builds.
_AHEAD = 3


class Workers:
    """Those who do the work that an executor is given.

    Args:
        executor: A pool of `concurrent.futures`, a cluster's executor, or anything else with its methods.
        count: How many there are.
    """

    def __init__(self, executor: Executor, count: int) -> None:
        self.executor = executor
        self.count = count

    @property
    def are_here(self) -> bool:
        """Whether they certainly run on this machine, and reach its temporary files."""
        return isinstance(self.executor, ProcessPoolExecutor | ThreadPoolExecutor)

    def map(self, work: Callable[[_Task], _Done], tasks: Iterable[_Task]) -> Iterator[_Done]:
        """Begin to work on tasks, and return what a function returns for each, in their order.

        Args:
            work: The function; it is sent to the workers with each task, so both must be picklable.
            tasks: The tasks. Only some of them are under way at a time.

        Raises:
            PublishError: If the executor fails, or a worker has another version of newsfeed.
        """
        waiting = iter(tasks)
        under_way: deque[Future[_Done]] = deque()
        expected = versions()

        def submit_next() -> None:
            for task in islice(waiting, 1):
                under_way.append(self.executor.submit(_done, expected, work, task))

        def results() -> Iterator[_Done]:
            try:
                while under_way:
                    with _executor_errors():
                        done = under_way[0].result()
                        under_way.popleft()
                        submit_next()
                    yield done
            finally:
                for future in under_way:
                    future.cancel()

        with _executor_errors():
            for _ in range(_AHEAD * self.count):
                submit_next()
        return results()


@contextmanager
def _executor_errors() -> Iterator[None]:
    try:
        yield
    except (NewsfeedError, TroubledPart):
        raise
    except Exception as error:
        raise PublishError(
            f"the executor failed: {type(error).__name__}: {error}. Nothing was changed. "
            "Fix the executor, or go without one."
        ) from error


def workers_of(executor: Executor | None) -> Workers | None:
    """Return the workers of an executor; None without one."""
    return None if executor is None else Workers(executor, _count(executor))


def _count(executor: Executor) -> int:
    """Return how many workers an executor has, as far as it can be known."""
    client = getattr(executor, "_client", None)  # an executor of Dask's `distributed`
    if client is not None:
        return sum(client.nthreads().values()) or 1
    of_pool: object = getattr(executor, "_max_workers", None)  # the pools of `concurrent.futures`
    return of_pool if isinstance(of_pool, int) else os.cpu_count() or 1


def _done(expected: tuple[str, ...], work: Callable[[_Task], _Done], task: _Task) -> _Done:
    """Do a task where a worker runs, unless it has another version, which may write other bytes."""
    for own, wanted in zip(versions(), expected, strict=False):
        if own != wanted:
            raise PublishError(
                f"a worker has {own}, and the process that builds has {wanted}. Nothing was changed. "
                "Install the same versions everywhere."
            )
    return work(task)
