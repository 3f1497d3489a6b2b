"""Requests over HTTP that keep credentials out of logs, unpack answers bit by bit, and follow only harmless redirects."""

import logging
import socket
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import TIMEOUT_MAX, Timer, get_ident
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from newsfeed.errors import InvalidValue
from newsfeed.model.shown_values import shown
from newsfeed.text.shown_addresses import shown_address

if TYPE_CHECKING:
    import httpx

__all__ = ["CONNECT", "READ", "answered", "client_named", "unpacked"]

#: Seconds to connect, and between two parts of an answer.
CONNECT: Final = 10.0
READ: Final = 30.0
_REDIRECTS: Final = 5
#: The window of zlib's formats that stands for gzip.
_GZIP: Final = 31
_PART: Final = 1 << 16


def client_named(agent: str, **headers: str) -> "httpx.Client":
    """Return a client for `answered`; the header `User-Agent` is its name, in ASCII."""
    import httpx

    return httpx.Client(
        timeout=httpx.Timeout(READ, connect=CONNECT),
        headers={"User-Agent": agent, "Accept-Encoding": "gzip", **headers},
    )


@contextmanager
def answered(
    client: "httpx.Client",
    url: str,
    *,
    deadline: float,
    params: Mapping[str, str | int] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator["httpx.Response"]:
    """Ask for an address, and follow redirects.

    Args:
        client: A client from `client_named`.
        url: The address, with a user and a password if it needs them.
        deadline: When the answer must have been read, in the seconds of `time.monotonic`.
        params: What to add to the address after `?`.
        headers: Headers of this request.

    Yields:
        The last answer, unread, with the answers before it as its history.

    Raises:
        InvalidValue: If a redirect leads where it isn't followed; the reason begins with a verb.
        TimeoutError: If the deadline is over.
        httpx.HTTPError: If there is no answer, or too many redirects.
        httpx.InvalidURL: If the address isn't valid.
    """
    import httpx

    address = httpx.URL(url)
    user = (address.username, address.password) if address.userinfo else None
    request = client.build_request(
        "GET",
        address.copy_with(username=None, password=None),
        params=params,
        headers=headers,
    )
    with _until(deadline, client, request), _followed(client, request, user) as response:
        yield response


@contextmanager
def _followed(
    client: "httpx.Client", request: "httpx.Request", user: tuple[str, str] | None
) -> Iterator["httpx.Response"]:
    import httpx

    history: list[httpx.Response] = []
    while True:
        with _addresses_hidden():
            response = client.send(request, auth=user, stream=True)
        try:
            response.history = history
            if response.next_request is None:
                yield response
                return
        finally:
            response.close()
        if len(history) == _REDIRECTS:
            raise httpx.TooManyRedirects("Too many redirects.", request=request)
        _check_redirect(request.url, response.next_request.url)
        history = [*history, response]
        # httpx keeps the header Authorization for the same origin, and drops it for others
        request, user = response.next_request, None


def unpacked(response: "httpx.Response") -> Iterator[bytes]:
    """Yield the parts of an answer, each of at most 64 KiB if it is packed, and empty ones.

    Raises:
        InvalidValue: If it is packed in another way than it was asked for; the reason begins with a verb.
        httpx.HTTPError: If it breaks off, or can't be unpacked.
    """
    import httpx

    said = response.headers.get_list("content-encoding", split_commas=True)
    codings = [coding for each in said if (coding := each.strip().lower()) not in {"", "identity"}]
    if not codings:
        yield from response.iter_raw()
        return
    if codings not in (["gzip"], ["x-gzip"]):
        raise InvalidValue(
            f"answered with the content coding {shown(', '.join(codings))!r}, which newsfeed doesn't accept",
            "let the server send gzip, or no coding",
        )
    unzip = zlib.decompressobj(_GZIP)
    is_begun = False
    try:
        for packed in response.iter_raw():
            part = packed
            while part:
                if unzip.eof:  # another member may follow, or zeros that fill up a block
                    part = part.lstrip(b"\0")
                    if not part:
                        break
                    unzip = zlib.decompressobj(_GZIP)
                is_begun = True
                yield unzip.decompress(part, _PART)
                part = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
    except zlib.error as error:
        raise httpx.DecodingError(str(error)) from error
    while is_begun and not unzip.eof:
        rest = unzip.decompress(b"", _PART)
        if not rest:
            raise httpx.RemoteProtocolError("The answer ends in the middle of its gzip.")
        yield rest


#: The sockets of each client that may be open.
_sockets: WeakKeyDictionary["httpx.Client", list[socket.socket]] = WeakKeyDictionary()


@contextmanager
def _until(deadline: float, client: "httpx.Client", request: "httpx.Request") -> Iterator[None]:
    """Shut the connections of a client at a deadline: its own timeouts begin anew with each byte of a slow server."""
    import httpx

    sockets = _sockets.setdefault(client, [])

    def shut() -> None:
        for each in sockets:
            with suppress(OSError):  # it's closed already
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    def note(event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            opened = info["return_value"].get_extra_info("socket")
            sockets[:] = [each for each in sockets if each.fileno() >= 0]
            if isinstance(opened, socket.socket):
                sockets.append(opened)
            if time.monotonic() >= deadline:
                shut()

    request.extensions["trace"] = note
    timer = Timer(min(max(deadline - time.monotonic(), 0), TIMEOUT_MAX), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except httpx.TransportError:
        if time.monotonic() < deadline:
            raise
    finally:
        timer.cancel()
    if time.monotonic() >= deadline:
        raise TimeoutError


class _AddressesHidden(logging.Filter):
    """Shows addresses in what httpx logs in this thread without user, password and query."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        import httpx

        if get_ident() == self._thread and isinstance(record.args, tuple):
            record.args = tuple(
                shown_address(str(each)) if isinstance(each, httpx.URL) else each for each in record.args
            )
        return True


@contextmanager
def _addresses_hidden() -> Iterator[None]:
    log = logging.getLogger("httpx")
    hiding = _AddressesHidden()
    log.addFilter(hiding)
    try:
        yield
    finally:
        log.removeFilter(hiding)


def _check_redirect(here: "httpx.URL", there: "httpx.URL") -> None:
    leads = f"leads to {shown_address(str(there))}"
    if there.scheme not in {"http", "https"}:
        raise InvalidValue(f"{leads}, which isn't a web address", "check its url")
    if here.scheme == "https" and there.scheme == "http":
        raise InvalidValue(f"{leads}, which isn't encrypted", "let the server redirect to an https address")
    if here.host != there.host and _is_private(there.host) and not _is_private(here.host):
        raise InvalidValue(f"{leads}, which is in a private network", "give that address if you trust it")


def _is_private(host: str) -> bool:
    """Return whether a host is this machine or in a private network, as far as it can be looked up."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    addresses = map(ip_address, found)
    return any(not (getattr(each, "ipv4_mapped", None) or each).is_global for each in addresses)
