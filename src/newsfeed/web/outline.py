"""The outline of an RSS or Atom document: the positions of its entries, and its links to hubs and itself.

expat reads a document in pieces, so memory doesn't grow with its length. Entries are known by their bytes, so a delta
can be cut out of the document without rendering anything.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from os import SEEK_END
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from newsfeed.web.exchange import PIECE, pieces_of

__all__ = ["Outline", "Span", "links_in", "outline_of"]

_ATOM = "http://www.w3.org/2005/Atom "
#: The paths of entries, as names of elements from the root; expat puts the namespace before the name.
_ENTRIES = {("rss", "channel", "item"), (f"{_ATOM}feed", f"{_ATOM}entry")}
_LINKS = {("rss", "channel", f"{_ATOM}link"), (f"{_ATOM}feed", f"{_ATOM}link")}
_MAX_PATH = 3
_RELATIONS = ("hub", "self")
#: Bytes in which the name of a tag is searched.
_TAG = 256
_DIGEST_BYTES = 8
#: Documents with deeper nesting have no outline.
_MAX_DEPTH = 256


class Span(NamedTuple):
    """An entry: the position of its first byte, the one after its last, and a digest of the bytes between."""

    start: int
    end: int
    digest: bytes


class Outline(NamedTuple):
    """The positions of a document's entries."""

    size: int
    entries: tuple[Span, ...]

    def around(self, kept: Iterable[Span]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of bytes that remain when all entries except these are cut out.

        >>> outline = Outline(10, (Span(2, 4, b"a"), Span(4, 6, b"b")))
        >>> list(outline.around(outline.entries[1:]))
        [(0, 2), (4, 10)]
        """
        wanted = set(kept)
        start = 0
        for entry in self.entries:
            if entry not in wanted:
                if entry.start > start:
                    yield start, entry.start
                start = entry.end
        yield start, self.size


class _NoOutline(Exception):
    """The document can't be cut into entries."""


class _Reading:
    """What expat's callbacks found."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.links: list[tuple[str, str]] = []
        self._start = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise _NoOutline

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "us-ascii"}:
            raise _NoOutline

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.open.append(name)
        if len(self.open) > _MAX_DEPTH:
            raise _NoOutline
        if self._at(_ENTRIES):
            self._start = self.parser.CurrentByteIndex
        elif self._at(_LINKS) and attributes.get("rel") in _RELATIONS and "href" in attributes:
            self.links.append((attributes["rel"], attributes["href"]))

    def _end(self, _name: str) -> None:
        if self._at(_ENTRIES):
            self.spans.append((self._start, self.parser.CurrentByteIndex))
        self.open.pop()

    def _at(self, paths: set[tuple[str, ...]]) -> bool:
        return len(self.open) <= _MAX_PATH and tuple(self.open) in paths


def outline_of(file: BinaryIO) -> Outline | None:
    """Find the entries of a document.

    Args:
        file: The document, read from its beginning; its position is undefined afterwards.

    Returns:
        The outline; `None` if it isn't an RSS 2.0 or Atom document in UTF-8, or declares entities.

    >>> from io import BytesIO
    >>> feed = b"<rss><channel><title>x</title><item><guid>1</guid></item></channel></rss>"
    >>> [feed[entry.start : entry.end] for entry in outline_of(BytesIO(feed)).entries]
    [b'<item><guid>1</guid></item>']
    """
    reading = _Reading()
    try:
        file.seek(0)
        while piece := file.read(PIECE):
            reading.parser.Parse(piece, False)  # noqa: FBT003 - expat's own
        reading.parser.Parse(b"", True)  # noqa: FBT003 - expat's own
        whole = [(start, _end_of(file, start, tag)) for start, tag in reading.spans]
    except (_NoOutline, expat.ExpatError):
        return None
    size = file.seek(0, SEEK_END)
    return Outline(size, tuple(Span(start, end, _digest(file, start, end)) for start, end in whole))


def links_in(file: BinaryIO) -> list[tuple[str, str]]:
    """Find the links `hub` and `self` before the first entry of a document.

    Args:
        file: The document, read from its beginning; its position is undefined afterwards.

    Returns:
        Relations and addresses, in the order of the document; none if it isn't RSS 2.0 or Atom.

    >>> from io import BytesIO
    >>> feed = (
    ...     b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://x.example/"/><entry/>'
    ... )
    >>> links_in(BytesIO(feed))
    [('self', 'https://x.example/')]
    """
    reading = _Reading()
    try:
        file.seek(0)
        while (piece := file.read(PIECE)) and not reading.spans:
            reading.parser.Parse(piece, False)  # noqa: FBT003 - expat's own
    except (_NoOutline, expat.ExpatError):
        pass
    return reading.links


def _end_of(file: BinaryIO, start: int, tag: int) -> int:
    """Find the end of an entry whose end tag begins at `tag`; for `<item/>`, expat reports the position after it."""
    file.seek(start)
    name = re.match(rb"<([^\s/>]+)", file.read(_TAG))
    file.seek(tag)
    end = re.match(rb"</([^\s>]+)\s*>", file.read(_TAG))
    if name is None or end is None or name[1] != end[1]:
        raise _NoOutline
    return tag + end.end()


def _digest(file: BinaryIO, start: int, end: int) -> bytes:
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    file.seek(start)
    for piece in pieces_of(file, end - start):
        digest.update(piece)
    return digest.digest()
