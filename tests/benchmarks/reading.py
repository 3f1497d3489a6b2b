"""Read a feed back: what its entries say, and which features it has. Nothing of newsfeed is asked."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from lxml import etree

__all__ = ["FEATURES", "Said", "entries_in", "features_in"]

_NAMESPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
_ENTRIES = {"rss": "/rss[@version='2.0']/channel/item", "atom": "/a:feed/a:entry"}


class Said(NamedTuple):
    """What every generator must say of an entry."""

    id: str
    title: str
    url: str
    #: HTML.
    summary: str
    #: HTML.
    content: str
    published: datetime


_SAID = {
    "rss": ("guid", "title", "link", "description", "c:encoded", "pubDate"),
    "atom": (
        "a:id",
        "a:title",
        "a:link[not(@rel) or @rel='alternate'][1]/@href",
        "a:summary[@type='html']",
        "a:content[@type='html']",
        "a:published",
    ),
}

#: What an entry may say beyond that, and where it stands in each format.
FEATURES: Mapping[str, Mapping[str, str]] = {
    "when it changed": {"rss": "dcterms:modified", "atom": "a:updated"},
    "author": {"rss": "author | dc:creator", "atom": "a:author/a:name"},
    "categories": {"rss": "category", "atom": "a:category/@term"},
    "their schemes": {"rss": "category/@domain", "atom": "a:category/@scheme"},
    "their labels": {"atom": "a:category/@label"},
    "picture": {"rss": "enclosure/@length", "atom": "a:link[@rel='enclosure']/@length"},
    "its measures": {"rss": "media:content/@width", "atom": "media:content/@width"},
    "language": {"rss": "dc:language", "atom": "@xml:lang"},
    "translations": {"rss": "a:link/@hreflang", "atom": "a:link[@rel='related']/@hreflang"},
}


def entries_in(document: bytes, form: str) -> list[Said]:
    """Read the entries of a feed.

    Args:
        document: The feed, RSS 2.0 or Atom 1.0.
        form: Which of these, `rss` or `atom`.

    Raises:
        lxml.etree.XMLSyntaxError: If it isn't well-formed.
        ValueError: If an entry lacks something.
    """
    said = []
    for entry in _entries(document, form):
        name, title, url, summary, content, published = [_text(entry, path) for path in _SAID[form]]
        parse = parsedate_to_datetime if form == "rss" else datetime.fromisoformat
        said.append(Said(name, title, url, summary, content, parse(published)))
    return said


def features_in(document: bytes, form: str) -> set[str]:
    """Tell which features any entry of a feed has."""
    entries = _entries(document, form)
    return {
        feature
        for feature, paths in FEATURES.items()
        if form in paths and any(_found(entry, paths[form]) for entry in entries)
    }


def _entries(document: bytes, form: str) -> list[etree._Element]:
    entries: list[etree._Element] = _found(etree.fromstring(document), _ENTRIES[form])
    return entries


def _found(element: etree._Element, path: str) -> list[Any]:
    found: Any = element.xpath(path, namespaces=_NAMESPACES)
    return list(found)


def _text(entry: etree._Element, path: str) -> str:
    found = _found(entry, path)
    if not found:
        raise ValueError(f"an entry has no {path}")
    return str(found[0]) if isinstance(found[0], str) else found[0].text or ""
