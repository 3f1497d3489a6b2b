"""The rules of URI schemes beyond the common grammar, such as a required host."""

import re
from urllib.parse import urlsplit

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["is_script", "scheme_problem"]

#: Web addresses that are obviously valid, as nearly all are.
_USUAL = lazy_pattern(r"https?://[A-Za-z0-9.-]+(?:[/?#]|\Z)")
_HOST = lazy_pattern(r"[a-z]+://[^/?#]", re.IGNORECASE)
_UUID = lazy_pattern(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_URN = lazy_pattern(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^?#/].*", re.IGNORECASE | re.ASCII | re.DOTALL)
_TAG = lazy_pattern(
    r"tag:([a-z0-9_.-]+@)?[a-z0-9.-]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?:.*",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_WITH_HOST = {"http", "https", "ftp"}
#: Schemes that a browser executes, or shows as a page.
_SCRIPTS = {"data", "javascript", "vbscript"}


def scheme_problem(uri: str) -> str | None:
    """Return what is wrong with a URI by the rules of its scheme.

    http, https and ftp need a host (RFC 9110 §4.2), a UUID its form (RFC 9562 §4), a URN a namespace and a name
    (RFC 8141 §2), a tag a host or an e-mail address and a date (RFC 4151 §2.1).

    Args:
        uri: A text that is a URI or IRI by the common grammar, or is relative.

    Returns:
        The problem; None if there is none, or if the scheme has no rules here.

    >>> scheme_problem("https://report.example/"), scheme_problem("https:///en"), scheme_problem("urn:x")
    (None, 'names no host', "isn't a URN (urn:namespace:name)")
    """
    if _USUAL.match(uri):
        return None
    scheme = uri[: max(uri.find(":"), 0)].lower()
    if scheme in _WITH_HOST:
        return None if _HOST.match(uri) and _can_be_split(uri) else "names no host"
    if scheme == "urn":
        if uri[:9].lower() == "urn:uuid:":
            return None if _UUID.fullmatch(uri) else "isn't a UUID (urn:uuid: and 36 characters)"
        return None if _URN.fullmatch(uri) else "isn't a URN (urn:namespace:name)"
    if scheme == "tag" and not _TAG.fullmatch(uri):
        return "isn't a tag URI (tag:host,year:name)"
    return None if _can_be_split(uri) else "has brackets in its host"


def is_script(uri: str) -> bool:
    """Return whether a browser would execute a URI, or show its text as a page, so that it must never be a link.

    >>> is_script("javascript:alert(1)"), is_script("urn:isbn:0451450523")
    (True, False)
    """
    return uri.partition(":")[0].lower() in _SCRIPTS


def _can_be_split(uri: str) -> bool:
    try:
        urlsplit(uri)
    except ValueError:  # brackets that hold no IP address
        return False
    return True
