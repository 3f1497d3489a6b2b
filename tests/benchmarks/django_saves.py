"""One save in Django and its feeds: newsfeed's app, a loop around feedgen in a signal, and Django's own views."""

import json
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.measuring import run
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, seconds, short

__all__ = ["django_saves"]

_SITE = Path(__file__).parent / "django_site"
#: What is measured, in words, and the file whose lines it takes.
_ROWS = {
    "newsfeed save": ("newsfeed: a save, which writes 4 documents", "feeds.py", 5),
    "feedgen save": ("feedgen in post_save: a save, which writes 4 documents", "by_feedgen.py", 0),
    "syndication save": ("syndication: a save, which writes none", "urls.py", -1),
    "newsfeed request": ("newsfeed: each request for a document", "feeds.py", 5),
    "syndication request": ("syndication: each request for a document", "urls.py", -1),
}


def django_saves(sizes: Sizes) -> Table:
    """Measure it."""
    head = ("in a site of", *(f"{count:,} rows" for count in sizes.django), "newsfeed is 1", "lines of code")
    if find_spec("django") is None:
        return Table("A save in Django", "Django isn't installed.", head, [])
    costs = [
        json.loads(run("-m", "tests.benchmarks.django_site", str(count), str(sizes.repeats)).printed)
        for count in sizes.django
    ]
    rows = []
    for name, (words, file, more) in _ROWS.items():
        beside = costs[-1][name] / costs[-1][f"newsfeed {name.partition(' ')[2]}"]
        figures = [seconds(each[name]) for each in costs]
        rows.append((words, *figures, short(beside), str(_lines(_SITE / file) + more)))
    return Table(
        "A save in Django",
        "Seconds of a processor, medians. A feed of everything and one of each of ten sections, in RSS and Atom, each "
        "with 50 entries of 2,700 bytes. A save changes four of these documents.",
        head,
        rows,
        [
            "lines of code: without blank lines, comments and docstrings, but with those in the settings and urls.py"
        ],
    )


def _lines(file: Path) -> int:
    """Return how many lines of code a file has."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return sum(bool(line) and not line.startswith(("#", '"""')) for line in lines)
