"""Each statement of a publish finds what it needs by an index: `test_cost_of_a_publish.py` counts, and takes minutes."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.store.test_cost_of_a_publish import SITE, row

from newsfeed import Store

#: What is looked through as a whole, because it is small whatever the size of the archive.
WHOLE = {
    "SCAN counter": "a few numbers",
    "SCAN source_count": "a row for each source and state",
    "SCAN story_month": "a row for each month",
    "SCAN kept_id USING COVERING INDEX sqlite_autoindex_kept_id_1": "the first row only",
    "SCAN kept_id USING COVERING INDEX kept_id_by_id": "likewise",
    "SCAN due USING COVERING INDEX due_by_moment": "the first row only",
    "SCAN sealed_article": "the first row only",
    "SCAN target": "a row for each target",
    "SEARCH feed_due USING COVERING INDEX feed_due_by_moment (target=?)": "the first row only",
    "SEARCH intent USING COVERING INDEX intent_of_target (target=?)": "what is being published",
    "SEARCH intent USING INDEX intent_of_target (target=?)": "what is being published",
}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What was asked of the store."""
    asked: set[str] = set()
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(asked.add)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connected)
    return asked


def plans(store: Path, statements: set[str]) -> set[str]:
    """How SQLite finds rows of tables of the store."""
    with closing(sqlite3.connect(store)) as database:
        return {
            step[3]
            for statement in statements
            if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", statement)
            for step in database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        }


def is_whole(step: str) -> bool:
    """Whether a step looks through a table, or through all that it has of a target."""
    is_asked_for = re.match(r"SCAN (asked|CONSTANT ROW|\d+ CONSTANT ROWS)$", step)
    return (step.startswith("SCAN ") and not is_asked_for) or step.endswith("(target=?)")


@pytest.mark.slow
def test_a_publish_finds_what_it_needs_by_indexes(tmp_path: Path, statements: set[str]) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(row(number) for number in range(40))
        store.publish(tmp_path / "public")
        store.put([row(40), row(41)])
        store.publish(tmp_path / "public")
        statements.clear()
        store.put(row(42))
        store.publish(tmp_path / "public")
        store.put(row(42, title="Rain", topics=["everyday"]))
        store.put(row(20, published="1998-01-03T01:00:00Z"))
        store.withdraw("urn:report:8")
        store.remove("urn:report:12")
        store.publish(tmp_path / "public")
        store.publish(tmp_path / "public")
        asked = set(statements)
    found = plans(tmp_path / "news.db", asked)
    assert {step for step in found if is_whole(step)} - WHOLE.keys() == set()
    assert any(step.startswith("SEARCH document USING INDEX document_of_feed") for step in found)
