"""The record of what was published: of each document how it was made and what lies there, of each article its id.

It is text, JSON Lines, so that a person can read it, a version control system can compare it, and any store can hold
it; it is replaced whole, last of all files. The first line says who wrote it. What newsfeed doesn't understand is no
record: everything is then written as if for the first time, and compared byte by byte with what lies there.

It lies in `.newsfeed/`, which only its owner may enter, and names nothing but what is published.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any
from zlib import crc32

import msgspec
from msgspec import Meta

from newsfeed.model.cached_property import cached_property

__all__ = [
    "FOLDER",
    "RECORD_PATH",
    "PublishRecord",
    "PublishedArticle",
    "PublishedDocument",
    "SealedArticle",
    "Stamp",
    "articles_in",
    "digest_of",
    "digest_of_path",
    "digest_of_title",
    "line_of",
]

#: The folder, inside the output folder, that is newsfeed's own.
FOLDER = ".newsfeed"
RECORD_PATH = f"{FOLDER}/record.jsonl"
_FORM = 1


def digest_of_path(path: str) -> str:
    """Name a document without naming what it was about.

    >>> digest_of_path("en/topic/snow.rss")
    'b4cf8834768fab73'
    """
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_of_title(title: str) -> str:
    """Tell one title from another without naming it.

    >>> digest_of_title("Snow in the mountains")
    '2badca179d4d8776'
    """
    return blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8, person=b"title").hexdigest()


def digest_of(document: bytes) -> str:
    """Tell a document from others that may lie in its place: by its size and its CRC-32 (RFC 1952 §8).

    Who could forge one could as well forge the record; so what counts is that every accident shows, and that half a
    gigabyte takes a blink.

    >>> digest_of(b"snow")
    '4-3683a5b3'
    """
    return f"{len(document)}-{crc32(document):08x}"


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a store tells of a file without reading it: as long as this stays, the file does."""

    size: int
    #: When it was modified, in nanoseconds, or the tag that a store gives to its bytes; empty where there is neither.
    modified: int | str
    changed: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether the file stays as long as this does; else it has to be read."""
        return self.modified != ""


class PublishedDocument(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A document that was published."""

    #: Its path below the output folder.
    document: str
    #: A digest of all that it was rendered from, in hexadecimal; empty if that is unknown.
    fingerprint: str = msgspec.field(name="made_of")
    #: What `digest_of` says of its bytes.
    digest: str
    stamp: Stamp | None
    #: Whether its feed isn't planned any more, and it stays for those who still ask for it.
    retired: bool = False
    #: The title and the language of a feed that stays, empty, because its articles vanished from their source.
    vanished: tuple[str, str] | None = None
    #: The ids of the articles in a feed that is kept as it is; None where nobody has looked.
    carries: tuple[str, ...] | None = None


