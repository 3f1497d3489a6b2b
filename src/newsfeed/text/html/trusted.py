"""HTML of sites that trust their own: addresses become absolute, lazily loaded pictures load, every other letter stays."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from newsfeed.text.html.addresses import (
    LINKS,
    ONLY_RELATIVE,
    ONLY_RELATIVE_CANDIDATES,
    RESOURCES,
    with_candidates,
    with_prefix,
)
from newsfeed.text.html.lazy import ADDRESSES, CANDIDATES, may_load_later, waiting
from newsfeed.text.html.tags import HtmlTag, markup_around, tag_at, text_after, value_of
from newsfeed.text.url_references import absolute, is_relative
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["resolve"]

_ADDRESSES: Final = LINKS | RESOURCES
_ADDRESSED: Final = frozenset(name for name, _ in _ADDRESSES)
_LOADED: Final = frozenset({"audio", "iframe", "img", "source", "video"})


def _ends(names: Iterable[str]) -> str:
    """Return a pattern for the last three letters of some names, in any case, and an equals sign."""
    ends = sorted({name[-3:] for name in names})
    return f"(?:{'|'.join(''.join(f'[{letter}{letter.upper()}]' for letter in end) for end in ends)})="


def _suspects(*others: str) -> re.Pattern[str]:
    """Return a pattern for the equals sign of an attribute that may change; `re` finds a single first character fast."""
    candidate = r"""https?://[^\s"',]++(?:\s++[0-9.]++[wx])?"""
    alternatives = (
        # names of an address, which isn't absolute already, or of candidates
        rf"""(?<={_ends(name for _, name in _ADDRESSES)})(?!["']?+(?i:https?|mailto|tel|data):)(?:"{ONLY_RELATIVE})?+""",
        rf"""(?<=[cC][sS][eE][tT]=)(?!(?P<quote>["'])(?i:{candidate}(?:,\s++{candidate})*+)(?P=quote))(?:"{ONLY_RELATIVE_CANDIDATES})?+""",
        r"(?<=[ \t\n\f\r]=)",
        *others,
    )
    return re.compile(f"=(?:{'|'.join(alternatives)})", re.ASCII | re.VERBOSE)


_SUSPECT: Final = _suspects()
#: Also the names of ADDRESSES and CANDIDATES, with any address.
_SUSPECT_OR_LAZY: Final = _suspects(
    rf"(?<=[A-Za-z-]{_ends(['src'])})",
    rf"(?<={_ends({*ADDRESSES} - {name for name in ADDRESSES if name.endswith('src')})})",
    r"(?<=[a-z-][sS][rR][cC][sS][eE][tT]=)",
)
#: A start tag as most are written.
_PLAIN_TAG: Final = re.compile(r"""<([A-Za-z][A-Za-z0-9]*+)(?: [A-Za-z_:-]++(?:="[^"]*+")?+)*+ ?/?>""")
_PICTURE_WITHOUT_SCRIPTS: Final = re.compile(
    r"<(?i:noscript\b[^<>]*+>[^<]*+(<img\b[^<>]*+>)\s*+</noscript\s*>)"
)


