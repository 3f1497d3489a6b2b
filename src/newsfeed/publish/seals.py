"""Seals: what is remembered of articles that are held back, so that they come back under the id that readers know.

The record names nothing that is withdrawn, embargoed or expired. Yet an article may come back after the site has moved,
or an editor has given it another id. So its line of the record is kept encrypted, and only somebody who has the article
can decrypt it: everything that identifies it (its id, its story, its address, its title; see `matching`) locks the key
to the line. Anyone who can guess an article's address can find out that it was published, and learns nothing else from
the record.

Of addresses, only what follows the site's own is used, so seals open after any number of moves.
"""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b, shake_256

import msgspec

from newsfeed.catalog.catalog import Catalog
from newsfeed.model.site import Site
from newsfeed.publish.matching import MatchKey, match_keys
from newsfeed.publish.record import PublishedArticle, SealedArticle

__all__ = ["MAX_SEALS", "locks_of", "merge_seals", "open_seals", "seal_of"]

#: The most seals that a record keeps.
MAX_SEALS = 10_000
_KEY_SIZE = 16


class _Content(msgspec.Struct, frozen=True, array_like=True, gc=False):
    #: The address of the site at the time.
    site_url: str
    article: PublishedArticle


_ENCODER = msgspec.json.Encoder()
_CONTENTS = msgspec.json.Decoder(_Content)


def seal_of(article: PublishedArticle, site: Site) -> SealedArticle:
    """Return the seal of an article; the same article gives the same seal.

    Args:
        article: The article, as it was published.
        site: Its site.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
    >>> from newsfeed.catalog.read_catalog import ReadCatalog
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> catalog = ReadCatalog(site, [], noon)
    >>> snow = PublishedArticle("urn:old", "https://report.example/snow", "en", noon, noon, own_id="urn:snow")
    >>> seal = seal_of(snow, site)
    >>> for key in ("url", "https://report.example/snow"), ("id", "urn:snow"), ("id", "urn:old"):
    ...     [known.article for _, known in open_seals([seal], [[key]], catalog, site.url)]
    ['urn:old']
    ['urn:old']
    []
    """
    article = msgspec.structs.replace(article, row=None)  # its number means nothing outside of the store
    content = _ENCODER.encode(_Content(site.url, article))
    key = blake2b(content, digest_size=_KEY_SIZE).digest()
    match_by = [_within_site(each, site) for each in match_keys(article)]
    locks = tuple((_lock(each), _xor(key, _key_of(each)).hex()) for each in match_by)
    return SealedArticle(locks, b64encode(_xor(content, _stream(key, len(content)))).decode())


def locks_of(match_by: Iterable[MatchKey], site: Site) -> list[str]:
    """Return the locks that an article opens, given everything that identifies it."""
    return [_lock(_within_site(each, site)) for each in match_by]


def open_seals(
    seals: Sequence[SealedArticle], articles: Iterable[Iterable[MatchKey]], catalog: Catalog, site_url: str
) -> Iterator[tuple[SealedArticle, PublishedArticle]]:
    """Open the seals of some articles.

    Args:
        seals: The seals.
        articles: For each article, everything that identifies it.
        catalog: The articles.
        site_url: The site's address; the content is returned as if this had been its address then.

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
    for match_by in articles:
        for each in (_within_site(each, catalog.site) for each in match_by):
            for number, key in keys.get(_lock(each), ()):
                content = None if number in found else _content(seals[number], key, each)
                if content is not None:
                    found[number] = _with_site_url(site_url, content, catalog)
    for number in sorted(found, reverse=True):
        yield seals[number], found[number]


def merge_seals(before: Iterable[SealedArticle], new: Iterable[SealedArticle]) -> tuple[SealedArticle, ...]:
    """Add new seals to those before. Of two seals of one article the latest stays, and of all the latest `MAX_SEALS`."""
    latest: dict[str, SealedArticle] = {}
    for seal in (*before, *new):
        name = seal.locks[0][0] if seal.locks else ""
        latest.pop(name, None)
        latest[name] = seal
    return tuple(latest.values())[-MAX_SEALS:]


def _content(seal: SealedArticle, key: str, match_by: MatchKey) -> _Content | None:
    """Decrypt a seal; None if the record was tampered with, or two digests are the same by chance."""
    try:
        opened_key = _xor(bytes.fromhex(key), _key_of(match_by))
        line = b64decode(seal.line)
        return _CONTENTS.decode(_xor(line, _stream(opened_key, len(line))))
    except (ValueError, OverflowError, msgspec.MsgspecError):
        return None


def _with_site_url(site_url: str, content: _Content, catalog: Catalog) -> PublishedArticle:
    """Return the article as if the site had had another address then; the id that readers know stays."""

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


def _within_site(match_by: MatchKey, site: Site) -> MatchKey:
    """Return a key with only what follows the site's address, if it is an address below it."""
    kind, name, *rest = match_by
    if kind in {"id", "url"}:
        base = next((base for base in (site.url, site.ids_url or "") if base and name.startswith(base)), "")
        name = name.removeprefix(base)
    return kind, name, *rest


def _lock(match_by: MatchKey) -> str:
    return blake2b(_ENCODER.encode(match_by), digest_size=8, person=b"lock").hexdigest()


def _key_of(match_by: MatchKey) -> bytes:
    return blake2b(_ENCODER.encode(match_by), digest_size=_KEY_SIZE, person=b"key").digest()


def _stream(key: bytes, size: int) -> bytes:
    return shake_256(key).digest(size)


def _xor(data: bytes, key: bytes) -> bytes:
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(key, "big")
    return mixed.to_bytes(len(key), "big")
