"""Feeds at an address: fetched politely, within limits, with what the server says. The server runs on this machine."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from newsfeed import SourceError
from newsfeed.check import checker_of
from newsfeed.check import http as http_room
from newsfeed.cli.program import program

MOMENT = datetime(2025, 12, 20, tzinfo=UTC)
RSS = "application/rss+xml"


class Server(ThreadingHTTPServer):
    """A server that answers each path as it is told, with 304 where an entity tag matches, and remembers requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def feed(self, path: str, own: str = "", **headers: str) -> str:
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
            "<channel><title>Report</title><link>https://report.example/</link><description>News</description>"
            f'<atom:link rel="self" href="{own or self.url(path)}"/></channel></rss>'
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = 200, {"Content-Type": RSS, "ETag": '"1"', **named}, text.encode()
        return self.url(path)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag", ""):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def problems(url: str) -> list[str]:
    found = checker_of("", as_of=MOMENT).of_address(url)
    return [f"{finding.code} {finding.reason}" for finding in found]


def test_a_good_feed_is_asked_for_twice_and_politely(server: Server) -> None:
    assert problems(server.feed("/all.rss")) == []
    (_, first), (_, second) = server.asked
    assert first["User-Agent"].startswith("newsfeed/")
    assert first["Accept"].startswith(RSS)
    assert second["If-None-Match"] == '"1"'


def test_what_the_server_says(server: Server) -> None:
    url = server.feed(
        "/all.rss",
        Content_Type="text/html; charset=iso-8859-1",
        ETag="",
        Link='<http://127.0.0.1/a>; rel="self"',
    )
    del server.answers["/all.rss"][1]["ETag"]
    assert problems(url) == [
        "NF900 the media type is text/html",
        "NF901 the server says iso-8859-1, but the feed is utf-8",
        "NF902 the answer has neither ETag nor Last-Modified",
        f"NF904 the Link header says rel='self' http://127.0.0.1/a, but the feed says {url}",
    ]


def test_a_server_that_sends_an_unchanged_feed_again(server: Server) -> None:
    url = server.feed("/all.rss", Last_Modified="Fri, 19 Dec 2025 00:00:00 GMT")
    del server.answers["/all.rss"][1]["ETag"]
    assert problems(url) == [
        "NF902 the server sent the whole feed again, although it was asked only for changes"
    ]


def test_the_feed_names_the_address_to_which_permanent_redirects_lead(server: Server) -> None:
    old, new = server.url("/feed"), server.feed("/all.rss")
    server.answers["/feed"] = 301, {"Location": "/all.rss"}, b""
    assert problems(old) == [f"NF903 {old} leads permanently (301) to {new}"]
    server.answers["/feed"] = 302, {"Location": "/all.rss"}, b""
    assert problems(old) == [
        f"NF903 {old} leads temporarily (302) to {new}",
        f"NF346 it says {new}, but the feed is served from {old}",
    ]


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (404, {}, "answered 404. Check the address."),
        (500, {}, "answered 500. Try again later."),
        (302, {"Location": "/gone.rss"}, "leads from address to address. Check the address."),
    ],
)
def test_a_feed_that_cannot_be_fetched(
    server: Server, status: int, headers: dict[str, str], said: str
) -> None:
    server.answers["/gone.rss"] = status, headers, b""
    url = server.url("/gone.rss")
    result = CliRunner().invoke(program, ["check", url])
    assert (result.exit_code, result.stderr) == (1, f"Error: {url} {said}\n")


def test_user_and_password_are_sent_but_never_shown(server: Server) -> None:
    server.feed("/all.rss", Content_Type="text/plain")
    server.answers["/feed?token=secret"] = 301, {"Location": "/all.rss"}, b""
    address = server.url("/feed?token=secret").replace("//", "//leyla:secret@")
    found = checker_of("", as_of=MOMENT).of_address(address)
    assert [finding.code for finding in found] == ["NF900", "NF903"]
    assert "leyla" not in repr(found)
    assert found[0].place.file == server.url("/feed")
    assert server.asked[0][1]["Authorization"].startswith("Basic ")
    server.answers["/feed?token=secret"] = 404, {}, b""
    result = CliRunner().invoke(program, ["check", address])
    assert result.stderr == f"Error: {server.url('/feed')} answered 404. Check the address.\n"


def test_no_more_is_read_than_can_be_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_room, "LARGEST", 100)
    fetched = http_room.fetch_feed(server.feed("/all.rss"))
    assert 100 < len(fetched.data) < 1_000_000


def test_an_address_on_the_command_line(server: Server) -> None:
    url = server.feed("/all.rss", Content_Type="text/plain")
    result = CliRunner().invoke(program, ["check", url])
    assert result.stdout.startswith(f"NF900 warning {url} the media type is text/plain. Serve RSS as ")
    assert (result.exit_code, result.stderr) == (1, "1 feed checked, 1 warning found.\n")


def test_nobody_answers() -> None:
    with pytest.raises(SourceError, match=r"^http://127\.0\.0\.1:1/a can't be fetched: "):
        checker_of("", as_of=MOMENT).of_address("http://127.0.0.1:1/a")


def test_no_log_shows_user_password_or_query(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.feed("/all.rss?token=secret")
    with caplog.at_level("INFO"):
        problems(server.url("/all.rss?token=secret").replace("//", "//leyla:secret@"))
    url = server.url("/all.rss")
    assert caplog.messages == [
        f'HTTP Request: GET {url} "HTTP/1.0 200 OK"',
        f'HTTP Request: GET {url} "HTTP/1.0 304 Not Modified"',
    ]
    assert [headers["Authorization"][:6] for _, headers in server.asked] == ["Basic "] * 2


def test_an_entity_tag_that_cannot_be_sent_back_is_not_asked_for(server: Server) -> None:
    problems(server.feed("/all.rss", ETag='"é"'))
    assert len(server.asked) == 1


def test_an_answer_in_several_codings_is_refused(server: Server) -> None:
    url = server.feed("/all.rss", Content_Encoding="gzip, gzip")
    with pytest.raises(SourceError) as told:
        problems(url)
    assert str(told.value) == (
        f"{url} answered with the content coding 'gzip, gzip', which newsfeed doesn't accept."
        " Let the server send gzip, or no coding."
    )