def resolve(html: str, *, page: str, can_be_carried: bool = False) -> str:
    r"""Make the relative addresses of a trusted fragment absolute, let lazily loaded pictures load, and no more.

    Every other letter stays, comments and scripts included; so do addresses that are absolute already, whatever
    their scheme. Only characters that XML 1.0 §2.2 forbids are removed, and `noscript` copies of the pictures.

    Args:
        html: An HTML fragment from a source that is trusted.
        page: The article's own absolute http(s) address.
        can_be_carried: Whether the fragment is known to have no characters that XML forbids.

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
    changes: list[tuple[int, int, str]] = []
    shown: set[str] = set()
    element = ""
    start = end = read = 0  # what is left of the plain tag that was found last, and how far the text is read
    for suspect in (_SUSPECT_OR_LAZY if has_lazy else _SUSPECT).finditer(html):
        place = suspect.start()
        if place >= read:
            start = markup_around(html, read, place)
            plain = _PLAIN_TAG.match(html, start)
            if start == place:
                end = read = place
            elif plain and not (has_lazy and may_load_later(plain[0])):
                element, end = plain[1].lower(), plain.end()
                read = text_after(html, element, end)
            else:
                tag = tag_at(html, start)
                end, read = 0, tag.end if tag.closes else text_after(html, tag.name, tag.end)
                if tag.name in _ADDRESSED and not tag.closes:
                    loaded = _loaded_values(tag, page) if has_lazy and tag.name in _LOADED else {}
                    shown.update(loaded.values())
                    changes += _changes_of(tag, loaded, page)
        if start < place < end and element in _ADDRESSED:
            is_value = html.count('"', start, place) % 2 == 1
            value_end = html.find('"', place if is_value else place + 2) + 1
            name = html[html.rfind(" ", start, place) + 1 : place].lower()
            written = html[place + 1 : value_end]
            if not is_value and (changed := _rewritten(element, name, written, suspect.lastgroup, page)):
                changes.append((place + 1, value_end, f'"{changed}"'))
            start = value_end
    resolved = _with_changes(html, changes) if changes else html
    return _without_copies(resolved, shown) if shown else resolved


def _with_changes(html: str, changes: list[tuple[int, int, str]]) -> str:
    pieces = []
    position = 0
    for start, end, new in changes:
        pieces += [html[position:start], new]
        position = end
    return "".join([*pieces, html[position:]])


def _changes_of(tag: HtmlTag, loaded: dict[str, str], page: str) -> list[tuple[int, int, str]]:
    """Return what changes in a tag, and where: in place of the value, else behind the element's name."""
    changes = []
    if loaded:
        found = {attribute.name for attribute in tag.attributes}
        behind_name = tag.start + 1 + len(tag.name)
        new = "".join(f' {name}="{escape(value)}"' for name, value in loaded.items() if name not in found)
        changes = [(behind_name, behind_name, new)] if new else []
    for name, value, start, end in tag.attributes:
        if start < end:
            changed = loaded.pop(name) if name in loaded else _changed(tag.name, name, value, page)
            if changed:
                changes.append((start, end, f'"{escape(changed)}"'))
    return changes


def _rewritten(element: str, name: str, written: str, kind: str | None, page: str) -> str | None:
    """Return what is written between quotes for a value that is; None if nothing changes."""
    is_address = name == "srcset" or (element, name) in _ADDRESSES
    if is_address and (prefixed := with_prefix(written[1:-1], kind, page=page)):
        return prefixed
    changed = _changed(element, name, value_of(written), page) if is_address else None
    return escape(changed) if changed else None


def _changed(element: str, name: str, value: str, page: str) -> str | None:
    """Return what an attribute's relative address becomes; None if nothing changes."""
    if (element, name) in LINKS or ((element, name) in RESOURCES and value.strip()):
        return _resolved(value, page)
    if name != "srcset":
        return None
    changes = []

    def resolved(address: str) -> str:
        changed = _resolved(address, page)
        changes.append(changed)
        return changed or address

    changed = with_candidates(value, resolved)
    return changed if any(changes) else None


def _resolved(address: str, page: str) -> str | None:
    """Return what a relative address means on a page; None if it isn't relative, or can't be read."""
    return absolute(address, page=page) if is_relative(address) else None


def _loaded_values(tag: HtmlTag, page: str) -> dict[str, str]:
    """Return `src` and `srcset` with the absolute addresses that wait for a script."""
    values = {name: value for name, value, _, _ in reversed(tag.attributes)}
    address = waiting(values, ADDRESSES)
    source = absolute(address, page=page) if address else None
    candidates = with_candidates(waiting(values, CANDIDATES), lambda address: absolute(address, page=page))
    loaded = {"src": source, "srcset": candidates}
    return {name: value for name, value in loaded.items() if value}


def _without_copies(html: str, shown: set[str]) -> str:
    """Take out what shows a picture again to readers without scripts."""

    def kept(noscript: re.Match[str]) -> str:
        values = {value for name, value, _, _ in tag_at(noscript[1], 0).attributes if name == "src"}
        return "" if values & shown else noscript[0]

    return _PICTURE_WITHOUT_SCRIPTS.sub(kept, html)
