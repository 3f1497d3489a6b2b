"""What can go wrong with the disk: the error says what to do, and the store and the folder are whole."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.store.test_moving import SITE_OF_FILES, snow
from tests.store.test_the_law_of_publishing import files

from newsfeed import PublishError, Store, StoreError
from newsfeed.catalog.stored.database.sqlite import SqliteConnection

FULL = "news.db: the disk is full. Make room, and try again."


@pytest.fixture
def public(tmp_path: Path) -> Path:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put([snow(number, topics=["Ice"]) for number in range(1, 9)])
        store.publish(tmp_path / "public")
    return tmp_path / "public"


@pytest.fixture
def expected(tmp_path: Path, public: Path) -> dict[str, bytes]:
    """What is published when nothing goes wrong."""
    with Store(tmp_path / "copy.db", SITE_OF_FILES) as store:
        store.put([snow(number, topics=["Ice"]) for number in range(1, 9)])
        store.publish(tmp_path / "expected")
        put_changes(store)
        store.publish(tmp_path / "expected")
    assert files(public) != files(tmp_path / "expected")
    return files(tmp_path / "expected")


def put_changes(store: Store) -> None:
    """Change all articles; what is random can't be made smaller."""
    store.put(
        snow(number, topics=[f"Snow {number}"], summary=Random(number).randbytes(8_000).hex())  # noqa: S311 - not secret
        for number in range(1, 9)
    )


def database_with_room_for(pages: int) -> Any:
    """A database that can grow by some pages only."""

    def connect(*arguments: Any, **others: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*arguments, **others)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    real = sqlite3.connect
    return connect


def page_count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA page_count").fetchone()[0])


@pytest.mark.slow
def test_the_disk_of_the_store_is_full(tmp_path: Path, public: Path, expected: dict[str, bytes]) -> None:
    """It gets more room page by page, until it is enough."""
    pages, before, refused = page_count(tmp_path / "news.db"), files(public), 0
    while True:
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(sqlite3, "connect", database_with_room_for(pages))
                with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
                    put_changes(store)
                    store.publish(public)
        except StoreError as error:
            assert str(error).replace(f"{tmp_path}/", "") == FULL  # noqa: PT017 - it may not be raised
            refused += 1
            pages += 1
        else:
            break
        for path, data in files(public).items():
            assert data in {before.get(path), expected.get(path)}
        with closing(sqlite3.connect(tmp_path / "news.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert refused > 3
    assert files(public) == expected


def failing_after(count: int, real: Any) -> Any:
    calls = iter(range(count))

    def fails(*arguments: Any, **others: Any) -> Any:
        if next(calls, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **others)

    return fails


@pytest.mark.parametrize("operation", ["write_bytes", "replace"])
def test_the_disk_of_the_folder_is_full(
    operation: str, tmp_path: Path, public: Path, expected: dict[str, bytes]
) -> None:
    before, after = files(public), 0
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        put_changes(store)
        while True:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Path, operation, failing_after(after, getattr(Path, operation)))
                try:
                    store.publish(public)
                except PublishError as error:
                    assert "No space left on device" in str(error)  # noqa: PT017 - it may not be raised
                    assert str(error).endswith("Make room there.")  # noqa: PT017 - as above
                else:
                    break
            after += 1
            assert not list(public.rglob("*.newsfeed-part"))
            for path, data in files(public).items():
                assert data in {before.get(path), expected.get(path)}
    assert after > 3
    assert files(public) == expected


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
        with pytest.raises(
            PublishError, match="public is a file. Name a folder to write into, or move the file."
        ):
            store.publish(tmp_path / "public")
        (tmp_path / "public").unlink()
        assert store.publish(tmp_path / "public").written == ("en/all.json",)


def test_a_store_in_memory() -> None:
    with pytest.raises(StoreError) as refused:
        Store(":memory:", SITE_OF_FILES)
    assert str(refused.value) == (
        ":memory:: a store can't be in memory, because several connections share it. Name a file, such as news.db; "
        "in tests, one in a temporary folder."
    )


def test_a_file_system_without_write_ahead_logs() -> None:
    connection = SqliteConnection(":memory:", wait=0)
    with closing(connection), pytest.raises(StoreError) as refused:
        connection.prepare()
    assert str(refused.value) == (
        ":memory:: SQLite can't keep a write-ahead log here, so readers and a writer can't work at the same time. "
        "Put the store on a disk of this machine."
    )
