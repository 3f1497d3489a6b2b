"""Every address in a feed that readers follow: in elements, attributes, members and HTML."""

from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from newsfeed.check.documents import ParsedDocument
from newsfeed.check.html_texts import Node
from newsfeed.check.json_structure import objects_of
from newsfeed.check.words import words

__all__ = ["JSON_ADDRESSES", "Address", "addresses_in", "addresses_in_html", "host_of", "page_of"]

JSON_ADDRESSES: Final = words(
    "avatar banner_image external_url favicon feed_url home_page_url icon image next_url url"
)
#: Elements whose text is an address.
_TEXTS: Final = words(
    """
    atom:icon atom:logo atom:uri blogChannel:blink blogChannel:blogRoll blogChannel:changes blogChannel:mySubscriptions
    comments creativeCommons:license docs feedburner:origEnclosureLink feedburner:origLink itunes:new-feed-url link url
    wfw:comment wfw:commentRSS wfw:commentRss
    """
)
#: Attributes that contain an address, by element.
_ATTRIBUTES: Final = {
    "atom:category": "scheme",
    "atom:content": "src",
    "atom:generator": "uri",
    "atom:link": "href",
    "enclosure": "url",
    "itunes:image": "href",
    "media:content": "url",
    "media:copyright": "url",
    "media:license": "href",
    "media:peerLink": "href",
    "media:player": "url",
    "media:subTitle": "href",
    "media:thumbnail": "url",
    "source": "url",
    "thr:in-reply-to": "href",
}
_HTML: Final = words("href poster src")


class Address(NamedTuple):
    """An address, and where it is."""

    where: Node
    #: The element or member, as messages call it.
    name: str
    text: str


def addresses_in(document: ParsedDocument) -> Iterator[Address]:
    """Visit the addresses in a document's elements and members; empty ones aren't visited."""
    if document.json is not None:
        for _, found in objects_of(document.json):
            for name, value in found.members.items():
                if name in JSON_ADDRESSES and isinstance(value.value, str) and value.value:
                    yield Address(value, name, value.value)
        return
    for _, element in document.called(sorted(_TEXTS)):
        if text := element.text.strip():
            yield Address(element, element.shown, text)
    for name, element in document.called(_ATTRIBUTES):
        if text := (element.get(_ATTRIBUTES[name]) or "").strip():
            yield Address(element, _ATTRIBUTES[name], text)


def addresses_in_html(document: ParsedDocument) -> Iterator[Address]:
    """Visit the addresses of links and files in a document's HTML."""
    for html in document.html:
        for start in html.starts:
            for name, value in start.attributes:
                if name in _HTML and value:
                    yield Address(start.where, f"{name} in <{start.name}>", value.strip())


def host_of(address: str) -> str:
    """Return the host of a web address in lower case; empty if it has none.

    >>> host_of("https://Report.example:8080/en"), host_of("/en")
    ('report.example', '')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def page_of(document: ParsedDocument) -> str:
    """Return the address of the page that a feed belongs to; empty if it names none."""
    if document.json is not None:
        value = document.json.get("home_page_url")
        return value.value if value is not None and isinstance(value.value, str) else ""
    feed = document.feed
    if feed is None:
        return ""
    if document.kind == "rss":
        link = feed.find("link")
        return link.text.strip() if link is not None else ""
    pages = (link for link in feed.all("link") if (link.get("rel") or "alternate") == "alternate")
    return next((page.get("href") or "" for page in pages), "").strip()
