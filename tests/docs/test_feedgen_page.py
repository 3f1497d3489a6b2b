"""docs/explanation/feedgen.md lists every difference from feedgen. `--update-golden` writes its table anew."""

from pathlib import Path

import pytest
from tests.formats.feedgen_differences import DIFFERENCES

PAGE = Path(__file__).parents[2] / "docs/explanation/feedgen.md"
HEAD = "| in | element | feedgen writes | newsfeed writes | why | issue |\n|---|---|---|---|---|---|\n"
NAMES = {"rss": "RSS", "atom": "Atom"}
ISSUES = "https://github.com/lkiesow/python-feedgen/issues"


def table() -> str:
    rows = []
    for difference in DIFFERENCES:
        formats = ", ".join(NAMES[name] for name in difference.formats)
        issue = f"[{difference.issue}]({ISSUES}/{difference.issue})" if difference.issue else "none found"
        told = (difference.element, difference.feedgen, difference.newsfeed, difference.why)
        rows.append(f"| {' | '.join((formats, *told, issue))} |\n")
    return HEAD + "".join(rows)


def test_the_page_lists_the_differences(pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(HEAD)
    after = rest[rest.index("\n## ") :]
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(before + table() + after, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == before + table() + after
