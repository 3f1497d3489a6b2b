"""What a server says about a feed, beside the feed itself. These checks apply to feeds that were fetched."""

import re
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.words import words

__all__ = ["CHECKS", "FEEDS"]

CHECKS = CheckGroup("rss", "atom", "json", "opml", "sitemap", "xml", "unread")
FEEDS = CheckGroup("rss", "atom", "json")

_TYPES: Final = words(
    """
    application/atom+xml application/feed+json application/json application/rdf+xml application/rss+xml application/xml
    text/x-opml text/xml application/opml+xml
    """
)
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_LINK: Final = re.compile(r"<([^<>]*)>((?:\s*;\s*[^\s;,=]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))?)*)")
_REL: Final = re.compile(r"""rel\s*=\s*["']?([^"';]+)""", re.IGNORECASE)
#: By whether a redirect is permanent.
_FIXES: Final = {
    True: ("permanently", "name the new address wherever the feed is linked"),
    False: ("temporarily", "answer 301 instead if the feed stays there"),
}
_SAME: Final = {"utf8": "utf-8", "ascii": "us-ascii", "latin1": "iso-8859-1"}


def _at_server(reason: str, fix: str = "") -> Iterator[Problem]:
    yield Problem(0, 0, "", reason, fix)


@CHECKS.warning(
    "NF900",
    "A feed is served with the media type of a feed.",
    why="Browsers and readers decide by it whether to show, subscribe to or download the file.",
    fix="serve RSS as application/rss+xml, Atom as application/atom+xml and JSON Feed as application/feed+json",
    specification="RFC 4287 §7; RFC 7303 §9; W3C Feed Validation Service, UnexpectedContentType",
)
def media_type(document: ParsedDocument) -> Iterator[Problem]:
    """Report other media types."""
    if document.response is None:
        return
    kind = document.response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind:
        yield from _at_server("the answer has no Content-Type")
    elif kind not in _TYPES:
        yield from _at_server(f"the media type is {kind}")


@CHECKS.warning(
    "NF901",
    "The charset in Content-Type is the encoding of the feed.",
    why="Programs believe the server, and show garbled text.",
    fix="leave charset out of Content-Type, or name the feed's own encoding in it",
    specification="RFC 7303 §3; W3C Feed Validation Service, EncodingMismatch",
)
def charset(document: ParsedDocument) -> Iterator[Problem]:
    """Report other charsets."""
    if document.response is None:
        return
    found = _CHARSET.search(document.response.headers.get("content-type", ""))
    declared = (document.xml.encoding if document.xml is not None else None) or "utf-8"
    if found is not None and _plain(found[1]) != _plain(declared):
        yield from _at_server(f"the server says {found[1]}, but the feed is {declared}")


def _plain(encoding: str) -> str:
    return _SAME.get(encoding.lower(), encoding.lower())


@CHECKS.warning(
    "NF902",
    "A server answers 304 while a feed is unchanged.",
    why="Readers ask every few minutes; without it, each of them downloads the whole feed each time.",
    fix="send ETag or Last-Modified, and answer 304 when If-None-Match or If-Modified-Since matches",
    specification="RFC 9110 §8.8, §13",
)
def revalidated(document: ParsedDocument) -> Iterator[Problem]:
    """Report servers that send nothing to ask with, or send an unchanged feed again."""
    if document.response is None:
        return
    if document.response.is_revalidated is None:
        yield from _at_server("the answer has neither ETag nor Last-Modified")
    elif not document.response.is_revalidated:
        yield from _at_server("the server sent the whole feed again, although it was asked only for changes")


@CHECKS.note(
    "NF903",
    "A feed is at the address that people subscribe to.",
    why="Readers follow each redirect each time; a temporary one never ends.",
    fix="name the new address wherever the feed is linked",
    specification="RFC 9110 §15.4",
)
def redirected(document: ParsedDocument) -> Iterator[Problem]:
    """Report redirects."""
    for redirect in document.response.redirects if document.response is not None else ():
        how, fix = _FIXES[redirect.is_permanent]
        yield from _at_server(f"{redirect.source} leads {how} ({redirect.status}) to {redirect.target}", fix)


@FEEDS.warning(
    "NF904",
    "Link headers name the same hub and the same address as the feed.",
    why="Subscribers of WebSub believe the headers first, and ask the wrong hub, or for another feed.",
    fix='send Link headers with the feed\'s own rel="hub" and rel="self", or none',
    specification="W3C WebSub §4",
)
def link_headers(document: ParsedDocument) -> Iterator[Problem]:
    """Report Link headers that differ from the feed's links."""
    if document.response is None:
        return
    sent = list(_links_in(document.response.headers.get("link", "")))
    for rel in ("hub", "self"):
        headers = [address for address, rels in sent if rel in rels]
        own = _own_links(document, rel)
        for address in headers:
            if own and address not in own:
                yield from _at_server(
                    f"the Link header says rel={rel!r} {address}, but the feed says {own[0]}"
                )


def _links_in(header: str) -> Iterator[tuple[str, list[str]]]:
    for address, parameters in _LINK.findall(header):
        rel = _REL.search(parameters)
        yield address, rel[1].lower().split() if rel is not None else []


def _own_links(document: ParsedDocument, rel: str) -> list[str]:
    if document.json is not None:
        if rel == "self":
            found = document.json.get("feed_url")
            return [str(found.value)] if found is not None and found.value else []
        hubs = document.json.get("hubs")
        urls = (hub.get("url") for hub in (hubs.items if hubs is not None else ()))
        return [str(url.value) for url in urls if url is not None]
    if document.feed is None:
        return []
    return [link.get("href") or "" for link in document.feed.all("link", ATOM) if link.get("rel") == rel]
