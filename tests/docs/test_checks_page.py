"""docs/reference/checks.md lists the rules of check as they stand in the code. `--update-golden` writes it anew."""

from pathlib import Path

import pytest

from newsfeed.check import RULES

PAGE = Path(__file__).parents[2] / "docs/reference/checks.md"
HEAD = """# The rules of check

Each rule has a code that never changes its meaning. An error breaks a specification, a warning makes readers stumble, and a note may be the truth. `newsfeed check --explain CODE` tells also how to mend it. How to use the command: [Check feeds](../how-to/check-feeds.md).

| code | severity | for | rule | why | specification |
|---|---|---|---|---|---|
"""


def page() -> str:
    rows = [
        f"| {rule.code} | {rule.severity} | {', '.join(rule.kinds)} | {rule.says} | {rule.why} | {rule.specification} |"
        for rule in RULES.values()
    ]
    # an element in angle brackets would be taken for HTML
    return HEAD + "\n".join(rows).replace("<", "&lt;") + "\n"


def test_the_page_lists_the_rules(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
