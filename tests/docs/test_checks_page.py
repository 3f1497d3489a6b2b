"""docs/reference/checks.md lists the checks as the code defines them. `--update-golden` rewrites it."""

from pathlib import Path

import pytest

from newsfeed.check import CHECKS

PAGE = Path(__file__).parents[2] / "docs/reference/checks.md"
HEAD = """# The checks

Each check has a code that never changes its meaning. An error breaks a specification, a warning makes feed readers stumble, and a note may well be intended. `newsfeed check --explain CODE` also says how to fix a feed that fails. How to use the command: [Check feeds](../how-to/check-feeds.md).

| code | severity | for | requirement | why | specification |
|---|---|---|---|---|---|
"""


def page() -> str:
    rows = [
        f"| {check.code} | {check.severity} | {', '.join(check.kinds)} | {check.requirement} | {check.why} | {check.specification} |"
        for check in CHECKS.values()
    ]
    # an element in angle brackets would be taken for HTML
    return HEAD + "\n".join(rows).replace("<", "&lt;") + "\n"


def test_the_page_lists_the_checks(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
