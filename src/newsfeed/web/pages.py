"""What a client reads where there is no document: a short page for browsers, or plain text."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from markupsafe import escape

from newsfeed.web.exchange import Request
from newsfeed.web.paths import reference
from newsfeed.web.weights import weighted

__all__ = ["page"]

_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>\n'
    "<body><h1>{title}</h1><p>{words}</p>{links}</body></html>\n"
)


def page(request: Request, status: int, words: str, places: Sequence[str] = ()) -> tuple[str, bytes]:
    """Write a page.

    Args:
        request: The request: its `Accept` says whether a browser asks.
        status: The response's status.
        words: What is the matter, one sentence.
        places: Documents to go on with.

    Returns:
        The media type, and the page.
    """
    title = HTTPStatus(status).phrase
    mount = quote(request.mount, safe="/", errors="replace")
    addresses = [f"{mount}/{reference(place.split('/'))}" for place in places]
    if not weighted(request.headers.get("accept", "")).get("text/html"):
        near = "".join(f"\n{address}" for address in addresses)
        text = f"{title}: {words}{' Nearest are:' if near else ''}{near}\n"
        return "text/plain; charset=utf-8", text.encode("utf-8", "backslashreplace")
    items = "".join(
        f'<li><a href="{escape(address)}">{escape(place)}</a></li>'
        for address, place in zip(addresses, places, strict=True)
    )
    links = f"<p>Nearest are:</p><ul>{items}</ul>" if items else ""
    html = _PAGE.format(title=escape(title), words=escape(words), links=links)
    return "text/html; charset=utf-8", html.encode("utf-8", "backslashreplace")