class PublishedArticle(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An article that some document carries, or did."""

    #: Its id, as it was published.
    article: str
    url: str
    language: str
    published: datetime
    updated: datetime
    story: str | None = None
    #: A digest of its title, by which it is match_articles when its id and its address change; see `digest_of_title`.
    title_digest: str | None = None
    #: The id that the article has by itself, where that isn't the published one.
    own_id: str | None = None
    #: Whether no document carries it any more; it may come back.
    departed: bool = False


class SealedArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article that was published and is held back now; `seals` tells how it is made and opened."""

    #: Pairs: a digest of something by which the article is match_articles, and the key to the line, encrypted with it.
    locks: tuple[tuple[str, str], ...]
    #: What the record said of the article, encrypted.
    line: str


class _Head(msgspec.Struct, frozen=True):
    """The first line."""

    newsfeed_record: int
    #: The version of newsfeed and of the packages that its output depends on.
    engine: str
    site_url: str
    feeds_url: str
    #: Where the ids of feeds begin, for ever.
    feed_ids: str
    #: The published ids of articles that call themselves otherwise now, by their own.
    kept_ids: dict[str, str]
    #: Documents that were removed for good, each by a digest of its path, which names things that may be withdrawn.
    gone: tuple[str, ...]
    documents: Annotated[int, Meta(ge=0)]
    articles: Annotated[int, Meta(ge=0)]
    #: Articles that are held back now, the latest last. Records of former versions have none.
    sealed: tuple[SealedArticle, ...] = ()
    #: How many articles each source gave; records of earlier versions don't say.
    sources: dict[str, int] = {}


class PublishRecord:
    """What was published when the output was last written.

    Args:
        head: Who wrote it for which site: `engine`, `site_url`, `feeds_url`, `feed_ids`, `kept_ids`, `gone`, `sealed`.

    @property
        head: Who wrote it for which site: `engine`, `site_url`, `feeds_url`, `feed_ids`, `kept_ids`, `gone` and
            `sources`.
        documents: The documents.
        articles: The articles, each in the line that `line_of` writes.
    """

    def __init__(
        self,
        head: Mapping[str, Any] = {},
        documents: Iterable[PublishedDocument] = (),
        articles: Iterable[bytes] = (),
    ) -> None:
        self.head = dict(head)
        #: By their paths.
        self.documents = {document.document: document for document in documents}
        self._articles = articles

    @property
    def site_url(self) -> str:
        """The site's address when it was written."""
        return str(self.head.get("site_url", ""))

    @property
    def feed_ids(self) -> str:
        """Where the ids of feeds begin; empty if nothing is known."""
        return str(self.head.get("feed_ids", ""))

    @property
    def kept_ids(self) -> Mapping[str, str]:
        """The published ids of articles that call themselves otherwise now, by their own."""
        kept: Mapping[str, str] = self.head.get("kept_ids", {})
        return kept

    @property
    def gone(self) -> frozenset[str]:
        """Documents that were removed for good, each by the digest of its path; see `digest_of_path`."""
        return frozenset(self.head.get("gone", ()))

    @property
    def sealed(self) -> tuple[SealedArticle, ...]:
        """Articles that are held back now, the latest last."""
        sealed: tuple[SealedArticle, ...] = self.head.get("sealed", ())
        return sealed

    @property
    def sources(self) -> Mapping[str, int]:
        """How many articles each source gave; see `Newsroom.sources`."""
        sources: Mapping[str, int] = self.head.get("sources", {})
        return sources

    @cached_property
    def articles(self) -> Collection[bytes]:
        """The articles, each in its line; they are looked at only where something changed."""
        return dict.fromkeys(self._articles)

    def articles_except(self, lines: Collection[bytes]) -> list[PublishedArticle]:
        """Give the articles whose lines are not among some others; lines that can't be understood are passed over."""
        return list(articles_in(line for line in self.articles if line not in lines))

    @property
    def is_new(self) -> bool:
        """Whether nothing is known to have been published."""
        return not self.head

    def with_articles(self, lines: Collection[bytes]) -> "PublishRecord":
        """Give the record with articles that were published since, or otherwise than it says."""
        if not lines:
            return self
        by_id = {article.article: article for article in articles_in([*self.articles, *lines])}
        return PublishRecord(self.head, self.documents.values(), map(line_of, by_id.values()))

    @classmethod
    def read(cls, data: bytes | None) -> "PublishRecord":
        """Read a record; one that can't be understood is empty.

        Args:
            data: The bytes of the file; None where there is none.

        >>> PublishRecord.read(None).is_new, PublishRecord.read(b"{}").is_new
        (True, True)
        """
        if not data:
            return cls()
        try:
            begin = data.find(b"\n") + 1
            head = msgspec.json.decode(data[:begin], type=_Head)
            if head.newsfeed_record != _FORM or data.count(b"\n") != 1 + head.documents + head.articles:
                return cls()
            articles = data.split(b"\n", 1 + head.documents)[-1]
            documents = _DOCUMENTS.decode_lines(data[begin : len(data) - len(articles)])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return cls()
        known = {
            name: value
            for name, value in msgspec.structs.asdict(head).items()
            if name not in {"newsfeed_record", "documents", "articles"}
        }
        return cls(known, documents, articles.splitlines())

    def encoded(self) -> bytes:
        """Write the record, the same for the same content."""
        head = _Head(_FORM, **self.head, documents=len(self.documents), articles=len(self.articles))
        lines = map(_ENCODER.encode, [head, *self.documents.values()])
        return b"\n".join([*lines, *self.articles, b""])


def line_of(article: PublishedArticle) -> bytes:
    r"""Write an article as records have it, the same for the same article.

    >>> noon = datetime.fromisoformat("2025-12-19T12:00:00Z")
    >>> line = line_of(PublishedArticle("a:1", "https://a.example/", "en", noon, noon))
    >>> list(articles_in([line, b"{}"]))[0].article
    'a:1'
    """
    return _ENCODER.encode(article)


def articles_in(lines: Iterable[bytes]) -> Iterator[PublishedArticle]:
    """Read articles from the lines of a record; lines that can't be understood are passed over."""
    for line in lines:
        try:
            yield _ARTICLES.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue


_ENCODER = msgspec.json.Encoder()
_DOCUMENTS = msgspec.json.Decoder(PublishedDocument)
_ARTICLES = msgspec.json.Decoder(PublishedArticle)
