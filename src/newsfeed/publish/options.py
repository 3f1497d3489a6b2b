"""What callers can ask of a publish."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TYPE_CHECKING

import msgspec

from newsfeed.findings import Finding

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["PublishOptions"]


class PublishOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What callers can ask of a publish; `Newsroom.publish` explains each."""

    strict: bool = False
    progress: Callable[[int, int], object] | None = None
    check: Callable[[str, bytes], Sequence[Finding]] | None = None
    accept: bool = False
    accept_loss: bool = False
    dry_run: bool = False
    wait: float = 0
    executor: "Executor | None" = None
    record: str | PathLike[str] | None = None
