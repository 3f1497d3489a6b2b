"""Answers requests: all of HTTP that feeds need, independent of any server."""

from collections.abc import Iterator, Sequence

from newsfeed.web.document_response import DocumentResponses
from newsfeed.web.documents import Documents, ServedDocument
from newsfeed.web.error_pages import error_page, nearest_documents
from newsfeed.web.exchange import Headers, Request, Response, ResponseBody
from newsfeed.web.negotiation import suffixes_by_preference
from newsfeed.web.paths import document_path, reference
from newsfeed.web.policy import Policy

__all__ = ["Responder"]

_METHODS = "GET, HEAD, OPTIONS"
_INDEX = "index.html"
#: Request headers that scripts of other sites may send.
_ALLOWED_HEADERS = "A-IM, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since"
#: Seconds for which a browser may remember what scripts are allowed to do.
_PREFLIGHT = "86400"


class Responder:
    """Answers requests for documents.

    Args:
        documents: The documents.
        policy: How to serve them.

    Example:
        >>> from datetime import UTC, datetime
        >>> import newsfeed
        >>> from newsfeed.web.live import LiveNewsroom
        >>> newsroom = newsfeed.open("examples/report")
        >>> responder = Responder(LiveNewsroom(lambda: newsroom), Policy())
        >>> request = Request(path="/en/all.rss", now=datetime.now(UTC))
        >>> responder(request).header("Content-Type")
        'application/rss+xml; charset=utf-8'
    """

    def __init__(self, documents: Documents, policy: Policy) -> None:
        self._documents = documents
        self._policy = policy
        self._responses = DocumentResponses(policy)

    def __call__(self, request: Request) -> Response:
        """Answer a request.

        Returns:
            The response; the caller closes its body.
        """
        try:
            response = self._answer(request)
        except OSError:  # a disk that fails, or too many open files
            response = self._page_response(
                request, 503, "Try again in a minute.", headers=(("Retry-After", "60"),)
            )
        if request.method != "HEAD":
            return response
        response.body.close()
        return Response(status=response.status, headers=response.headers)

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._options(request)
        if request.method not in {"GET", "HEAD"}:
            message = "Documents here are read-only."
            return self._page_response(request, 405, message, headers=(("Allow", _METHODS),))
        path = document_path(request.path)
        if path is None:
            return self._not_found(request, "")
        return self._at(request, path)

    def _at(self, request: Request, path: str) -> Response:
        """Answer with the document at a path, or say that it is gone or was never there."""
        if self._is_gone(path):
            return self._gone(request, path)
        document = self._documents.find(path + _INDEX if _is_folder(path) else path)
        if document is not None:
            return self._responses.respond(request, document)
        negotiated = self._negotiated(request, path)
        if negotiated is not None:
            return self._responses.respond(request, negotiated, negotiated=True)
        if self._is_gone(path):  # by now: a build goes on
            return self._gone(request, path)
        return self._not_found(request, path)

    def _is_gone(self, path: str) -> bool:
        return self._policy.gone is not None and self._policy.gone(path)

    def _negotiated(self, request: Request, path: str) -> ServedDocument | None:
        """Find the document in the format that the client prefers, for a path without a suffix."""
        if not self._policy.negotiate or _is_folder(path):
            return None
        paths = [path + suffix for suffix in suffixes_by_preference(request.headers.get("accept"))]
        found: Iterator[ServedDocument | None] = (
            self._documents.find(path) for path in paths if not self._is_gone(path)
        )
        return next((document for document in found if document is not None), None)

    def _gone(self, request: Request, path: str) -> Response:
        message = "This feed has ended and won't come back."
        return self._page_response(request, 410, message, nearest_documents(self._documents, path))

    def _not_found(self, request: Request, path: str) -> Response:
        """Answer 404; for a folder without its trailing slash, redirect to its page."""
        if not _is_folder(path):
            index = self._documents.find(f"{path}/{_INDEX}")
            if index is not None:
                index.file.close()
                location = f"./{reference(path.split('/')[-1:])}/"
                return self._page_response(
                    request, 308, "The page is one level down.", headers=(("Location", location),)
                )
        return self._page_response(
            request, 404, "There is nothing at this address.", nearest_documents(self._documents, path)
        )

    def _options(self, request: Request) -> Response:
        """Answer which methods are allowed (RFC 9110 §9.3.7), also for scripts (the Fetch standard, CORS protocol)."""
        headers: Headers = (("Allow", _METHODS), *self._policy.cross_origin(request.headers.get("origin")))
        if self._policy.varies:
            headers += (("Vary", ", ".join(self._policy.varies)),)
        if "access-control-request-method" in request.headers:
            headers += (
                ("Access-Control-Allow-Methods", _METHODS),
                ("Access-Control-Allow-Headers", _ALLOWED_HEADERS),
                ("Access-Control-Max-Age", _PREFLIGHT),
            )
        return Response(status=204, headers=headers)

    def _page_response(
        self, request: Request, status: int, message: str, paths: Sequence[str] = (), *, headers: Headers = ()
    ) -> Response:
        """Answer with a page of our own, which isn't cached."""
        media_type, data = error_page(request, status, message, paths)
        about = (
            ("Content-Type", media_type),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-cache"),
            ("Vary", ", ".join(["Accept", *self._policy.varies])),
            ("X-Content-Type-Options", "nosniff"),
            *self._policy.cross_origin(request.headers.get("origin")),
        )
        return Response(status=status, headers=(*headers, *about), body=ResponseBody([data]))


def _is_folder(path: str) -> bool:
    return not path or path.endswith("/")
