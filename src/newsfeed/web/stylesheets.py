"""Feeds with a stylesheet, for browsers: they follow it in a document of plain XML alone, and show a feed's source."""

from newsfeed.web.documents import Document
from newsfeed.web.exchange import Request
from newsfeed.web.media_types import FEED_TYPES
from newsfeed.web.weights import weighted

__all__ = ["PLAIN_XML", "names_stylesheet", "shows_pages"]

#: The type under which browsers follow a stylesheet.
PLAIN_XML = "application/xml; charset=utf-8"
#: The instruction stands behind the XML declaration.
_BEGINNING = 200


def names_stylesheet(document: Document) -> bool:
    """Tell whether a document is an RSS or Atom feed that names a stylesheet; its file is left at the beginning."""
    if FEED_TYPES.get(document.media_type) not in {"rss", "atom"}:
        return False
    beginning = document.file.read(_BEGINNING)
    document.file.seek(0)
    return b"<?xml-stylesheet " in beginning


def shows_pages(request: Request) -> bool:
    """Tell whether a client is a browser that somebody looks at: it asks for HTML, and names no type of feeds."""
    accepted = weighted(request.headers.get("accept", ""))
    feeds = {name.partition(";")[0] for name in FEED_TYPES}
    return bool(accepted.get("text/html")) and not feeds & accepted.keys()
