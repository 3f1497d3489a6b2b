"""A store in PostgreSQL: whose database it may be, and what happens when the server goes away or can't go on."""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.store.databases import Postgresql, PostgresServer, rows
from tests.store.test_company import SITE, snow, start, titles
from tests.store.test_files import error_of

from newsfeed import Store, StoreError
from newsfeed.catalog.stored.database import schema
from newsfeed.catalog.stored.database.postgresql import PostgresConnection

pytestmark = pytest.mark.slow

#: Trouble comes at each nth statement.
EACH = int(os.environ.get("NEWSFEED_TROUBLE_EACH", "10"))
#: Puts endlessly and publishes now and then, whatever goes wrong meanwhile; a put that failed is repeated.
TIRELESS = """
import sys
from tests.store.test_company import SITE, snow
from newsfeed import Store, StoreError

path, public, name, count = *sys.argv[1:4], int(sys.argv[4])
failures = 0
with Store(path, SITE) as store:
    number = 0
    while number < count:
        try:
            store.put(snow(f"{name}-{number}"))
            print(number, flush=True)
            number += 1
            if number % 5 == 0:
                store.publish(public)
        except StoreError as error:
            failures += 1
            assert "connection" in str(error), error
print("failures", failures)
"""


@pytest.fixture
def server(postgresql: Postgresql) -> Iterator[PostgresServer]:
    yield postgresql.server
    postgresql.server.stop()
    postgresql.server.start()


@pytest.fixture
def address(postgresql: Postgresql, tmp_path: Path) -> str:
    return postgresql.at(tmp_path / "news.db")


def schema_of(address: str) -> str:
    return address.rpartition("%3D")[2]


