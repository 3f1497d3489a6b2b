"""The outcomes of notifying hubs: one per hub and topic."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

__all__ = ["Outcome", "PingResult", "State"]

#: `told`: the hub accepted the topic. `refused`: it rejected it for good. `failed`: every attempt ended in an error that
#: may be temporary. `skipped`: there was no attempt, because the hub had failed before or time was up.
State = Literal["told", "refused", "failed", "skipped"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome for one topic at one hub."""

    hub: str
    topic: str
    state: State
    #: How many requests were sent.
    attempts: int = 0
    #: Why the hub wasn't told, without a full stop; empty if it was.
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.topic}: {self.state}" + (f": {self.reason}" if self.reason else "")


class PingResult(msgspec.Struct, frozen=True, kw_only=True):
    """The outcomes for all topics.

    >>> result = PingResult(
    ...     outcomes=(
    ...         Outcome(hub="https://hub.example/", topic="https://report.example/a.rss", state="told"),
    ...     )
    ... )
    >>> result.complete, result.counts
    (True, {'told': 1})
    """

    outcomes: tuple[Outcome, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every hub accepted every topic."""
        return all(outcome.state == "told" for outcome in self.outcomes)

    @property
    def missed(self) -> Iterator[Outcome]:
        """The outcomes of topics that a hub wasn't told about."""
        return (outcome for outcome in self.outcomes if outcome.state != "told")

    @property
    def counts(self) -> dict[str, int]:
        """How many topics ended in each state."""
        return dict(Counter(outcome.state for outcome in self.outcomes))

    def as_json(self) -> bytes:
        """Return the outcomes as JSON, as `newsfeed ping --json` prints them."""
        return msgspec.json.format(
            msgspec.json.encode({"counts": self.counts, "outcomes": self.outcomes}), indent=2
        )
