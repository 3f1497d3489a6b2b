"""The record of what was published: of each document how it was made and what lies there, of each article its id.

It is text, JSON Lines, so that a person can read it, a version control system can compare it, and any store can hold
it; it is replaced whole, last of all files. The first line says who wrote it. What newsfeed doesn't understand is no
record: everything is then written as if for the first time, and compared byte by byte with what lies there.

It lies in `.newsfeed/`, which only its owner may enter, and names nothing but what is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

import msgspec

__all__ = ["FOLDER", "NAME", "PublishedArticle", "PublishedDocument", "Record", "Stamp"]

#: The folder, inside the output folder, that is newsfeed's own.
FOLDER = ".newsfeed"
NAME = f"{FOLDER}/record.jsonl"
_FORM = 1


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What a store tells of a file without reading it: as long as this stays, the file does."""

    size: int
    modified: int | str
    changed: int = 0


class PublishedDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document that was published."""

    #: Its path below the output folder.
    document: str
    #: A digest of all that it was made of, in hexadecimal; empty where that can't be told.
    made_of: str
    #: A digest of its bytes, in hexadecimal.
    digest: str
    stamp: Stamp | None
    #: Whether its feed isn't planned any more, and it stays for those who still ask for it.
    retired: bool = False


class PublishedArticle(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article that some document carries."""

    #: Its id, as it was published.
    article: str
    url: str
    language: str
    published: datetime
    updated: datetime
    story: str | None = None
    #: The id that the article has by itself, where that isn't the published one.
    own_id: str | None = None


class _Head(msgspec.Struct, frozen=True):
    """The first line."""

    newsfeed_record: int
    #: The version of newsfeed and of the packages that its output depends on.
    engine: str
    site_url: str
    feeds_url: str
    #: Where the ids of feeds begin, for ever.
    feed_ids: str
    documents: int
    articles: int


class Record:
    """What was published when the folder was last written."""

    def __init__(
        self,
        *,
        engine: str = "",
        site_url: str = "",
        feeds_url: str = "",
        feed_ids: str = "",
        documents: Iterable[PublishedDocument] = (),
        articles: Iterable[PublishedArticle] = (),
    ) -> None:
        self.engine = engine
        self.site_url = site_url
        self.feeds_url = feeds_url
        self.feed_ids = feed_ids
        #: By their paths.
        self.documents = {document.document: document for document in documents}
        self._articles = articles

    @cached_property
    def articles(self) -> Mapping[str, PublishedArticle]:
        """The articles by their published ids; they are looked at only where something changed."""
        return {article.article: article for article in self._articles}

    @property
    def is_new(self) -> bool:
        """Whether nothing is known to have been published."""
        return not self.engine

    @classmethod
    def read(cls, data: bytes | None) -> "Record":
        """Read a record; one that can't be understood is empty.

        Args:
            data: The bytes of the file; None where there is none.

        >>> Record.read(None).is_new, Record.read(b"{}").is_new
        (True, True)
        """
        if not data:
            return cls()
        try:
            first, _, rest = data.partition(b"\n")
            head = msgspec.json.decode(first, type=_Head)
            lines = rest.splitlines()
            if head.newsfeed_record != _FORM or len(lines) != head.documents + head.articles:
                return cls()
            documents = [_DOCUMENTS.decode(line) for line in lines[: head.documents]]
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return cls()
        return cls(
            engine=head.engine,
            site_url=head.site_url,
            feeds_url=head.feeds_url,
            feed_ids=head.feed_ids,
            documents=documents,
            articles=_articles(lines[head.documents :]),
        )

    def written(self) -> bytes:
        """Write the record, the same for the same content."""
        head = _Head(
            _FORM,
            self.engine,
            self.site_url,
            self.feeds_url,
            self.feed_ids,
            len(self.documents),
            len(self.articles),
        )
        lines: Iterable[msgspec.Struct] = [head, *self.documents.values(), *self.articles.values()]
        return b"".join([_ENCODER.encode(line) + b"\n" for line in lines])


def _articles(lines: Iterable[bytes]) -> Iterator[PublishedArticle]:
    for line in lines:
        try:
            yield _ARTICLES.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue


_ENCODER = msgspec.json.Encoder()
_DOCUMENTS = msgspec.json.Decoder(PublishedDocument)
_ARTICLES = msgspec.json.Decoder(PublishedArticle)
