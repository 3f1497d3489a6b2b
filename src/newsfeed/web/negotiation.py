"""Content negotiation: what a client's `Accept` header decides (RFC 9110 §12.5.1).

It chooses the format where an address has no suffix, and the media type under which a feed with a stylesheet is sent.
"""

from collections.abc import Iterable

from newsfeed.model.formats import FORMATS, Format
from newsfeed.web.documents import ServedDocument
from newsfeed.web.exchange import Request
from newsfeed.web.media_types import FEED_TYPES
from newsfeed.web.quality_values import quality_values

__all__ = ["PLAIN_XML", "names_stylesheet", "suffixes_by_preference", "wants_page"]

_REFUSED = -1.0

#: The media type under which browsers apply a stylesheet; under a feed's own type, they show its source.
PLAIN_XML = "application/xml; charset=utf-8"
#: The stylesheet instruction follows the XML declaration, within this many bytes.
_PROLOG_LENGTH = 200


def suffixes_by_preference(accept: str | None) -> Iterable[str]:
    """Sort the suffixes of documents by a client's preference.

    Args:
        accept: The header `Accept`; `None` if there is none.

    Returns:
        All suffixes, the preferred first, and equally preferred ones in the order of `FORMATS`. Those that the client
        refuses come last, in case nothing else exists: RFC 9110 §12.4.1 allows that, and it serves subscribers better.

    >>> suffixes_by_preference("application/atom+xml, application/json;q=0.5")
    ['.atom', '.json', '.rss', '.html', '.txt']
    >>> suffixes_by_preference("text/html, application/xml;q=0.9, */*;q=0.8")[:2]
    ['.html', '.rss']
    """
    qualities = quality_values(accept) if accept is not None else {}
    return [form.suffix for form in sorted(FORMATS.rows(), key=lambda form: -_quality(form, qualities))]


def _quality(form: Format, qualities: dict[str, float]) -> float:
    """Return the quality of a format by the most specific range that matches it; negative if it is refused."""
    own = form.media_type
    ranges = (own, *form.other_media_types, own.partition("/")[0] + "/*", "*/*")
    found = next((qualities[known] for known in ranges if known in qualities), None)
    if found is None:
        return 0.0
    return found or _REFUSED


def names_stylesheet(document: ServedDocument) -> bool:
    """Return whether a document is an RSS or Atom feed that names a stylesheet; its file is rewound."""
    if FEED_TYPES.get(document.media_type) not in {"rss", "atom"}:
        return False
    prolog = document.file.read(_PROLOG_LENGTH)
    document.file.seek(0)
    return b"<?xml-stylesheet " in prolog


def wants_page(request: Request) -> bool:
    """Return whether a browser asks, to show a page to a person: it accepts HTML, and names no media type of feeds."""
    accepted = quality_values(request.headers.get("accept", ""))
    feeds = {form.media_type for form in FORMATS.rows() if form.is_feed}
    return bool(accepted.get("text/html")) and not feeds & accepted.keys()
