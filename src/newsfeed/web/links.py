"""The `Link` header of a feed: the hubs and the address that the feed itself names (WebSub §4)."""

import re
from typing import Any

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.text.urls import ascii_uri
from newsfeed.web.documents import ServedDocument
from newsfeed.web.media_types import FEED_TYPES
from newsfeed.web.outline import links_in

__all__ = ["link_header"]

_ADDRESS = re.compile(r"https?://[^\x00-\x20\x7f-\U0010ffff<>\"\\^`{|}]{1,2000}")
#: A JSON Feed is read as a whole, so a larger one gets no `Link` header.
_LONGEST_JSON = 8 * 1024 * 1024


class _JsonFeed(msgspec.Struct):
    feed_url: Any = None
    hubs: Any = None


def link_header(document: ServedDocument) -> str:
    """Return the `Link` header for a document.

    Args:
        document: The document; its file is rewound.

    Returns:
        The header's value; empty for a document that isn't a feed, or names neither.
    """
    name = FEED_TYPES.get(document.media_type)
    if name is None:
        return ""
    links = _links_in_json(document) if name == "json" else links_in(document.file)
    document.file.seek(0)
    return ", ".join(_written(links))


def _links_in_json(document: ServedDocument) -> list[tuple[str, str]]:
    """Return the links of a JSON Feed: its hubs and itself (JSON Feed 1.1, top level)."""
    if document.size > _LONGEST_JSON:
        return []
    try:
        feed = msgspec.json.decode(document.file.read(), type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    hubs = feed.hubs if isinstance(feed.hubs, list) else []
    urls = [("hub", hub.get("url")) for hub in hubs if isinstance(hub, dict)] + [("self", feed.feed_url)]
    return [(relation, url) for relation, url in urls if isinstance(url, str)]


def _written(links: list[tuple[str, str]]) -> list[str]:
    """Format each link once, without those that aren't valid addresses."""
    written: dict[str, None] = {}
    for relation, url in links:
        try:
            address = ascii_uri(url)
        except InvalidValue:
            continue
        if _ADDRESS.fullmatch(address):
            written[f'<{address}>; rel="{relation}"'] = None
    return list(written)
