"""Ctrl+C ends a command that runs until then, also where Python drops it."""

import os
import signal
import weakref
from typing import Any

import pytest

from newsfeed.cli.interrupting import noting_interrupts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise")


class Something:
    """An object that can be finalized."""


def test_one_that_arrives_while_an_object_is_finalized(capfd: pytest.CaptureFixture[str]) -> None:
    thing: Any = Something()
    weakref.finalize(thing, os.kill, os.getpid(), signal.SIGINT)
    with noting_interrupts() as interrupted:
        del thing
        assert interrupted.is_set()
    assert capfd.readouterr().err == ""


def test_one_that_arrives_elsewhere() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), noting_interrupts() as interrupted:
        os.kill(os.getpid(), signal.SIGINT)
    assert interrupted.is_set()
    assert signal.getsignal(signal.SIGINT) is before
