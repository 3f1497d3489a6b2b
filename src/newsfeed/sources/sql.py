"""Rows of a database: a SELECT, whose columns are fields of articles, or are made into some by `fields`."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from newsfeed.errors import MissingExtra, SourceError
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.python_rows import record_of_row
from newsfeed.sources.source_records import Everything, SourceRecord
from newsfeed.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

__all__ = ["rows"]

_ENVIRONMENT = "env:"
_EXAMPLE = "postgresql://user:password@db.example/news, mysql://… or sqlite:///news.db"
#: The drivers of addresses that name none, and the options of each that limits the time to connect.
_DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
_CONNECT_TIMEOUT = 10
#: Some hundred rows are fetched together.
_STREAMED = {"stream_results": True, "yield_per": 500}
_SINCE = lazy_pattern(r"(?<![:\w\\]):since\b")
#: How databases are told in which time zone to show moments, and to read those that they are given.
_ZONE_SETTINGS = {
    "postgresql": "SELECT set_config('TimeZone', :zone, false)",
    **dict.fromkeys(("mysql", "mariadb"), "SET time_zone = :zone"),
}
#: So much clocks of two time zones can differ. A database whose zone nobody said is asked for so much more.
_ANY_ZONE = timedelta(hours=26)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def rows(
    source: ArticleSource, site: Site, root: Path, since: datetime | None
) -> Iterator[SourceRecord | Everything | Finding]:
    """Yield the rows of a query, a few hundred at a time.

    Args:
        source: The source, which names the database and the query.
        site: The site.
        root: The newsroom's folder, to which the path of a SQLite database is relative.
        since: The value of `:since` in the query; None: the beginning of 1970.

    Raises:
        SourceError: If the database can't be reached, or the query fails.
        MissingExtra: If SQLAlchemy isn't installed.
    """
    try:
        from sqlalchemy import text
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        purpose = "Sources in databases"
        extra = "sql"
        raise MissingExtra(purpose, extra) from error
    url = _address(source, root)
    query = str(source.query)
    zone = ZoneInfo(source.timezone) if source.timezone else site.zone
    moment = since or _EVER
    if since is not None and not source.timezone:
        moment -= _ANY_ZONE
    if url.get_backend_name() != "postgresql":  # their dates are what clocks showed
        moment = moment.astimezone(zone).replace(tzinfo=None)
    values = {"since": moment} if _SINCE.search(query) else {}
    if since is not None and not values:
        yield Everything()
    engine = _engine(url, source)
    try:
        with engine.connect() as connection:
            if setting := _ZONE_SETTINGS.get(url.get_backend_name()):
                key = getattr(zone, "key", "UTC")
                offset = datetime.now(zone).isoformat()[-6:]  # MySQL may not know the names of zones
                connection.execute(text(setting), {"zone": key if "config" in setting else offset})
            with connection.execute(text(query), values, execution_options=_STREAMED) as result:
                for number, row in enumerate(result.mappings(), start=1):
                    yield record_of_row(row, Place(file=source.name, record=number))
    except SQLAlchemyError as error:
        raise SourceError(f"{source.name}: {_told(error, url)}") from None
    finally:
        engine.dispose()


def _address(source: ArticleSource, root: Path) -> "URL":
    """Return the address of a database, with the driver that is used for it."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    given = str(source.database)
    if given.startswith(_ENVIRONMENT):
        name = given.removeprefix(_ENVIRONMENT)
        given = os.environ.get(name, "").strip()
        if not given:
            raise SourceError(
                f"{source.name}: the environment variable {name} isn't set. "
                f"Let it hold the address of the database: {_EXAMPLE}."
            )
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise SourceError(
            f"{source.name}: database isn't an address that SQLAlchemy understands. Write {_EXAMPLE}."
        ) from None
    if url.get_backend_name() == "sqlite":
        return _file(url, source, root)
    if url.drivername in {"postgres", *_DRIVERS}:
        backend = "postgresql" if url.drivername == "postgres" else url.drivername
        return url.set(drivername=f"{backend}+{_DRIVERS[backend]}")
    return url


def _file(url: "URL", source: ArticleSource, root: Path) -> "URL":
    """Return the address by which a SQLite database is only read."""
    if not url.database or url.database.startswith("file:"):
        return url
    path = root / url.database
    if not path.is_file():
        raise SourceError(
            f"{source.name}: there is no database {path}. Correct database; a path is relative to newsroom.toml."
        )
    return url.set(database=f"file:{quote(str(path.absolute()))}", query={"mode": "ro", "uri": "true"})


def _engine(url: "URL", source: ArticleSource) -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    arguments: dict[str, Any] = {}
    if url.get_backend_name() in _DRIVERS:
        arguments["connect_timeout"] = _CONNECT_TIMEOUT
    try:
        return create_engine(url, poolclass=NullPool, connect_args=arguments)
    except ImportError as error:
        driver = error.name or "its driver"
        raise SourceError(
            f"{source.name}: the driver of the database isn't installed. Run: pip install {driver}"
        ) from error
    except SQLAlchemyError as error:
        raise SourceError(f"{source.name}: {_told(error, url)}") from None


def _told(error: Exception, url: "URL") -> str:
    """Return what a database says, without user and password."""
    message = next(
        iter(str(getattr(error, "orig", None) or error).strip().splitlines()), type(error).__name__
    )
    for secret in (url.password, url.username):
        if secret:
            message = message.replace(str(secret), "…")
    where = f"{url.host}: " if url.host else ""
    return f"the database can't be read: {where}{message[:300].rstrip('.')}. Check database and query."
