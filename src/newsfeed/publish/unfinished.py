"""Unfinished business: what a build is about to put into its place, documents and the articles that are new in them.

It is written down before the first document moves, and the list goes when the record is there. So when a build dies
in between, the next one knows which files are newsfeed's own, also those that no record names yet, and can remove
them if their feeds are not planned any more. And it knows under which ids readers may have seen articles already.
"""

from collections.abc import Iterable, Iterator

import msgspec

from newsfeed.publish.record import FOLDER, PublishedDocument, articles_in, line_of

__all__ = ["UNFINISHED_PATH", "Unfinished"]

UNFINISHED_PATH = f"{FOLDER}/unfinished.jsonl"

_ENCODER = msgspec.json.Encoder()
_DOCUMENTS = msgspec.json.Decoder(PublishedDocument)


class Unfinished(msgspec.Struct, frozen=True):
    """What builds that died may have published.

    >>> Unfinished.read(None) == Unfinished.read(b"{}") == Unfinished()
    True
    """

    #: A path may come twice, with the digests of two builds that died.
    documents: tuple[PublishedDocument, ...] = ()
    #: As in records, each in a line.
    articles: tuple[bytes, ...] = ()

    @classmethod
    def read(cls, data: bytes | None) -> "Unfinished":
        """Read the list that a build which died has left; lines that can't be understood are passed over.

        Args:
            data: The bytes of the file; None where there is none.
        """
        lines = (data or b"").splitlines()
        return cls(tuple(_documents_in(lines)), tuple(map(line_of, articles_in(lines))))

    def __bool__(self) -> bool:
        """Whether anything is on the list."""
        return bool(self.documents or self.articles)

    def followed_by(self, documents: Iterable[PublishedDocument], articles: Iterable[bytes]) -> "Unfinished":
        """Add what another build is about to publish."""
        return Unfinished((*self.documents, *documents), (*self.articles, *articles))

    def encoded(self) -> bytes:
        """Write the list, one document or article a line, none of them twice."""
        lines = dict.fromkeys([*map(_ENCODER.encode, self.documents), *self.articles])
        return b"\n".join([*lines, b""])


def _documents_in(lines: Iterable[bytes]) -> Iterator[PublishedDocument]:
    for line in lines:
        try:
            yield _DOCUMENTS.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
