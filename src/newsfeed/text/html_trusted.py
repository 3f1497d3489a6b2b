"""HTML of sites that trust their own: addresses become absolute, lazily loaded pictures load, every other letter stays."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from newsfeed.text.html_lazy import ADDRESSES, CANDIDATES, may_load_later, waiting
from newsfeed.text.html_links import (
    LINKS,
    RESOURCES,
    absolute,
    is_relative,
    may_hold_relative,
    with_candidates,
)
from newsfeed.text.html_tags import Attribute, Tag, start_tags
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["resolve"]

_ADDRESSED: Final = frozenset(name for name, _ in LINKS | RESOURCES)
_LOADED: Final = frozenset({"audio", "iframe", "img", "source", "video"})
_IMG: Final = frozenset({"img"})
_PICTURE_WITHOUT_SCRIPTS: Final = re.compile(
    r"<noscript\b[^<>]*+>[^<]*+(<img\b[^<>]*+>)\s*+</noscript\s*>", re.IGNORECASE
)


def resolve(html: str, *, page: str, can_be_carried: bool = False) -> str:
    r"""Make the relative addresses of a trusted fragment absolute, let lazily loaded pictures load, and no more.

    Every other letter stays, comments and scripts included; so do addresses that are absolute already, whatever
    their scheme. Only characters that XML 1.0 §2.2 forbids are removed, and `noscript` copies of the pictures.

    Args:
        html: An HTML fragment from a source that is trusted.
        page: The article's own absolute http(s) address.
        can_be_carried: Whether it is known that feeds can carry each character (`newsfeed.text.xml_characters`).

    Returns:
        The fragment with absolute addresses.

    >>> resolve("<IMG src=/a.jpg onload='go()'>", page="https://a.example/1")
    '<IMG src="https://a.example/a.jpg" onload=\'go()\'>'
    >>> resolve('<img src="blank.gif" data-src="/a.jpg">', page="https://a.example/1")
    '<img src="https://a.example/a.jpg" data-src="/a.jpg">'
    """
    if not can_be_carried:
        html = without_forbidden(html)
    has_lazy = may_load_later(html)
    if not has_lazy and not may_hold_relative(html):
        return html
    pieces = []
    position = 0
    shown = set()
    for tag in start_tags(html, _ADDRESSED, where=_may_change):
        changes = dict(_resolved_values(tag, page))
        if has_lazy and tag.name in _LOADED:
            loaded = _loaded_values(tag, page)
            changes |= dict(_places(tag, loaded))
            shown |= {*loaded.values()}
        for (start, end), value in sorted(changes.items()):
            pieces += [html[position:start], f'"{escape(value)}"' if start < end else value]
            position = end
    resolved = "".join([*pieces, html[position:]])
    return _without_copies(resolved, shown) if shown else resolved


def _may_change(tag: str) -> bool:
    return may_hold_relative(tag) or may_load_later(tag)


def _resolved_values(tag: Tag, page: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the new value of each attribute that has a relative address, by where it stands."""
    for attribute in tag.attributes:
        if attribute.start < attribute.end:
            value = _resolved(tag.name, attribute, page)
            if value != attribute.value:
                yield (attribute.start, attribute.end), value


def _resolved(element: str, attribute: Attribute, page: str) -> str:
    def resolved(address: str) -> str:
        return (absolute(address, page=page) or address) if is_relative(address) else address

    if (element, attribute.name) in LINKS:
        return resolved(attribute.value)
    if (element, attribute.name) in RESOURCES:
        return resolved(attribute.value) if attribute.value.strip() else attribute.value
    if attribute.name == "srcset":
        changed = with_candidates(attribute.value, resolved)
        return changed if changed != with_candidates(attribute.value, str) else attribute.value
    return attribute.value


def _loaded_values(tag: Tag, page: str) -> dict[str, str]:
    """Give `src` and `srcset` the absolute addresses that wait for a script."""
    values = {attribute.name: attribute.value for attribute in reversed(tag.attributes)}
    source = absolute(waiting(values, ADDRESSES), page=page) if waiting(values, ADDRESSES) else None
    candidates = with_candidates(waiting(values, CANDIDATES), lambda address: absolute(address, page=page))
    loaded = {"src": source, "srcset": candidates}
    return {name: value for name, value in loaded.items() if value}


def _places(tag: Tag, values: dict[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Tell where the values of attributes go: over those that are there, else behind the element's name."""
    found = {attribute.name: attribute for attribute in reversed(tag.attributes)}
    behind_name = tag.start + 1 + len(tag.name)
    new = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if name not in found)
    if new:
        yield (behind_name, behind_name), new
    for name, value in values.items():
        if name in found and found[name].start < found[name].end:
            yield (found[name].start, found[name].end), value


def _without_copies(html: str, shown: set[str]) -> str:
    """Take out what shows a picture again to readers without scripts."""

    def kept(noscript: re.Match[str]) -> str:
        values = {
            attribute.value
            for tag in start_tags(noscript[1], _IMG)
            for attribute in tag.attributes
            if attribute.name == "src"
        }
        return "" if values & shown else noscript[0]

    return _PICTURE_WITHOUT_SCRIPTS.sub(kept, html)
