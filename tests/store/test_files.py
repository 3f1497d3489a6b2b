"""The file of a store: what it may be, and what is said where it can't be used."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsfeed import PublishError, Site, Store, StoreError
from newsfeed.catalog.stored.database import schema

SITE = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC")
SNOW = {
    "language": "en",
    "title": "Snow",
    "url": "https://report.example/snow",
    "published": "2025-12-19 18:24",
}


def error_of(act: Callable[[], object], folder: Path) -> str:
    """What an error says, without the folder of the test."""
    with pytest.raises(StoreError) as caught:
        act()
    return str(caught.value).replace(f"{folder}/", "")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cms.db")) as database:
        database.execute("CREATE TABLE post (title)")
        database.commit()
    before = (tmp_path / "cms.db").read_bytes()
    assert error_of(lambda: Store(tmp_path / "cms.db", SITE), tmp_path) == (
        "cms.db: this is a database of another program. Name another file for the store."
    )
    assert (tmp_path / "cms.db").read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text('{"title": "Snow"}\n' * 100)
    assert error_of(lambda: Store(tmp_path / "articles.jsonl", SITE), tmp_path) == (
        "articles.jsonl: the file isn't a store. Name another file."
    )
    assert (tmp_path / "articles.jsonl").read_text() == '{"title": "Snow"}\n' * 100


def test_a_missing_folder(tmp_path: Path) -> None:
    assert error_of(lambda: Store(tmp_path / "data" / "news.db", SITE), tmp_path) == (
        "data/news.db: the file can't be opened. Check that its folder exists, and the permissions of both."
    )


@pytest.mark.parametrize("path", ["mysql://desk:secret@db.example/news", "s3://news/news.db"])
def test_an_address_of_something_else(path: str, tmp_path: Path) -> None:
    scheme = path.partition(":")[0]
    assert error_of(lambda: Store(path, SITE), tmp_path) == (
        f"{scheme}://…: a store is a file, such as news.db, or a PostgreSQL database, postgresql://db.example/news."
    )


def test_a_store_of_an_older_version_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps what is in it."""
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(SNOW)
    monkeypatch.setattr(schema, "_MIGRATIONS", (*schema._MIGRATIONS, ("CREATE TABLE later (name TEXT)",)))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    for path in ("news.db", "new.db"):
        with Store(tmp_path / path, SITE) as store:
            store.put(SNOW)
            assert store.publish(tmp_path / f"of {path}").articles == 1
        with closing(sqlite3.connect(tmp_path / path)) as database:
            assert database.execute("SELECT count(*) FROM later").fetchone() == (0,)
            assert database.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_a_store_from_before_the_first_release(tmp_path: Path) -> None:
    Store(tmp_path / "news.db", SITE).close()
    with closing(sqlite3.connect(tmp_path / "news.db")) as database:
        database.execute("PRAGMA user_version = 4")
    assert error_of(lambda: Store(tmp_path / "news.db", SITE), tmp_path) == (
        "news.db: the store is of a version that was never released. Put all articles into a new one."
    )


def test_a_store_of_a_newer_newsfeed(tmp_path: Path) -> None:
    Store(tmp_path / "news.db", SITE).close()
    with closing(sqlite3.connect(tmp_path / "news.db")) as database:
        database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    assert error_of(lambda: Store(tmp_path / "news.db", SITE), tmp_path) == (
        f"news.db: the store has version {schema.VERSION + 1}, and this newsfeed reads versions up to {schema.VERSION}. "
        "Install a newer newsfeed."
    )


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (
            lambda store: Path(f"{store.path}-wal").unlink(),
            "a part of the store is missing, as if its -wal file had been deleted while a program had it open.",
        ),
        (lambda store: os.truncate(store.path, 40_000), "the file is damaged."),
    ],
    ids=["without its -wal file", "cut off"],
)
def test_a_damaged_store(damage: Callable[[Store], object], problem: str, tmp_path: Path) -> None:
    """Nothing but a backup brings back what is missing."""
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(SNOW | {"id": number, "content": "snow " * number} for number in range(300))
        damage(store)
        message = error_of(lambda: Store(store.path, SITE).publish(tmp_path / "public"), tmp_path)
    assert message == (
        f"news.db: {problem} Restore the store from a backup, or remove it with its -wal and -shm files, "
        "and put all articles anew."
    )


