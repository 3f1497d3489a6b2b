"""The view that serves the feeds."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from newsfeed.contrib.django.settings import configuration
from newsfeed.web.exchange import Request, Response, ResponseBody

__all__ = ["feeds"]

#: Longer documents are sent piece by piece.
_AT_ONCE = 1024 * 1024


@csrf_exempt  # other methods get 405, which says why
def feeds(request: HttpRequest, path: str = "") -> Any:  # noqa: ANN401 - Django ships no types
    """Answer with a document of the folder that is published."""
    answer = configuration().responder(
        Request(
            method=request.method,
            path=f"/{path}",
            mount=request.path.removesuffix(path).removesuffix("/"),
            headers={name.lower(): value for name, value in request.headers.items()},
            now=datetime.now(UTC),
        )
    )
    response = _response(request, answer)
    del response.headers["Content-Type"]  # the default, which an answer without a body doesn't have
    for name, value in answer.headers:
        response.headers[name] = f"{response.headers[name]}, {value}" if name in response.headers else value
    return response


def _response(request: HttpRequest, answer: Response) -> Any:  # noqa: ANN401 - as above
    length = answer.header("Content-Length")
    is_long = int(length) > _AT_ONCE if length is not None else answer.status == HTTPStatus.OK
    if not is_long:
        try:
            return HttpResponse(b"".join(answer.body), status=answer.status)
        finally:
            answer.body.close()
    pieces = _AsyncPieces(answer.body) if hasattr(request, "scope") else answer.body
    return StreamingHttpResponse(pieces, status=answer.status)


class _AsyncPieces:
    """A body for servers that run on asyncio."""

    def __init__(self, body: ResponseBody) -> None:
        self._body = body
        self.close = body.close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self._body)
        while piece := await asyncio.to_thread(next, pieces, b""):
            yield piece
