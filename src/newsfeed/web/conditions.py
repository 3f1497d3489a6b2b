"""Conditional requests: entity tags, and the precedence of conditions (RFC 9110 §13)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from newsfeed.web.exchange import Request
from newsfeed.web.http_dates import read_http_date

__all__ = ["EntityTag", "entity_tags", "is_failed", "tag_not_modified"]

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\U0010ffff]*)"')
#: Only this much of a header is read: enough for a hundred of our tags.
_LONGEST = 8192


class EntityTag(NamedTuple):
    """An entity tag as a client sends it (RFC 9110 §8.8.3)."""

    opaque: str
    weak: bool = False


def entity_tags(value: str) -> list[EntityTag]:
    """Read the entity tags of `If-Match` or `If-None-Match`; anything else is ignored.

    >>> entity_tags('"a,b", W/"c", d')
    [EntityTag(opaque='a,b', weak=False), EntityTag(opaque='c', weak=True)]
    """
    return [EntityTag(opaque, bool(weak)) for weak, opaque in _TAG.findall(value[:_LONGEST])]


def is_failed(request: Request, tags: Sequence[str], modified: datetime) -> bool:
    """Return whether a precondition fails, so that the response is 412 (RFC 9110 §13.2.2, steps 1 and 2).

    Args:
        request: The request.
        tags: The opaque tags of the document, all of them strong.
        modified: When it was last modified, to the second.

    Returns:
        Whether `If-Match`, or else `If-Unmodified-Since`, isn't satisfied.
    """
    wanted = request.headers.get("if-match")
    if wanted is not None:
        return wanted.strip() != "*" and not any(
            tag.opaque in tags and not tag.weak for tag in entity_tags(wanted)
        )
    since = _date(request, "if-unmodified-since")
    return since is not None and modified > since


def tag_not_modified(request: Request, tags: Sequence[str], modified: datetime | None) -> str | None:
    """Find the representation that the client already has: 304 (RFC 9110 §13.2.2, steps 3 and 4).

    `If-Modified-Since` counts only if there is no `If-None-Match`, valid or not.

    Args:
        request: The request.
        tags: The opaque tags of the representations that the client accepts, the best first.
        modified: When the document was last modified, to the second; `None` if its date isn't reliable yet.

    Returns:
        The tag of the representation that the client has; `None` if the client needs the document.
    """
    held = request.headers.get("if-none-match")
    if held is not None:
        if held.strip() == "*":
            return tags[0]
        theirs = {tag.opaque for tag in entity_tags(held)}
        return next((tag for tag in tags if tag in theirs), None)
    since = _date(request, "if-modified-since")
    return tags[0] if since is not None and modified is not None and modified <= since else None


def _date(request: Request, name: str) -> datetime | None:
    value = request.headers.get(name)
    return None if value is None else read_http_date(value, request.now)
