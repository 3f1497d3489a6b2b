"""Requests answered: all of HTTP that feeds need, without a server."""

from collections.abc import Iterator, Sequence

from newsfeed.web.document_response import DocumentResponses
from newsfeed.web.documents import Document, Documents
from newsfeed.web.exchange import Body, Headers, Request, Response
from newsfeed.web.negotiation import suffixes_by_preference
from newsfeed.web.pages import page
from newsfeed.web.paths import place_of, reference
from newsfeed.web.policy import Policy
from newsfeed.web.way_on import way_on

__all__ = ["Responder"]

_METHODS = "GET, HEAD, OPTIONS"
_INDEX = "index.html"
#: Headers of requests that scripts of other sites may send.
_CONDITIONAL = "A-IM, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since"
#: For so many seconds a browser needn't ask again what scripts may do.
_PREFLIGHT = "86400"


class Responder:
    """Answers requests for documents.

    Args:
        documents: The documents.
        policy: How they are served.

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
            The response; whoever sends it closes its body.
        """
        try:
            response = self._answer(request)
        except OSError:  # a disk that fails, or too many open files
            response = self._message(request, 503, "Try again in a minute.", headers=(("Retry-After", "60"),))
        if request.method != "HEAD":
            return response
        response.body.close()
        return Response(status=response.status, headers=response.headers)

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._options(request)
        if request.method not in {"GET", "HEAD"}:
            words = "Documents here can be read, and nothing else."
            return self._message(request, 405, words, headers=(("Allow", _METHODS),))
        place = place_of(request.path)
        if place is None:
            return self._nothing_at(request, "")
        return self._at(request, place)

    def _at(self, request: Request, place: str) -> Response:
        """Answer with what is, or was, at a place."""
        if self._is_gone(place):
            words = "This feed was withdrawn and won't come back."
            return self._message(request, 410, words, way_on(self._documents, place))
        document = self._documents.find(place + _INDEX if _is_folder(place) else place)
        if document is not None:
            return self._responses.of(request, document)
        negotiated = self._negotiated(request, place)
        if negotiated is not None:
            return self._responses.of(request, negotiated, negotiated=True)
        return self._nothing_at(request, place)

    def _is_gone(self, place: str) -> bool:
        return self._policy.gone is not None and self._policy.gone(place)

    def _negotiated(self, request: Request, place: str) -> Document | None:
        """Find the document whose format the client prefers, where there is none without a suffix."""
        if not self._policy.negotiate or _is_folder(place):
            return None
        places = [place + suffix for suffix in suffixes_by_preference(request.headers.get("accept"))]
        found: Iterator[Document | None] = (
            self._documents.find(place) for place in places if not self._is_gone(place)
        )
        return next((document for document in found if document is not None), None)

    def _nothing_at(self, request: Request, place: str) -> Response:
        """Answer that nothing is there; a folder that was asked for without its slash is told where its page is."""
        if not _is_folder(place):
            index = self._documents.find(f"{place}/{_INDEX}")
            if index is not None:
                index.file.close()
                location = f"./{reference(place.split('/')[-1:])}/"
                return self._message(
                    request, 308, "The page is one step below.", headers=(("Location", location),)
                )
        return self._message(request, 404, "Nothing is at this address.", way_on(self._documents, place))

    def _options(self, request: Request) -> Response:
        """Tell what can be done here (RFC 9110 §9.3.7), and what scripts may (the Fetch standard, CORS protocol)."""
        headers: Headers = (("Allow", _METHODS), *self._policy.cross_origin(request.headers.get("origin")))
        if self._policy.varies:
            headers += (("Vary", ", ".join(self._policy.varies)),)
        if "access-control-request-method" in request.headers:
            headers += (
                ("Access-Control-Allow-Methods", _METHODS),
                ("Access-Control-Allow-Headers", _CONDITIONAL),
                ("Access-Control-Max-Age", _PREFLIGHT),
            )
        return Response(status=204, headers=headers)

    def _message(
        self, request: Request, status: int, words: str, places: Sequence[str] = (), *, headers: Headers = ()
    ) -> Response:
        """Answer with a page of our own, which nobody needs to keep."""
        media_type, data = page(request, status, words, places)
        about = (
            ("Content-Type", media_type),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-cache"),
            ("Vary", ", ".join(["Accept", *self._policy.varies])),
            ("X-Content-Type-Options", "nosniff"),
            *self._policy.cross_origin(request.headers.get("origin")),
        )
        return Response(status=status, headers=(*headers, *about), body=Body([data]))


def _is_folder(place: str) -> bool:
    return not place or place.endswith("/")
