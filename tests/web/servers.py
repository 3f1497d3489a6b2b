"""Real servers on loopback, in threads of this process, and a client that sends bytes as they are."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any

import pytest

__all__ = ["SERVERS", "get", "raw"]


@contextmanager
def waitress(app: Any) -> Iterator[int]:
    """Serve a WSGI application, and give the port."""
    wasyncore = pytest.importorskip("waitress.wasyncore")
    server = pytest.importorskip("waitress").create_server(app, host="127.0.0.1", port=0, ident=None)
    ended = Event()

    def run() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=server._map, count=1)
        wasyncore.close_all(server._map)

    thread = Thread(target=run)
    thread.start()
    try:
        yield server.effective_port
    finally:
        ended.set()
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        assert not thread.is_alive()


@contextmanager
def uvicorn(app: Any) -> Iterator[int]:
    """Serve an ASGI application, and give the port."""
    module = pytest.importorskip("uvicorn")
    listening = socket.create_server(("127.0.0.1", 0))
    server = module.Server(module.Config(app, log_level="critical", ws="none", http="h11"))
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        assert not thread.is_alive()


#: By the name of the application's maker in newsfeed.web.
SERVERS = {"wsgi_app": waitress, "asgi_app": uvicorn}


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask with Python's own client; names of headers come back in small letters."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): it for name, it in headers.items()})
        response = connection.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )


def raw(port: int, request: bytes) -> bytes:
    """Send bytes, and give all that comes back until the server closes or falls silent."""
    answer = b""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=3)) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        except OSError:  # the server closed while we were still sending, or is silent
            pass
    return answer
