"""The addresses inside an article's HTML: which attributes hold them, and what they are on the article's page.

In a feed an article stands far from its page, so "photo.jpg" and "#note1" mean nothing there, or something else: every
address is resolved against the page (RFC 3986 §5) and leaves percent-encoded.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from typing import Final
from urllib.parse import quote

from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.url_references import (
    PLAIN,
    PLAIN_IN_SEGMENT,
    absolute,
    as_browsers_read,
    prefixes,
    runs,
    scheme_of,
)
from newsfeed.text.urls import HOST

__all__ = [
    "LINKS",
    "ONLY_RELATIVE",
    "ONLY_RELATIVE_CANDIDATES",
    "RESOURCES",
    "absolute_candidates",
    "allowed",
    "first_candidate",
    "may_be_carried",
    "with_absolute_addresses",
    "with_candidates",
    "with_prefix",
    "written_prefixes",
]

#: Attributes that people follow; they may also lead to a mailbox or a telephone.
LINKS: Final = frozenset({("a", "href"), ("area", "href")})

#: Attributes that name a file or a page behind the scenes; only the web will do.
RESOURCES: Final = frozenset(
    {
        ("audio", "src"),
        ("blockquote", "cite"),
        ("del", "cite"),
        ("embed", "src"),
        ("form", "action"),
        ("iframe", "src"),
        ("img", "src"),
        ("input", "src"),
        ("ins", "cite"),
        ("link", "href"),
        ("object", "data"),
        ("q", "cite"),
        ("script", "src"),
        ("source", "src"),
        ("track", "src"),
        ("video", "poster"),
        ("video", "src"),
    }
)

_PEOPLE = frozenset({"mailto", "tel"})
_CARRIED = lazy_pattern(
    r"\s*+(?:[^:/?#]*+(?:[/?#]|\Z)|https?:[/\\]{2}[^\s/?#\\]++(?:[/?#\\]|\Z)|mailto:|tel:)", re.IGNORECASE
)
#: An address of a `srcset`, and its descriptors; where a comma ends the address, it has none.
_CANDIDATE = lazy_pattern(r"[ \t\n\f\r,]*+([^ \t\n\f\r]++)(?:(?<=,)|([^,(]*+(?:\([^)]*+\)?+[^,(]*+)*+))")
_UNITS = "%[0-9A-Fa-f]{2}|&amp;"
_RUN = runs(PLAIN, _UNITS)
_WRITTEN_ABSOLUTE = rf"https?://{HOST}(?:[/?]{_RUN})?+(?:\#{_RUN})?+"
_RUN_RELATIVE = runs(f"{PLAIN_IN_SEGMENT}/?;", _UNITS)
_SEGMENT = rf"(?=[^./?;]){runs(PLAIN_IN_SEGMENT, _UNITS)}"
_ROOTED = rf"/(?:{_SEGMENT}(?:/{_SEGMENT})*+/?+)?+(?:\?(?=[^\#\"]){_RUN_RELATIVE})?+(?:\#(?=[^\"]){_RUN_RELATIVE})?+"
_CANDIDATE_ROOTED = rf"{_ROOTED}(?<!,)[ ][0-9.]++[wx]"
#: Values, each with a quote behind it, that become absolute with no more than something before them (`with_prefix`): paths from
#: the root or parts of the page, and candidates.
ONLY_RELATIVE = rf'(?:(?P<rooted>{_ROOTED})|(?P<part>\#(?=[^\"]){_RUN_RELATIVE}))"'
ONLY_RELATIVE_CANDIDATES = rf'(?P<candidates_rooted>{_CANDIDATE_ROOTED}(?:,[ ]{_CANDIDATE_ROOTED})*+)"'
_ONLY_ROOTED: Final = lazy_pattern(ONLY_RELATIVE_CANDIDATES)
#: The kinds of `prefixes`, by group.
_PREFIXES = {"rooted": 3, "part": 6, "candidates_rooted": 3}
#: Where serialised HTML has an address that isn't plainly absolute; it may stand in the text, too.
_WRITTEN = lazy_pattern(
    rf"""="(?: (?: (?<=[ ]src=") | (?<=[ ]href=")(?P<link>) | (?<=[ ]cite=") | (?<=[ ]poster=") )
            (?!{_WRITTEN_ABSOLUTE}") (?:{ONLY_RELATIVE})?+
          | (?<=[ ]srcset=")(?P<candidates>)
            (?!{_WRITTEN_ABSOLUTE}(?:[ ][0-9.]++[wx](?:,[ ]{_WRITTEN_ABSOLUTE}[ ][0-9.]++[wx])*+)?+") (?:{ONLY_RELATIVE_CANDIDATES})?+ )""",
    re.VERBOSE,
)


def allowed(element: str, attribute: str, address: str, *, page: str) -> str | None:
    """Return the address that an attribute may have in a feed.

    Args:
        element: The element's name, in lower case.
        attribute: The attribute's name, in lower case.
        address: The attribute's value.
        page: The page's own absolute http(s) address.

    Returns:
        An absolute http(s) URI, in a link also one of `mailto` or `tel`; None where the attribute has to go.

    >>> allowed("a", "href", "mailto:news@report.example", page="https://report.example/")
    'mailto:news@report.example'
    >>> allowed("img", "src", "mailto:news@report.example", page="https://report.example/") is None
    True
    """
    read = as_browsers_read(address)
    if (element, attribute) in LINKS:
        if scheme_of(read) in _PEOPLE:
            return quote(read, safe="!#$%&'()*+,/:;=?@[]~")
    elif not read:
        return None  # an empty `src` loads nothing; resolved, it would load the page
    return absolute(address, page=page)


def with_absolute_addresses(html: str, *, page: str) -> str | None:
    """Resolve the addresses of a fragment that a serialiser wrote, and change nothing else.

    It escapes `<` and `>` in texts and values, and quotes in values.

    Args:
        html: A fragment from the sanitiser.
        page: The page's own absolute http(s) address.

    Returns:
        The fragment with absolute URIs; None if it has an address that can't be one.

    >>> with_absolute_addresses('<p>src="/x"<img src="/a.jpg" alt="/b"></p>', page="https://report.example/")
    '<p>src="/x"<img src="https://report.example/a.jpg" alt="/b"></p>'
    """
    pieces: list[str] = []
    usual = written_prefixes(page)
    position = seen = 0
    tag = -1  # where the tag begins that the search is in; negative in the text
    for found in _WRITTEN.finditer(html):
        start = found.start() + 2
        opened, closed = html.rfind("<", seen, start), html.rfind(">", seen, start)
        if opened != closed:
            tag = opened if opened > closed else -1
        seen = start
        if tag < 0 or html.count('"', tag, start) % 2 == 0:
            continue  # it stands in the text, or at the end of another value
        kind = found.lastgroup
        prefix = usual.get(kind)
        if prefix and kind != "candidates_rooted":
            pieces += (html[position:start], prefix)
            position = start
            continue
        end = html.find('"', start)
        value = html[start:end]
        changed = with_prefix(value, kind, page=page)
        if not changed:
            resolved = _resolved(unescape(value) if "&" in value else value, kind, page)
            if not resolved:
                return None
            changed = _written(resolved)
        pieces += (html[position:start], changed)
        position = end
    return "".join([*pieces, html[position:]]) if pieces else html


def with_prefix(value: str, kind: str | None, *, page: str) -> str | None:
    """Make a value absolute that is written in HTML, if no more is needed than something before it.

    Args:
        value: The value as it is written.
        kind: The group of `ONLY_RELATIVE` or `ONLY_RELATIVE_CANDIDATES` that found it; any other for other values.
        page: The page's own absolute http(s) address.

    Returns:
        The value as it is written in HTML; None if it has to be read.

    >>> with_prefix("/a 1x, /b 2x", "candidates_rooted", page="https://a.example/1")
    'https://a.example/a 1x, https://a.example/b 2x'
    """
    prefix = written_prefixes(page).get(kind)
    if prefix is None:
        return None
    return prefix + (value if kind != "candidates_rooted" else value.replace(", /", f", {prefix}/"))


@lru_cache(maxsize=64)
def written_prefixes(page: str) -> dict[str | None, str]:
    """Return what to put before a value that only needs that, by the group that found it, as HTML."""
    found = {kind: prefixes(page)[index] for kind, index in _PREFIXES.items()}
    return {kind: prefix for kind, prefix in found.items() if prefix and prefix == escape(prefix)}


def _resolved(value: str, kind: str | None, page: str) -> str | None:
    if kind in {"candidates", "candidates_rooted"}:
        return absolute_candidates(value, page=page)
    if value[:1] > " " and (resolved := absolute(value, page=page)):
        return resolved
    return allowed("a" if kind == "link" else "img", "href" if kind == "link" else "src", value, page=page)


def may_be_carried(address: str) -> bool:
    """Return whether an address seems to be one that a link can have in a feed; only resolving it tells for sure.

    >>> [
    ...     may_be_carried(address)
    ...     for address in ("https://a.example/x?y", "x", "#note1", "javascript:x", "http://")
    ... ]
    [True, True, True, False, False]
    """
    return _CARRIED.match(address) is not None


def with_candidates(srcset: str, change: Callable[[str], str | None]) -> str:
    """Change the addresses of a `srcset`, whose commas may also stand inside addresses.

    Follows "parse a srcset attribute", HTML §4.8.4.2.2; descriptors are kept as they are.

    Args:
        srcset: The attribute's value.
        change: Returns the new address for an old one, None to leave the candidate out.

    Returns:
        The candidates that are left, in order; empty where none is.

    >>> with_candidates("a,b.jpg 1x,c.jpg 2x, d.jpg", str.upper)
    'A,B.JPG 1x, C.JPG 2x, D.JPG'
    """
    candidates = []
    for address, descriptors in _CANDIDATE.findall(srcset):
        changed = change(address.rstrip(","))
        if changed:
            told = descriptors.split()
            candidates.append(" ".join([changed, *told]) if told else changed)
    return ", ".join(candidates)


def absolute_candidates(srcset: str, *, page: str) -> str:
    """Make the addresses of a `srcset` absolute; candidates without an address that can be one are left out.

    >>> absolute_candidates("/a 1x, b 2x, data:x", page="https://a.example/en/1")
    'https://a.example/a 1x, https://a.example/en/b 2x'
    """
    origin = prefixes(page)[3]
    if origin and "&" not in srcset and _ONLY_ROOTED.fullmatch(srcset + '"'):
        return origin + srcset.replace(", /", f", {origin}/")
    return with_candidates(srcset, lambda address: absolute(address, page=page))


def first_candidate(srcset: str) -> str:
    """Return the first address of a `srcset`; empty where there is none.

    >>> first_candidate("/a,b.jpg 1x, /c.jpg 2x")
    '/a,b.jpg'
    """
    found = _CANDIDATE.match(srcset)
    return found[1].rstrip(",") if found else ""


def _written(value: str) -> str:
    """Write the value of an attribute as the sanitiser does, between double quotes."""
    return escape(value, quote=False).replace('"', "&quot;")
