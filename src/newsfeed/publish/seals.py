"""Seals: what is remembered of articles that are held back, so that they come back under the id that readers know.

The record names nothing that is withdrawn, embargoed or expired. Yet an article may come back, and the site may have
moved meanwhile, or an editor may have given it another id. So its line of the record is kept encrypted, and opens only
for somebody who has the article: each thing by which it is match_articles (its id, its story, its address, its title; see
`recognition`) locks the key to the line. Whoever can guess an article's address can tell that it was published, and
nobody reads more out of the record than they knew.

Addresses are locked by what follows the site's own, so they open after any number of moves.
"""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b, shake_256

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.model.site import Site
from newsfeed.publish.matching import Way, match_keys
from newsfeed.publish.record import PublishedArticle, SealedArticle

__all__ = ["MOST", "joined", "opened", "sealed"]

#: So many sealed articles are remembered.
MOST = 10_000
_KEY_SIZE = 16


class _Content(msgspec.Struct, frozen=True, array_like=True, gc=False):
    #: The address of the site at the time.
    site_url: str
    article: PublishedArticle


_ENCODER = msgspec.json.Encoder()
_CONTENTS = msgspec.json.Decoder(_Content)


def sealed(article: PublishedArticle, site: Site) -> SealedArticle:
    """Seal what a record says of an article, the same for the same article.

    Args:
        article: The article, as it was published.
        site: Its site.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> from newsfeed.catalog.read_catalog import ReadCatalog
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> catalog = ReadCatalog(site, [], noon)
    >>> snow = PublishedArticle("urn:old", "https://report.example/snow", "en", noon, noon, own_id="urn:snow")
    >>> seal = sealed(snow, site)
    >>> for way in ("url", "https://report.example/snow"), ("id", "urn:snow"), ("id", "urn:old"):
    ...     [known.article for _, known in opened([seal], [[way]], catalog, site.url)]
    ['urn:old']
    ['urn:old']
    []
    """
    content = _ENCODER.encode(_Content(site.url, article))
    key = blake2b(content, digest_size=_KEY_SIZE).digest()
    ways = [_within(way, site) for way in match_keys(article)]
    locks = tuple((_lock(way), _mixed(key, _key_of(way)).hex()) for way in ways)
    return SealedArticle(locks, b64encode(_mixed(content, _stream(key, len(content)))).decode())


def opened(
    seals: Sequence[SealedArticle], articles: Iterable[Iterable[Way]], catalog: Catalog, site_url: str
) -> Iterator[tuple[SealedArticle, PublishedArticle]]:
    """Open the seals of some articles.

    Args:
        seals: The seals.
        articles: For each article the ways by which it is match_articles.
        catalog: The articles.
        site_url: The site's address for which what was sealed is to be told.

    Yields:
        Each seal that opens, with the article as it was published, the latest first.
    """
    if not seals:
        return
    keys: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, seal in enumerate(seals):
        for lock, key in seal.locks:
            keys[lock].append((number, key))
    found: dict[int, PublishedArticle] = {}
    for ways in articles:
        for way in (_within(way, catalog.site) for way in ways):
            for number, key in keys.get(_lock(way), ()):
                content = None if number in found else _content(seals[number], key, way)
                if content is not None:
                    found[number] = _as_at(site_url, content, catalog)
    for number in sorted(found, reverse=True):
        yield seals[number], found[number]


def joined(before: Iterable[SealedArticle], new: Iterable[SealedArticle]) -> tuple[SealedArticle, ...]:
    """Join seals to those that were there; of two of one article the latest stays, and of all the latest."""
    latest: dict[str, SealedArticle] = {}
    for seal in (*before, *new):
        name = seal.locks[0][0] if seal.locks else ""
        latest.pop(name, None)
        latest[name] = seal
    return tuple(latest.values())[-MOST:]


def _content(seal: SealedArticle, key: str, way: Way) -> _Content | None:
    """Read what was sealed; None where the record was tampered with, or two digests are the same by chance."""
    try:
        opened_key = _mixed(bytes.fromhex(key), _key_of(way))
        line = b64decode(seal.line)
        return _CONTENTS.decode(_mixed(line, _stream(opened_key, len(line))))
    except (ValueError, OverflowError, msgspec.MsgspecError):
        return None


def _as_at(site_url: str, content: _Content, catalog: Catalog) -> PublishedArticle:
    """Give the article as if the site had had an address then; the id that readers know stays."""

    def moved(address: str) -> str:
        below = address.startswith(content.site_url)
        return site_url + address.removeprefix(content.site_url) if below else address

    known = content.article
    own_id = known.own_id or known.article
    if not catalog.has_article(own_id):
        own_id = moved(own_id)
    return msgspec.structs.replace(
        known, url=moved(known.url), own_id=None if own_id == known.article else own_id, departed=True
    )


def _within(way: Way, site: Site) -> Way:
    """Give a way with what follows the site's address, where it is one below it."""
    kind, name, *rest = way
    if kind in {"id", "url"}:
        base = next((base for base in (site.url, site.ids_url or "") if base and name.startswith(base)), "")
        name = name.removeprefix(base)
    return kind, name, *rest


def _lock(way: Way) -> str:
    return blake2b(_ENCODER.encode(way), digest_size=8, person=b"lock").hexdigest()


def _key_of(way: Way) -> bytes:
    return blake2b(_ENCODER.encode(way), digest_size=_KEY_SIZE, person=b"key").digest()


def _stream(key: bytes, size: int) -> bytes:
    return shake_256(key).digest(size)


def _mixed(data: bytes, key: bytes) -> bytes:
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(key, "big")
    return mixed.to_bytes(len(key), "big")
