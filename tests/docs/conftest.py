"""Pages of the documentation, taken apart."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _section(page: str, heading: str) -> str:
    """Everything below a heading of the second level, up to the next one."""
    text = (ROOT / page).read_text(encoding="utf-8")
    _, found, after = text.partition(f"\n## {heading}\n")
    assert found, f"{page} has no section {heading!r}"
    return re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]


def _rows(text: str) -> list[list[str]]:
    """The cells of each table row, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rules = {number for number, row in enumerate(cells) if set("".join(row)) == {"-"}}
    return [row for number, row in enumerate(cells) if not {number, number + 1} & rules]


@pytest.fixture
def section() -> Callable[[str, str], str]:
    return _section


@pytest.fixture
def table() -> Callable[[str, str], list[list[str]]]:
    """The rows of all tables in a section of a page."""
    return lambda page, heading: _rows(_section(page, heading))
