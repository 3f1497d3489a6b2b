"""A document as a response: 200, 304, 226, 406 or 412, with everything that caches and readers need to know."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice

from newsfeed.web.conditions import is_failed, tag_not_modified
from newsfeed.web.content_codings import IDENTITY
from newsfeed.web.deltas import Delta, Deltas
from newsfeed.web.documents import ServedDocument
from newsfeed.web.exchange import Headers, Request, Response, ResponseBody
from newsfeed.web.http_dates import http_date
from newsfeed.web.links import link_header
from newsfeed.web.lru_cache import LruCache
from newsfeed.web.negotiation import PLAIN_XML, names_stylesheet, wants_page
from newsfeed.web.paths import reference
from newsfeed.web.policy import Policy
from newsfeed.web.representation import Compressions, Representation, file_of

__all__ = ["DocumentResponses"]

#: Documents whose links are remembered.
_LINKS_KEPT = 20_000
#: With these headers, every acceptable representation has to be compared.
_CONDITIONS = ("if-match", "if-none-match")
_A_SECOND = timedelta(seconds=1)
_REFUSALS = {
    406: b"Not Acceptable: the document isn't available in any encoding that Accept-Encoding allows.\n",
    412: b"Precondition Failed: the document has changed since the version that the request names.\n",
}


class DocumentResponses:
    """Turns documents into responses.

    Args:
        policy: How documents are served.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._compressions = Compressions()
        self._deltas = Deltas()
        self._links: LruCache[tuple[str, str], str] = LruCache(_LINKS_KEPT)

    def respond(self, request: Request, document: ServedDocument, *, negotiated: bool = False) -> Response:
        """Answer with a document, or say that the client already has it.

        Args:
            request: The request, `GET` or `HEAD`.
            document: The document; its file is closed with the response's body.
            negotiated: Whether `Accept` chose it.
        """
        with ExitStack() as files:
            files.callback(document.file.close)
            choice = self._choice(request, document, files)
            is_styled = names_stylesheet(document)
            shared = self._shared(request, document, negotiated=negotiated, is_styled=is_styled)
            now = request.now.replace(microsecond=0)
            modified = document.modified if document.modified <= _latest_date(document, now) else None
            if not choice:
                return _refusal(406, shared)
            tags = [representation.tag for representation in choice]
            if is_failed(request, tags, min(document.modified, now)):
                return _refusal(412, shared)
            delta = self._deltas.delta_for(request, document) if self._policy.deltas else None
            held = tag_not_modified(request, tags, modified)
            if held is not None:
                return Response(status=304, headers=(*self._validators(held, modified, document), *shared))
            media_type = PLAIN_XML if is_styled and wants_page(request) else document.media_type
            headers = (*shared, *self._about(document, media_type))
            if delta is not None and any(representation.coding == IDENTITY for representation in choice):
                return self._delta_response(document, delta, modified, headers, files)
            return self._whole(document, choice[0], modified, headers, files)
        raise AssertionError  # pragma: no cover - our ExitStack suppresses no exceptions

    def _choice(self, request: Request, document: ServedDocument, files: ExitStack) -> list[Representation]:
        """Return the representations that the client accepts, the best first; only the best if that is enough."""
        needed = None if any(name in request.headers for name in _CONDITIONS) else 1
        choice: list[Representation] = []
        for representation in islice(self._compressions.acceptable(request, document), needed):
            if representation.sibling is not None:
                files.callback(representation.sibling.file.close)
            choice.append(representation)
        return choice

    def _whole(
        self,
        document: ServedDocument,
        chosen: Representation,
        modified: datetime | None,
        headers: Headers,
        files: ExitStack,
    ) -> Response:
        pieces, length = self._compressions.pieces(document, chosen)
        coded = () if chosen.coding == IDENTITY else (("Content-Encoding", chosen.coding),)
        measured = () if length is None else (("Content-Length", str(length)),)
        body = ResponseBody(pieces, file=file_of(document, chosen), close=files.pop_all().close)
        validators = self._validators(chosen.tag, modified, document)
        return Response(status=200, headers=(*headers, *coded, *measured, *validators), body=body)

    def _delta_response(
        self,
        document: ServedDocument,
        delta: Delta,
        modified: datetime | None,
        headers: Headers,
        files: ExitStack,
    ) -> Response:
        """Answer with a delta: 226, with the tag of the whole present document (RFC 3229 §10.4.1).

        Caches that don't know deltas must not store it: `no-store` tells them so, and `im` tells the others to ignore
        `no-store` (RFC 3229 §10.8.1).
        """
        manipulation = (
            ("IM", "feed"),
            ("Delta-Base", f'"{delta.base}"'),
            ("Content-Length", str(delta.size)),
            ("ETag", f'"{document.digest}"'),
            *_last_modified(modified),
            (
                "Cache-Control",
                f"{'private, ' * document.is_private}no-store, im, max-age={self._policy.max_age}",
            ),
        )
        body = ResponseBody(delta.pieces(document.file), close=files.pop_all().close)
        return Response(status=226, headers=(*headers, *manipulation), body=body)

    def _validators(self, tag: str, modified: datetime | None, document: ServedDocument) -> Headers:
        return (
            ("ETag", f'"{tag}"'),
            *_last_modified(modified),
            ("Cache-Control", self._policy.cache_control(private=document.is_private)),
        )

    def _about(self, document: ServedDocument, media_type: str) -> Headers:
        """Return the headers that describe the document itself."""
        return (
            ("Content-Type", media_type),
            ("X-Content-Type-Options", "nosniff"),
            *self._link(document),
        )

    def _link(self, document: ServedDocument) -> Headers:
        key = (document.digest, document.media_type)
        links = self._links.get(key)
        if links is None:
            links = link_header(document)
            self._links.put(key, links)
        return (("Link", links),) if links else ()

    def _shared(
        self, request: Request, document: ServedDocument, *, negotiated: bool, is_styled: bool
    ) -> Headers:
        """Return the headers of every response about a document: what it depends on, and who may read it."""
        varies = []
        headers: Headers = ()
        if negotiated or is_styled:
            varies.append("Accept")
        if negotiated:
            headers = (("Content-Location", reference(document.path.split("/")[-1:])),)
        if self._compressions.apply_to(document):
            varies.append("Accept-Encoding")
        if self._policy.deltas and self._deltas.apply_to(document):
            varies.append("A-IM")
        varies += self._policy.varies
        if varies:
            headers += (("Vary", ", ".join(varies)),)
        return (
            *headers,
            *self._policy.cross_origin(request.headers.get("origin"), private=document.is_private),
        )


def _latest_date(document: ServedDocument, now: datetime) -> datetime:
    """Return the latest date that can validate a document: not that of the current second.

    Within a second, the document may change again without a new date (RFC 9110 §8.8.2.2).
    """
    return now if document.has_own_date else now - _A_SECOND


def _last_modified(modified: datetime | None) -> Headers:
    return () if modified is None else (("Last-Modified", http_date(modified)),)


def _refusal(status: int, headers: Headers) -> Response:
    message = _REFUSALS[status]
    about = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(message))))
    return Response(status=status, headers=(*headers, *about), body=ResponseBody([message]))
