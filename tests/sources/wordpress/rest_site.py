"""A WordPress site on loopback: its REST API as the published schema has it, page by page, and its bad days."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["RestSite", "post", "running"]

_NAMES = {
    "categories": {3: ("siyaset", "Siyasət"), 4: ("uncategorized", "Uncategorized")},
    "tags": {5: ("qar", "Qar &amp; buz")},
}


def post(number: int, **values: Any) -> dict[str, Any]:
    """Return a post as /wp/v2/posts gives it."""
    return {
        "id": number,
        "date": "2025-12-19T18:24:00",
        "date_gmt": "2025-12-19T14:24:00",
        "guid": {"rendered": f"https://report.example/?p={number}"},
        "modified": "2025-12-20T10:00:00",
        "modified_gmt": "2025-12-20T06:00:00",
        "slug": f"post-{number}",
        "status": "publish",
        "type": "post",
        "link": f"https://report.example/post-{number}/",
        "title": {"rendered": "Tom &#038; Jerry&#8217;s"},
        "content": {"rendered": "\n<p>It snowed.</p>\n", "protected": False},
        "excerpt": {"rendered": "<p>In Baku [&hellip;]</p>\n", "protected": False},
        "author": 2,
        "featured_media": 9,
        "format": "standard",
        "categories": [3, 4],
        "tags": [5],
        **values,
    }


class RestSite:
    """What the site has, and what was asked of it."""

    def __init__(self, posts: list[dict[str, Any]]) -> None:
        self.posts = posts
        self.asked: list[str] = []
        self.authorizations: list[str | None] = []
        #: Statuses and bodies to answer first, whatever is asked.
        self.bad_answers: list[tuple[int, bytes, Mapping[str, str]]] = []
        #: Headers of posts in place of the site's own.
        self.more_headers: dict[str, str] = {}
        self.has_embed = True
        self.most_per_page = 100
        self.has_permalinks = True
        self.namespaces = ["oembed/1.0", "wp/v2"]
        self.address = ""

    def answer(self, path: str, query: Mapping[str, str]) -> tuple[int, object, dict[str, str]]:
        if path == "/" and "rest_route" not in query:
            return 200, '<html><link rel="https://api.w.org/" href="/wp-json/"></html>', {}
        route = query.get("rest_route", path.removeprefix("/wp-json") if path.startswith("/wp-json") else "")
        if path.startswith("/wp-json") and not self.has_permalinks:
            return 404, "<html>Not found</html>", {}
        if route == "/":
            return 200, {"name": "Report", "namespaces": self.namespaces}, {}
        collection = route.removeprefix("/wp/v2/")
        if collection != "posts":
            return self._named(collection, query)
        return self._posts(query)

    def _posts(self, query: Mapping[str, str]) -> tuple[int, object, dict[str, str]]:
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        if size > self.most_per_page:
            return (
                400,
                {
                    "code": "rest_invalid_param",
                    "message": "Invalid parameter(s): per_page",
                    "data": {"status": 400},
                },
                {},
            )
        wanted = [
            each
            for each in self.posts
            if each["modified_gmt"] > query.get("modified_after", "").removesuffix("Z")
            and query.get("lang", each.get("_lang")) == each.get("_lang")
        ]
        pages = -(-len(wanted) // size)
        if page > max(pages, 1):
            return 400, {"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}, {}
        shown = wanted[(page - 1) * size : page * size]
        if "_fields" in query:
            fields = query["_fields"].split(",")
            shown = [{key: each[key] for key in fields} for each in shown]
        elif "_embed" in query and self.has_embed:
            shown = [{**each, "_embedded": self._embedded(each)} for each in shown]
        return (
            200,
            shown,
            {"X-WP-Total": str(len(wanted)), "X-WP-TotalPages": str(pages), **self.more_headers},
        )

    def _embedded(self, each: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "author": [{"id": 2, "name": "Leyla Abbasova", "slug": "leyla"}],
            "wp:featuredmedia": [_media(9)],
            "wp:term": [
                [_term("categories", number) for number in each["categories"]],
                [_term("tags", number) for number in each["tags"]],
            ],
        }

    def _named(self, collection: str, query: Mapping[str, str]) -> tuple[int, object, dict[str, str]]:
        numbers = [int(number) for number in query["include"].split(",")]
        if collection == "users":
            return 401, {"code": "rest_user_cannot_view", "message": "…", "data": {"status": 401}}, {}
        if collection == "media":
            return 200, [_media(number) for number in numbers], {}
        return 200, [_term(collection, number) for number in numbers], {}


def _term(collection: str, number: int) -> dict[str, Any]:
    slug, name = _NAMES[collection][number]
    return {
        "id": number,
        "name": name,
        "slug": slug,
        "taxonomy": "category" if collection == "categories" else "post_tag",
    }


def _media(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "alt_text": "Snow",
        "caption": {"rendered": "<p>Ten cm</p>"},
        "media_type": "image",
        "mime_type": "image/jpeg",
        "media_details": {"width": 800, "height": 400, "filesize": 1234},
        "source_url": f"https://report.example/u/{number}.jpg",
    }


@contextmanager
def running(site: RestSite) -> Iterator[RestSite]:
    """Serve a site on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.authorizations.append(self.headers.get("Authorization"))
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            if site.bad_answers:
                status, body, headers = site.bad_answers.pop(0)
            else:
                status, said, more = site.answer(parts.path, query)
                headers = {"Content-Type": "application/json; charset=UTF-8", **more}
                body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
