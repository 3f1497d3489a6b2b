"""A feed as a server sends it: fetched politely, within limits, with what HTTP says about it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from newsfeed.check.limits import LARGEST
from newsfeed.errors import InvalidValue, MissingExtra, SourceError
from newsfeed.model.installed import installed_version
from newsfeed.sources.http_requests import READ, answered, client_named, unpacked
from newsfeed.text.shown_addresses import shown_address

if TYPE_CHECKING:
    import httpx

__all__ = ["FetchedFeed", "HttpResponse", "Redirect", "fetch_feed"]

#: Seconds for everything together.
_WHOLE: Final = 120.0
_OK, _NOT_MODIFIED, _ERRORS = 200, 304, 300
_MOVED: Final = {301, 308}
_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " application/json;q=0.8, */*;q=0.1"
)
_REMEDIES: Final = {
    401: "pass the feed on standard input, fetched with its user and password",
    403: "check whether programs may fetch it; some servers refuse every program that they don't know",
    404: "check the address",
    410: "check the address; the server says that the feed is gone for ever",
    429: "try again later",
}


@dataclass(frozen=True)
class Redirect:
    """One step to another address."""

    status: int
    source: str
    target: str

    @property
    def is_permanent(self) -> bool:
        """Whether programs are to use the new address from now on."""
        return self.status in _MOVED


@dataclass(frozen=True)
class HttpResponse:
    """What a server said about a feed.

    Attributes:
        headers: The headers of the answer, their names in lower case.
        redirects: The steps from the address that was asked for.
        is_revalidated: Whether the server answered 304 when asked whether the feed changed; None if it can't be asked.
    """

    headers: Mapping[str, str]
    redirects: tuple[Redirect, ...] = ()
    is_revalidated: bool | None = None


@dataclass(frozen=True)
class FetchedFeed:
    """A feed from the web.

    Attributes:
        address: The address that subscribers should use: where permanent redirects lead.
        data: Its bytes, uncompressed.
        response: What the server said.
    """

    address: str
    data: bytes = field(repr=False)
    response: HttpResponse


def fetch_feed(url: str) -> FetchedFeed:
    """Fetch a feed, and ask a second time whether it changed, as readers do.

    Args:
        url: Its address.

    Raises:
        MissingExtra: If httpx isn't installed.
        SourceError: If it can't be fetched.
    """
    try:
        import httpx
    except ImportError as error:
        purpose, extra = "Checking a feed at an address", "http"
        raise MissingExtra(purpose, extra) from error
    agent = f"newsfeed/{installed_version('newsroom-feeds')} (feed check; once)"
    with client_named(agent, Accept=_ACCEPT) as client:
        try:
            return _fetched(client, url, time.monotonic() + _WHOLE)
        except InvalidValue as refused:
            raise _error(url, refused.reason, refused.remedy) from None
        except TimeoutError:
            raise _error(url, f"took longer than {_WHOLE:.0f} seconds", "try again later") from None
        except httpx.TooManyRedirects:
            raise _error(url, "leads from address to address", "check the address") from None
        except httpx.TimeoutException:
            raise _error(url, f"sent nothing for {READ:.0f} seconds", "try again later") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise _error(url, f"can't be fetched: {error}", "check the address, or try again later") from None


def _fetched(client: "httpx.Client", url: str, deadline: float) -> FetchedFeed:
    with answered(client, url, deadline=deadline) as answer:
        if not _OK <= answer.status_code < _ERRORS:
            fix = _REMEDIES.get(answer.status_code, "try again later")
            raise _error(url, f"answered {answer.status_code}", fix)
        data = bytearray()
        for chunk in unpacked(answer):
            data += chunk
            # one byte more shows that it is too large
            if len(data) > LARGEST:
                break
    steps = [*answer.history, answer]
    redirects = tuple(
        Redirect(step.status_code, _without_user(str(step.url)), _without_user(str(following.url)))
        for step, following in pairwise(steps)
    )
    headers = {name.lower(): value for name, value in answer.headers.items()}
    response = HttpResponse(headers, redirects, _is_revalidated(client, answer, headers, deadline))
    return FetchedFeed(_address_of(url, redirects), bytes(data), response)


def _address_of(url: str, redirects: tuple[Redirect, ...]) -> str:
    address = redirects[0].source if redirects else url
    for redirect in redirects:
        if not redirect.is_permanent:
            break
        address = redirect.target
    return _without_user(address)


def _without_user(url: str) -> str:
    """Leave out user and password, which findings must not show."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _is_revalidated(
    client: "httpx.Client", first: "httpx.Response", headers: Mapping[str, str], deadline: float
) -> bool | None:
    """Ask again with what the server gave to ask with; None if it gave nothing."""
    conditions = {
        name: headers[given]
        for name, given in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        if given in headers and headers[given].isascii()
    }
    if not conditions:
        return None
    if user := first.request.headers.get("authorization"):
        conditions["Authorization"] = user
    with answered(client, str(first.url), deadline=deadline, headers=conditions) as answer:
        return answer.status_code == _NOT_MODIFIED


def _error(url: str, what: str, fix: str) -> SourceError:
    return SourceError(f"{shown_address(url)} {what}. {fix[:1].upper()}{fix[1:]}.")
