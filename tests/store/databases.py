"""The databases that a store can be in, for tests that hold for all of them.

PostgreSQL is the one of the distribution's package, on a port of this machine, with its data in a temporary folder.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg

from newsfeed.catalog.stored.database.connecting import connected

__all__ = ["SQLITE", "Database", "PostgresServer", "Postgresql", "Sqlite", "binaries", "rows"]

_USER = "news"


class Database(Protocol):
    """Where stores are."""

    name: str

    def at(self, path: Path) -> str:
        """The store that a test knows by a file's path."""

    def folder(self) -> AbstractContextManager[Path]:
        """A folder that goes, and the stores that tests know by paths in it."""


def rows(store: str, statement: str, values: Sequence[Any] = ()) -> list[Any]:
    """What a statement finds in a store."""
    with closing(connected(store, wait=1)) as connection:
        return connection.execute(statement, values).fetchall()


class Sqlite:
    """Stores in files."""

    name = "sqlite"

    def at(self, path: Path) -> str:
        """The file."""
        return str(path)

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder that goes."""
        with TemporaryDirectory() as name:
            yield Path(name)


SQLITE = Sqlite()


class Postgresql:
    """Stores in schemas of one database."""

    name = "postgresql"

    def __init__(self, server: "PostgresServer") -> None:
        self.server = server
        self._schemas: set[str] = set()

    def at(self, path: Path) -> str:
        """An address, with a schema for each path."""
        schema = f"s{blake2b(str(path).encode(), digest_size=8).hexdigest()}"
        self._schemas.add(schema)
        return f"{self.server.address()}?options=-csearch_path%3D{schema}"

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder that goes, and the schemas of paths in it."""
        outer, self._schemas = self._schemas, set()
        try:
            with TemporaryDirectory() as name:
                yield Path(name)
            self.server.cut_connections()  # newsrooms may still read
            for schema in self._schemas:
                self.server.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        finally:
            self._schemas = outer


def binaries() -> Path | None:
    """The folder with the programs of PostgreSQL; None if it isn't installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return None if program is None else Path(program).resolve().parent


class PostgresServer:
    """A server with an empty database."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="newsfeed-postgresql-"))
        self._user: dict[str, Any] = {}
        if not os.getuid():  # the server refuses to run as root
            import pwd  # Windows has none

            other = next(user for user in pwd.getpwall() if user.pw_name in {"postgres", "nobody"})
            self._user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": ()}
            os.chown(self._folder, other.pw_uid, other.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        options = ["--username", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [str(programs / "initdb"), "-D", str(self._folder / "data"), *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **self._user)
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def address(self, database: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "autovacuum": "off",
            "shared_buffers": "32MB",
        }
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data")]
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *options], stdout=log, stderr=log, cwd="/", text=True, **self._user
            )
        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, *, how: int = signal.SIGINT) -> None:
        """Stop it, and cut all connections."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def cut_connections(self) -> None:
        """Cut all connections of stores."""
        self.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'newsfeed'"
        )

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        """What a statement of a test finds in a database."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def remove(self) -> None:
        """Stop it, and remove its data."""
        self.stop(how=signal.SIGQUIT)
        shutil.rmtree(self._folder)
