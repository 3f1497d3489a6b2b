"""The WSGI application (PEP 3333): a thin adapter for `Responder`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from newsfeed.web.exchange import PIECE, Request, ResponseBody
from newsfeed.web.responder import Responder

__all__ = ["WsgiApp"]

_HEADER = "HTTP_"


class WsgiApp:
    """A WSGI application."""

    def __init__(self, responder: Responder) -> None:
        self.responder = responder

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer one request.

        Args:
            environ: The request, as PEP 3333 defines it.
            start_response: Called with the status and the headers.

        Returns:
            The body, in pieces.
        """
        response = self.responder(_request(environ))
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", list(response.headers))
        return _sent(response.body, environ.get("wsgi.file_wrapper"))


class _Pieces:
    """A body that the server closes, whether or not it sent all of it."""

    def __init__(self, body: ResponseBody) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Close the body."""
        self._body.close()


class _File:
    """A body's file, for servers that send files themselves."""

    def __init__(self, body: ResponseBody, file: BinaryIO) -> None:
        self._body = body
        self.read = file.read
        self.seek = file.seek
        self.tell = file.tell
        self.fileno = file.fileno

    def close(self) -> None:
        """Close the body."""
        self._body.close()


def _sent(body: ResponseBody, wrapper: Callable[..., Iterable[bytes]] | None) -> Iterable[bytes]:
    """Return the body for the server: the file itself if the server can send files."""
    if wrapper is not None and body.file is not None:
        return wrapper(_File(body, body.file), PIECE)
    return _Pieces(body)


def _request(environ: dict[str, Any]) -> Request:
    headers = {
        name.removeprefix(_HEADER).replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith(_HEADER)
    }
    return Request(
        method=environ["REQUEST_METHOD"],
        path=_decoded(environ.get("PATH_INFO", "")),
        mount=_decoded(environ.get("SCRIPT_NAME", "")),
        headers=headers,
        now=datetime.now(UTC),
    )


def _decoded(text: str) -> str:
    """Decode as UTF-8 what the server passed on as Latin-1; bytes that aren't UTF-8 never match a path."""
    return text.encode("latin-1", "surrogateescape").decode("utf-8", "surrogateescape")
