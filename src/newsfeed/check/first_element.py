"""The first element of an XML or HTML file, found without parsing it."""

import re
from typing import Final

from newsfeed.check.encodings import encoding_of

__all__ = ["LOOKED_AT", "first_element"]

#: Bytes of a file that are looked at; comments and document types before the first element are shorter.
LOOKED_AT: Final = 64 * 1024
_PROLOG: Final = re.compile(
    r"(?:\s++ | <\?.*?\?> | <!--.*?--> | <![A-Za-z][^\[<>]*+(?:\[.*?\]\s*+)?>)*+", re.DOTALL | re.VERBOSE
)
_START: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]{0,60})[\s/>]")


def first_element(data: bytes) -> str:
    """Return the name of a file's first element without its prefix, in lower case; empty if there is none.

    >>> (
    ...     first_element(b'<?xml version="1.0"?><!-- News --><rss version="2.0">'),
    ...     first_element(b'{"items": []}'),
    ... )
    ('rss', '')
    >>> first_element("<a:feed>".encode("utf-16")), first_element(b"<!DOCTYPE html><html>")
    ('feed', 'html')
    """
    encoding, length = encoding_of(data)
    text = data[length:LOOKED_AT].decode(encoding or "latin-1", "replace")
    prolog = _PROLOG.match(text)
    start = _START.match(text, prolog.end() if prolog is not None else 0)
    return start[1].lower() if start is not None else ""
