"""Ctrl+C in a command that runs until then, wherever it arrives."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType

__all__ = ["noting_interrupts"]


@contextmanager
def noting_interrupts() -> Iterator[Event]:
    """Note when the command is interrupted.

    Python drops a KeyboardInterrupt that is raised while an object is finalized, and prints it. So a command that would
    go on has to ask the event.

    Yields:
        An event that is set once the command was interrupted, whether a KeyboardInterrupt came out of it or not.
    """
    interrupted = Event()
    if current_thread() is not main_thread():  # which alone is told of signals
        yield interrupted
        return

    def note(_signal: int, _frame: FrameType | None) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    def tell_others(dropped: "sys.UnraisableHookArgs") -> None:
        if not isinstance(dropped.exc_value, KeyboardInterrupt):
            hook(dropped)

    handler, hook = signal.signal(signal.SIGINT, note), sys.unraisablehook
    sys.unraisablehook = tell_others
    try:
        yield interrupted
    finally:
        sys.unraisablehook = hook
        signal.signal(signal.SIGINT, handler)
