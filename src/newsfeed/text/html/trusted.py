"""HTML of sites that trust their own: addresses become absolute, lazily loaded pictures load, every other letter stays."""

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from newsfeed.text.html.addresses import (
    LINKS,
    ONLY_RELATIVE,
    ONLY_RELATIVE_CANDIDATES,
    RESOURCES,
    absolute_candidates,
    first_candidate,
    with_candidates,
    with_prefix,
    written_prefixes,
)
from newsfeed.text.html.lazy import ADDRESSES, CANDIDATES, waiting
from newsfeed.text.html.patterns import any_of
from newsfeed.text.html.tags import (
    TEXT_ONLY,
    attributes_of,
    some_attributes,
    start_tag_at,
    tag_at,
    text_after,
    value_of,
)
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.url_references import absolute, is_relative
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["resolve"]

_ADDRESSES: Final = LINKS | RESOURCES
_NAMES: Final = frozenset({"srcset", *(name for _, name in _ADDRESSES)})
_ADDRESSED: Final = frozenset(name for name, _ in _ADDRESSES)
_READ: Final = _NAMES | {*ADDRESSES, *CANDIDATES}
_LOADED: Final = frozenset({"audio", "iframe", "img", "source", "video"})


# What nearly all markup looks like. All else is unusual, and read by `newsfeed.text.html.tags`.
_SPACE: Final = r"[ \t\n\f\r]"
_NAME_ENDS: Final = r"(?=[ \t\n\f\r/>])"
_VALUE: Final = r"""(?:"[^"<]*+"|'[^'<]*+'|[^ \t\n\f\r"'<>=`]++)"""
_REST_OF_TAG: Final = rf"""[^<>"'=]*+(?:(?<=[^ \t\n\f\r/"'])=(?:"[^"]*+"|{_VALUE})[^<>"'=]*+)*+>"""
_TEXT_ONLY: Final = any_of(TEXT_ONLY)
_WITH_ADDRESS: Final = any_of(_ADDRESSED - TEXT_ONLY)
_ADDRESS_NAMES: Final = any_of(_NAMES)
_LAZY: Final = rf"{any_of((*ADDRESSES, *CANDIDATES))}{_SPACE}*+="
_CANDIDATE: Final = r"""https?://[^\s"',<]++(?:\s++[0-9.]++[wx])?+"""
_CANDIDATES: Final = rf"(?i:{_CANDIDATE}(?:,\s++{_CANDIDATE})*+)"
_URI: Final = "[A-Za-z][A-Za-z0-9+.-]*+:"
#: Attributes that don't change: others than addresses, and addresses with a scheme.
_SETTLED: Final = rf"""
    (?:{_SPACE}++(?:
        (?!{_ADDRESS_NAMES}[ \t\n\f\r/>=]|{_LAZY})[a-z][a-z0-9:_.-]*+(?:={_VALUE}|(?=[ \t\n\f\r/>]))
      | srcset=(?:"{_CANDIDATES}"|'{_CANDIDATES}')
      | {_ADDRESS_NAMES}(?<!t)=(?:"{_URI}[^"<]*+"|'{_URI}[^'<]*+')
    ))*+
"""
_END: Final = rf"{_SPACE}*+/?>"
_TO_LOOK_AT: Final = rf"""{_SPACE}++{_ADDRESS_NAMES}="[^"<]*+\""""
#: Text and markup in which nothing changes, up to an address or to unusual markup.
_OTHERS: Final = rf"""
    [^<]*+(?:<(?:
        (?: /[a-zA-Z][^ \t\n\f\r/>"'<=]*+>
          | (?!(?:{_WITH_ADDRESS}|{_TEXT_ONLY}){_NAME_ENDS})[a-z][a-z0-9:-]*+(?:>|[ \t\n\f\r/]{_REST_OF_TAG})
          | !--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>
          | script{_NAME_ENDS}{_SETTLED}{_END}(?:[^<]++|<(?!/(?i:script){_NAME_ENDS}))*+
          | iframe{_NAME_ENDS}{_SETTLED}{_END}(?:[^<]++|<(?!/(?i:iframe){_NAME_ENDS}))*+
          | style{_NAME_ENDS}{_SETTLED}{_END}(?:[^<]++|<(?!/(?i:style){_NAME_ENDS}))*+
          | (?!(?i:{_TEXT_ONLY})>)[A-Z][A-Za-z0-9]*+>
          | (?![a-zA-Z/!?])
        )[^<]*+
      | {_WITH_ADDRESS}{_NAME_ENDS}{_SETTLED}(?:{_END}[^<]*+|(?={_TO_LOOK_AT}))
    ))*+
"""
_ADDRESS: Final = rf"""
    (?:{_SPACE}++(?P<name>{_ADDRESS_NAMES})="(?=[^"<]*+")
       (?: (?<!srcset=")(?:{ONLY_RELATIVE})? | (?<=srcset=")(?:{ONLY_RELATIVE_CANDIDATES})? ))?
"""
#: Up to the next address to look at, from the text, and from behind an attribute; without a `name`, to unusual markup.
_FROM_TEXT: Final = lazy_pattern(_OTHERS + _ADDRESS, re.VERBOSE)
_FROM_ATTRIBUTE: Final = lazy_pattern(rf"{_SETTLED}(?:{_END}{_OTHERS}())?{_ADDRESS}", re.VERBOSE)
#: The name of a tag's element.
_ELEMENT: Final = lazy_pattern(r"[a-z]++")
_PICTURE_WITHOUT_SCRIPTS: Final = lazy_pattern(
    r"<(?i:noscript)\b[^<>]*+>[^<]*+(<(?i:img)\b[^<>]*+>)\s*+</(?i:noscript)\s*+>"
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
    return _Resolver(html, page).resolved()


class _Resolver:
    """Reads a fragment and notes what becomes of its addresses."""

    def __init__(self, html: str, page: str) -> None:
        self._html = html
        self._page = page
        self._prefixes = written_prefixes(page)
        #: The result, as far as the fragment is copied, and the pictures that no longer wait for a script.
        self._pieces: list[str] = []
        self._copied = 0
        self._shown: set[str] = set()
        #: The tag that is being read, and what was copied before it.
        self._element = ""
        self._start = 0
        self._before = (0, 0)

    def resolved(self) -> str:
        html = self._html
        found, is_in_tag = _FROM_TEXT.match(html), False
        while found:
            if found["name"]:
                found, is_in_tag = _FROM_ATTRIBUTE.match(html, self._read_address(found)), True
                continue
            start = found.end()
            if is_in_tag and found[1] is None:  # the rest of the tag is unusual
                start = self._start
                pieces, self._copied = self._before
                del self._pieces[pieces:]
            if start == len(html):
                break
            found, is_in_tag = _FROM_TEXT.match(html, self._read_markup(start)), False
        resolved = "".join([*self._pieces, html[self._copied :]]) if self._pieces else html
        return _without_copies(resolved, self._shown) if self._shown else resolved

    def _read_address(self, found: re.Match[str]) -> int:
        """Make the value of an attribute absolute; return where the attribute ends."""
        html, name, kind = self._html, found["name"], found.lastgroup
        start = found.end("name") + 2
        end = html.find('"', start)
        tag_start = html.rfind("<", self._start, start)  # a value before has no `<`
        if tag_start != self._start or not self._element:
            self._start, self._before = tag_start, (len(self._pieces), self._copied)
            element = _ELEMENT.match(html, tag_start + 1)
            self._element = element[0] if element else ""
        if name != "srcset" and (self._element, name) not in _ADDRESSES:
            return end + 1
        prefix = self._prefixes.get(kind)
        if prefix and kind != "candidates_rooted":
            self._pieces += (html[self._copied : start], prefix)
            self._copied = start
            return end + 1
        value = html[start:end]
        changed = with_prefix(value, kind, page=self._page)
        if changed is None:
            read = _changed(self._element, name, value_of(f'"{value}"'), self._page)
            changed = escape(read) if read else None
        if changed:
            self._pieces += (html[self._copied : start], changed)
            self._copied = end
        return end + 1

    def _read_markup(self, start: int) -> int:
        """Read unusual markup; return where it ends."""
        tag = start_tag_at(self._html, start)
        if tag is None:
            return tag_at(self._html, start).end
        whole, element = tag
        end = start + len(whole)
        if element in _ADDRESSED:
            changed = _changed_tag(whole, element, self._shown, self._page)
            self._pieces += (self._html[self._copied : start], changed)
            self._copied = end
        return text_after(self._html, element, end)


def _changed_tag(tag: str, element: str, shown: set[str], page: str) -> str:
    """Change the addresses of a tag, and add those that wait for a script, also to those that are shown."""
    attributes = some_attributes(tag, _READ)
    values = {name: value for name, value, _, _ in reversed(attributes)}
    loaded = _loaded_values(element, values, page) if element in _LOADED else {}
    shown.update(loaded.values())
    with_candidates(loaded.get("srcset", ""), shown.add)
    pieces = [tag[: 1 + len(element)]]
    pieces += [f' {name}="{escape(value)}"' for name, value in loaded.items() if name not in values]
    copied = 1 + len(element)
    for name, value, start, end in attributes:
        if start < end and name in _NAMES:
            changed = loaded.pop(name, None) or _changed(element, name, value, page)
            if changed:
                pieces += (tag[copied:start], f'"{escape(changed)}"')
                copied = end
    return "".join([*pieces, tag[copied:]])


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


def _loaded_values(element: str, values: Mapping[str, str], page: str) -> dict[str, str]:
    """Return `src` and `srcset` with the absolute addresses that wait for a script."""
    address, candidates = waiting(values, ADDRESSES), waiting(values, CANDIDATES)
    loaded = {
        "src": absolute(address, page=page) if address else None,
        "srcset": absolute_candidates(candidates, page=page) if candidates else None,
    }
    if element == "img" and loaded["srcset"] and not loaded["src"]:  # what it has is a placeholder
        loaded["src"] = first_candidate(loaded["srcset"])
    return {name: value for name, value in loaded.items() if value}


def _without_copies(html: str, shown: set[str]) -> str:
    """Take out what shows a picture again to readers without scripts."""

    def kept(noscript: re.Match[str]) -> str:
        return "" if attributes_of(noscript[1], "img").get("src") in shown else noscript[0]

    return _PICTURE_WITHOUT_SCRIPTS.sub(kept, html)
