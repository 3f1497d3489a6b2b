"""A process may be forked while threads use newsrooms: the new one finds nothing locked."""

import ast
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import newsfeed
from newsfeed.catalog.catalog import Catalog
from newsfeed.plan import planning

Make = Callable[..., Any]
PACKAGE = Path(newsfeed.__file__).parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_while_a_thread_plans_feeds(newsroom: Make, article: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11 has a lock for all objects that have a cached property."""
    plan_of = planning.plan_of
    begun, may_end = Event(), Event()

    def slowly(catalog: Catalog) -> Any:
        begun.set()
        may_end.wait()
        return plan_of(catalog)

    with monkeypatch.context() as patch:
        patch.setattr("newsfeed.newsroom.plan_of", slowly)
        thread = Thread(target=lambda: newsroom(article()).plan)
        thread.start()
        begun.wait()
    try:
        assert _exit_code_of_fork(lambda: newsroom(article()).feed("en/all").atom()) == 0
    finally:
        may_end.set()
        thread.join()


def _exit_code_of_fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    for _ in range(200):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the new process hangs")


@pytest.mark.slow
def test_no_property_has_a_lock() -> None:
    """Everything that is computed once takes `newsfeed.model.cached_property`."""
    users = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "functools"
        and "cached_property" in {name.name for name in node.names}
    }
    assert users == set()
