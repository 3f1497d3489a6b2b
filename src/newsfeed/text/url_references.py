r"""What an address means on a page: URI references (RFC 3986 §4.1, §5), as browsers read them.

Nearly all addresses are usual ones, which one regular expression knows and one look at the page resolves; the others
take a longer way, of whose result `_quickly` gives the same, letter for letter.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.urls import HOST, ascii_uri, check_web_address

__all__ = [
    "PLAIN",
    "PLAIN_IN_SEGMENT",
    "absolute",
    "as_browsers_read",
    "is_relative",
    "prefixes",
    "runs",
    "scheme_of",
]

_WEB: Final = frozenset({"http", "https"})
_SCHEME: Final = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: The beginning of an address of which one look tells whether it is relative.
_BEGINNING: Final = lazy_pattern(
    r"(?:[/?#]|[A-Za-z0-9_~.-]++(?:[/?#]|\Z)|(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*+:))"
)
#: What browsers ignore around an address, and other white space, which editors don't see.
_EDGES: Final = "".join(sign for sign in map(chr, range(0x3001)) if sign <= " " or sign.isspace())
_LINE_BREAKS: Final = str.maketrans("", "", "\t\n\r")
_USUAL_LENGTH: Final = 500
_BEFORE_QUERY: Final = lazy_pattern(r"[^?#]*")


def runs(characters: str, units: str = "%[0-9A-Fa-f]{2}") -> str:
    """Return the pattern of a text of some characters and longer units; `re` reads it much faster than an alternation."""
    return rf"[{characters}]*+(?:(?:{units})[{characters}]*+)*+"


#: What stands unencoded in a segment of a URI's path, but `&`, `'` and `;`, and in a URI, but `&`.
PLAIN_IN_SEGMENT: Final = r"A-Za-z0-9_.~!$()*+,=:@\-"
PLAIN: Final = rf"{PLAIN_IN_SEGMENT}'/?;"

#: White space but a space inside, `\`, `#` and a stray `%` aren't usual. Other signs are encoded. `re` takes long to compile
#: sets of signs beyond U+00FF, so these are looked for only once.
_UNUSUAL: Final = r"\\#%\x00-\x1f\x7f-\xa0"
_UNUSUAL_BEYOND: Final = lazy_pattern("[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]")
_QUERY: Final = runs(f"^{_UNUSUAL}")
_SEGMENT: Final = rf"(?=[^./?;\#]){runs(f'^{_UNUSUAL}/?;')}"
_REST: Final = rf"(?:\?(?=[^\#]){_QUERY})?+(?:\#(?=.){_QUERY})?+"
#: Each group is a kind of address; `prefixes` knows what to put before it. No segment of a path is empty, or begins
#: with a dot: such ones may be resolved away.
_USUAL: Final = lazy_pattern(
    rf"""(?!\ )(?:
      (https?://{HOST}(?:[/?]{_QUERY})?+(?:\#{_QUERY})?+)
    | (//{HOST}(?:/{runs(f"^{_UNUSUAL}?;")})?+{_REST})
    | (/(?:{_SEGMENT}(?:/{_SEGMENT})*+/?+)?+{_REST})
    | ((?![^:/?\#]*+:){_SEGMENT}(?:/{_SEGMENT})*+/?+{_REST})
    | (\?(?=[^\#]){_QUERY}(?:\#(?=.){_QUERY})?+)
    | (\#(?=.){_QUERY})
    )(?<!\ )""",
    re.VERBOSE,
)
_TO_ENCODE: Final = lazy_pattern(rf"[^{PLAIN}&#%]++")
_ORIGIN: Final = lazy_pattern(rf"(https?:)//{HOST}(?=[/?#]|\Z)")
_PAGE: Final = lazy_pattern(
    rf"((?:/(?:{_SEGMENT}/)*+)?)((?:{_SEGMENT})?)((?:\?(?=[^#]){_QUERY})?)(?:\#{_QUERY})?"
)


def absolute(address: str, *, page: str) -> str | None:
    r"""Return a web address as a browser on the page would understand it.

    Args:
        address: An address as it stands in an attribute, relative or absolute (RFC 3986 §4.1). White space around it
            and line breaks in it are ignored, and `\` is `/` before the query, as in the URL standard §4.4.
        page: The page's own absolute http(s) address.

    Returns:
        An absolute http(s) URI in ASCII, or None if the address is not one, or can't be read.

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
    resolve = _slowly if len(address) <= _USUAL_LENGTH else _slowly.__wrapped__
    return resolve(address, "" if _SCHEME.match(address) else page)


@lru_cache(maxsize=1_024)
def _slowly(address: str, page: str) -> str | None:
    read = as_browsers_read(address)
    if read != address:
        return absolute(read, page=page)
    scheme = scheme_of(address)
    if scheme not in _WEB | {""}:
        return None
    if "\\" in address:
        path = _BEFORE_QUERY.match(address)
        address = path[0].replace("\\", "/") + address[path.end() :] if path else address
    try:
        joined = address if scheme else urljoin(page, address)
        return _quickly(joined, page) or ascii_uri(check_web_address(joined))
    except ValueError:
        return None


def is_relative(address: str) -> bool:
    """Return whether an address needs a page to be understood.

    >>> [is_relative(address) for address in ("#note1", "//media.example/a", "", "data:,x", "tel:112")]
    [True, True, True, False, False]
    """
    begins = _BEGINNING.match(address)
    return not begins["scheme"] if begins else not scheme_of(as_browsers_read(address))


def as_browsers_read(address: str) -> str:
    """Return an address without the white space around it and the line breaks in it."""
    return address.strip(_EDGES).translate(_LINE_BREAKS)


def scheme_of(address: str) -> str:
    """Return an address's scheme in lower case; empty if it has none."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def _quickly(address: str, page: str) -> str | None:
    """Resolve an address as `absolute` does, where it is one of the usual ones; return None if it isn't."""
    found = _USUAL.fullmatch(address)
    if found is None or (not address.isascii() and _UNUSUAL_BEYOND.search(address)):
        return None
    prefix = prefixes(page)[found.lastindex or 0]
    return None if prefix is None else prefix + _TO_ENCODE.sub(_encoded, address)


def _encoded(characters: re.Match[str]) -> str:
    """Percent-encode some characters, as `quote` does in several times the time."""
    return "%" + characters[0].encode().hex("%").upper()


@lru_cache(maxsize=64)
def prefixes(page: str) -> tuple[str | None, ...]:
    """Return what to put before the usual addresses of each kind on a page; None where they aren't usual there.

    >>> prefixes("https://a.example/en/story")[3:]
    ('https://a.example', 'https://a.example/en/', 'https://a.example/en/story', 'https://a.example/en/story')
    """
    origin = _ORIGIN.match(page)
    if origin is None or not page.isascii():
        return (None, "", None, None, None, None, None)
    rest = _PAGE.fullmatch(page, origin.end())
    if rest is None or _TO_ENCODE.search(page):
        return (None, "", origin[1], origin[0], None, None, None)
    folder, name, query = rest.groups()
    path = origin[0] + folder + name
    return (None, "", origin[1], origin[0], origin[0] + (folder or "/"), path, path + query)
