"""Servers of sites, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

__all__ = ["Site", "running"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Site(NamedTuple):
    """A running site."""

    port: int
    #: What its server says, one line a request.
    log: Path


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[Site]:
    """Start a server in a folder, and wait until it listens."""
    port = free_port()
    arguments = [part.format(port=port) for part in command]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=folder, stdout=log, stderr=log, env=os.environ
        )
        try:
            for _ in range(200):
                with socket.socket() as client:
                    if client.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log.txt").read_text("utf-8")
                time.sleep(0.1)
            yield Site(port, folder / "log.txt")
        finally:
            process.terminate()
            process.wait(timeout=20)
