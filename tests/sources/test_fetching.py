"""Sources at an address: fetched politely, within limits, and without telling credentials to anybody."""

import gzip
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from tests.sources.answering_server import Server, of_site

import newsfeed
from newsfeed import Newsroom, Site, SourceError
from newsfeed.sources import fetching
from newsfeed.sources.detecting import detected
from newsfeed.sources.fetching import Fetcher
from newsfeed.sources.newsroom_toml import read_site

NEWSROOM = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]

[[sources]]
name = "cms"
kind = "{kind}"
url = "{url}"
"""
SNOW = {
    "id": 1,
    "language": "en",
    "title": "Snow",
    "published": "2025-12-19T12:00Z",
    "url": "https://report.example/1",
}
PAGE = b"<!DOCTYPE html>\n<html><title>Log in</title></html>"


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Newsroom]:
    def write_and_open(url: str, kind: str = "json") -> Newsroom:
        (tmp_path / "newsroom.toml").write_text(NEWSROOM.replace("{url}", url).replace("{kind}", kind))
        return newsfeed.open(tmp_path)

    return write_and_open


def test_its_articles(server: Server, opened: Callable[..., Newsroom]) -> None:
    newsroom = opened(server.answer("/posts", json.dumps([SNOW, {"id": 2}]).encode()))
    assert [article.title for article in newsroom.articles] == ["Snow"]
    assert {str(finding.place) for finding in newsroom.findings} == {"cms, record 2"}
    assert newsroom.sources == {"cms": 1}
    ((_, headers),) = server.asked
    assert headers["accept"] == "application/json"
    assert headers["user-agent"].startswith("newsfeed/")
    assert headers["user-agent"].endswith(" (+https://report.example/)")


def test_an_empty_source_is_reported(server: Server, opened: Callable[..., Newsroom]) -> None:
    newsroom = opened(server.answer("/posts", b"[]"))
    assert [str(finding) for finding in newsroom.findings] == [
        "cms: NF101 it has no records. Check where newsroom.toml says that it is, and what it gives."
    ]


def test_a_gzipped_file(server: Server, opened: Callable[..., Newsroom]) -> None:
    url = server.answer("/posts.jsonl.gz", gzip.compress(json.dumps(SNOW).encode()))
    assert len(opened(url, "jsonl").articles) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, b"no"), "{url} answered 404. Check its url."),
        ((401, {}, b"no"), "{url} answered 401. Check the user and the password in its url."),
        ((500, {}, b"no"), "{url} answered 500. Try again later."),
        ((503, {}, b"no"), "{url} answered 503. Try again later."),
        (
            (429, {"Retry_After": "3600"}, b""),
            "{url} answered 429, and asks to wait for 3,600 seconds. Try again later.",
        ),
        (
            (200, {}, PAGE),
            "{url} answered with an HTML page, not with data. Check its url, and whether it needs a login.",
        ),
        (
            (200, {"Content_Length": "5000"}, b"[{"),
            "{url} broke off in the middle of its answer. Try again later.",
        ),
        ((302, {"Location": "/posts"}, b""), "{url} leads from address to address. Check its url."),
        ((200, {}, b""), "the file is empty. "),
        ((200, {}, b'[{"id": 1}, '), "this isn't valid JSON: "),
    ],
)
def test_what_stops_a_build(
    answer: tuple[int, dict[str, str], bytes], message: str, server: Server, opened: Callable[..., Newsroom]
) -> None:
    status, headers, body = answer
    url = server.answer("/posts", body, status, **headers)
    with pytest.raises(SourceError) as caught:
        opened(url)
    told = str(caught.value)
    assert told.startswith("cms")
    assert message.replace("{url}", url) in told


def test_a_server_that_is_not_there(opened: Callable[..., Newsroom]) -> None:
    with pytest.raises(SourceError) as caught:
        opened("http://127.0.0.1:1/posts")
    assert str(caught.value).startswith("cms: http://127.0.0.1:1/posts can't be reached: ")


def test_no_message_shows_user_password_or_query(server: Server, opened: Callable[..., Newsroom]) -> None:
    with pytest.raises(SourceError) as caught:
        opened(server.url("/posts?token=geheim", "desk:geheim@"))
    assert str(caught.value) == f"cms: {server.url('/posts')} answered 404. Check its url."
    ((path, headers),) = server.asked
    assert path == "/posts?token=geheim"
    assert headers["authorization"].startswith("Basic ")


def test_a_server_that_is_busy_is_asked_again(server: Server, opened: Callable[..., Newsroom]) -> None:
    server.answer("/posts", b"", 503, Retry_After="1")
    url = server.answer("/posts", json.dumps([SNOW]).encode())
    assert len(opened(url).articles) == 1
    assert len(server.asked) == 2


def test_an_answer_that_is_too_long(
    server: Server, opened: Callable[..., Newsroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "RESPONSE", 1024)
    url = server.answer("/posts", b" " * 5000)
    with pytest.raises(SourceError) as caught:
        opened(url)
    assert str(caught.value) == f"cms: {url} answered more than 1 KiB. Ask it for less."


def test_requests_to_others_are_a_quarter_of_a_second_apart(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("newsfeed.sources.fetching.time.sleep", waits.append)
    monkeypatch.setattr(fetching, "_OWN_MACHINE", frozenset())
    url = server.answer("/posts", b"[]")
    with Fetcher("cms", Site(title="Report", url="https://report.example/", languages=["en"])) as fetcher:
        assert fetcher.get(url, params={"page": 2}).content == b"[]"
        assert fetcher.get(url).status == 200
    assert [0 < wait <= 0.25 for wait in waits] == [True]
    assert [path for path, _ in server.asked] == ["/posts?page=2", "/posts"]


def test_a_sync_asks_only_for_another_version(server: Server, tmp_path: Path) -> None:
    body = json.dumps([SNOW]).encode()
    url = server.answer("/posts", body, ETag='"1"', Last_Modified="Fri, 19 Dec 2025 12:00:00 GMT")
    server.answer("/posts", b"", 304)
    (tmp_path / "newsroom.toml").write_text(NEWSROOM.replace("{url}", url).replace("{kind}", "json"))
    with newsfeed.Store(str(tmp_path / "news.db"), read_site(tmp_path)[0]) as store:
        reports = [store.sync(tmp_path) for _ in range(3)]
        assert [(report.changed, report.removed, report.findings) for report in reports] == [
            (1, 0, ()),
            (0, 0, ()),
            (0, 0, ()),
        ]
        server.answers.clear()
        server.answer("/posts", json.dumps([SNOW | {"title": "Ice"}]).encode())
        assert store.sync(tmp_path, full=True).changed == 1
    conditions = [
        (headers.get("if-none-match"), headers.get("if-modified-since")) for _, headers in server.asked
    ]
    known = ('"1"', "Fri, 19 Dec 2025 12:00:00 GMT")
    assert conditions == [(None, None), known, known, (None, None)]


def test_a_sync_reads_it_whole(server: Server, tmp_path: Path) -> None:
    server.answer("/posts", json.dumps([SNOW, SNOW | {"id": 2, "url": "https://report.example/2"}]).encode())
    url = server.answer("/posts", json.dumps([SNOW | {"title": "Ice"}]).encode())
    (tmp_path / "newsroom.toml").write_text(NEWSROOM.replace("{url}", url).replace("{kind}", "json"))
    with newsfeed.Store(str(tmp_path / "news.db"), read_site(tmp_path)[0]) as store:
        first, second = store.sync(tmp_path), store.sync(tmp_path)
    assert (first.changed, first.removed) == (2, 0)
    assert (second.changed, second.removed) == (1, 1)


def test_no_log_shows_user_password_or_query(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.answer("/old", b"", 302, Location=server.url("/posts?key=geheim", "desk:geheim@"))
    server.answer("/posts", b"[]")
    with caplog.at_level("INFO"), of_site() as fetcher:
        fetcher.get(server.url("/old?token=geheim", "desk:geheim@"))
    assert caplog.messages == [
        f'HTTP Request: GET {server.url("/old")} "HTTP/1.0 302 Found"',
        f'HTTP Request: GET {server.url("/posts")} "HTTP/1.0 200 OK"',
    ]


def test_user_and_password_follow_a_redirect_on_the_same_server(server: Server) -> None:
    server.answer("/old", b"", 302, Location="/posts")
    server.answer("/posts", b"[]")
    with of_site() as fetcher:
        fetcher.get(server.url("/old", "desk:s%40fe@"))
    assert [headers.get("authorization") for _, headers in server.asked] == ["Basic ZGVzazpzQGZl"] * 2


def test_a_site_with_letters_of_any_script_names_itself_in_ascii(server: Server) -> None:
    url = server.answer("/posts", b"[]")
    with of_site("https://xəbər.az/") as fetcher:
        fetcher.get(url)
    ((_, headers),) = server.asked
    assert headers["user-agent"].endswith(" (+https://xn--xbr-dtbb.az/)")


def test_a_version_that_cannot_be_sent_back_is_not_asked_for(server: Server, tmp_path: Path) -> None:
    url = server.answer("/posts", json.dumps([SNOW]).encode(), ETag='"é"', Last_Modified="Fri, 19 Dec 2025")
    (tmp_path / "newsroom.toml").write_text(NEWSROOM.replace("{url}", url).replace("{kind}", "json"))
    with newsfeed.Store(str(tmp_path / "news.db"), read_site(tmp_path)[0]) as store:
        assert [store.sync(tmp_path).changed for _ in range(2)] == [1, 0]
    _, (_, second) = server.asked
    assert (second.get("if-none-match"), second["if-modified-since"]) == (None, "Fri, 19 Dec 2025")


@pytest.mark.parametrize("before", [b"<!---->", b"<!-- --> ", b"<!--", b"\n"])
def test_whether_it_is_a_page_is_known_at_once(before: bytes, server: Server) -> None:
    url = server.answer("/posts", before * 200 + b"<rss>")
    with of_site() as fetcher:
        assert fetcher.get(url).status == 200


def test_a_page_after_comments_is_a_page(server: Server) -> None:
    url = server.answer("/posts", b'<?xml version="1.0"?>\n<!-- a --b -->\n<!---->' + PAGE)
    with of_site() as fetcher, pytest.raises(SourceError, match="answered with an HTML page, not with data"):
        fetcher.get(url)


def test_a_gzip_is_known_by_its_beginning(server: Server, opened: Callable[..., Newsroom]) -> None:
    packed = gzip.compress(json.dumps([SNOW]).encode())
    for url in (
        server.answer("/posts.json.gz", packed, Content_Encoding="gzip"),
        server.answer("/posts.json", packed),
    ):
        assert [article.title for article in opened(url).articles] == ["Snow"]


@pytest.mark.parametrize("before", [b"<!---->", b"<!-- --> ", b"<!--"])
def test_what_lies_at_an_address_is_known_at_once(before: bytes, server: Server, tmp_path: Path) -> None:
    url = server.answer("/feed", before * 1_000 + b"<rss>")
    site = Site(title="Report", url="https://report.example/", languages=["en"])
    assert detected(url, tmp_path, site).table == {"url": url, "kind": "feed"}


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n[", b"HTTP/1.1 302 Found\r\nX-Slow: "],
)
def test_a_server_that_answers_bit_by_bit(beginning: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_WHOLE", 0.1)
    is_over = threading.Event()

    class SlowHandler(BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1_000)
            self.request.sendall(beginning)
            with suppress(OSError):
                while beginning and not is_over.wait(0.02):
                    self.request.sendall(b" ")
            is_over.wait()

    with ThreadingTCPServer(("127.0.0.1", 0), SlowHandler) as slow:
        thread = threading.Thread(target=slow.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{slow.server_address[1]}/posts"
        with of_site() as fetcher, pytest.raises(SourceError) as caught:
            fetcher.get(url)
        is_over.set()
        slow.shutdown()
        thread.join()
    assert str(caught.value) == f"cms: {url} took longer than 0 seconds. Try again later."


def test_a_gzip_at_an_address_is_told_by_what_it_holds(server: Server, tmp_path: Path) -> None:
    url = server.answer("/posts.json.gz", gzip.compress(json.dumps([SNOW]).encode()))
    site = Site(title="Report", url="https://report.example/", languages=["en"])
    assert detected(url, tmp_path, site).table == {"url": url, "kind": "json"}
