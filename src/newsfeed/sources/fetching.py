"""Fetch documents of sources over HTTP: politely, within limits, and without telling credentials to anybody."""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from types import TracebackType
from typing import IO, TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit

from newsfeed.errors import InvalidValue, MissingExtra, SourceError
from newsfeed.model.installed import installed_version
from newsfeed.model.limits import RESPONSE, size_shown
from newsfeed.model.site import Site
from newsfeed.sources.http_requests import CONNECT, READ, answered, client_named, unpacked
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shown_addresses import shown_address
from newsfeed.text.urls import ascii_uri

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "Fetcher"]

#: Seconds for an answer as a whole.
_WHOLE = 300.0
_ATTEMPTS = 3
#: Answers after which another attempt may help.
_BUSY = frozenset({429, 502, 503, 504})
_OK, _NOT_MODIFIED, _ERRORS = 200, 304, 300
#: The longest pause that a server may ask for, in seconds.
_LONGEST_PAUSE = 60
#: Nobody else is disturbed by requests to one's own machine.
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_REMEDIES = {
    401: "check the user and the password in its url",
    403: "check whether its url may be read by programs",
    404: "check its url",
    410: "check its url",
    429: "try again later, and less often",
}
_HTML = lazy_pattern(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b", 18
)  # IGNORECASE | DOTALL
_BEGINNING = 2_000


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    #: The names in lower case.
    headers: Mapping[str, str]
    content: bytes


class Fetcher:
    """Fetches documents of a source.

    Args:
        source: Its name, for messages.
        site: The site, which the header `User-Agent` names.
        pause: Seconds between two requests. None are needed to one's own machine.
    """

    def __init__(self, source: str, site: Site, *, pause: float = 0.25) -> None:
        try:
            import httpx  # noqa: F401 - imported here to report that it is missing before anything begins
        except ImportError as error:
            purpose = "Sources with an address"
            extra = "http"
            raise MissingExtra(purpose, extra) from error
        self._source = source
        self._pause = pause
        self._next = 0.0
        self._client = client_named(
            f"newsfeed/{installed_version('newsroom-feeds')} (+{ascii_uri(site.url)})"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        accept: str = "*/*",
        also: Collection[int] = (),
    ) -> Answer:
        """Fetch a document.

        Args:
            url: Its address.
            params: What to add to the address after `?`.
            accept: The media types that are wanted. HTML is refused unless it is among them.
            also: Statuses that are no errors.

        Raises:
            SourceError: If it can't be fetched, isn't what was asked for, or is too large.
        """
        content = BytesIO()
        answer = self.download(url, content, params=params, headers={"Accept": accept}, also=also)
        return answer._replace(content=content.getvalue())

    def download(
        self,
        url: str,
        into: IO[bytes],
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        also: Collection[int] = (),
    ) -> Answer:
        """Fetch a document into a file, and return the answer without its content. The rest is as for `get`."""
        headers = dict(headers or {})
        for attempt in range(1, _ATTEMPTS + 1):
            into.seek(0)
            into.truncate()
            is_last = attempt == _ATTEMPTS
            self._wait_for_turn(url)
            with self._described(url, is_last=is_last) as failed:
                answer = self._fetched(url, into, params, headers, also)
                if answer.status in also:
                    return answer
                if answer.status in _BUSY and not is_last:
                    failed.wait = self._asked_pause(answer, url)
                elif answer.status < _OK or answer.status >= _ERRORS:
                    raise self._error(url, f"answered {answer.status}", _REMEDIES.get(answer.status))
                else:
                    self._check_kind(url, into, headers.get("Accept", "*/*"))
                    return answer
            self._sleep(url, failed.wait or 2.0 ** (attempt - 1))
        raise AssertionError  # the last attempt returns or raises

    def _fetched(
        self,
        url: str,
        into: IO[bytes],
        params: Mapping[str, str | int] | None,
        headers: Mapping[str, str],
        also: Collection[int],
    ) -> Answer:
        deadline = time.monotonic() + _WHOLE
        with answered(self._client, url, deadline=deadline, params=params, headers=headers) as response:
            is_wanted = _OK <= response.status_code < _ERRORS or response.status_code in also
            for chunk in unpacked(response) if is_wanted else ():
                into.write(chunk)
                if into.tell() > RESPONSE:
                    raise self._error(url, f"answered more than {size_shown(RESPONSE)}", "ask it for less")
            return Answer(
                response.status_code, {name.lower(): value for name, value in response.headers.items()}, b""
            )

    @contextmanager
    def _described(self, url: str, *, is_last: bool) -> Iterator["_Failed"]:
        """Turn errors of the network into ones that name the source, once no attempt is left."""
        import httpx

        failed = _Failed()
        try:
            yield failed
        except InvalidValue as refused:
            raise self._error(url, refused.reason, refused.remedy) from None
        except TimeoutError:
            raise self._error(url, f"took longer than {_WHOLE:.0f} seconds", None) from None
        except httpx.InvalidURL:
            raise self._error(url, "isn't a valid address", "check its url") from None
        except httpx.TooManyRedirects:
            raise self._error(url, "leads from address to address", "check its url") from None
        except httpx.HTTPError as error:
            if is_last or not isinstance(error, httpx.TransportError):
                raise self._error(url, _why(error), None) from None
        finally:
            self._next = time.monotonic() + self._pause

    def _check_kind(self, url: str, into: IO[bytes], accept: str) -> None:
        """Refuse a page in place of data: of a login, or of an error."""
        into.seek(0)
        if "html" not in accept and _HTML.match(into.read(_BEGINNING)):
            raise self._error(
                url,
                "answered with an HTML page, not with data",
                "check its url, and whether it needs a login",
            )

    def _asked_pause(self, answer: Answer, url: str) -> float:
        asked = answer.headers.get("retry-after", "").strip()
        seconds = float(asked) if asked.isdecimal() and len(asked) <= 6 else 0.0  # noqa: PLR2004 - more is too long
        if seconds > _LONGEST_PAUSE:
            raise self._error(
                url, f"answered {answer.status}, and asks to wait for {seconds:,.0f} seconds", None
            )
        return seconds

    def _wait_for_turn(self, url: str) -> None:
        self._sleep(url, self._next - time.monotonic())

    def _sleep(self, url: str, seconds: float) -> None:
        if self._pause and seconds > 0 and urlsplit(url).hostname not in _OWN_MACHINE:
            time.sleep(seconds)

    def _error(self, url: str, what: str, remedy: str | None) -> SourceError:
        fix = remedy or "try again later"
        return SourceError(f"{self._source}: {shown_address(url)} {what}. {fix[:1].upper()}{fix[1:]}.")


class _Failed:
    """What is known of an attempt that failed."""

    #: The seconds that the server asks to wait; 0: it doesn't say.
    wait = 0.0


def _why(error: "httpx.HTTPError") -> str:
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return f"can't be reached: it didn't answer within {CONNECT:.0f} seconds"
    if isinstance(error, httpx.TimeoutException):
        return f"sent nothing for {READ:.0f} seconds"
    if isinstance(error, httpx.ConnectError):
        return f"can't be reached: {str(error) or 'no connection'}"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return "broke off in the middle of its answer"
    if isinstance(error, httpx.DecodingError):
        return "sent an answer that can't be unpacked"
    return f"can't be read ({type(error).__name__})"
