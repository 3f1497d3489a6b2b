"""The path of a request, as the path of a document relative to the folder.

Paths that could lead out of the folder, or to hidden files in it, on any operating system, are refused.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

__all__ = ["document_path", "reference"]

#: The longest path of a document, in characters; file systems allow 4,096 bytes.
_LONGEST = 1024
#: Control characters, what Windows takes for a separator, a drive or a stream, and lone surrogates.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\:\ud800-\udfff]")


def document_path(path: str) -> str | None:
    """Return the path of the document that a request names.

    Args:
        path: The request's path, decoded once, below the application's own address.

    Returns:
        The relative path, `en/all.rss`; for a folder, it ends with a slash or is empty. `None` if it is refused: for
        segments that are empty or begin with a dot, and for backslashes, colons and control characters.

    >>> document_path("/en/all.rss"), document_path("/en/"), document_path("/")
    ('en/all.rss', 'en/', '')
    >>> (
    ...     document_path("/../etc/passwd"),
    ...     document_path("/.git/config"),
    ...     document_path("/en//all.rss"),
    ...     document_path("/C:/boot.ini"),
    ... )
    (None, None, None, None)
    """
    if len(path) > _LONGEST or _UNSAFE.search(path):
        return None
    relative = path.removeprefix("/")
    segments = relative.removesuffix("/").split("/")
    if relative and not all(segment and not segment.startswith(".") for segment in segments):
        return None
    return relative


def reference(segments: Iterable[str]) -> str:
    """Write path segments as the path of a URI reference (RFC 3986 §3.3).

    >>> reference(["en", "category", "домен & co.rss"])
    'en/category/%D0%B4%D0%BE%D0%BC%D0%B5%D0%BD%20%26%20co.rss'
    """
    return "/".join(quote(segment, safe="") for segment in segments)
