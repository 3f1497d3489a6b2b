"""The response where there is no document: a short page for browsers, else plain text, with the nearest documents."""

from bisect import bisect
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import escape

from newsfeed.model.formats import format_of
from newsfeed.text.nearest import nearest
from newsfeed.web.documents import Documents
from newsfeed.web.exchange import Request
from newsfeed.web.paths import reference
from newsfeed.web.quality_values import quality_values

__all__ = ["error_page", "nearest_documents"]

_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>\n'
    "<body><h1>{title}</h1><p>{message}</p>{links}</body></html>\n"
)
_MAX_SUGGESTIONS = 6
#: Longer names are compared by this many of their first characters.
_MAX_NAME_LENGTH = 100
#: At most this many names are compared, however many a folder contains.
_MAX_COMPARED = 400


def error_page(request: Request, status: int, message: str, paths: Sequence[str] = ()) -> tuple[str, bytes]:
    """Write a page.

    Args:
        request: The request: its `Accept` says whether a browser asks.
        status: The response's status.
        message: What is wrong, in one sentence.
        paths: The paths of documents to suggest.

    Returns:
        The media type, and the page.
    """
    title = HTTPStatus(status).phrase
    mount = quote(request.mount, safe="/", errors="replace")
    addresses = [f"{mount}/{reference(path.split('/'))}" for path in paths]
    if not quality_values(request.headers.get("accept", "")).get("text/html"):
        near = "".join(f"\n{address}" for address in addresses)
        text = f"{title}: {message}{' Did you mean:' if near else ''}{near}\n"
        return "text/plain; charset=utf-8", text.encode("utf-8", "backslashreplace")
    items = "".join(
        f'<li><a href="{escape(address)}">{escape(path)}</a></li>'
        for address, path in zip(addresses, paths, strict=True)
    )
    links = f"<p>Did you mean:</p><ul>{items}</ul>" if items else ""
    html = _PAGE.format(title=escape(title), message=escape(message), links=links)
    return "text/html; charset=utf-8", html.encode("utf-8", "backslashreplace")


def nearest_documents(documents: Documents, path: str) -> list[str]:
    """Find the documents nearest to a path that doesn't exist.

    The search starts at the top and follows each segment, or the name nearest to it, so it reads only as many folders
    as the path has segments.

    Args:
        documents: Where to search.
        path: The path that doesn't exist; empty for the top.

    Returns:
        The paths of a few documents at most, the nearest first.
    """
    folder = ""
    *outer, wanted = path.removesuffix("/").split("/")
    for segment in outer:
        name = _nearest(f"{segment}/", [name for name in _names(documents, folder) if name.endswith("/")])
        if name is None:
            break
        folder += name
    return _near(documents, folder, wanted)


def _near(documents: Documents, folder: str, wanted: str) -> list[str]:
    """Find feeds with a similar name; else those in a folder with a similar name; else those here, or one level down."""
    names = _names(documents, folder)
    feeds = _feeds_among(names)
    stems = dict.fromkeys(map(_stem, feeds))
    stem = _stem(wanted) if _stem(wanted) in stems else _nearest(_stem(wanted), list(stems))
    found = [name for name in feeds if _stem(name) == stem]
    if not found:
        folders = [name for name in names if name.endswith("/")]
        inner = _nearest(f"{wanted}/", folders) or (None if feeds else next(iter(folders), None))
        if inner is not None:
            folder += inner
            feeds = _feeds_among(_names(documents, folder))
    return [folder + name for name in (found or feeds)[:_MAX_SUGGESTIONS]]


def _feeds_among(names: list[str]) -> list[str]:
    return [name for name in names if format_of(name)]


def _names(documents: Documents, folder: str) -> list[str]:
    return list(documents.names(folder) or ())


def _nearest(wanted: str, names: list[str]) -> str | None:
    """Find the name itself, or the nearest; among very many, only its neighbours in alphabetical order are compared."""
    if wanted in names:
        return wanted
    if len(names) > _MAX_COMPARED:
        names = sorted(names)
        middle = bisect(names, wanted)
        names = names[max(0, middle - _MAX_COMPARED // 2) : middle + _MAX_COMPARED // 2]
    return nearest(wanted[:_MAX_NAME_LENGTH], names)


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix == ".xml" or format_of(path.name) else name
