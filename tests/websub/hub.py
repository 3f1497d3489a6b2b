"""A hub on loopback that behaves as it is told, connection after connection; badly, most of the time."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qsl

__all__ = ["Behaviour", "Hub", "answers", "drips", "running", "says", "takes"]

#: What a hub does with a connection on which a whole request has come.
Behaviour = Callable[[socket.socket], None]


def says(data: bytes) -> Behaviour:
    """Send these bytes, and close."""
    return lambda connection: connection.sendall(data)


def answers(status: str, *headers: str, body: bytes = b"") -> Behaviour:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return says("\r\n".join([*lines, "", ""]).encode() + body)


takes = answers("204 No Content")


def drips(data: bytes, *, pause: float) -> Behaviour:
    """Send byte after byte, each soon enough that no pause is a long one."""

    def behaviour(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return behaviour


class Hub:
    """A server that follows its behaviours one by one, and the last of them from then on."""

    def __init__(
        self, *behaviours: Behaviour, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.bind((host, 0))
        self._socket.listen()
        self._behaviours = list(behaviours)
        self._tls = tls
        #: The forms that came, and the heads of their requests.
        self.forms: list[dict[str, str]] = []
        self.heads: list[str] = []
        shown = f"[{host}]" if ":" in host else host
        self.address = f"{'https' if tls else 'http'}://{shown}:{self._socket.getsockname()[1]}/hub"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            connection.settimeout(5)
            with suppress(OSError), connection:
                self._handle(connection)

    def _handle(self, plain: socket.socket) -> None:
        connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
        with connection:
            self._read(connection)
            behaviour = self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]
            behaviour(connection)

    def _read(self, connection: socket.socket) -> None:
        data = connection.recv(65536)
        if data[:4] != b"POST":
            return
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            ),
            0,
        )
        while len(body) < length:
            body += connection.recv(65536)
        self.heads.append(head.decode())
        self.forms.append(dict(parse_qsl(body.decode())))

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    @property
    def topics(self) -> list[str]:
        return [form["hub.url"] for form in self.forms]


@contextmanager
def running(
    *behaviours: Behaviour, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Hub]:
    hub = Hub(*behaviours, host=host, tls=tls)
    thread = threading.Thread(target=hub.serve, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.close()
        thread.join(timeout=10)
