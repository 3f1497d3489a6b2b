"""The outline of an RSS or Atom document: where its entries stand, and the addresses that it names for itself.

A document is read by expat in pieces, so memory doesn't grow with it; entries are told apart by their bytes, so they
can be cut out and put together again without being written anew.
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
#: Where entries stand, as the names of the elements around them; expat puts a namespace before the name.
_ENTRIES = {("rss", "channel", "item"), (f"{_ATOM}feed", f"{_ATOM}entry")}
_LINKS = {("rss", "channel", f"{_ATOM}link"), (f"{_ATOM}feed", f"{_ATOM}link")}
_DEEPEST_PLACE = 3
_RELATIONS = ("hub", "self")
#: The names of tags are looked for in so many bytes.
_TAG = 256
_DIGEST_BYTES = 8
#: Deeper documents have no outline.
_DEEPEST = 256


class Span(NamedTuple):
    """An entry: from its first byte to the one after its last, and a digest of what is between."""

    start: int
    end: int
    digest: bytes


class Outline(NamedTuple):
    """Where the entries of a document stand."""

    size: int
    entries: tuple[Span, ...]

    def around(self, kept: Iterable[Span]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of bytes that are left when all entries but some are taken out.

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
    """The document is of another kind than we can cut."""


class _Reading:
    """Expat's calls, remembered as far as we need them."""

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
        if len(self.open) > _DEEPEST:
            raise _NoOutline
        if self._at(_ENTRIES):
            self._start = self.parser.CurrentByteIndex
        elif self._at(_LINKS) and attributes.get("rel") in _RELATIONS and "href" in attributes:
            self.links.append((attributes["rel"], attributes["href"]))

    def _end(self, _name: str) -> None:
        if self._at(_ENTRIES):
            self.spans.append((self._start, self.parser.CurrentByteIndex))
        self.open.pop()

    def _at(self, places: set[tuple[str, ...]]) -> bool:
        return len(self.open) <= _DEEPEST_PLACE and tuple(self.open) in places


def outline_of(file: BinaryIO) -> Outline | None:
    """Find the entries of a document.

    Args:
        file: The document, read from its beginning and left somewhere.

    Returns:
        The outline; `None` for what is no RSS 2.0 or Atom document in UTF-8, or declares entities.

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
    """Find the relations `hub` and `self` in what stands before the first entry of a document.

    Args:
        file: The document, read from its beginning and left somewhere.

    Returns:
        Relations and addresses, in the order in which they stand; none for what isn't RSS 2.0 or Atom.

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
    """Find where an entry ends whose end tag begins at a place; of `<item/>` expat tells what comes after it."""
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
