"""Tracking pixels: pictures that nobody is meant to see, and that report to a server who reads what, and when."""

import re
from collections.abc import Mapping
from typing import Final

from newsfeed.text.html.tags import start_tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["is_pixel", "without_pixels"]

_IMG: Final = frozenset({"img"})
_NOTHING_TO_SEE: Final = lazy_pattern(r"\s*[01](\.0*)?(px)?\s*", re.IGNORECASE)
_HIDDEN: Final = lazy_pattern(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|;)\s*(?:left|top)\s*:\s*-\d{3}", re.IGNORECASE
)
_SIDE: Final = lazy_pattern(r"(?:^|;)\s*(width|height)\s*:\s*([^;]*)", re.IGNORECASE)
#: A picture to look at closely: it isn't written plainly, or it has a style, or a width that nobody sees.
_SUSPECT: Final = lazy_pattern(
    r"""
    <[iI][mM][gG]
    (?! (?: [ ] (?! style | hidden | width="(?: [^"]*& | \s*[01](?:\.0*)?(?:px)?\s*" ) ) [a-z-]+="[^"]*" )* [ ]?/?> )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_pixels(html: str) -> str:
    """Remove the pictures from a fragment that are hidden, or at most one pixel wide and high.

    Args:
        html: An HTML fragment, before it is cleaned: cleaning removes the styles that tell.

    Returns:
        The fragment without these `img` elements, else letter for letter the same.

    >>> without_pixels('<p>Snow<img src="https://t.example/1" width="1" height="1"></p><img src="/snow.jpg">')
    '<p>Snow</p><img src="/snow.jpg">'
    """
    if _SUSPECT.search(html) is None:
        return html
    pieces = []
    position = 0
    for tag in start_tags(html, _IMG):
        if is_pixel({attribute.name: attribute.value for attribute in reversed(tag.attributes)}):
            pieces.append(html[position : tag.start])
            position = tag.end
    return "".join([*pieces, html[position:]])


def is_pixel(attributes: Mapping[str, str]) -> bool:
    """Return whether an element with these attributes is hidden, or at most one pixel wide and high."""
    style = attributes.get("style", "")
    if "hidden" in attributes:
        return True
    if not style and "width" not in attributes:
        return False
    if style and _HIDDEN.search(style):
        return True
    sides = {name.lower(): value for name, value in _SIDE.findall(style)} if style else {}
    return all(
        _NOTHING_TO_SEE.fullmatch(sides.get(side, attributes.get(side, ""))) for side in ("width", "height")
    )
