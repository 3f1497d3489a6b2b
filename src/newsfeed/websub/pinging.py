"""Notify hubs: one request per topic, retried while that may help, within time limits."""

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
from newsfeed.websub.answers import Verdict, pause_asked_for, verdict_on_error, verdict_on_status
from newsfeed.websub.outcomes import Outcome, PingResult

if TYPE_CHECKING:
    import httpx

__all__ = ["Limits", "ping"]

#: Redirects that keep the method (WebSub §5.1); the others would lose the form.
_MOVED = (307, 308)
_MAX_REDIRECTS = 3
#: Bytes of an error's body that are read.
_MAX_READ = 2_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of time and retries."""

    #: Retries for a topic after the first attempt.
    retries: int = 3
    #: Seconds for one request as a whole, however slowly the hub answers.
    timeout: float = 10.0
    #: Seconds before the second attempt; the pause doubles before each further one.
    pause: float = 1.0
    #: The longest pause in seconds; a hub that asks for a longer one is not retried.
    longest_pause: float = 60.0
    #: Seconds for all hubs and topics together.
    within: float = 300.0


def ping(
    hubs: Iterable[str], topics: Sequence[str], *, limits: Limits | None = None, use_environment: bool = False
) -> PingResult:
    """Notify hubs that topics have changed.

    Call it once the feeds are online, because hubs fetch them immediately. It calls the network; apart from publishing to
    object storage and sources elsewhere, nothing else in newsfeed does.

    Args:
        hubs: The hubs' addresses.
        topics: The feeds' addresses, as their own `self` links give them.
        limits: Limits of time and retries.
        use_environment: Whether to take proxies and certificates from the environment (`HTTPS_PROXY` …).

    Returns:
        The outcome for each topic at each hub; a hub that fails doesn't raise an exception.

    Raises:
        InvalidValue: A hub's address isn't valid.
        MissingExtra: httpx isn't installed; it comes with the extra `websub`.
        RuntimeError: It was called inside a running event loop; use `asyncio.to_thread` there.
    """
    addresses = list(dict.fromkeys(ascii_uri(check_web_address(hub)) for hub in hubs))
    if not topics or not addresses:
        return PingResult()
    _refuse_inside_a_loop()
    try:
        import httpx  # noqa: F401 - imported here to report that it is missing before anything begins
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
) -> PingResult:
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
    return PingResult(outcomes=tuple(outcomes))


class _Hub:
    """One hub, with its limits."""

    def __init__(self, address: str, client: "httpx.AsyncClient", limits: Limits, deadline: float) -> None:
        self._address = address
        self._shown = _without_password(address)
        self._client = client
        self._limits = limits
        self._deadline = deadline

    async def tell_all(self, topics: Sequence[str]) -> list[Outcome]:
        """Notify it of each topic; once it has failed, skip the others, because it is down."""
        outcomes: list[Outcome] = []
        skip_reason = ""
        for topic in topics:
            if skip_reason or self._left() <= 0:
                reason = skip_reason or f"the time limit of {self._limits.within:g} seconds was reached"
                outcomes.append(Outcome(hub=self._shown, topic=topic, state="skipped", reason=reason))
                continue
            verdict, count = await self._tell(topic)
            outcomes.append(
                Outcome(
                    hub=self._shown, topic=topic, state=verdict.state, attempts=count, reason=verdict.reason
                )
            )
            if verdict.state == "failed":
                skip_reason = f"the hub failed before: {verdict.reason}"
        return outcomes

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    async def _tell(self, topic: str) -> tuple[Verdict, int]:
        """Try until the hub accepts or refuses the topic, or a limit is reached.

        Returns:
            The verdict on the last attempt, and the number of attempts.
        """
        for count in range(1, self._limits.retries + 2):
            verdict = await self._attempt(topic)
            if not verdict.is_temporary or count > self._limits.retries:
                break
            pause = max(self._pause_after(count), verdict.pause or 0.0)
            if pause > min(self._limits.longest_pause, self._left()):
                words = (
                    f"{verdict.reason}; the next attempt would be in {pause:.0f} seconds, which is too late"
                )
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
            return Verdict("failed", f"it took more than {seconds:.3g} seconds", is_temporary=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return verdict_on_error(error)

    async def _request(self, topic: str) -> Verdict:
        """Send the form (PubSubHubbub 0.4 §7), after redirects that keep the method; the body of a success isn't read."""
        address = self._address
        for _ in range(_MAX_REDIRECTS + 1):
            form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
            async with self._client.stream("POST", address, data=form) as answer:
                location = answer.headers.get("location", "")
                onward = str(answer.url.join(location)) if answer.status_code in _MOVED and location else ""
                if not onward or (address.startswith("https:") and not onward.startswith("https:")):
                    return verdict_on_status(
                        answer.status_code,
                        location=location,
                        said="" if answer.is_success else await _beginning(answer),
                        pause=pause_asked_for(answer.headers.get("retry-after"), now=datetime.now(UTC)),
                    )
            address = onward
        return Verdict("refused", f"it redirects more than {_MAX_REDIRECTS} times")


async def _beginning(answer: "httpx.Response") -> str:
    """Read the beginning of a body, whatever its type."""
    read = b""
    async for chunk in answer.aiter_raw():
        read += chunk
        if len(read) >= _MAX_READ:
            break
    return read[:_MAX_READ].decode("utf-8", "replace")


def _without_password(address: str) -> str:
    """Return an address without its user name and password, to be shown.

    >>> _without_password("https://desk:secret@hub.example/?a=1")
    'https://hub.example/?a=1'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
