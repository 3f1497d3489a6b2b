"""The record of what was published: what each document was rendered from and its digest, and the id of each article.

It is text, JSON Lines, so that people can read it, version control can compare it, and any target can hold it. It is
replaced whole, after all other files. The first line says who wrote it. A record that newsfeed doesn't understand is
ignored: everything is then rendered as if for the first time, and compared byte by byte with the files that exist.

It is kept in `.newsfeed/`, which only its owner may enter, and names nothing that isn't published.
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
    "GONE_PATH",
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
#: In the target of a store, the digests of documents that were removed for good; otherwise the record has them.
GONE_PATH = f"{FOLDER}/gone.json"
_FORM = 1
#: What only the markers of stores have.
_OF_STORES = frozenset({"store", "target", "generation"})


def digest_of_path(path: str) -> str:
    """Return a digest that stands for a document without naming what it was about.

    >>> digest_of_path("en/topic/snow.rss")
    'b4cf8834768fab73'
    """
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_of_title(title: str) -> str:
    """Return a digest that tells titles apart without naming them.

    >>> digest_of_title("Snow in the mountains")
    '2badca179d4d8776'
    """
    return blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8, person=b"title").hexdigest()


def digest_of(document: bytes) -> str:
    """Return the digest of a document: its size and its CRC-32 (RFC 1952 §8).

    It detects accidents, not tampering, and is fast.

    >>> digest_of(b"snow")
    '4-3683a5b3'
    """
    return f"{len(document)}-{crc32(document):08x}"


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of a file without reading it. As long as the stamp stays the same, the file does."""

    size: int
    #: When it was modified, in nanoseconds, or the tag that object storage gives to its bytes; empty if there is neither.
    modified: int | str
    changed: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether an equal stamp promises equal bytes; otherwise the file has to be read."""
        return self.modified != ""


class PublishedDocument(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A document that was published."""

    #: Its path below the output folder.
    document: str
    #: A digest of all that it was rendered from, in hexadecimal; empty if that is unknown.
    fingerprint: str = msgspec.field(name="made_of")
    #: See `digest_of`.
    digest: str
    stamp: Stamp | None
    #: Whether its feed isn't planned any more, and the document stays for its subscribers.
    retired: bool = False
    #: The title and the language of a feed that stays, empty, because its articles vanished from their source.
    vanished: tuple[str, str] | None = None
    #: The ids of the articles in a feed that is kept as it is; None if they are unknown.
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
    #: A digest of its title, by which it is matched when its id and its address change; see `digest_of_title`.
    title_digest: str | None = None
    #: The article's own id, if that isn't the published one.
    own_id: str | None = None
    #: Whether no document carries it any more; it may come back.
    departed: bool = False
    #: The number of the row of a store that it is, unless that was removed.
    row: int | None = None


class SealedArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article that was published and is held back now, encrypted; see `seals`."""

    #: Pairs: a digest of something that identifies the article, and the key to the line, encrypted with it.
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
    #: What the ids of feeds begin with, for ever.
    feed_ids: str
    #: The published ids of articles whose own ids differ, by those.
    kept_ids: dict[str, str]
    #: Documents that were removed for good, each by a digest of its path, because the path may name something withdrawn.
    gone: tuple[str, ...]
    documents: Annotated[int, Meta(ge=0)]
    articles: Annotated[int, Meta(ge=0)]
    #: Articles that are held back now, the latest last; records of earlier versions have none.
    sealed: tuple[SealedArticle, ...] = ()
    #: How many articles each source gave; records of earlier versions don't say.
    sources: dict[str, int] = {}
    #: The store from which the target is published; empty if this is the whole record.
    store: str = ""
    #: The number by which the store knows the target.
    target: int = 0
    #: How often the store was published to the target.
    generation: int = 0


class PublishRecord:
    """What was published when the output was last written.

    Args:
        head: Who wrote it for which site: `engine`, `site_url`, `feeds_url`, `feed_ids`, `kept_ids`, `gone`, `sealed`
            and `sources`.
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
    def store(self) -> str:
        """The store from which the target is published; it has the rest of the record. Empty for a target without one."""
        return str(self.head.get("store", ""))

    @property
    def target(self) -> int:
        """The number by which the store knows the target; 0 for a target without one."""
        return int(self.head.get("target", 0))

    @property
    def generation(self) -> int:
        """How often the store was published to the target."""
        return int(self.head.get("generation", 0))

    @property
    def feed_ids(self) -> str:
        """What the ids of feeds begin with; empty if nothing is known."""
        return str(self.head.get("feed_ids", ""))

    @property
    def kept_ids(self) -> Mapping[str, str]:
        """The published ids of articles whose own ids differ, by those."""
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
        """How many articles each source gave; see `Catalog.sources`."""
        sources: Mapping[str, int] = self.head.get("sources", {})
        return sources

    @cached_property
    def articles(self) -> Collection[bytes]:
        """The lines of the articles; they are decoded only if something changed."""
        return dict.fromkeys(self._articles)

    def articles_except(self, lines: Collection[bytes]) -> list[PublishedArticle]:
        """Return the articles whose lines aren't among the given ones; lines that can't be understood are skipped."""
        return list(articles_in(line for line in self.articles if line not in lines))

    @property
    def is_new(self) -> bool:
        """Whether nothing is known to have been published."""
        return not self.head

    def with_articles(self, lines: Collection[bytes]) -> "PublishRecord":
        """Return the record with articles that were published since, or differently."""
        if not lines:
            return self
        by_id = {article.article: article for article in articles_in([*self.articles, *lines])}
        return PublishRecord(self.head, self.documents.values(), map(line_of, by_id.values()))

    @classmethod
    def read(cls, data: bytes | None) -> "PublishRecord":
        """Read a record; one that can't be understood becomes empty.

        Args:
            data: The bytes of the file; None if there is none.

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
            if name not in {"newsfeed_record", "documents", "articles"} and (value or name not in _OF_STORES)
        }
        return cls(known, documents, articles.splitlines())

    def encoded(self) -> bytes:
        """Return the record's bytes, the same for the same content."""
        head = _Head(_FORM, **self.head, documents=len(self.documents), articles=len(self.articles))
        lines = map(_ENCODER.encode, [head, *self.documents.values()])
        return b"\n".join([*lines, *self.articles, b""])


def line_of(article: PublishedArticle) -> bytes:
    r"""Return the line of an article in a record, the same for the same article.

    >>> noon = datetime.fromisoformat("2025-12-19T12:00:00Z")
    >>> line = line_of(PublishedArticle("a:1", "https://a.example/", "en", noon, noon))
    >>> list(articles_in([line, b"{}"]))[0].article
    'a:1'
    """
    return _ENCODER.encode(article)


def articles_in(lines: Iterable[bytes]) -> Iterator[PublishedArticle]:
    """Yield the articles in the lines of a record; lines that can't be understood are skipped."""
    for line in lines:
        try:
            yield _ARTICLES.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue


_ENCODER = msgspec.json.Encoder()
_DOCUMENTS = msgspec.json.Decoder(PublishedDocument)
_ARTICLES = msgspec.json.Decoder(PublishedArticle)
