"""What a hub's answer means, and what its silence means: told, no, or try again later."""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal, NamedTuple

__all__ = ["Verdict", "of_error", "of_status", "pause_asked_for"]

#: Statuses of a hub that may say something else in a moment (RFC 9110 §15.5.9, RFC 6585 §4, RFC 8470 §5.2).
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_SUCCESS, _REDIRECTION, _SERVER_ERROR = 2, 3, 5
_MOST_SHOWN = 200
_MOST_DIGITS = 9


class Verdict(NamedTuple):
    """What to make of one attempt."""

    state: Literal["told", "refused", "failed"]
    reason: str = ""
    #: Whether trying again may help.
    passing: bool = False
    #: After how many seconds the hub asks to be tried again; None where it doesn't.
    pause: float | None = None


def of_status(status: int, *, location: str, said: str, pause: float | None) -> Verdict:
    """Judge an answer by its status (WebSub §5.2, RFC 9110 §15).

    Args:
        status: The HTTP status.
        location: The `Location` of a redirect; empty for none.
        said: The beginning of the body, for the reason of a refusal.
        pause: What `Retry-After` asks for, in seconds.

    >>> of_status(202, location="", said="", pause=None).state
    'told'
    >>> of_status(302, location="/new", said="", pause=None).reason
    "it answered 302, and sends to '/new'; if that is the hub now, name it instead"
    """
    if status // 100 == _SUCCESS:
        return Verdict("told")
    name = f"it answered {status}"
    if status // 100 == _REDIRECTION:
        where = f"sends to {_shown(location)!r}" if location else "names no place to go"
        return Verdict("refused", f"{name}, and {where}; if that is the hub now, name it instead")
    words = f"{name}: {_shown(said)}" if said.strip() else name
    if status // 100 == _SERVER_ERROR or status in _PASSING:
        return Verdict("failed", words, passing=True, pause=pause)
    return Verdict("refused", words)


def of_error(error: BaseException) -> Verdict:
    """Judge an attempt that brought no answer.

    Args:
        error: What was raised; its causes tell more.
    """
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Verdict("refused", f"its certificate isn't valid: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return Verdict("refused", "it doesn't speak TLS there; the hub may be an http address")
    said = _shown(str(error))
    return Verdict(
        "failed",
        f"{_KINDS.get(type(error).__name__, 'it gave no answer')}{f': {said}' if said else ''}",
        passing=True,
    )


#: httpx's errors by name, in words; httpx is loaded only by what calls the network.
_KINDS = {
    "ConnectError": "it can't be reached",
    "ConnectTimeout": "it can't be reached in time",
    "RemoteProtocolError": "it broke off, or its answer isn't HTTP",
    "ReadError": "it broke off",
    "ReadTimeout": "it took too long",
    "WriteError": "it broke off",
    "WriteTimeout": "it took too long",
    "ProxyError": "the proxy didn't let through",
}


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found


def pause_asked_for(retry_after: str | None, *, now: datetime) -> float | None:
    """Read `Retry-After`, a number of seconds or a date (RFC 9110 §10.2.3).

    Args:
        retry_after: The header's value.
        now: The moment at which it came, aware.

    Returns:
        Seconds, 0 or more; None where the header is missing or says nothing.

    >>> moment = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)
    >>> pause_asked_for("120", now=moment), pause_asked_for("Fri, 19 Dec 2025 18:25:00 GMT", now=moment)
    (120.0, 60.0)
    >>> pause_asked_for("soon", now=moment) is None
    True
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:_MOST_DIGITS])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _shown(text: str) -> str:
    """Show what a hub says on one line, shortened, and without characters that act on a terminal."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _MOST_SHOWN else line[:_MOST_SHOWN] + "…"
