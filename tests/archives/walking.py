"""A client that knows RFC 5005: it reads RSS, Atom and JSON Feed, and walks from a feed to its pages and archives."""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from newsfeed import Newsroom

__all__ = ["BASE", "Page", "Subscriber", "documents", "page_of", "walked"]

BASE = "https://report.example/feeds/"
_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_OLDER = ("prev-archive", "next")


class Page(NamedTuple):
    """What a client sees of a document."""

    #: The titles of its articles by their ids, in order; an id that comes twice is an error.
    entries: dict[str, str]
    #: Addresses by relation.
    links: dict[str, str]
    #: What it says of itself, `archive` or `complete`.
    marks: set[str]

    @property
    def older(self) -> str | None:
        """Where older articles are."""
        return next((self.links[rel] for rel in _OLDER if rel in self.links), None)


def documents(newsroom: Newsroom) -> dict[str, bytes]:
    """Everything for feed readers that a newsroom publishes, by address."""
    return {
        f"{BASE}{path}.{name}": newsroom.feed(path).render(name)
        for path, planned in newsroom.plan.with_parts.items()
        for name in planned.formats
        if name in {"rss", "atom", "json"}
    }


def page_of(document: bytes) -> Page:
    """Read a document."""
    if document.startswith(b"{"):
        return _json_page(document)
    root = etree.fromstring(document)
    channel = root.find("channel")
    head, (name, key) = (root, ("entry", "id")) if channel is None else (channel, ("item", "guid"))
    space = _ATOM if channel is None else ""
    entries = [
        (entry.findtext(f"{space}{key}", ""), entry.findtext(f"{space}title", ""))
        for entry in head.findall(f"{space}{name}")
    ]
    links = {link.get("rel", ""): link.get("href", "") for link in head.findall(f"{_ATOM}link")}
    marks = {child.tag.removeprefix(_HISTORY) for child in head if str(child.tag).startswith(_HISTORY)}
    return Page(_once(entries), links, marks)


def _json_page(document: bytes) -> Page:
    feed = json.loads(document)
    own = feed["_newsfeed"]
    links = {link["rel"]: link["url"] for link in own.get("history", [])} | {"self": feed["feed_url"]}
    if "next_url" in feed:
        links["next"] = feed["next_url"]
    entries = [(item["id"], item["title"]) for item in feed["items"]]
    return Page(_once(entries), links, {mark for mark in ("archive", "complete") if own.get(mark)})


def _once(entries: list[tuple[str, str]]) -> dict[str, str]:
    assert len(dict(entries)) == len(entries), "an article stands twice in a document"
    return dict(entries)


def walked(fetch: Callable[[str], bytes], address: str) -> Iterator[tuple[str, Page]]:
    """Walk from a feed back to the oldest of its documents."""
    seen: set[str] = set()
    following: str | None = address
    while following is not None:
        assert following not in seen, "the walk goes in a circle"
        seen.add(following)
        page = page_of(fetch(following))
        yield following, page
        following = page.older


class Subscriber:
    """Polls a feed when it likes, and then fetches the archives that it has not fetched before (RFC 5005 §4.2)."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._fetched: set[str] = set()
        self.entries: dict[str, str] = {}

    def poll(self, published: dict[str, bytes]) -> None:
        found: dict[str, str] = {}
        for address, page in walked(published.__getitem__, self._address):
            if address in self._fetched:
                break
            if address != self._address:
                self._fetched.add(address)
            found = page.entries | found
        self.entries |= found
