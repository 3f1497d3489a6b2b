"""The databases that a store can be in."""

import os
from collections.abc import Iterator
from typing import cast

import pytest
from tests.store.databases import SQLITE, Database, Postgresql, PostgresServer, binaries


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Stores in PostgreSQL; without a server the test is skipped, unless NEWSFEED_POSTGRESQL is `required`."""
    programs = binaries()
    if programs is None:
        missing = "PostgreSQL isn't installed; tests/store/install-postgresql.sh does it"
        assert os.environ.get("NEWSFEED_POSTGRESQL") != "required", missing
        pytest.skip(missing)
    server = PostgresServer(programs)
    try:
        yield Postgresql(server)
    finally:
        server.remove()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest) -> Database:
    """Each database in turn."""
    return SQLITE if request.param == "sqlite" else cast("Database", request.getfixturevalue("postgresql"))
