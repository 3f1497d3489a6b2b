"""The addresses inside an article's HTML: which attributes hold them, and what they are on the article's page.

In a feed an article stands far from its page, so "photo.jpg" and "#note1" mean nothing there, or something else: every
address is resolved against the page (RFC 3986 §5) and leaves percent-encoded.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from typing import Final
from urllib.parse import quote, urljoin

from newsfeed.text.urls import ascii_uri, check_web_address

__all__ = [
    "LINKS",
    "RESOURCES",
    "absolute",
    "allowed",
    "first_candidate",
    "is_relative",
    "may_be_carried",
    "may_hold_relative",
    "with_absolute_addresses",
    "with_candidates",
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

_WEB = frozenset({"http", "https"})
_PEOPLE = frozenset({"mailto", "tel"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NAMES = (*sorted({name for _, name in LINKS | RESOURCES}), "srcset")
_LONGEST_NAME = 20
_WHITE_SPACE = " \t\n\f\r"
#: The equals sign of an attribute that may hold a relative address, or one that stands apart from its name. The pattern
#: begins with that one letter, which `re` finds fast.
_SUSPECT = re.compile(
    rf"""
    = (?: (?: {"|".join(f"(?<={name}=)" for name in _NAMES[:-1])} ) (?! ["']https?:// )
        | (?<= srcset= )
        | (?<= [{_WHITE_SPACE}]= )
      )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_EDGES = "".join(map(chr, range(0x21)))
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")
_BEFORE_QUERY = re.compile(r"[^?#]*")
_CANDIDATE = re.compile(r"[ \t\n\f\r,]*+([^ \t\n\f\r]++)")
_IN_PATH = r"[A-Za-z0-9_.~!$'()*+,=:@/-]|%[0-9A-Fa-f]{2}"
_IN_QUERY = rf"{_IN_PATH}|[?&;]"
#: What comes out of `absolute` as it is: nearly all addresses.
_ALREADY_ABSOLUTE = re.compile(
    r"https?://[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,2}"
    rf"(?:[/?](?:{_IN_QUERY})*+)?(?:#(?:{_IN_QUERY})*+)?"
)
#: What only needs the page's scheme and host in front: no segment of dots or empty one, which may be resolved away.
_FROM_ROOT = re.compile(
    rf"/(?:(?!(?<=/)[./])(?:{_IN_PATH}))*+(?:\?(?:{_IN_QUERY})++)?(?:#(?:{_IN_QUERY})++)?"
)
_FRAGMENT = re.compile(rf"#(?:{_IN_QUERY})++")
_IRI_FROM_ROOT = re.compile(r"/(?:(?!(?<=/)[./])[^\x00-\x20\x7f-\xa0\ud800-\udfff\u2028\u2029\\?#;%\[\]])*+")
_CARRIED = re.compile(
    r"\s*+(?:[^:/?#]*+(?:[/?#]|\Z)|https?:[/\\]{2}[^\s/?#\\]++(?:[/?#\\]|\Z)|mailto:|tel:)", re.IGNORECASE
)
_ORIGIN = re.compile(r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,2}(?=[/?#]|\Z)")
#: Where serialised HTML has an address that isn't plainly absolute; there `<` begins a tag and nothing else.
_WRITTEN_ABSOLUTE = _ALREADY_ABSOLUTE.pattern.replace("&", "").replace("|[?;]", "|[?;]|&amp;")
_WRITTEN = {
    name: re.compile(
        rf"""(<(?:{elements})(?:[ ](?!{name}=)[a-z]+="[^"]*+")*+[ ]{name}=")(?!(?:{_WRITTEN_ABSOLUTE})")([^"]*+)"""
    )
    for name, elements in {
        "href": "a",
        "src": "audio|img|source|track|video",
        "srcset": "img|source",
        "poster": "video",
        "cite": "blockquote|del|ins|q",
    }.items()
}
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*+\)?+)*+")


def absolute(address: str, *, page: str) -> str | None:
    r"""Give a web address as a browser on the page would understand it.

    Args:
        address: An address as it stands in an attribute, relative or absolute (RFC 3986 §4.1). White space around it
            and line breaks in it are ignored, and `\` is `/` before the query, as in the URL standard §4.4.
        page: The page's own absolute http(s) address.

    Returns:
        An absolute http(s) URI in ASCII, or None where the address is not one, or can't be read.

    >>> absolute("photo.jpg", page="https://report.example/en/story")
    'https://report.example/en/photo.jpg'
    >>> absolute("//media.example/a", page="https://report.example/en/story")
    'https://media.example/a'
    >>> absolute("javascript:alert(1)", page="https://report.example/en/story") is None
    True
    """
    quick = _quickly(address, page)
    if quick is not None:
        return quick
    address = _as_browsers_read(address)
    scheme = _scheme(address)
    if scheme not in _WEB | {""}:
        return None
    path = _BEFORE_QUERY.match(address)
    slashed = path[0].replace("\\", "/") + address[path.end() :] if path else address
    try:
        return ascii_uri(check_web_address(slashed if scheme else urljoin(page, slashed)))
    except ValueError:
        return None


def allowed(element: str, attribute: str, address: str, *, page: str) -> str | None:
    """Give the address that an attribute may hold in a feed.

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
    read = _as_browsers_read(address)
    if (element, attribute) in LINKS:
        if _scheme(read) in _PEOPLE:
            return quote(read, safe="!#$%&'()*+,/:;=?@[]~")
        return absolute(read, page=page)
    # An empty `src` loads nothing; resolved, it would load the page.
    return absolute(read, page=page) if read else None


def with_absolute_addresses(html: str, *, page: str) -> str | None:
    """Resolve the addresses of a fragment that a serialiser wrote, and change nothing else.

    Args:
        html: A fragment from the sanitiser.
        page: The page's own absolute http(s) address.

    Returns:
        The fragment with absolute URIs; None if it has an address that can't be one.

    >>> with_absolute_addresses('<p>src="/x"<img src="/a.jpg" alt="/b"></p>', page="https://report.example/")
    '<p>src="/x"<img src="https://report.example/a.jpg" alt="/b"></p>'
    """

    def in_link(written: re.Match[str]) -> str:
        return resolved(written, "a", "href")

    def in_resource(written: re.Match[str]) -> str:
        return resolved(written, "img", "src")

    def resolved(written: re.Match[str], element: str, attribute: str) -> str:
        value = unescape(written[2])
        address = _quickly(value, page) or allowed(element, attribute, value, page=page)
        if address is None:
            raise _CantResolve
        return written[1] + (_written(address) if "&" in address else address)

    def in_candidates(written: re.Match[str]) -> str:
        candidates = with_candidates(
            unescape(written[2]), lambda value: _quickly(value, page) or absolute(value, page=page)
        )
        if not candidates:
            raise _CantResolve
        return written[1] + _written(candidates)

    try:
        for name, pattern in _WRITTEN.items():
            if f' {name}="' in html:
                change = {"href": in_link, "srcset": in_candidates}.get(name, in_resource)
                html = pattern.sub(change, html)
    except _CantResolve:
        return None
    return html


class _CantResolve(Exception):
    """An address that can't be made absolute."""


def may_be_carried(address: str) -> bool:
    """Return whether an address seems to be one that a link can have in a feed; only resolving it tells for sure.

    >>> [
    ...     may_be_carried(address)
    ...     for address in ("https://a.example/x?y", "x", "#note1", "javascript:x", "http://")
    ... ]
    [True, True, True, False, False]
    """
    return _CARRIED.match(address) is not None


def _quickly(address: str, page: str) -> str | None:
    """Resolve an address as `absolute` does, where it is one of the usual ones; None where it isn't."""
    if _ALREADY_ABSOLUTE.fullmatch(address):
        return address
    origin, itself = _origin(page)
    if not origin:
        return None
    if itself and _FRAGMENT.fullmatch(address):
        return itself + address
    if _FROM_ROOT.fullmatch(address):
        return origin + address
    return origin + quote(address, safe="/:@!$&'()*+,;=~") if _IRI_FROM_ROOT.fullmatch(address) else None


@lru_cache(maxsize=64)
def _origin(page: str) -> tuple[str, str]:
    """Give a page's scheme and host, and its whole address without a fragment; nothing where they aren't plain."""
    found = _ORIGIN.match(page)
    itself = page if found and "#" not in page and _ALREADY_ABSOLUTE.fullmatch(page) else ""
    return (found[0] if found else "", itself)


def is_relative(address: str) -> bool:
    """Tell whether an address needs a page to be understood.

    >>> [is_relative(address) for address in ("#note1", "//media.example/a", "", "data:,x", "tel:112")]
    [True, True, True, False, False]
    """
    return not _scheme(_as_browsers_read(address))


def may_hold_relative(html: str) -> bool:
    """Tell at a glance whether a fragment may hold a relative address; `False` is certain.

    >>> [may_hold_relative(html) for html in ("1 = 1", '<a href="https://a.example/">', "<A HREF = '/b'>")]
    [False, False, True]
    """
    for equals in _SUSPECT.finditer(html):
        name = html[max(0, equals.start() - _LONGEST_NAME) : equals.start()].rstrip(_WHITE_SPACE).lower()
        if not name or name.endswith(_NAMES):
            return True
    return False


def with_candidates(srcset: str, change: Callable[[str], str | None]) -> str:
    """Change the addresses of a `srcset`, whose commas may also stand inside addresses.

    Follows "parse a srcset attribute", HTML §4.8.4.2.2; descriptors are kept as they are.

    Args:
        srcset: The attribute's value.
        change: Gives the new address for an old one, None to leave the candidate out.

    Returns:
        The candidates that are left, in order; empty where none is.

    >>> with_candidates("a,b.jpg 1x,c.jpg 2x, d.jpg", str.upper)
    'A,B.JPG 1x, C.JPG 2x, D.JPG'
    """
    candidates = []
    position = 0
    while found := _CANDIDATE.match(srcset, position):
        address, position = found[1], found.end()
        descriptors = ""
        if address.endswith(","):
            address = address.rstrip(",")
        elif told := _DESCRIPTORS.match(srcset, position):
            descriptors, position = " ".join(told[0].split()), told.end()
        changed = change(address) if address else None
        if changed:
            candidates.append(f"{changed} {descriptors}".rstrip())
    return ", ".join(candidates)


def first_candidate(srcset: str) -> str:
    """Return the first address of a `srcset`; empty where there is none.

    >>> first_candidate("/a,b.jpg 1x, /c.jpg 2x")
    '/a,b.jpg'
    """
    found = _CANDIDATE.match(srcset)
    return found[1].rstrip(",") if found else ""


def _as_browsers_read(address: str) -> str:
    """Give an address without what browsers ignore, and without other white space around it, which editors don't see."""
    return address.strip(_EDGES).strip().translate(_LINE_BREAKS)


def _written(value: str) -> str:
    """Write the value of an attribute as the sanitiser does, between double quotes."""
    return escape(value, quote=False).replace('"', "&quot;")


def _scheme(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""
