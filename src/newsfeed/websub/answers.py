"""Interpret a hub's answer, or the lack of one: it was told, it refused, or it failed and may be tried again."""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal, NamedTuple

__all__ = ["Verdict", "pause_asked_for", "verdict_on_error", "verdict_on_status"]

#: Statuses after which a retry may succeed (RFC 9110 §15.5.9, RFC 6585 §4, RFC 8470 §5.2).
_TEMPORARY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_SUCCESS, _REDIRECTION, _SERVER_ERROR = 2, 3, 5
_MAX_QUOTED = 200
_MAX_DIGITS = 9


class Verdict(NamedTuple):
    """The outcome of one attempt."""

    state: Literal["told", "refused", "failed"]
    reason: str = ""
    #: Whether a retry may succeed.
    is_temporary: bool = False
    #: The pause in seconds that the hub asks for; None if it asks for none.
    pause: float | None = None


def verdict_on_status(status: int, *, location: str, said: str, pause: float | None) -> Verdict:
    """Return the verdict on an answer (WebSub §5.2, RFC 9110 §15).

    Args:
        status: The HTTP status.
        location: The `Location` of a redirect; empty if there is none.
        said: The beginning of the body, quoted as the reason of a refusal.
        pause: What `Retry-After` asks for, in seconds.

    >>> verdict_on_status(202, location="", said="", pause=None).state
    'told'
    >>> verdict_on_status(302, location="/new", said="", pause=None).reason
    "it answered 302, a redirect to '/new'; if the hub has moved there, use that address"
    """
    if status // 100 == _SUCCESS:
        return Verdict("told")
    name = f"it answered {status}"
    if status // 100 == _REDIRECTION:
        where = f"to {_quotable(location)!r}" if location else "without an address"
        return Verdict("refused", f"{name}, a redirect {where}; if the hub has moved there, use that address")
    words = f"{name}: {_quotable(said)}" if said.strip() else name
    if status // 100 == _SERVER_ERROR or status in _TEMPORARY:
        return Verdict("failed", words, is_temporary=True, pause=pause)
    return Verdict("refused", words)


def verdict_on_error(error: BaseException) -> Verdict:
    """Return the verdict on an attempt without an answer.

    Args:
        error: The exception; its causes are examined as well.
    """
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Verdict("refused", f"its TLS certificate isn't valid: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return Verdict("refused", "there is no TLS at this address; try the hub's http:// address")
    kind = _KINDS.get(type(error).__name__, "it didn't answer")
    details = _quotable(str(error))
    return Verdict("failed", f"{kind}: {details}" if details else kind, is_temporary=True)


#: httpx's errors by name, because httpx is imported only where the network is used.
_KINDS = {
    "ConnectError": "it can't be reached",
    "ConnectTimeout": "connecting took too long",
    "RemoteProtocolError": "it closed the connection, or its answer isn't HTTP",
    "ReadError": "the connection broke",
    "ReadTimeout": "it took too long",
    "WriteError": "the connection broke",
    "WriteTimeout": "it took too long",
    "ProxyError": "the proxy refused the connection",
}


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found


def pause_asked_for(retry_after: str | None, *, now: datetime) -> float | None:
    """Return the pause that `Retry-After` asks for, a number of seconds or a date (RFC 9110 §10.2.3).

    Args:
        retry_after: The header's value.
        now: The moment when it arrived, aware.

    Returns:
        Seconds, 0 or more; None if the header is missing or invalid.

    >>> moment = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)
    >>> pause_asked_for("120", now=moment), pause_asked_for("Fri, 19 Dec 2025 18:25:00 GMT", now=moment)
    (120.0, 60.0)
    >>> pause_asked_for("soon", now=moment) is None
    True
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:_MAX_DIGITS])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _quotable(text: str) -> str:
    """Return a hub's words on one line, shortened, and without control characters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _MAX_QUOTED else line[:_MAX_QUOTED] + "…"
