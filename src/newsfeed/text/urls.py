"""Web addresses: what is one, and how it is written in ASCII (RFC 3986, RFC 3987).

People write addresses with letters of any script (IRIs). Feeds carry URIs: the host in punycode (UTS 46, as browsers
do), all else percent-encoded as UTF-8. What is a URI already is never changed, for ids are compared letter by letter.
"""

import re
from urllib.parse import SplitResult, quote, urlsplit

from newsfeed.errors import InvalidValue

__all__ = ["ascii_uri", "check_base", "check_web_address", "is_uri", "uri_of_id"]

_EXAMPLE = "write the whole address, https://report.example/en/story"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

#: What may stand unescaped in a path (§3.3), a query and a fragment (§3.4, §3.5), beside letters and digits.
_IN_PATH = "/:@!$&'()*+,;=~%"
_IN_QUERY = _IN_PATH + "?"


def check_web_address(value: object) -> str:
    """Check that a value is an absolute http(s) address, in ASCII or with letters of any script.

    Args:
        value: What should be one.

    Returns:
        The same text.

    Raises:
        InvalidValue: It is relative, has another scheme or no host, or can't be an address at all.

    >>> check_web_address("https://report.example/az/qış")
    'https://report.example/az/qış'
    >>> check_web_address("/en/snow")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: '/en/snow' is not a whole address; write the whole address, https://report.example/en/story
    """
    if not isinstance(value, str):
        raise InvalidValue(f"{value!r} is no text", _EXAMPLE)
    shown = value if len(value) <= 100 else value[:100] + "…"  # noqa: PLR2004 - enough to find it
    if not value:
        raise InvalidValue("it is empty", _EXAMPLE)
    if value != value.strip() or _CONTROL.search(value):
        raise InvalidValue(f"{shown!r} has white space around it, or line breaks in it", "take them out")
    scheme = _SCHEME.match(value)
    if scheme is None:
        raise InvalidValue(f"{shown!r} is not a whole address", _EXAMPLE)
    if scheme[0].lower() not in {"http:", "https:"}:
        raise InvalidValue(
            f"{shown!r} is not a web address", "write one that begins with https:// or http://"
        )
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
        if not host or "\\" in parts.netloc or not value[len(scheme[0]) :].startswith("//"):
            raise InvalidValue(f"{shown!r} has no host", _EXAMPLE)
        _ascii_host(host)
    except ValueError as error:
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue(f"{shown!r} has a host or port that can't exist", _EXAMPLE) from None
    return value


def check_base(value: object) -> str:
    """Check an address that others begin with; it is returned with a slash at its end.

    Raises:
        InvalidValue: As `check_web_address`, or it has a query or fragment.

    >>> check_base("https://report.example")
    'https://report.example/'
    """
    address = check_web_address(value)
    if "?" in address or "#" in address:
        raise InvalidValue(
            f"{address!r} has a query or fragment, so no path can follow", "leave out all from ? or #"
        )
    return address if address.endswith("/") else address + "/"


def ascii_uri(address: str) -> str:
    """Write an http(s) address as an ASCII URI (RFC 3987 §3.1).

    Args:
        address: An address that `check_web_address` accepts.

    Returns:
        The URI; a text that is one comes back letter for letter.

    >>> ascii_uri('https://сайт.example/qış "1"?q=ə')
    'https://xn--80aswg.example/q%C4%B1%C5%9F%20%221%22?q=%C9%99'
    """
    if is_uri(address):
        return address
    try:
        parts = urlsplit(address)
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return quote(address, safe=_IN_QUERY + "#", errors="replace")
    return SplitResult(
        parts.scheme.lower(),
        _ascii_authority(parts, host),
        _encoded(parts.path, _IN_PATH),
        _encoded(parts.query, _IN_QUERY),
        _encoded(parts.fragment, _IN_QUERY),
    ).geturl()


def is_uri(text: str) -> bool:
    """Tell whether a text is a URI in ASCII, of any scheme (RFC 3986 §3).

    >>> is_uri("tag:report.example,2025:1"), is_uri("12345"), is_uri("https://report.example/ə")
    (True, False, False)
    """
    return _URI.fullmatch(text) is not None


def uri_of_id(name: str, base: str) -> str:
    """Give an id as an ASCII URI, by a rule that never changes.

    A URI stays as it is. A web address or another id with a scheme has what a URI can't hold encoded. Any other id,
    such as a number, becomes `{base}ids/{id}` with everything but letters and digits encoded.

    Args:
        name: The id, as an editor or a CMS gave it.
        base: The site's `ids_url`.

    Returns:
        The URI.

    >>> uri_of_id("urn:x:1", "https://report.example/"), uri_of_id("статья 5", "https://report.example/")
    ('urn:x:1', 'https://report.example/ids/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F%205')
    """
    if is_uri(name):
        return name
    if name.lower().startswith(("http://", "https://")):
        return ascii_uri(name)
    scheme = _SCHEME.match(name)
    if scheme is not None and len(name) > len(scheme[0]):
        return scheme[0] + _encoded(name[len(scheme[0]) :], _IN_QUERY)
    return f"{ascii_uri(base).rstrip('/')}/ids/{quote(name, safe='', errors='replace')}"


def _encoded(part: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=safe, errors="replace")


def _ascii_authority(parts: SplitResult, host: str) -> str:
    user, at, _ = parts.netloc.rpartition("@")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{_encoded(user, _IN_PATH)}{at}{host}{port}"


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        if not re.fullmatch(r"[A-Za-z0-9._~-]+", host):
            raise InvalidValue(f"{host!r} is no host name", _EXAMPLE)
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        raise InvalidValue(f"{host!r} is no host name", _EXAMPLE) from None
