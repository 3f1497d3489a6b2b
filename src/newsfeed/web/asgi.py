"""The ASGI application (ASGI 3, HTTP): a thin adapter for `Responder`. File access and compression run in a thread."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from newsfeed.web.exchange import Request, Response
from newsfeed.web.responder import Responder

__all__ = ["AsgiApp"]

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class AsgiApp:
    """An ASGI application for servers that run on asyncio."""

    def __init__(self, responder: Responder) -> None:
        self.responder = responder

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's lifespan events.

        Args:
            scope: The request, as ASGI defines it.
            receive: Returns the server's messages; the body of a request isn't read.
            send: Takes our messages.

        Raises:
            ValueError: For WebSockets, which this application doesn't support.
        """
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(_request(scope), send)
        else:
            raise ValueError(f"this application serves HTTP, not {scope['type']}")

    async def _answer(self, request: Request, send: Send) -> None:
        response, pieces, piece, following = await asyncio.to_thread(self._begin, request)
        try:
            headers = [
                (name.lower().encode("ascii"), value.encode("ascii")) for name, value in response.headers
            ]
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            while following:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece, following = following, await asyncio.to_thread(next, pieces, b"")
            await send({"type": "http.response.body", "body": piece})
        finally:
            response.body.close()

    def _begin(self, request: Request) -> tuple[Response, Iterator[bytes], bytes, bytes]:
        """Answer, and read the first two pieces: most documents have only one, so one call of a thread is enough."""
        response = self.responder(request)
        try:
            pieces = iter(response.body)
            return response, pieces, next(pieces, b""), next(pieces, b"")
        except BaseException:
            response.body.close()
            raise


async def _lifespan(receive: Receive, send: Send) -> None:
    """Confirm the server's startup and shutdown (ASGI's lifespan protocol)."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _request(scope: Message) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        known, text = name.decode("latin-1"), value.decode("latin-1")
        headers[known] = f"{headers[known]}, {text}" if known in headers else text
    path, mount = scope["path"], scope.get("root_path", "")
    # Newer servers repeat the mount at the beginning of the path.
    if mount and (path == mount or path.startswith(f"{mount.removesuffix('/')}/")):
        path = path.removeprefix(mount.removesuffix("/"))
    return Request(
        method=scope["method"],
        path=path,
        mount=mount.removesuffix("/"),
        headers=headers,
        now=datetime.now(UTC),
    )