class TestWhereItIs:
    def test_a_schema_of_its_own(self, postgresql: Postgresql, tmp_path: Path) -> None:
        postgresql.server.execute("CREATE DATABASE shared")
        postgresql.server.execute("CREATE TABLE article (mine INTEGER)", "shared")
        address = postgresql.server.address("shared")
        with Store(address, SITE) as store:
            store.put(snow("first"))
            assert store.publish(tmp_path / "public").articles == 1
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = '{}'"
        assert postgresql.server.execute(tables.format("public"), "shared") == [(1,)]
        assert postgresql.server.execute(tables.format("newsfeed"), "shared")[0][0] > 20

    def test_several_stores_in_one_database(self, postgresql: Postgresql, tmp_path: Path) -> None:
        addresses = [postgresql.at(tmp_path / name) for name in ("one", "two")]
        for name, address in zip(("one", "two"), addresses, strict=True):
            with Store(address, SITE) as store:
                store.put(snow(name))
        assert [titles(address) for address in addresses] == [["one"], ["two"]]

    def test_texts_sort_by_code_point(self, address: str) -> None:
        names = ["Z", "a", "B", "ä", "Ə", "z", "-", "_", "𝔄", "\uffee"]
        with Store(address, SITE) as store:
            store.put([snow(f"{number}") for number in names], key="title")
            assert list(store.keys("")) == sorted(names)

    def test_another_programs_tables(self, postgresql: Postgresql, tmp_path: Path) -> None:
        address = postgresql.at(tmp_path / "taken")
        name = postgresql.server.address().replace("news@", "")
        for column in ("name TEXT, value TEXT", "mine INTEGER"):
            postgresql.server.execute(f"DROP SCHEMA IF EXISTS {schema_of(address)} CASCADE")
            postgresql.server.execute(f"CREATE SCHEMA {schema_of(address)} CREATE TABLE fact ({column})")
            assert error_of(lambda: Store(address, SITE), tmp_path) == (
                f"{name}: another program has tables in the schema {schema_of(address)}. "
                "Name another one: add ?options=-csearch_path=news to the address."
            )

    def test_another_programs_table_of_one_name(self, postgresql: Postgresql, tmp_path: Path) -> None:
        address = postgresql.at(tmp_path / "taken")
        schema = schema_of(address)
        postgresql.server.execute(f"CREATE SCHEMA {schema} CREATE TABLE article (mine INTEGER)")
        assert error_of(lambda: Store(address, SITE), tmp_path) == (
            f"{postgresql.server.address().replace('news@', '')}: another program has tables in this schema "
            '(relation "article" already exists). '
            "Name another one: add ?options=-csearch_path=news to the address."
        )
        tables = f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}'"
        assert postgresql.server.execute(tables) == [("article",)]

    def test_a_database_that_is_not_in_utf_8(self, postgresql: Postgresql, tmp_path: Path) -> None:
        postgresql.server.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        assert error_of(lambda: Store(postgresql.server.address("latin"), SITE), tmp_path) == (
            f"postgresql://127.0.0.1:{postgresql.server.port}/latin: the database holds texts as LATIN1. "
            "Create one with ENCODING 'UTF8' for the store."
        )

    def test_a_user_without_rights(self, postgresql: Postgresql, tmp_path: Path) -> None:
        postgresql.server.execute("CREATE ROLE guest LOGIN")
        address = f"postgresql://guest@127.0.0.1:{postgresql.server.port}/postgres"
        assert error_of(lambda: Store(f"{address}?options=-csearch_path=of_guest", SITE), tmp_path) == (
            f"postgresql://127.0.0.1:{postgresql.server.port}/postgres: the database doesn't let this user do that "
            "(permission denied for database postgres). Let the user create a schema (GRANT CREATE ON DATABASE), "
            "or make the user the owner of one."
        )
        postgresql.server.execute("CREATE SCHEMA of_guest AUTHORIZATION guest")
        with Store(f"{address}?options=-csearch_path=of_guest", SITE) as store:
            assert store.put(snow("first")).taken == 1

    def test_no_store_there(self, postgresql: Postgresql, tmp_path: Path, address: str) -> None:
        assert error_of(lambda: Store(address, SITE, create=False), tmp_path) == (
            f"postgresql://127.0.0.1:{postgresql.server.port}/postgres: there is no such store. "
            "To create one, put articles into it."
        )
        found = f"SELECT 1 FROM pg_namespace WHERE nspname = '{schema_of(address)}'"
        assert postgresql.server.execute(found) == []

    def test_a_store_of_a_newer_newsfeed(self, address: str, postgresql: Postgresql, tmp_path: Path) -> None:
        Store(address, SITE).close()
        postgresql.server.execute(
            f"UPDATE {schema_of(address)}.fact SET value = '{schema.VERSION + 1}' WHERE name = 'version'"
        )
        assert error_of(lambda: Store(address, SITE), tmp_path) == (
            f"postgresql://127.0.0.1:{postgresql.server.port}/postgres: the store has version {schema.VERSION + 1}, "
            f"and this newsfeed reads versions up to {schema.VERSION}. Install a newer newsfeed."
        )

    def test_an_older_store_gets_the_new_tables(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(address, SITE) as store:
            store.put([snow("first"), snow("second")])
        later = ("CREATE TABLE later (name TEXT)",)
        monkeypatch.setattr(schema, "_MIGRATIONS", (*schema._MIGRATIONS, later))
        monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
        assert titles(address) == ["first", "second"]
        assert rows(address, "SELECT value FROM fact WHERE name = 'version'") == [(str(schema.VERSION),)]
        assert rows(address, "SELECT name FROM later") == []

    def test_many_processes_create_it_at_once(self, address: str) -> None:
        script = "import sys; from tests.store.test_company import *; Store(sys.argv[1], SITE).put(snow(sys.argv[2]))"
        running = [start(script, address, name) for name in range(3)]
        for process in running:
            with process:
                process.wait(60)
            assert process.returncode == 0
        assert titles(address) == ["0", "1", "2"]


class TestAddresses:
    """Nothing in an address that may be a password is ever shown."""

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://desk:s3/cret@127.0.0.1/news",
            "postgresql://desk:s3@cret@127.0.0.1/news",
            "postgresql://desk:s3#cret@127.0.0.1/news",
            "postgresql://desk:s3?cret@127.0.0.1/news",
            "postgresql://desk:s3cret",
            "postgresql://[desk:s3cret@127.0.0.1/news",
        ],
    )
    def test_one_that_cant_be_read(self, address: str, tmp_path: Path) -> None:
        assert error_of(lambda: Store(address, SITE), tmp_path) == (
            "postgresql://…: the address of the store can't be read. Write "
            "postgresql://user:password@db.example:5432/news, with characters such as @ : / ? # % in the user's name "
            "and password percent-encoded (%40 for @)."
        )

    def test_one_with_unknown_options(self, tmp_path: Path) -> None:
        address = "postgresql://desk:s3cret@127.0.0.1/news?schema=s3cret"
        assert error_of(lambda: Store(address, SITE), tmp_path) == (
            "postgresql://127.0.0.1/news: the address of the store can't be read. "
            "Check the options after its question mark."
        )

    def test_no_server(self, tmp_path: Path) -> None:
        address = "postgresql://desk:s3cret@127.0.0.1:1/news?password=s3cret"
        assert error_of(lambda: Store(address, SITE, wait=2), tmp_path) == (
            "postgresql://127.0.0.1:1/news: there is no connection to the server: Connection refused. "
            "Check that it runs, and the store's address."
        )

    def test_no_such_database(self, postgresql: Postgresql, tmp_path: Path) -> None:
        address = postgresql.server.address("nowhere")
        assert error_of(lambda: Store(address, SITE), tmp_path) == (
            f"postgresql://127.0.0.1:{postgresql.server.port}/nowhere: there is no connection to the server: "
            'database "nowhere" does not exist. Check that it runs, and the store\'s address.'
        )

    def test_one_in_the_environment(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEWS_DATABASE", address)
        with Store("env:NEWS_DATABASE", SITE) as store:
            store.put(snow("first"))
            assert (
                repr(store)
                == f"<Store postgresql://{urlsplit(address).netloc.removeprefix('news@')}/postgres of {SITE.url}>"
            )
        assert titles(address) == ["first"]

    def test_none_in_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NEWS_DATABASE", raising=False)
        assert error_of(lambda: Store("env:NEWS_DATABASE", SITE), tmp_path) == (
            "env:NEWS_DATABASE: this environment variable isn't set. Let it hold the store's address, or its file."
        )


class TestCharacters:
    """PostgreSQL has no texts with U+0000, and none with half a character."""

    @pytest.mark.parametrize("odd", ["a\0b", "a\ud800b"])
    def test_what_is_put(self, odd: str, address: str, tmp_path: Path) -> None:
        with Store(address, SITE) as store:
            fields = ("id", "title", "story", "summary", "content")
            for field in fields:
                assert store.put(snow(field, **{field: odd}), source=odd).taken == 1
            assert (
                store.put(snow("lists", topics=[odd], authors=[{"name": odd}]), key=lambda _: odd).taken == 1
            )
            assert store.publish(tmp_path / "public").articles == len(fields) + 1
            assert len(list(store.keys(odd))) == len(fields)

    def test_what_is_asked_for(self, address: str) -> None:
        odd = "a\0b"
        with Store(address, SITE) as store:
            store.put(snow("first"))
            assert store.withdraw(odd) == (odd,)
            assert store.remove(odd, source=odd) == (odd,)
            assert store.newsroom().catalog.newest({"topic": (odd,)}, 10) == ()


def put_and_publish(store: Store, public: Path, number: int) -> None:
    store.put([snow("first", title=f"Snow {number}"), snow("second", title=f"Snow {number}")])
    store.publish(public)


class TestLostConnections:
    def test_the_next_put_and_publish_connect_again(
        self, address: str, server: PostgresServer, tmp_path: Path
    ) -> None:
        with Store(address, SITE) as store:
            put_and_publish(store, tmp_path / "public", 1)
            server.cut_connections()
            assert store.put(snow("third")).taken == 1
            server.stop()
            assert error_of(lambda: store.put(snow("fourth")), tmp_path).startswith(
                f"postgresql://127.0.0.1:{server.port}/postgres: there is no connection to the server: Connection refused"
            )
            with pytest.raises(StoreError, match="there is no connection to the server"):
                store.publish(tmp_path / "public")
            server.start()
            assert store.changes() == 2
            assert store.put(snow("fourth")).taken == 1
            assert store.publish(tmp_path / "public").articles == 4

    def test_cut_at_each_statement(self, address: str, server: PostgresServer, tmp_path: Path) -> None:
        """An error says so, nothing is half done, and the next publish repairs."""
        told = troubled(address, tmp_path, lambda _: server.cut_connections())
        assert len(told) > 5
        lost = "the connection to the server was lost (terminating connection due to administrator command). "
        assert set(told) == {f"{lost}Nothing is half stored: try again when the server runs."}

    def test_a_full_disk_at_each_statement(self, address: str, tmp_path: Path) -> None:
        """As a server tells it whose disk has no room for what is written."""
        full = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        told = troubled(address, tmp_path, lambda execute: execute(full))
        assert len(told) > 5
        assert set(told) == {"the disk of the database server is full. Make room there, and try again."}

    def test_stopped_and_started_under_load(
        self, address: str, server: PostgresServer, tmp_path: Path
    ) -> None:
        """Two machines with two processes each: nothing is lost that was said to be stored, and nothing comes twice."""
        count = 20
        running = [
            start(TIRELESS, address, tmp_path / f"machine-{number % 2}", number, count) for number in range(4)
        ]
        for process in running:
            assert process.stdout is not None
            process.stdout.readline()  # it has put something
        for _ in range(3):
            server.stop()
            time.sleep(0.1)
            server.start()
            time.sleep(0.2)
        told = [process.communicate(timeout=120)[0] for process in running]
        assert [process.returncode for process in running] == [0] * 4
        assert any(not output.endswith("failures 0\n") for output in told)
        expected = sorted(f"{name}-{number}" for name in range(4) for number in range(count))
        assert titles(address) == expected
        with Store(address, SITE) as store:
            for machine in ("machine-0", "machine-1"):
                store.publish(tmp_path / machine)
                feed = json.loads((tmp_path / machine / "en" / "all.json").read_bytes())
                assert sorted(item["title"] for item in feed["items"]) == expected


def troubled(address: str, folder: Path, trouble: Callable[[Any], object]) -> list[str]:
    """Put and publish with trouble before an ever later statement, until there is none; return what was told of it."""
    real, told, at = PostgresConnection.execute, [], 0
    with Store(address, SITE) as store:
        put_and_publish(store, folder / "public", 0)
    while True:
        at += EACH
        left = at

        def troubled_execute(connection: PostgresConnection, statement: str, values: Any = (), /) -> Any:
            nonlocal left
            left -= 1
            if not left:
                trouble(connection.raw.execute)
            return real(connection, statement, values)

        with pytest.MonkeyPatch.context() as patch, Store(address, SITE) as store:
            patch.setattr(PostgresConnection, "execute", troubled_execute)
            try:
                put_and_publish(store, folder / "public", at)
            except StoreError as error:
                told.append(str(error).partition(": ")[2])
        with Store(address, SITE) as store:
            stored = set(titles(address))
            store.publish(folder / "public")
        assert len(stored) == 1
        assert f'"title":"{stored.pop()}"'.encode() in (folder / "public" / "en" / "all.json").read_bytes()
        if left > 0:
            return told
