"""fastfeedparser, a parser made for speed."""

from pathlib import Path
from typing import Any

from tests.readers.differences import EVERY, content_or_summary, first_author, without_length
from tests.readers.program import Difference, python_program
from tests.readers.shown import ATOM, JSON, RSS, Shown, words

__all__ = ["FASTFEEDPARSER"]


def entries_of(path: Path) -> list[Shown]:
    import fastfeedparser

    parsed = fastfeedparser.parse(path.read_bytes())
    return [_shown(entry, parsed.feed) for entry in parsed.entries]


def _shown(entry: Any, feed: Any) -> Shown:
    files = entry.get("enclosures")
    if files is None:
        files = [
            {"url": link["href"], "type": link["type"]}
            for link in entry.get("links", [])
            if link["rel"] == "enclosure"
        ]
    content = entry.get("content")
    return Shown(
        id=entry["id"],
        title=entry["title"],
        link=entry["link"],
        published=entry["published"],
        updated=entry.get("updated"),
        author=[person["name"] for person in entry["authors"]],
        summary=entry.get("description"),
        content=content[0]["value"] if content else None,
        categories=[tag.get("label") or tag["term"] for tag in entry.get("tags", [])],
        enclosures=[(file["url"], file["type"], file.get("length")) for file in files],
        language=feed.get("language"),
    )


FASTFEEDPARSER = python_program(
    "fastfeedparser",
    entries_of,
    formats=EVERY,
    differences=[
        first_author(EVERY),
        content_or_summary((RSS, JSON)),
        without_length((ATOM,)),
        Difference(
            "summary",
            (JSON,),
            "shows the title as summary where there is neither summary nor content",
            lambda entry, said: said or words(entry.title),
        ),
    ],
)
