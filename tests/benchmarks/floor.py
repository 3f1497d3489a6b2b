"""The floor: the least that must be done for some documents, whoever writes them, each part alone."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsfeed import Entry, Feed

__all__ = ["FLOOR", "Floor"]


class Floor(NamedTuple):
    """What there is to be done with."""

    #: The finished documents, by format.
    documents: Mapping[str, bytes]
    folder: Path


def _decoded(floor: Floor, _: Feed) -> Callable[[], object]:
    documents = [bytes(bytearray(document)) for document in floor.documents.values()]
    return lambda: [document.decode() for document in documents]


def _escaped(floor: Floor, feed: Feed) -> Callable[[], object]:
    texts = [text for entry in feed.entries for text in _texts(entry)]
    return lambda: [_escape(texts) for _ in floor.documents]


def _copied(floor: Floor, _: Feed) -> Callable[[], object]:
    fragments = [document.splitlines(keepends=True) for document in floor.documents.values()]
    return lambda: [b"".join(parts) for parts in fragments]


def _escaped_and_copied(floor: Floor, feed: Feed) -> Callable[[], object]:
    escape, copy = _escaped(floor, feed), _copied(floor, feed)
    return lambda: (escape(), copy())


def _written(floor: Floor, _: Feed) -> Callable[[], object]:
    def write() -> None:
        for form, document in floor.documents.items():
            (floor.folder / f"feed.{form}").write_bytes(document)

    return write


#: What makes each part ready to be measured.
FLOOR: Mapping[str, Callable[[Floor, Feed], Callable[[], object]]] = {
    "floor: escape, encode and copy": _escaped_and_copied,
    "floor: only escape and encode": _escaped,
    "floor: only copy": _copied,
    "floor: only decode": _decoded,
    "floor: only write to a file": _written,
}


def _escape(texts: list[str]) -> list[bytes]:
    return [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode() for text in texts]


def _texts(entry: Entry) -> Iterator[str]:
    """Yield every text that an entry's element holds."""
    yield from (entry.id, entry.url, entry.title, entry.summary or "", entry.content or "", entry.language)
    yield from (entry.published.isoformat(), entry.updated.isoformat())
    for author in entry.authors:
        yield author.name
    for tag in entry.tags:
        yield from (tag.term, tag.label, tag.scheme)
    for edition in entry.translations:
        yield from (edition.url, edition.language, edition.title)
    for media in entry.media:
        yield from (media.url, media.type, str(media.length), str(media.width), str(media.height))
