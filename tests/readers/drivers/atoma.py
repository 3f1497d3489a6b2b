"""atoma, a parser with types, which refuses what breaks a rule."""

from pathlib import Path
from typing import Any

from tests.readers.differences import EVERY, hidden
from tests.readers.program import python_program
from tests.readers.shown import ATOM, JSON, RSS, Shown

__all__ = ["ATOMA"]


def entries_of(path: Path) -> list[Shown]:
    import atoma

    source = path.read_bytes()
    match path.suffix:
        case ".rss":
            rss = atoma.parse_rss_bytes(source)
            return [_item_of_rss(item, rss) for item in rss.items]
        case ".atom":
            return [_entry_of_atom(entry) for entry in atoma.parse_atom_bytes(source).entries]
        case _:
            return [_item_of_json(item) for item in atoma.parse_json_feed_bytes(source).items]


def _item_of_rss(item: Any, feed: Any) -> Shown:
    return Shown(
        id=item.guid,
        title=item.title,
        link=item.link,
        published=item.pub_date,
        author=None if item.author is None else [item.author],
        summary=item.description,
        content=item.content_encoded,
        categories=item.categories,
        enclosures=[(file.url, file.type, file.length) for file in item.enclosures],
        language=feed.language,
    )


def _entry_of_atom(entry: Any) -> Shown:
    return Shown(
        id=entry.id_,
        title=entry.title.value,
        link=next(link.href for link in entry.links if link.rel == "alternate"),
        published=entry.published,
        updated=entry.updated,
        author=[person.name for person in entry.authors],
        summary=entry.summary.value if entry.summary else None,
        content=entry.content.value if entry.content else None,
        categories=[category.label for category in entry.categories],
        enclosures=[(link.href, link.type_, link.length) for link in entry.links if link.rel == "enclosure"],
        language=entry.title.lang,
    )


def _item_of_json(item: Any) -> Shown:
    return Shown(
        id=item.id_,
        title=item.title,
        link=item.url,
        published=item.date_published,
        updated=item.date_modified,
        author=None if item.author is None else [item.author.name],
        summary=item.summary,
        content=item.content_html,
        categories=item.tags,
        enclosures=[(file.url, file.mime_type, file.size_in_bytes) for file in item.attachments],
    )


ATOMA = python_program(
    "atoma",
    entries_of,
    formats=EVERY,
    differences=[
        *hidden((RSS,), "author", "updated"),
        *hidden((ATOM,), "language"),
        *hidden((JSON,), "author", "language"),
    ],
)
