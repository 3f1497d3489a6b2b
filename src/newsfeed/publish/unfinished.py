"""What a build is about to publish: documents, and the articles that are new in them.

It is written before the first document is moved into its place, and removed when the record is written. So if a build
dies in between, the next one knows which files are newsfeed's own, including those that no record names yet, and can
remove them if their feeds are no longer planned. And it knows under which ids readers may already have seen articles.
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
    #: Their lines, as in records.
    articles: tuple[bytes, ...] = ()

    @classmethod
    def read(cls, data: bytes | None) -> "Unfinished":
        """Read what a build that died has left; lines that can't be understood are skipped.

        Args:
            data: The bytes of the file; None if there is none.
        """
        lines = (data or b"").splitlines()
        return cls(tuple(_documents_in(lines)), tuple(map(line_of, articles_in(lines))))

    def __bool__(self) -> bool:
        """Whether a build died."""
        return bool(self.documents or self.articles)

    def followed_by(self, documents: Iterable[PublishedDocument], articles: Iterable[bytes]) -> "Unfinished":
        """Return this with what another build is about to publish."""
        return Unfinished((*self.documents, *documents), (*self.articles, *articles))

    def encoded(self) -> bytes:
        """Return the bytes of the file: a line for each document and article, without duplicates."""
        lines = dict.fromkeys([*map(_ENCODER.encode, self.documents), *self.articles])
        return b"\n".join([*lines, b""])


def _documents_in(lines: Iterable[bytes]) -> Iterator[PublishedDocument]:
    for line in lines:
        try:
            yield _DOCUMENTS.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
