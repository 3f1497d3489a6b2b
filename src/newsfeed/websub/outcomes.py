"""What became of telling a hub: one outcome per topic."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

__all__ = ["Outcome", "State", "Told"]

#: `told`: the hub took it. `refused`: it said no, and would say so again. `failed`: it couldn't be reached, or broke
#: down, as often as it was tried. `skipped`: nobody tried, because the hub had failed before or time was up.
State = Literal["told", "refused", "failed", "skipped"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one topic at one hub."""

    hub: str
    topic: str
    state: State
    #: How often the hub was asked.
    attempts: int = 0
    #: Why it wasn't told, without a full stop; empty if it was.
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.topic}: {self.state}" + (f": {self.reason}" if self.reason else "")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What became of all topics.

    >>> told = Told(
    ...     outcomes=(
    ...         Outcome(hub="https://hub.example/", topic="https://report.example/a.rss", state="told"),
    ...     )
    ... )
    >>> told.complete, told.counts
    (True, {'told': 1})
    """

    outcomes: tuple[Outcome, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether each hub took each topic."""
        return all(outcome.state == "told" for outcome in self.outcomes)

    @property
    def missed(self) -> Iterator[Outcome]:
        """The outcomes of topics that a hub wasn't told."""
        return (outcome for outcome in self.outcomes if outcome.state != "told")

    @property
    def counts(self) -> dict[str, int]:
        """How many topics ended in each state."""
        return dict(Counter(outcome.state for outcome in self.outcomes))

    def as_json(self) -> bytes:
        """Give the outcomes for machines, as `newsfeed ping --json` prints them."""
        return msgspec.json.format(
            msgspec.json.encode({"counts": self.counts, "outcomes": self.outcomes}), indent=2
        )
