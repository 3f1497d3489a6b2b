"""The feeds, written once, and what each program makes of them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.readers.feeds import write_feeds
from tests.readers.program import Program, Reading


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_feeds(tmp_path_factory.mktemp("feeds"))


@pytest.fixture(scope="session")
def reading(paths: list[Path]) -> Callable[[Program], Reading]:
    """Run a program over all feeds in its formats, once."""

    @cache
    def read(name: str) -> Reading:
        return programs[name].read([path for path in paths if path.suffix[1:] in programs[name].formats])

    programs: dict[str, Program] = {}

    def reading_of(program: Program) -> Reading:
        programs[program.name] = program
        return read(program.name)

    return reading_of
