"""Puts and publishes that are killed: `python -m tests.store.killed_publishes` forks one for each line that it reads.

A line says which newsroom of `tests.publish.killed_builds` is put into the store of a folder and published, and when the process dies by
SIGKILL: `at` its nth step, or `after` so many seconds. `store` names one that isn't in the folder. A step is an operation on files of the folder, the middle of a
write, or the beginning or the end of a transaction. `ids` gives some articles other ids. The answer, a line too, says how
it ended.
"""

import json
import os
import signal
import sqlite3
import sys
import time
import traceback
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from tests.publish.killed_builds import NOON, SITE, Steps, articles_of

from newsfeed import Article, Store
from newsfeed.catalog.stored.database.postgresql import PostgresConnection

__all__: list[str] = []


def put_and_publish(rows: list[Article], folder: str, ids: dict[str, str], store_in: str = "") -> None:
    """Put each row in a transaction of its own, and publish."""
    with Store(store_in or f"{folder}/news.db", SITE) as store:
        for row in rows:
            key = str(row.url).rpartition("/")[2]
            store.put(msgspec.structs.replace(row, id=ids.get(key)), key="url")
        store.publish(f"{folder}/public", as_of=NOON)


def _watch_transactions(steps: Steps) -> None:
    class Watched(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            is_boundary = statement.startswith(("BEGIN IMMEDIATE", "COMMIT"))
            if is_boundary:
                steps.step()
            cursor = super().execute(statement, *values)
            if is_boundary:
                steps.step()
            return cursor

    sqlite3.connect = partial(sqlite3.connect, factory=Watched)  # type: ignore[assignment]
    begin, commit = PostgresConnection.begin, PostgresConnection.commit

    def watched_begin(connection: PostgresConnection, *, writes: bool) -> None:
        if writes:
            steps.step()
        begin(connection, writes=writes)
        if writes:
            steps.step()

    def watched_commit(connection: PostgresConnection) -> None:
        steps.step()
        commit(connection)
        steps.step()

    PostgresConnection.begin = watched_begin  # type: ignore[method-assign, assignment]
    PostgresConnection.commit = watched_commit  # type: ignore[method-assign, assignment]


def _run(rows: list[Article], order: dict[str, Any]) -> dict[str, Any]:
    """Fork, kill the child if its moment has come, and tell how it ended."""
    began = time.perf_counter()
    child = os.fork()
    if not child:
        status = 1
        try:
            steps = Steps(order["folder"], order.get("at"))
            steps.watch()
            _watch_transactions(steps)
            put_and_publish(rows, order["folder"], order.get("ids", {}), order.get("store", ""))
            status = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(status)
    if "after" in order:
        time.sleep(order["after"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return {"status": os.waitstatus_to_exitcode(status), "seconds": time.perf_counter() - began}


def main() -> None:
    """Put and publish as the lines of standard input ask."""
    made = articles_of()
    with TemporaryDirectory() as warm:
        for rows in made.values():
            put_and_publish(rows, warm, {})
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(_run(made[order["newsroom"]], order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
