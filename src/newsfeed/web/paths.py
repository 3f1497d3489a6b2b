"""The path of a request, as a place below the folder, or as no place at all.

What could name anything outside of the folder, or anything hidden in it, on any system, is no place.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

__all__ = ["place_of", "reference"]

#: The longest path of a document, in characters; file systems end at 4,096 bytes.
_LONGEST = 1024
#: Controls, what Windows takes for a separator, a drive or a stream, and halves of characters.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\:\ud800-\udfff]")


def place_of(path: str) -> str | None:
    """Give the place that a path names.

    Args:
        path: Decoded once, below the application's own address.

    Returns:
        The place, relative, `en/all.rss`; it ends with a slash, or is empty, for a folder. `None` for what names no
        place: segments that are empty or begin with a dot, backslashes, colons, controls.

    >>> place_of("/en/all.rss"), place_of("/en/"), place_of("/")
    ('en/all.rss', 'en/', '')
    >>> (
    ...     place_of("/../etc/passwd"),
    ...     place_of("/.git/config"),
    ...     place_of("/en//all.rss"),
    ...     place_of("/C:/boot.ini"),
    ... )
    (None, None, None, None)
    """
    if len(path) > _LONGEST or _UNSAFE.search(path):
        return None
    place = path.removeprefix("/")
    segments = place.removesuffix("/").split("/")
    if place and not all(segment and not segment.startswith(".") for segment in segments):
        return None
    return place


def reference(segments: Iterable[str]) -> str:
    """Write path segments as the path of a URI reference (RFC 3986 §3.3).

    >>> reference(["en", "category", "домен & co.rss"])
    'en/category/%D0%B4%D0%BE%D0%BC%D0%B5%D0%BD%20%26%20co.rss'
    """
    return "/".join(quote(segment, safe="") for segment in segments)
