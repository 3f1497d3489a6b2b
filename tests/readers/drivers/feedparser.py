"""feedparser, the parser that most Python programs use."""

from pathlib import Path
from typing import Any

from tests.readers.program import Difference, python_program
from tests.readers.shown import RSS, Shown

__all__ = ["FEEDPARSER"]


def entries_of(path: Path) -> list[Shown]:
    import feedparser

    parsed = feedparser.parse(path.read_bytes())
    if parsed.bozo:
        raise parsed.bozo_exception
    return [_shown(entry, parsed.feed) for entry in parsed.entries]


def _shown(entry: Any, feed: Any) -> Shown:
    return Shown(
        id=entry.id,
        title=entry.title,
        link=entry.link,
        published=entry.published,
        updated=entry.updated if "updated" in entry else None,
        author=[person.get("name") for person in entry.authors],
        summary=entry.summary,
        content=entry.content[0].value if "content" in entry else None,
        categories=[tag.label or tag.term for tag in entry.get("tags", [])],
        enclosures=[(file.href, file.type, file.get("length")) for file in entry.enclosures],
        language=entry.get("language") or entry.title_detail.language or feed.language,
    )


FEEDPARSER = python_program(
    "feedparser",
    entries_of,
    differences=[
        Difference(
            "author",
            (RSS,),
            "cuts an address out of a name, and leaves a wrong piece of it",
            lambda _, said: tuple(name.replace("<zoe@x.example>", "<ple>") for name in said),
        ),
    ],
)
