"""Telling a hub: one request per topic, tried again while that may help, within limits of time."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import msgspec

from newsfeed.errors import MissingExtra
from newsfeed.text.urls import ascii_uri, check_web_address
from newsfeed.websub.answers import Verdict, of_error, of_status, pause_asked_for
from newsfeed.websub.outcomes import Outcome, Told

if TYPE_CHECKING:
    import httpx

__all__ = ["Limits", "ping"]

#: Redirects that keep the method, which a hub may answer with (WebSub §5.1); one that doesn't would lose the message.
_MOVED = (307, 308)
_MOST_REDIRECTS = 3
#: Bytes of an error's body that are read.
_MOST_READ = 2_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how often to try."""

    #: How often a topic is tried again after the first time.
    retries: int = 3
    #: Seconds for one request, from the first byte to the last, however slowly they come.
    timeout: float = 10.0
    #: Seconds before the second attempt; twice as many before each further one.
    pause: float = 1.0
    #: The longest pause in seconds; a hub that asks for a longer one is given up.
    longest_pause: float = 60.0
    #: Seconds for everything.
    within: float = 300.0


def ping(
    hubs: Iterable[str], topics: Sequence[str], *, limits: Limits | None = None, use_environment: bool = False
) -> Told:
    """Tell hubs that topics have changed. This calls the network; but for stores, nothing else in newsfeed does.

    Call it once the feeds can be fetched: the hub fetches them at once.

    Args:
        hubs: The hubs' addresses.
        topics: The feeds' addresses, as their own `self` links give them.
        limits: How long and how often to try.
        use_environment: Whether proxies and certificates are taken from the environment (`HTTPS_PROXY` …).

    Returns:
        What became of each topic at each hub; a hub that fails is told here, and raises nothing.

    Raises:
        InvalidValue: A hub's address is none.
        MissingExtra: httpx isn't installed; it comes with the extra `websub`.
        RuntimeError: It was called inside a running event loop; there, call it in a thread of its own.
    """
    addresses = list(dict.fromkeys(ascii_uri(check_web_address(hub)) for hub in hubs))
    if not topics or not addresses:
        return Told()
    _refuse_inside_a_loop()
    try:
        import httpx  # noqa: F401 - asked for here, so that its absence is told before anything begins
    except ImportError:
        raise MissingExtra("WebSub pings", "websub") from None
    return asyncio.run(_ping_all(addresses, topics, limits or Limits(), use_environment=use_environment))


def _refuse_inside_a_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("ping can't be called inside a running event loop; call it with asyncio.to_thread")


async def _ping_all(
    hubs: Sequence[str], topics: Sequence[str], limits: Limits, *, use_environment: bool
) -> Told:
    import httpx

    deadline = time.monotonic() + limits.within
    outcomes: list[Outcome] = []
    async with httpx.AsyncClient(
        timeout=limits.timeout,
        trust_env=use_environment,
        headers={"User-Agent": f"newsfeed/{version('newsroom-feeds')}", "Accept-Encoding": "identity"},
    ) as client:
        for hub in hubs:
            outcomes += await _Hub(hub, client, limits, deadline).tell_all(topics)
    return Told(outcomes=tuple(outcomes))


class _Hub:
    """One hub, and how patient to be with it."""

    def __init__(self, address: str, client: "httpx.AsyncClient", limits: Limits, deadline: float) -> None:
        self._address = address
        self._shown = _without_password(address)
        self._client = client
        self._limits = limits
        self._deadline = deadline

    async def tell_all(self, topics: Sequence[str]) -> list[Outcome]:
        """Tell each topic; once the hub has failed for good, the others are skipped, for it is down."""
        outcomes: list[Outcome] = []
        given_up = ""
        for topic in topics:
            if given_up or self._left() <= 0:
                reason = given_up or f"time was up after {self._limits.within:g} seconds"
                outcomes.append(Outcome(hub=self._shown, topic=topic, state="skipped", reason=reason))
                continue
            verdict, count = await self._tell(topic)
            outcomes.append(
                Outcome(
                    hub=self._shown, topic=topic, state=verdict.state, attempts=count, reason=verdict.reason
                )
            )
            if verdict.state == "failed":
                given_up = f"the hub had failed before: {verdict.reason}"
        return outcomes

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    async def _tell(self, topic: str) -> tuple[Verdict, int]:
        """Try until the hub takes the topic or says no, or until patience or time is at an end.

        Returns:
            How the last attempt ended, and how many there were.
        """
        for count in range(1, self._limits.retries + 2):
            verdict = await self._attempt(topic)
            if not verdict.passing or count > self._limits.retries:
                break
            pause = max(self._pause_after(count), verdict.pause or 0.0)
            if pause > min(self._limits.longest_pause, self._left()):
                words = f"{verdict.reason}; the next try would be in {pause:.0f} seconds, which is too late"
                verdict = verdict._replace(reason=words)
                break
            await asyncio.sleep(pause)
        return verdict, count

    def _pause_after(self, count: int) -> float:
        return min(self._limits.pause * 2.0 ** (count - 1), self._limits.longest_pause)

    async def _attempt(self, topic: str) -> Verdict:
        import httpx

        seconds = min(self._limits.timeout, max(self._left(), 0.0))
        try:
            async with asyncio.timeout(seconds):
                return await self._request(topic)
        except TimeoutError:
            return Verdict("failed", f"it took more than {seconds:.3g} seconds", passing=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return of_error(error)

    async def _request(self, topic: str) -> Verdict:
        """Send the form (PubSubHubbub 0.4 §7), after redirects that keep the method; bodies of success aren't read."""
        address = self._address
        for _ in range(_MOST_REDIRECTS + 1):
            form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
            async with self._client.stream("POST", address, data=form) as answer:
                location = answer.headers.get("location", "")
                onward = str(answer.url.join(location)) if answer.status_code in _MOVED and location else ""
                if not onward or (address.startswith("https:") and not onward.startswith("https:")):
                    return of_status(
                        answer.status_code,
                        location=location,
                        said="" if answer.is_success else await _beginning(answer),
                        pause=pause_asked_for(answer.headers.get("retry-after"), now=datetime.now(UTC)),
                    )
            address = onward
        return Verdict("refused", f"it sends on more than {_MOST_REDIRECTS} times")


async def _beginning(answer: "httpx.Response") -> str:
    """Read the beginning of a body, whatever its type, and leave the rest."""
    read = b""
    async for chunk in answer.aiter_raw():
        read += chunk
        if len(read) >= _MOST_READ:
            break
    return read[:_MOST_READ].decode("utf-8", "replace")


def _without_password(address: str) -> str:
    """Give an address as it may be shown.

    >>> _without_password("https://desk:secret@hub.example/?a=1")
    'https://hub.example/?a=1'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
