"""A check is added in one place: as a function in a file of `newsfeed/check/checks`, or in a new file there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsfeed.check import CHECKS, check_document, checks
from newsfeed.check.definitions import CheckGroup
from newsfeed.check.reports import explanation

MOMENT = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)
FEED = b'<rss version="2.0"><channel><title>Snow in Baku</title></channel></rss>'
NEW_FILE = """
from newsfeed.check.definitions import CheckGroup, at

CHECKS = CheckGroup("rss")


@CHECKS.warning(
    "NF999",
    "A channel's title is in capitals.",
    why="This newsroom shouts.",
    fix="write the title in capitals",
    specification="our house style",
)
def shouting(document):
    for title in document.named("title"):
        if not title.text.isupper():
            yield at(title, f"the title {title.text!r} isn't in capitals")
"""


@pytest.fixture
def more_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose files belong to the package of checks, as if they had been written into it."""
    monkeypatch.setattr("newsfeed.check.checks.__path__", [*checks.__path__, str(tmp_path)])
    return tmp_path


def test_a_new_file_is_enough_to_add_a_check(more_checks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (more_checks / "shouting.py").write_text(NEW_FILE, encoding="utf-8")
    for code, check in checks.find_checks().items():
        monkeypatch.setitem(CHECKS, code, check)
    found = check_document(FEED, name="all.rss", as_of=MOMENT, codes={"NF999"})
    assert [str(finding) for finding in found] == [
        "all.rss:1:29: NF999 title: the title 'Snow in Baku' isn't in capitals. Write the title in capitals."
    ]
    assert explanation(CHECKS["NF999"]) == (
        "NF999 (warning; rss)\n"
        "A channel's title is in capitals.\n\n"
        "Why: This newsroom shouts.\n"
        "How to fix it: write the title in capitals.\n"
        "Specification: our house style"
    )


def test_a_code_that_is_taken_is_refused(more_checks: Path) -> None:
    (more_checks / "taken.py").write_text(NEW_FILE.replace("NF999", "NF221"), encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"^two checks have the code NF221; give one of them a code of its own$"
    ):
        checks.find_checks()


def test_every_file_of_checks_has_a_group_and_every_group_has_checks() -> None:
    files = {Path(folder) / "a" for folder in checks.__path__}
    names = {file.stem for folder in files for file in folder.parent.glob("[a-z]*.py")}
    groups = {
        name: [value for value in vars(getattr(checks, name)).values() if isinstance(value, CheckGroup)]
        for name in names
    }
    assert [name for name, found in groups.items() if not found or not all(map(list, found))] == []
