"""The WSGI and ASGI applications, as users create them."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TypeAlias

from newsfeed.newsroom import Newsroom
from newsfeed.web.asgi import AsgiApp
from newsfeed.web.documents import Documents
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.live import LiveNewsroom
from newsfeed.web.policy import Policy
from newsfeed.web.responder import Responder
from newsfeed.web.wsgi import WsgiApp

__all__ = ["Servable", "asgi_app", "wsgi_app"]

#: What can be served: a published folder, a newsroom, or a function that returns the current newsroom.
Servable: TypeAlias = str | PathLike[str] | Newsroom | Callable[[], Newsroom]


def wsgi_app(
    source: Servable,
    *,
    max_age: int = 300,
    negotiate: bool = False,
    origins: Sequence[str] = ("*",),
    deltas: bool = True,
    gone: Callable[[str], bool] | None = None,
) -> WsgiApp:
    """Return a WSGI application that serves feeds.

    Args:
        source: A published folder, which may change while it is served; a `Newsroom`; or a function without
            arguments that returns the current newsroom, called for each request.
        max_age: For how many seconds clients may use a copy without asking again; with 0, they always ask.
        negotiate: Whether an address without a suffix, `/en/all`, returns the format that the client prefers.
        origins: The origins whose scripts may read feeds: `*` for all, or origins such as `https://report.example`.
        deltas: Whether clients that send `A-IM: feed` get only the entries that they don't have (RFC 3229).
        gone: Called with a document's path, `en/topic/snow.rss`; if it returns true, the response is 410.

    Returns:
        The application, PEP 3333.

    Raises:
        InvalidValue: If `max_age` is negative, or an origin isn't valid.

    Example:
        >>> import newsfeed
        >>> from wsgiref.util import setup_testing_defaults
        >>> app = wsgi_app(newsfeed.open("examples/report"))
        >>> environ = {"PATH_INFO": "/en/all.rss"}
        >>> setup_testing_defaults(environ)
        >>> b"".join(app(environ, lambda status, headers: print(status)))[:5]
        200 OK
        b'<?xml'
    """
    return WsgiApp(_responder(source, _policy(max_age, negotiate, origins, deltas, gone)))


def asgi_app(
    source: Servable,
    *,
    max_age: int = 300,
    negotiate: bool = False,
    origins: Sequence[str] = ("*",),
    deltas: bool = True,
    gone: Callable[[str], bool] | None = None,
) -> AsgiApp:
    """Return an ASGI application that serves feeds, for servers that run on asyncio.

    Args:
        source: As for `wsgi_app`.
        max_age: As for `wsgi_app`.
        negotiate: As for `wsgi_app`.
        origins: As for `wsgi_app`.
        deltas: As for `wsgi_app`.
        gone: As for `wsgi_app`; called in a thread.

    Returns:
        The application, ASGI 3.

    Raises:
        InvalidValue: As for `wsgi_app`.
    """
    return AsgiApp(_responder(source, _policy(max_age, negotiate, origins, deltas, gone)))


def _policy(
    max_age: int,
    negotiate: bool,  # noqa: FBT001 - passed on
    origins: Sequence[str],
    deltas: bool,  # noqa: FBT001 - passed on
    gone: Callable[[str], bool] | None,
) -> Policy:
    return Policy(max_age=max_age, negotiate=negotiate, origins=tuple(origins), deltas=deltas, gone=gone)


def _responder(source: Servable, policy: Policy) -> Responder:
    documents: Documents
    if isinstance(source, Newsroom):
        documents = LiveNewsroom(lambda: source)
    elif callable(source):
        documents = LiveNewsroom(source)
    else:
        documents = PublishedFolder(source)
    return Responder(documents, policy)
