"""Web addresses: check them, and write them in ASCII (RFC 3986, RFC 3987).

People write addresses with letters of any script (IRIs). Feeds carry URIs: the host in punycode (UTS 46, as browsers
do), the rest percent-encoded as UTF-8. An existing URI is never changed, because ids are compared letter by letter.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from newsfeed.errors import InvalidValue
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.uri_schemes import is_script, scheme_problem

__all__ = ["HOST", "ascii_uri", "check_base", "check_web_address", "is_uri", "is_web_address", "uri_of_id"]

_EXAMPLE = "write the full address, https://report.example/en/story"
_URI = lazy_pattern(
    r"""
    [A-Za-z][A-Za-z0-9+.-]* : (?=.)
    (?: // (?: [\w.~!$&'()*+,;=:@-]++ | %[0-9A-F]{2} | \[[0-9A-F:.]+\] )*+ )?
    (?: [\w.~!$&'()*+,;=:@/-]++ | %[0-9A-F]{2} )*+
    (?: \? (?: [\w.~!$&'()*+,;=:@/?-]++ | %[0-9A-F]{2} )*+ )?
    (?: \# (?: [\w.~!$&'()*+,;=:@/?-]++ | %[0-9A-F]{2} )*+ )?
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
#: A host, and a port, of which one look tells that they are right: nearly all.
HOST: Final = r"[A-Za-z0-9-]{1,30}(?:\.[A-Za-z0-9-]{1,30}){0,7}(?::[0-9]{1,4})?"
_USUAL = lazy_pattern(rf"https?://{HOST}(?:[/?#][!-~]*)?")
#: A host, as people write it without a scheme; a file such as favicon.ico is none.
_HOST_FIRST = lazy_pattern(
    r"//[^/]|(?:[\w-]+\.)+[^\W\d_]{2,}(?:/|\Z)(?<!\.ico)(?<!\.png)(?<!\.svg)(?<!\.jpg)(?<!\.html)"
)
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_STRAY_PERCENT = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WEB = lazy_pattern(r"https?://", re.IGNORECASE)
_BEFORE_PATH = lazy_pattern(r"[^:]*+://([^/?#]*+)")
_AUTHORITY = lazy_pattern(
    r"(?P<user>.*@)?(?P<host>\[[^\[\]@]*\]|[^\[\]@:]*)(?P<port>:0*[0-9]{0,5})?", re.DOTALL
)
_LABEL = "[A-Za-z0-9_~-]{1,63}"
_ASCII_HOST = lazy_pattern(rf"(?=.{{1,254}}\Z){_LABEL}(?:\.{_LABEL})*\.?")
_TAG = lazy_pattern(r"[Tt][Aa][Gg]:(?P<user>[^@,:]+@)?(?P<host>[^@,:]+)(?P<specific>,.*)", re.DOTALL)
_LAST_PORT = 65535
_MOST_SHOWN = 100

#: What may stand unescaped in a path (§3.3), a query and a fragment (§3.4, §3.5), beside letters and digits.
_IN_PATH = "/:@!$&'()*+,;=~%"
_IN_QUERY = _IN_PATH + "?"


def check_web_address(value: object) -> str:
    """Check that a value is an absolute http(s) address, in ASCII or with letters of any script.

    Args:
        value: The value to check.

    Returns:
        The same text.

    Raises:
        InvalidValue: If it is relative, has another scheme or no host, or can't be an address at all.

    >>> check_web_address("https://report.example/az/qış")
    'https://report.example/az/qış'
    >>> check_web_address("/en/snow")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: '/en/snow' isn't a full address. Write the full address, https://report.example/en/story.
    """
    if not isinstance(value, str):
        raise InvalidValue(f"{_shown(value)} isn't text", _EXAMPLE)
    if _USUAL.fullmatch(value):
        return value
    if not value.strip():
        raise InvalidValue("it is empty", _EXAMPLE)
    if value != value.strip() or _CONTROL.search(value):
        raise InvalidValue(f"{_shown(value)} has white space around it, or line breaks in it", "remove them")
    scheme = _SCHEME.match(value)
    if scheme is None:
        raise InvalidValue(f"{_shown(value)} isn't a full address", _with_scheme(value) or _EXAMPLE)
    if scheme[0].lower() not in {"http:", "https:"}:
        raise InvalidValue(
            f"{_shown(value)} isn't a web address", "write one that begins with https:// or http://"
        )
    if _WEB.match(value) is None:
        raise InvalidValue(f"{_shown(value)} has no host", _EXAMPLE)
    _check_authority(_authority_of(value), value)
    return value


def _with_scheme(value: str) -> str | None:
    """Return the full address if only the scheme is missing: `www.report.example`."""
    whole = f"https://{value.removeprefix('//')}"
    host = _HOST_FIRST.match(value)
    return f"write {whole}" if host and len(value) <= _MOST_SHOWN and is_web_address(whole) else None


def is_web_address(value: object) -> bool:
    """Return whether `check_web_address` accepts a value.

    >>> is_web_address("https://report.example/az/qış"), is_web_address("/en/snow")
    (True, False)
    """
    try:
        check_web_address(value)
    except InvalidValue:
        return False
    return True


def check_base(value: object) -> str:
    """Check an address that others begin with, and return it with a slash at its end.

    Raises:
        InvalidValue: As in `check_web_address`, or if it has a query or fragment.

    >>> check_base("https://report.example")
    'https://report.example/'
    """
    address = check_web_address(value)
    if "?" in address or "#" in address:
        raise InvalidValue(
            f"{_shown(address)} has a query or fragment, so no path can follow",
            "remove everything from ? or # on",
        )
    return address if address.endswith("/") else address + "/"


def ascii_uri(address: str) -> str:
    """Return an http(s) address as an ASCII URI (RFC 3987 §3.1).

    Args:
        address: An address that `check_web_address` accepts.

    Returns:
        The URI, unchanged if it was one. Any other text is encoded as far as possible, and a lone surrogate becomes a
        question mark.

    >>> ascii_uri('https://сайт.example/qış "1"?q=ə')
    'https://xn--80aswg.example/q%C4%B1%C5%9F%20%221%22?q=%C9%99'
    """
    if is_uri(address):
        return address
    if _WEB.match(address) is None:
        name, hash_sign, fragment = address.partition("#")
        return _encoded(name, _IN_QUERY) + hash_sign + _encoded(fragment, _IN_QUERY)
    scheme, slashes, _ = address.partition("://")
    authority = _authority_of(address)
    rest, hash_sign, fragment = address[len(scheme + slashes + authority) :].partition("#")
    path, question_mark, query = rest.partition("?")
    return "".join(
        [
            scheme.lower(),
            slashes,
            _ascii_authority(authority),
            _encoded(path, _IN_PATH),
            question_mark,
            _encoded(query, _IN_QUERY),
            hash_sign,
            _encoded(fragment, _IN_QUERY),
        ]
    )


def is_uri(text: str) -> bool:
    """Return whether a text is a URI in ASCII, of any scheme (RFC 3986 §3).

    >>> is_uri("tag:report.example,2025:1"), is_uri("12345"), is_uri("https://report.example/ə")
    (True, False, False)
    """
    return _URI.fullmatch(text) is not None


def uri_of_id(name: str, base: str) -> str:
    """Return an id as an ASCII URI, by a rule that never changes.

    A URI stays as it is. In a web address or another id with a scheme, characters that a URI can't have are encoded. Any
    other id, such as a number, and one that breaks the rules of its scheme, becomes `{base}ids/{id}` with everything but letters
    and digits encoded.

    Args:
        name: The id from an editor or a CMS.
        base: The site's `ids_url`.

    Returns:
        The URI.

    >>> uri_of_id("urn:isbn:1", "https://report.example/"), uri_of_id("статья 5", "https://report.example/")
    ('urn:isbn:1', 'https://report.example/ids/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F%205')
    >>> (
    ...     uri_of_id("tag:müller.example,2025:1", "https://report.example/"),
    ...     uri_of_id("..", "https://report.example/"),
    ... )
    ('tag:xn--mller-kva.example,2025:1', 'https://report.example/ids/(..)')
    """
    if not is_script(name):
        if is_uri(name):
            uri = name
        else:
            scheme = _SCHEME.match(name)
            has_name = scheme is not None and len(name) > len(scheme[0])
            uri = (_ascii_tag(name) or ascii_uri(name)) if has_name else ""
        if uri and scheme_problem(uri) is None and (uri is name or is_uri(uri)):
            return uri
    # a segment of dots would disappear when resolved, encoded or not (RFC 3986 §5.2.4, §6.2.2.3)
    segment = f"({name})" if name in {".", ".."} else quote(name, safe="", errors="surrogatepass")
    return f"{ascii_uri(base).rstrip('/')}/ids/{segment}"


def _ascii_tag(name: str) -> str | None:
    """Return a tag URI in ASCII with its host in punycode (RFC 4151 §2.1); None if the host is invalid."""
    tag = _TAG.fullmatch(name)
    if tag is None:
        return None
    try:
        host = _ascii_host(tag["host"])
    except InvalidValue:
        return None
    specific, hash_sign, fragment = tag["specific"].partition("#")
    encoded = _encoded(specific, _IN_QUERY) + hash_sign + _encoded(fragment, _IN_QUERY)
    return f"tag:{tag['user'] or ''}{host}{encoded}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _encoded(part: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=safe, errors="replace") if part else ""


def _authority_of(address: str) -> str:
    """Return the part between `//` and the path, query or fragment: user, host and port."""
    found = _BEFORE_PATH.match(address)
    return found[1] if found else ""


def _check_authority(authority: str, address: str) -> None:
    if "\\" in authority:
        raise InvalidValue(f"{_shown(address)} has a backslash in its host", "write slashes instead")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or int((parts["port"] or "").lstrip(":0") or 0) > _LAST_PORT:
        raise InvalidValue(
            f"{_shown(address)} has a host or port that can't exist",
            "write a host such as report.example, and after a colon a port up to 65535 or none",
        )
    if not parts["host"]:
        raise InvalidValue(f"{_shown(address)} has no host", _EXAMPLE)
    _ascii_host(parts["host"])


def _ascii_authority(authority: str) -> str:
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return _encoded(authority, _IN_PATH)
    try:
        host = _ascii_host(parts["host"])
    except InvalidValue:
        host = _encoded(parts["host"], _IN_PATH)
    return f"{_encoded(parts['user'] or '', _IN_PATH)}{host}{parts['port'] or ''}"


def _ascii_host(host: str) -> str:
    """Return a host in ASCII; a host that is already ASCII keeps its case."""
    if host.startswith("["):
        return _ip_literal(host)
    written = host if host.isascii() else _punycode(host)
    if not _ASCII_HOST.fullmatch(written):
        raise _no_host_name(host)
    return written


def _ip_literal(host: str) -> str:
    from ipaddress import IPv6Address

    try:
        IPv6Address(host[1:-1].partition("%")[0])
    except ValueError:
        raise _no_host_name(host) from None
    return _encoded(host, "[]:%")


@lru_cache(maxsize=1024)
def _punycode(host: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        raise _no_host_name(host) from None


def _no_host_name(host: str) -> InvalidValue:
    return InvalidValue(f"{_shown(host)} isn't a host name", "write one such as report.example")
