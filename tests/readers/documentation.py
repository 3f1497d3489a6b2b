"""The page that says what readers show, written from what is declared of them; the tests hold that to be true."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.readers.comparison import expected
from tests.readers.feeds import entries_of
from tests.readers.program import Program
from tests.readers.programs import PROGRAMS
from tests.readers.shown import ATOM, FEATURES, JSON, RSS

__all__ = ["PAGE", "document", "versions_in"]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "readers.md"

_FORMATS = {RSS: "RSS 2.0", ATOM: "Atom 1.0", JSON: "JSON Feed 1.1"}

_INTRODUCTION = """\
# What readers show

The tests run the feeds of three newsrooms through programs that others wrote: the example, one that writes from right to left, and one whose articles hold everything that has ever broken a feed. They compare each entry that a program shows with the article. Text is compared word by word, HTML by its words, links and pictures.

In the tables, ✓ is what the article says, a number is a [note](#notes), and – is what the program has no field for.
"""

_RUNNING = """\
## Run them

In a checkout, with Python 3.11 and Node.js 20 or newer, this installs the programs of PyPI and npm and, where you are root on Debian or Ubuntu, newsboat, sfeed, Ruby and Perl's from their packages; then it runs the tests, which skip what is missing and say how to install it. `everything` after the script's name also installs ROME with Java and elfeed with Emacs.

```console
tests/readers/install.sh
.venv/bin/pytest tests/readers
```

Continuous integration runs the same script and sets `NEWSFEED_READERS=required`, with which a missing program of PyPI or npm fails the tests.

What a program shows otherwise than an article says is declared in `tests/readers/drivers/`, with the reason; the tests fail where it shows anything else, and where a declared difference makes none. This page is made from what is declared:

```console
.venv/bin/python -m tests.readers
```
"""

_TITLES = """\
An RSS title can't say whether it is text or HTML. newsfeed writes titles as text, escaped once, as readers expect of headlines. So a title that speaks of `<b>` or `&amp;` looks different in some of them. In Atom and JSON Feed a title is text by definition.
"""


def versions_in(page: str) -> dict[str, str]:
    """Read from the page which version of each program it is about."""
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines() if line.startswith("| ")]
    names = {program.name for program in PROGRAMS}
    return {row[1]: row[3] for row in rows if row[1] in names and len(row) == 6}


def document(versions: Mapping[str, str]) -> str:
    """Write the page.

    Args:
        versions: The version of each program, by its name.

    Returns:
        The page.
    """
    notes = _notes()
    parts = [_INTRODUCTION, "## Programs\n", _programs(versions)]
    for form, name in _FORMATS.items():
        parts += [f"## {name}\n", _features(form, notes)]
    parts += ["## Notes\n", "\n".join(f"{number}. The program {reason}." for reason, number in notes.items())]
    parts += ["\nFeeds that a program does not read:\n", "\n".join(_refusals())]
    parts += ["\n## Titles in RSS\n", _TITLES, _titles(), _RUNNING]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _programs(versions: Mapping[str, str]) -> str:
    rows = [
        [
            program.name,
            program.language,
            versions[program.name],
            ", ".join(_FORMATS[form] for form in program.formats),
        ]
        for program in PROGRAMS
    ]
    return _table(["program", "language", "version", "formats"], rows)


def _notes() -> dict[str, int]:
    """Number the reasons in the order in which the tables name them."""
    reasons = [
        difference.reason
        for form in _FORMATS
        for program in PROGRAMS
        for feature in FEATURES
        if (difference := program.difference(feature, form)) and difference.shows is not None
    ]
    return {reason: number for number, reason in enumerate(dict.fromkeys(reasons), start=1)}


def _features(form: str, notes: Mapping[str, int]) -> str:
    def cell(program: Program, feature: str) -> str:
        difference = program.difference(feature, form)
        if difference is None:
            return "✓"
        return "–" if difference.shows is None else str(notes[difference.reason])

    rows = [
        [program.name, *(cell(program, feature) for feature in FEATURES)]
        for program in PROGRAMS
        if form in program.formats
    ]
    return _table(["program", *FEATURES], rows)


def _refusals() -> Iterator[str]:
    for program in PROGRAMS:
        for refusal in program.refusals:
            formats = ", ".join(_FORMATS[form] for form in refusal.formats)
            yield f"- {program.name} ({formats}) {refusal.reason}."


def _titles() -> str:
    """Say how the programs show two titles in RSS, those that agree in one row."""
    telling = [entry for entry in entries_of("hostile-en") if entry.id.endswith(("-title", "-twice"))]
    rows = []
    for entry in (entry for entry in telling if "<" in entry.title or "&" in entry.title):
        shown: dict[str, list[str]] = {}
        for program in PROGRAMS:
            if RSS in program.formats:
                shown.setdefault(expected(program, RSS, entry)["title"], []).append(program.name)
        for title, names in shown.items():
            who = "the others" if title == entry.title else ", ".join(names)
            rows.append([f"`{entry.title}`", f"`{title}`", who])
    return _table(["title", "is shown as", "by"], rows)