def test_a_lock_that_cant_be_written(tmp_path: Path) -> None:
    """As when another user created it."""
    (tmp_path / "news.db-publish").mkdir()
    with Store(tmp_path / "news.db", SITE) as store:
        assert error_of(lambda: store.publish(tmp_path / "public"), tmp_path) == (
            "news.db-publish can't be written (Is a directory), by which programs wait for each other. "
            "Check its permissions, and those of its folder."
        )


def test_a_closed_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "news.db", SITE)
    store.close()
    assert error_of(lambda: store.put([{"title": "Snow"}, *[_snow(1)]]), tmp_path) == (
        "news.db: this Store was closed. Open another one."
    )


def test_what_is_put_after_a_backup_was_restored_is_in_the_restored_file(tmp_path: Path) -> None:
    """Nobody stopped the program. What it writes into the file that is no longer there would be lost."""
    with Store(tmp_path / "copy.db", SITE) as copy:
        copy.put(_snow(1) | {"title": "Old snow"})
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(_snow(1) | {"title": "New snow"})
        assert _titles(store) == ["New snow"]
        for name in ("news.db", "news.db-wal", "news.db-shm"):
            (tmp_path / name).unlink()
        (tmp_path / "copy.db").rename(tmp_path / "news.db")
        assert _titles(store) == ["Old snow"]
        store.put(_snow(2))
        assert _titles(store) == ["Old snow", "Snow 2"]
    with Store(tmp_path / "news.db", SITE) as store:
        assert _titles(store) == ["Old snow", "Snow 2"]


def test_a_store_whose_file_was_deleted(tmp_path: Path) -> None:
    """A new one in its place would be empty, and a publish from it would miss every article."""
    store = Store(tmp_path / "news.db", SITE)
    (tmp_path / "news.db").unlink()
    for act in (lambda: store.put(_snow(1)), lambda: store.publish(tmp_path / "public"), store.newsroom):
        assert error_of(act, tmp_path) == (
            "news.db: there is no such store. To create one, put articles into it."
        )
    assert not (tmp_path / "news.db").exists()


def test_a_publish_that_fails_leaves_no_snapshot_open(tmp_path: Path) -> None:
    """While one is open, the write-ahead log grows with each put; an error may be kept for long."""
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(_snow(1))
        with pytest.raises(PublishError) as kept:
            store.publish(store.path)
        with closing(sqlite3.connect(store.path)) as database:
            assert database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
        assert str(kept.value).endswith("Name a folder to write into, or move the file.")


def test_another_writer_is_waited_for(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE, wait=0.1) as store, closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert error_of(lambda: store.put(_snow(1)), tmp_path) == (
            "news.db: others have been writing into the store for 0.1 seconds. "
            "Try again when they are done, or allow a longer wait."
        )
        assert store.newsroom().catalog.live == 0  # reading goes on
        other.rollback()
        assert store.put(_snow(1)).taken == 1


def test_another_publish_is_waited_for(tmp_path: Path) -> None:
    from newsfeed.catalog.stored.database.turns import publish_turn

    with Store(tmp_path / "news.db", SITE) as store, publish_turn(store._rows.connection, wait=0):
        assert error_of(lambda: store.publish(tmp_path / "public", wait=0.1), tmp_path) == (
            "news.db: another publish from this store has been going on for 0.1 seconds. "
            "Try again when it is done, or allow a longer wait."
        )


def _snow(number: int) -> dict[str, object]:
    return {
        "id": number,
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": "2025-12-19 18:24",
    }


def _titles(store: Store) -> list[str]:
    return [article.title for article in store.newsroom().articles]
