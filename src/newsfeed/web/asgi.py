"""The ASGI application (ASGI 3, HTTP): a thin cover over `Responder`. Disks and compression wait in a thread."""

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
    """Answers the requests of an ASGI server that runs on asyncio."""

    def __init__(self, responder: Responder) -> None:
        self.responder = responder

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's word that it starts and stops.

        Args:
            scope: The request, as ASGI has it.
            receive: Gives the server's messages; the body of a request isn't read.
            send: Takes ours.

        Raises:
            ValueError: For WebSockets, which feeds don't speak.
        """
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._answer(_request(scope), send)
        else:
            raise ValueError(f"feeds are served by HTTP, not by {scope['type']}")

    async def _answer(self, request: Request, send: Send) -> None:
        response, pieces, piece, following = await asyncio.to_thread(self._begun, request)
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

    def _begun(self, request: Request) -> tuple[Response, Iterator[bytes], bytes, bytes]:
        """Answer, and read the first two pieces: most documents have but one, so a thread is asked once."""
        response = self.responder(request)
        try:
            pieces = iter(response.body)
            return response, pieces, next(pieces, b""), next(pieces, b"")
        except BaseException:
            response.body.close()
            raise


async def _live(receive: Receive, send: Send) -> None:
    """Agree to the server's start and stop (ASGI's lifespan protocol)."""
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
    # Servers of the newer custom have the mount at the beginning of the path as well.
    if mount and (path == mount or path.startswith(f"{mount.removesuffix('/')}/")):
        path = path.removeprefix(mount.removesuffix("/"))
    return Request(
        method=scope["method"],
        path=path,
        mount=mount.removesuffix("/"),
        headers=headers,
        now=datetime.now(UTC),
    )
