"""What a reader shows of an entry, brought to a form that can be compared with what the article said.

Text is compared by its words, HTML by its words, links and pictures: readers may wrap, clean and respace it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dateutil.parser import parse as parse_date
from lxml import html

from newsfeed import Entry

__all__ = [
    "ATOM",
    "FEATURES",
    "JSON",
    "RSS",
    "Enclosure",
    "Page",
    "Shown",
    "enclosed",
    "page",
    "seen",
    "truth",
    "words",
]

RSS, ATOM, JSON = "rss", "atom", "json"


class Enclosure(NamedTuple):
    """A file that goes with an entry."""

    url: str
    type: str | None
    length: int | None


class Page(NamedTuple):
    """A piece of HTML, as far as its look in a reader may not change."""

    words: str
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a program shows of an entry, as it shows it; `None` where it has no such field."""

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: datetime | str | int | None = None
    updated: datetime | str | int | None = None
    author: Sequence[str | None] | None = None
    summary: str | None = None
    content: str | None = None
    categories: Sequence[str | None] | None = None
    enclosures: Sequence[Sequence[Any]] | None = None
    language: str | None = None


#: What is looked at, in the order of the columns in the documentation.
FEATURES = tuple(field.name for field in fields(Shown))


def words(text: str) -> str:
    return " ".join(text.split())


def page(source: str) -> Page:
    """Read a fragment of HTML."""
    root = html.document_fromstring(f"<!DOCTYPE html><body><div>{source}</div>")
    return Page(
        words(str(root.xpath("string()"))),
        tuple(str(link.attrib["href"]) for link in root.iter("a") if "href" in link.attrib),
        tuple(str(picture.attrib["src"]) for picture in root.iter("img") if "src" in picture.attrib),
    )


def enclosed(files: Sequence[Enclosure]) -> Enclosure | None:
    """The file that RSS has room for: the first recording, else the first."""
    recordings = (file for file in files if file.type and file.type.startswith(("audio/", "video/")))
    return next(recordings, files[0] if files else None)


def truth(entry: Entry, form: str) -> dict[str, Any]:
    """What an article says, as far as the format can say it."""
    files = tuple(Enclosure(media.url, media.type, media.length) for media in entry.media)
    if form == RSS:
        files = tuple(file._replace(length=file.length or 0) for file in (enclosed(files),) if file)
    summary = entry.summary if form == JSON else entry.summary or entry.title
    labels = [tag.label for tag in entry.tags]
    return {
        "id": entry.id,
        "title": words(entry.title),
        "link": entry.url,
        "published": entry.published.astimezone(UTC).replace(microsecond=0),
        "updated": entry.updated.astimezone(UTC).replace(microsecond=0),
        "author": tuple(words(author.name) for author in entry.authors),
        "summary": None if summary is None else words(summary),
        "content": None if entry.content is None else page(entry.content),
        "categories": tuple(dict.fromkeys(labels) if form == JSON else labels),
        "enclosures": files,
        "language": entry.language,
    }


def seen(shown: Shown, form: str) -> dict[str, Any]:
    """What a program shows, in the form of `truth`.

    RSS says when an entry was updated only where that isn't when it was published.
    """
    updated = shown.updated
    if updated is None and form == RSS:
        updated = shown.published
    summary = shown.summary
    if summary is not None:
        summary = words(summary) if form == JSON else page(summary).words
    return {
        "id": shown.id,
        "title": None if shown.title is None else words(shown.title),
        "link": shown.link,
        "published": _moment(shown.published),
        "updated": _moment(updated),
        "author": _texts(shown.author),
        "summary": summary,
        "content": None if shown.content is None else page(shown.content),
        "categories": _texts(shown.categories),
        "enclosures": _files(shown.enclosures),
        "language": shown.language,
    }


def _texts(shown: Sequence[str | None] | None) -> tuple[str, ...] | None:
    return None if shown is None else tuple(words(text) for text in shown if text is not None)


def _files(shown: Sequence[Sequence[Any]] | None) -> tuple[Enclosure, ...] | None:
    if shown is None:
        return None
    return tuple(
        Enclosure(url, kind, None if length in (None, "") else int(length)) for url, kind, length in shown
    )


def _moment(shown: datetime | str | int | None) -> datetime | None:
    match shown:
        case None:
            return None
        case int():
            return datetime.fromtimestamp(shown, UTC)
        case str():
            shown = parse_date(shown)
    return (shown if shown.tzinfo else shown.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
