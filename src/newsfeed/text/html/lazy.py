"""Lazily loaded pictures and players: scripts put their address in place once the page is scrolled; readers run none."""

from collections.abc import Mapping
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["ADDRESSES", "CANDIDATES", "may_load_later", "waiting"]

#: The attributes in which loaders keep what becomes `src`; the first wins.
ADDRESSES: Final = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-orig-src",
    "data-actualsrc",
    "data-cfsrc",
    "data-echo",
    "data-lazy",
    "data-lazyload",
    "data-litespeed-src",
    "data-lazyload-src",
    "data-pagespeed-lazy-src",
    "data-defer-src",
    "data-ll-src",
    "data-runner-src",
    "data-ezsrc",
    "data-breeze",
    "data-fallbacksrc",
    "data-image",
    "nitro-lazy-src",
)
#: The same for `srcset`.
CANDIDATES: Final = (
    "data-srcset",
    "data-lazy-srcset",
    "data-orig-srcset",
    "data-ezsrcset",
    "data-breeze-srcset",
    "nitro-lazy-srcset",
)

#: A part of each of these names.
_MARK: Final = lazy_pattern(
    r"-(?:src|original|actualsrc|cfsrc|echo|lazy|ezsrc|fallbacksrc|breeze|image=|SRC)"
)


def may_load_later(html: str) -> bool:
    """Return whether a fragment may have one of these attributes; False is certain."""
    return _MARK.search(html) is not None


def waiting(attributes: Mapping[str, str | None], names: tuple[str, ...]) -> str:
    """Return the value that waits in one of some attributes; empty where none does, as in `data-lazy="true"`.

    >>> waiting({"src": "blank.gif", "data-src": "/snow.jpg"}, ADDRESSES)
    '/snow.jpg'
    """
    found = attributes.keys() & names
    for name in sorted(found, key=names.index) if len(found) > 1 else found:
        value = (attributes[name] or "").strip()
        if ("/" in value or "." in value) and not value.startswith(("data:", "{", "[")):
            return value
    return ""
