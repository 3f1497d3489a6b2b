"""Where a store is: in a file, or in a PostgreSQL database."""

import os
from urllib.parse import urlsplit

from newsfeed.errors import StoreError

__all__ = ["is_server", "located", "store_name"]

_SERVERS = ("postgresql://", "postgres://")
_ENVIRONMENT = "env:"
#: What SQLite calls a database that lies in no file, and that each connection has for itself.
_IN_MEMORY = ":memory:"
#: How a store is named whose address can't be read: it may hold a password anywhere.
_UNREADABLE = "postgresql://…"
_EXAMPLE = "postgresql://user:password@db.example:5432/news"


def is_server(path: str) -> bool:
    """Return whether a store is in a database of a server, and not in a file."""
    return path.startswith(_SERVERS)


def located(given: str) -> str:
    """Return the file or the address of a store.

    Args:
        given: The same, or `env:` and the name of an environment variable that holds it.

    Raises:
        StoreError: If it is neither.

    >>> located("news.db")
    'news.db'
    >>> located("mysql://db.example/news")
    Traceback (most recent call last):
    newsfeed.errors.StoreError: mysql://…: a store is a file, such as news.db, or a PostgreSQL database, postgresql://db.example/news.
    """
    path = given
    if given.startswith(_ENVIRONMENT):
        path = os.environ.get(given.removeprefix(_ENVIRONMENT), "")
        if not path.strip():
            raise StoreError(
                f"{given}: this environment variable isn't set. Let it hold the store's address, or its file."
            )
    if is_server(path):
        if _host(path) is None:
            raise StoreError(
                f"{_UNREADABLE}: the address of the store can't be read. Write {_EXAMPLE}, with characters such as "
                "@ : / ? # % in the user's name and password percent-encoded (%40 for @)."
            )
    elif "://" in path or not path.strip():
        scheme = f"{path.partition('://')[0]}://…" if path.strip() else "store"
        raise StoreError(
            f"{scheme}: a store is a file, such as news.db, or a PostgreSQL database, postgresql://db.example/news."
        )
    elif path == _IN_MEMORY:
        raise StoreError(
            f"{path}: a store can't be in memory, because several connections share it. Name a file, such as news.db; "
            "in tests, one in a temporary folder."
        )
    return path


def store_name(given: str) -> str:
    """Return the name of a store for people: its file, or its address without user, password and options.

    >>> store_name("postgresql://desk:secret@db.example:5432/news?sslmode=require")
    'postgresql://db.example:5432/news'
    """
    path = given
    if given.startswith(_ENVIRONMENT):
        path = os.environ.get(given.removeprefix(_ENVIRONMENT)) or given
    if "://" not in path:
        return path
    host = _host(path) if is_server(path) else None
    return _UNREADABLE if host is None else f"postgresql://{host}{urlsplit(path).path}"


def _host(address: str) -> str | None:
    """Return the servers and ports in an address; None if it isn't certain where its password ends."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    _, at, host = parts.netloc.rpartition("@")
    ports = [each.rpartition("]")[2].partition(":")[2] for each in host.split(",")]
    has_plain_ports = all(not port or (port.isascii() and port.isdigit()) for port in ports)
    is_ambiguous = parts.netloc.count("@") > 1 or "@" in parts.path + parts.fragment
    if is_ambiguous or not has_plain_ports or (not at and "@" in parts.query.partition("=")[0]):
        return None
    return host
