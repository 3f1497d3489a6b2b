"""A server on this machine that answers as it is told, for tests of sources at an address."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from newsfeed import Site
from newsfeed.sources.fetching import Fetcher

__all__ = ["Server", "of_site"]


class Server(ThreadingHTTPServer):
    """A server that answers each path as it is told, and remembers who asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        #: By path: the answers in their order, of which the last one stays: status, headers and body.
        self.answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str, user: str = "") -> str:
        return f"http://{user}127.0.0.1:{self.server_port}{path}"

    def answer(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        self.answers.setdefault(path, []).append((status, headers, body))
        return self.url(path)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        answers = self.server.answers.get(path, [(404, {}, b"nothing")])
        status, headers, body = answers[0] if len(answers) == 1 else answers.pop(0)
        self.send_response(status)
        for name, value in (
            {"Content-Length": str(len(body))}
            | {key.replace("_", "-"): value for key, value in headers.items()}
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def of_site(url: str = "https://report.example/") -> Fetcher:
    return Fetcher("cms", Site(title="Report", url=url, languages=["en"]))
