"""sfeed, a parser that prints a line of fields for each entry."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.readers.differences import XML, content_or_summary, first_author, hidden
from tests.readers.program import Difference, Program, Reading, printed
from tests.readers.shown import ATOM, RSS, Enclosure, Shown

__all__ = ["SFEED"]


def read(paths: Sequence[Path]) -> Reading:
    return {path: [_shown(line.split("\t")) for line in _lines(path)] for path in paths}


def _lines(path: Path) -> list[str]:
    done = subprocess.run(["sfeed"], input=path.read_bytes(), capture_output=True, check=True, timeout=60)  # noqa: S607
    return done.stdout.decode().removesuffix("\n").split("\n")


def _shown(fields: list[str]) -> Shown:
    published, title, link, content, _, name, author, file, categories = fields
    return Shown(
        id=name,
        title=title,
        link=link,
        published=int(published) if published else None,
        author=[author],
        content=content.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"),
        categories=categories.split("|") if categories else [],
        enclosures=[(file, None, None)] if file else [],
    )


def _split(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for label in labels for part in label.split("|"))


SFEED = Program(
    name="sfeed",
    language="C",
    formats=XML,
    install="apt-get install sfeed",
    version=lambda: printed("dpkg-query", "--show", "--showformat=${Version}", "sfeed"),
    read=read,
    differences=[
        first_author(XML),
        content_or_summary(XML),
        Difference("categories", (RSS,), "splits labels at `|`", lambda _, said: _split(said)),
        Difference(
            "categories",
            (ATOM,),
            "shows the terms of categories, not their labels, split at `|`",
            lambda entry, _: _split([tag.term for tag in entry.tags]),
        ),
        Difference(
            "enclosures",
            XML,
            "shows the address of the first file alone",
            lambda _, said: tuple(Enclosure(file.url, None, None) for file in said[:1]),
        ),
        *hidden(XML, "updated", "summary", "language"),
    ],
)
