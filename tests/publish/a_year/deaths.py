"""Deaths: builds that die before an operation on files, or in the middle of a write, without a process for each.

From its death on, a build changes nothing any more, whatever it tries on its way out; `test_crashes.py` kills real
processes.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

__all__ = ["Death", "dying"]

_CHANGES = ("replace", "unlink", "mkdir", "rmdir", "sync", "fsync")


class Death(BaseException):
    """The end of a build: nobody catches it."""


class _Life:
    """Counts steps, and ends."""

    def __init__(self, steps: int | None) -> None:
        self._left = steps

    def step(self) -> None:
        if self._left is None:
            return
        if self._left == 0:
            raise Death
        self._left -= 1

    def before(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def step_and_do(*values: Any, **named: Any) -> Any:
            self.step()
            return operation(*values, **named)

        return step_and_do


@contextmanager
def dying(*, after: int | None) -> Iterator[None]:
    """Let a build die.

    Args:
        after: After how many steps, operations that change files; None: not at all.

    Raises:
        Death: When it dies.
    """
    life = _Life(after)
    originals = {name: getattr(os, name) for name in _CHANGES if hasattr(os, name)}
    for name in originals.keys() & {"sync", "fsync"}:
        originals[name] = lambda *_: None  # there is no power failure here, and it takes long
    opened = Path.open

    def open_file(self: Path, mode: str = "r", *values: Any, **named: Any) -> Any:
        if mode[0] != "r" or "+" in mode:
            life.step()
        return opened(self, mode, *values, **named)

    def write_in_two(self: Path, data: bytes) -> int:
        with self.open("wb", buffering=0) as file:
            written: int = file.write(data[: len(data) // 2])
            life.step()
            return written + int(file.write(data[written:]))

    with ExitStack() as changed:
        for name, operation in originals.items():
            changed.enter_context(mock.patch.object(os, name, life.before(operation)))
        changed.enter_context(mock.patch.multiple(Path, open=open_file, write_bytes=write_in_two))
        yield
