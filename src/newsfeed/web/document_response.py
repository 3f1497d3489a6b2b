"""A document as a response: 200, 304, 226, 406 or 412, with all that caches and readers need to know."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice

from newsfeed.web.codings import IDENTITY
from newsfeed.web.conditions import is_failed, tag_not_modified
from newsfeed.web.deltas import Delta, Deltas
from newsfeed.web.documents import Document
from newsfeed.web.exchange import Body, Headers, Request, Response
from newsfeed.web.http_dates import http_date
from newsfeed.web.links import link_header
from newsfeed.web.paths import reference
from newsfeed.web.policy import Policy
from newsfeed.web.representation import Compressions, Representation, file_of
from newsfeed.web.shelf import Shelf
from newsfeed.web.stylesheets import PLAIN_XML, names_stylesheet, shows_pages

__all__ = ["DocumentResponses"]

#: So many documents' links are remembered.
_LINKS_KEPT = 20_000
#: For these, one representation isn't enough to answer.
_CONDITIONS = ("if-match", "if-none-match")
_A_SECOND = timedelta(seconds=1)
_REFUSALS = {
    406: b"Not Acceptable: the client refuses the document as it is, and accepts no coding that is here.\n",
    412: b"Precondition Failed: the document isn't in the state that the client asked for.\n",
}


class DocumentResponses:
    """Makes responses of documents.

    Args:
        policy: How documents are served.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._compressions = Compressions()
        self._deltas = Deltas()
        self._links: Shelf[tuple[str, str], str] = Shelf(_LINKS_KEPT)

    def of(self, request: Request, document: Document, *, negotiated: bool = False) -> Response:
        """Answer with a document, or that the client has it already.

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
            delta = self._deltas.of(request, document) if self._policy.deltas else None
            held = tag_not_modified(request, tags, modified)
            if held is not None:
                return Response(status=304, headers=(*self._validators(held, modified), *shared))
            media_type = PLAIN_XML if is_styled and shows_pages(request) else document.media_type
            headers = (*shared, *self._about(document, media_type))
            if delta is not None and any(representation.coding == IDENTITY for representation in choice):
                return self._manipulated(document, delta, modified, headers, files)
            return self._whole(document, choice[0], modified, headers, files)
        raise AssertionError  # pragma: no cover - an ExitStack of ours swallows nothing

    def _choice(self, request: Request, document: Document, files: ExitStack) -> list[Representation]:
        """Give the representations that the client accepts, the best first; only that where it is enough."""
        needed = None if any(name in request.headers for name in _CONDITIONS) else 1
        choice: list[Representation] = []
        for representation in islice(self._compressions.acceptable(request, document), needed):
            if representation.sibling is not None:
                files.callback(representation.sibling.file.close)
            choice.append(representation)
        return choice

    def _whole(
        self,
        document: Document,
        chosen: Representation,
        modified: datetime | None,
        headers: Headers,
        files: ExitStack,
    ) -> Response:
        pieces, length = self._compressions.pieces(document, chosen)
        coded = () if chosen.coding == IDENTITY else (("Content-Encoding", chosen.coding),)
        measured = () if length is None else (("Content-Length", str(length)),)
        body = Body(pieces, file=file_of(document, chosen), close=files.pop_all().close)
        validators = self._validators(chosen.tag, modified)
        return Response(status=200, headers=(*headers, *coded, *measured, *validators), body=body)

    def _manipulated(
        self, document: Document, delta: Delta, modified: datetime | None, headers: Headers, files: ExitStack
    ) -> Response:
        """Answer with what is new: 226, whose tag is that of the whole document as it is (RFC 3229 §10.4.1).

        Caches that know nothing of deltas must not keep it, which `no-store` tells them and `im` tells others not to
        heed (RFC 3229 §10.8.1).
        """
        manipulated = (
            ("IM", "feed"),
            ("Delta-Base", f'"{delta.base}"'),
            ("Content-Length", str(delta.size)),
            ("ETag", f'"{document.digest}"'),
            *_last_modified(modified),
            ("Cache-Control", f"no-store, im, max-age={self._policy.max_age}"),
        )
        body = Body(delta.pieces(document.file), close=files.pop_all().close)
        return Response(status=226, headers=(*headers, *manipulated), body=body)

    def _validators(self, tag: str, modified: datetime | None) -> Headers:
        return (
            ("ETag", f'"{tag}"'),
            *_last_modified(modified),
            ("Cache-Control", self._policy.cache_control),
        )

    def _about(self, document: Document, media_type: str) -> Headers:
        """Give what describes the document itself."""
        return (
            ("Content-Type", media_type),
            ("X-Content-Type-Options", "nosniff"),
            *self._link(document),
        )

    def _link(self, document: Document) -> Headers:
        key = (document.digest, document.media_type)
        links = self._links.get(key)
        if links is None:
            links = link_header(document)
            self._links.put(key, links)
        return (("Link", links),) if links else ()

    def _shared(self, request: Request, document: Document, *, negotiated: bool, is_styled: bool) -> Headers:
        """Give what every response about a document says: what it depends on, and who may read it."""
        varies = []
        headers: Headers = ()
        if negotiated or is_styled:
            varies.append("Accept")
        if negotiated:
            headers = (("Content-Location", reference(document.place.split("/")[-1:])),)
        if self._compressions.depend_on_request(document):
            varies.append("Accept-Encoding")
        if self._policy.deltas and self._deltas.concern(document):
            varies.append("A-IM")
        varies += self._policy.varies
        if varies:
            headers += (("Vary", ", ".join(varies)),)
        return (*headers, *self._policy.cross_origin(request.headers.get("origin")))


def _latest_date(document: Document, now: datetime) -> datetime:
    """Return the latest date by which a client can ask for a document: not that of a second that isn't over.

    Within it, the document may change again, which dates can't tell (RFC 9110 §8.8.2.2).
    """
    return now if document.has_own_date else now - _A_SECOND


def _last_modified(modified: datetime | None) -> Headers:
    return () if modified is None else (("Last-Modified", http_date(modified)),)


def _refusal(status: int, headers: Headers) -> Response:
    words = _REFUSALS[status]
    about = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(words))))
    return Response(status=status, headers=(*headers, *about), body=Body([words]))
