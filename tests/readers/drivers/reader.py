"""reader, a feed reader library that keeps what it reads in a database."""

from pathlib import Path
from typing import Any

from tests.readers.differences import EVERY, XML, content_or_summary, hidden, last_author
from tests.readers.program import Difference, python_program
from tests.readers.shown import ATOM, JSON, RSS, Shown

__all__ = ["READER"]


def entries_of(path: Path) -> list[Shown]:
    from reader import make_reader

    def newest_first(entry: Any) -> float:
        moment = entry.published or entry.updated
        return -float(moment.timestamp()) if moment else 0.0

    with make_reader(":memory:", feed_root=str(path.parent)) as reader:
        reader.add_feed(path.name)
        reader.update_feed(path.name)
        return [_shown(entry) for entry in sorted(reader.get_entries(), key=newest_first)]


def _shown(entry: Any) -> Shown:
    content = next((content for content in entry.content), None)
    return Shown(
        id=entry.id,
        title=entry.title,
        link=entry.link,
        published=entry.published,
        updated=entry.updated,
        author=[person.name for person in entry.authors],
        summary=entry.summary,
        content=content.value if content else None,
        enclosures=[(file.href, file.type, file.length) for file in entry.enclosures],
        language=content.language if content else None,
    )


READER = python_program(
    "reader",
    entries_of,
    formats=EVERY,
    differences=[
        Difference(
            "author",
            (RSS,),
            "shows the last author alone, without what stands in angle brackets",
            lambda _, said: (said[-1].partition(" <")[0],),
        ),
        last_author((ATOM,)),
        content_or_summary((JSON,)),
        *hidden(EVERY, "categories"),
        Difference(
            "language",
            XML,
            "tells the language of content, not of summaries",
            lambda entry, said: said if entry.content else None,
        ),
    ],
)
