"""Several things at once, and never too many."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

__all__ = ["done_together"]


def done_together(tasks: Iterable[Callable[[], object]], workers: int) -> None:
    """Run tasks in threads; the first that fails keeps those from beginning that haven't yet, and is raised.

    Args:
        tasks: What to do.
        workers: How many at once.

    >>> done = []
    >>> done_together([lambda: done.append("snow"), lambda: done.append("rain")], workers=1)
    >>> done
    ['snow', 'rain']
    """
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            pool.shutdown(cancel_futures=True)
    for future in futures:
        if not future.cancelled():
            future.result()
