"""Addresses as messages and logs show them: without what may be secret."""

from urllib.parse import urlsplit, urlunsplit

__all__ = ["shown_address"]


def shown_address(url: str) -> str:
    """Return an address for messages: without user, password, query and fragment, which may be secret.

    Nothing of an address is shown if its host or its port can't exist, because it may be a part of a password.

    >>> shown_address("https://user:secret@news.example/api/posts?token=secret")
    'https://news.example/api/posts'
    >>> shown_address("https://user:sec/ret@news.example/api/posts")
    'its address'
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError
    except ValueError:
        return "its address"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
