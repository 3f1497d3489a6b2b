"""Ctrl+C, wherever it arrives."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType

__all__ = ["holding_interrupts", "noting_interrupts"]


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


@contextmanager
def holding_interrupts() -> Iterator[Callable[[], None]]:
    """Hold an interrupt back while something begins that would have to be ended.

    Yields:
        A function that lets interrupts through from then on, and first the one that was held back.
    """
    if current_thread() is not main_thread():
        yield lambda: None
        return
    held = Event()
    handler = signal.signal(signal.SIGINT, lambda _signal, _frame: held.set())

    def let_through() -> None:
        signal.signal(signal.SIGINT, handler)
        if held.is_set():
            held.clear()
            signal.raise_signal(signal.SIGINT)

    try:
        yield let_through
    finally:
        let_through()
