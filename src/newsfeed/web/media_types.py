"""The media types under which documents are served, with their charset."""

from pathlib import PurePosixPath

from newsfeed.model.formats import FORMATS, VOCABULARIES, format_in, format_of
from newsfeed.model.media_types import media_type_of

__all__ = ["FEED_TYPES", "is_compressible", "served_type"]

_TYPES = {
    ".css": "text/css",
    ".gz": "application/gzip",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",  # of any kind; a JSON Feed is recognized by its first bytes
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
    ".zst": "application/zstd",
}
_JSON_FEED = b"https://jsonfeed.org/version/"
#: The first bytes of a document, which distinguish a JSON Feed from other JSON.
_BEGINNING = 256
_UTF8 = "; charset=utf-8"

#: The vocabularies of feeds, by their media types as they are served.
FEED_TYPES = {media_type + _UTF8: vocabulary for media_type, vocabulary in VOCABULARIES.items()}


def served_type(path: str, beginning: bytes) -> str:
    """Return the media type of a document.

    Args:
        path: Its path, which has the suffix.
        beginning: Its first bytes.

    Returns:
        The type; for text, which is always UTF-8 here, with `charset=utf-8`.

    >>> served_type("en/all.rss", b""), served_type("snow.jpg", b"")
    ('application/rss+xml; charset=utf-8', 'image/jpeg')
    >>> (
    ...     served_type("feeds.json", b"{}"),
    ...     served_type("en/all.json", b'{"version":"https://jsonfeed.org/version/1.1"'),
    ... )
    ('application/json; charset=utf-8', 'application/feed+json; charset=utf-8')
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".json" and _JSON_FEED in beginning[:_BEGINNING].replace(b"\\/", b"/"):
        return FORMATS["json"].media_type + _UTF8
    if suffix in {"", ".xml"} and (feed := format_in(path, beginning)) is not None:
        return feed.media_type + _UTF8
    found = _TYPES.get(suffix)
    if found is None:
        name = PurePosixPath(path).name.rpartition(":")[2]
        form = format_of(name.lower())
        found = form.media_type if form is not None else media_type_of(name)
    return found + _UTF8 if _is_text(found) else found


def is_compressible(media_type: str) -> bool:
    """Return whether compression makes such documents smaller."""
    return media_type.endswith(_UTF8)


def _is_text(media_type: str) -> bool:
    major, _, minor = media_type.partition("/")
    return major == "text" or minor.endswith(("+xml", "+json")) or minor in {"xml", "json"}
