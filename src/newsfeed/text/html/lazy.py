"""Lazily loaded pictures and players: scripts put their address in place once the page is scrolled; readers run none."""

from collections.abc import Mapping
from typing import Final

__all__ = ["ADDRESSES", "CANDIDATES", "waiting"]

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
