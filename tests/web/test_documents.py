"""What is answered with a document: its type, its validators, its links; and where there is none."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.web.conftest import Ask, asking, long_rss, rss

from newsfeed.errors import InvalidValue
from newsfeed.web import folder
from newsfeed.web.documents import digest_of
from newsfeed.web.exchange import Response
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.policy import Policy

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/en/all.rss", "application/rss+xml; charset=utf-8"),
        ("/en/all.atom", "application/atom+xml; charset=utf-8"),
        ("/en/all.json", "application/feed+json; charset=utf-8"),
        ("/feeds.json", "application/json; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/news.xml", "application/xml; charset=utf-8"),
        ("/feed.css", "text/css; charset=utf-8"),
        ("/en/latest.html", "text/html; charset=utf-8"),
        ("/en/latest.txt", "text/plain; charset=utf-8"),
        ("/snow.jpg", "image/jpeg"),
        ("/en/all.rss.gz", "application/gzip"),
        ("/logo.svg", "image/svg+xml; charset=utf-8"),
        ("/unknown.q", "application/octet-stream"),
        ("/unknown", "application/octet-stream"),
    ],
)
def test_media_types(ask: Ask, write: Write, public: Path, path: str, media_type: str) -> None:
    if not (public / path[1:]).exists():
        write(path[1:], b"{}")
    answer = ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_whole_answer(ask: Ask) -> None:
    answer = ask("/en/all.rss")
    assert answer.body == long_rss()
    assert answer.headers == {
        "Vary": "Accept-Encoding, A-IM",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Delta-Base, ETag, IM, Link",
        "Content-Type": "application/rss+xml; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "Link": '<https://report.example/feeds/en/all.rss>; rel="self", <https://hub.example/>; rel="hub"',
        "Content-Length": str(len(long_rss())),
        "ETag": answer.headers["ETag"],
        "Last-Modified": "Fri, 19 Dec 2025 12:00:00 GMT",
        "Cache-Control": "public, max-age=300",
    }


@pytest.mark.parametrize("path", ["/en/all.rss", "/snow.jpg", "/nowhere", "/en", "/"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_is_get_without_the_body(ask: Ask, path: str, encoding: str) -> None:
    get, head = ask(path, accept_encoding=encoding), ask(path, "HEAD", accept_encoding=encoding)
    assert head == (get.status, get.headers, b"")


class TestEntityTags:
    def test_they_are_those_of_the_bytes_wherever_they_lie(self, ask: Ask, write: Write) -> None:
        write("copy.rss", long_rss())
        assert ask("/copy.rss").headers["ETag"] == ask("/en/all.rss").headers["ETag"]

    def test_they_are_strong(self, ask: Ask) -> None:
        assert ask("/en/all.rss").headers["ETag"][0] == '"'

    def test_they_change_with_the_bytes_though_length_and_time_stay(self, ask: Ask, write: Write) -> None:
        write("x.rss", rss("Snow"))
        before = ask("/x.rss").headers["ETag"]
        write("x.rss", rss("Rain"))
        after = ask("/x.rss")
        assert after.headers["ETag"] != before
        assert b"Rain" in after.body

    def test_a_document_that_was_left_alone_for_a_second_is_read_through_once(
        self, ask: Ask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[str] = []

        def digest(pieces: Iterable[bytes]) -> str:
            read.append(digest_of(pieces))
            return read[-1]

        monkeypatch.setattr(folder, "digest_of", digest)
        ask("/en/all.rss")
        ask("/en/all.rss")
        assert len(read) == 2
        written = time.time_ns()
        monkeypatch.setattr("newsfeed.web.folder.time.time_ns", lambda: written + 2_000_000_000)
        ask("/en/all.rss")
        ask("/en/all.rss")
        assert len(read) == 3


def test_a_file_from_the_future_has_no_date(ask: Ask, write: Write) -> None:
    """A date after that of the answer is forbidden, and one of now would belong to other bytes later (§8.8.2)."""
    write("x.rss", rss("Snow"), at=datetime(2030, 1, 1, tzinfo=UTC))
    assert "Last-Modified" not in ask("/x.rss").headers


class TestLinks:
    @pytest.mark.parametrize(
        ("name", "document", "links"),
        [
            (
                "a.atom",
                (
                    '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://x.example/a"/>'
                    '<link rel="alternate" href="https://x.example/"/><link rel="hub" href="https://hub.example/"/></feed>'
                ),
                '<https://x.example/a>; rel="self", <https://hub.example/>; rel="hub"',
            ),
            (
                "a.json",
                (
                    '{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://x.example/a.json",'
                    '"hubs":[{"type":"WebSub","url":"https://hub.example/"}]}'
                ),
                '<https://hub.example/>; rel="hub", <https://x.example/a.json>; rel="self"',
            ),
            (
                "a.json",
                '{"version":"https://jsonfeed.org/version/1.1","feed_url":7,"hubs":{"url":[]}}',
                None,
            ),
            ("a.json", '{"version":"https://jsonfeed.org/version/1.1",', None),
            ("a.rss", "<rss><channel><title>no links</title></channel></rss>", None),
            ("a.rss", "<rss><channel", None),
            ("a.html", '<link rel="self" href="https://x.example/">', None),
        ],
    )
    def test_hub_and_self_as_the_document_names_them(
        self, ask: Ask, write: Write, name: str, document: str, links: str | None
    ) -> None:
        write(name, document.encode())
        answer = ask(f"/{name}")
        assert answer.headers.get("Link") == links
        assert answer.body == document.encode()

    @pytest.mark.parametrize(
        ("address", "sent"),
        [
            ("https://hub.example/a b", '<https://hub.example/a%20b>; rel="hub"'),
            ("https://hub.example/&gt;; rel=x, &lt;https://evil.example/", None),
            ("https://hub.example/&#13;&#10;Set-Cookie: a=b", None),
            ("https://hüb.example/Ə", '<https://xn--hb-xka.example/%C6%8F>; rel="hub"'),
            ("javascript:alert(1)", None),
            ("hub", None),
        ],
    )
    def test_an_address_that_would_leave_its_place_is_made_one_or_left_out(
        self, ask: Ask, write: Write, address: str, sent: str | None
    ) -> None:
        write("x.rss", rss(hub=address))
        link = ask("/x.rss").headers["Link"]
        own, _, hub = link.partition(", ")
        assert own == '<https://report.example/feeds/en/all.rss>; rel="self"'
        assert not {"\r", "\n"} & set(link)
        if sent is not None:
            assert hub == sent
        else:
            assert "evil" not in hub or hub.count("<") == hub.count(">") == 1
            assert "Set-Cookie: " not in hub
            assert "javascript" not in hub


class TestFolders:
    @pytest.mark.parametrize(("path", "title"), [("/", "Feeds"), ("", "Feeds"), ("/about/", "About")])
    def test_a_folder_is_its_index(self, ask: Ask, path: str, title: str) -> None:
        answer = ask(path)
        assert answer.status == 200
        assert f"<title>{title}</title>".encode() in answer.body

    def test_without_its_slash_it_is_one_step_below(self, ask: Ask) -> None:
        answer = ask("/about")
        assert (answer.status, answer.headers["Location"]) == (308, "./about/")

    @pytest.mark.parametrize("path", ["/en", "/en/", "/en/category/"])
    def test_without_an_index_it_is_nothing(self, ask: Ask, path: str) -> None:
        assert ask(path).status == 404


class TestNothingThere:
    @pytest.mark.parametrize(
        ("path", "nearest"),
        [
            ("/en/all.xml", ["/en/all.atom", "/en/all.json", "/en/all.rss"]),
            ("/en/all", ["/en/all.atom", "/en/all.json", "/en/all.rss"]),
            ("/en/al.rss", ["/en/all.atom", "/en/all.json", "/en/all.rss"]),
            ("/en/category/medai.rss", ["/en/category/media.rss"]),
            ("/en/categories/media.rss", ["/en/category/media.rss"]),
            ("/en/category", ["/en/category/media.rss", "/en/category/military.rss"]),
            (
                "/en/qqqqq",
                ["/en/all.atom", "/en/all.json", "/en/all.rss", "/en/latest.html", "/en/latest.txt"],
            ),
            ("/../etc/passwd", ["/index.html"]),
        ],
    )
    def test_the_answer_names_the_nearest_feeds(self, ask: Ask, path: str, nearest: list[str]) -> None:
        answer = ask(path)
        assert answer.status == 404
        first, *lines = answer.body.decode().splitlines()
        assert first == "Not Found: There is nothing at this address. Did you mean:"
        assert lines == nearest

    def test_one_of_thousands(self, ask: Ask, write: Write) -> None:
        for number in range(1500):
            write(f"en/topic/topic-{number:04}.rss", b"")
        assert ask("/en/topic/topic-07777.rss").body.decode().splitlines()[1:] == ["/en/topic/topic-0777.rss"]

    def test_a_browser_gets_links(self, ask: Ask, write: Write) -> None:
        write("en/q & a.rss", rss("Snow"))
        answer = ask("/en/q and a", accept="text/html,*/*;q=0.8", mount="/feeds")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b'<a href="/feeds/en/q%20%26%20a.rss">en/q &amp; a.rss</a>' in answer.body

    @pytest.mark.parametrize("path", ["/en/<script>alert(1)</script>", "/<b>", '/"onload="x'])
    def test_what_was_asked_for_is_not_repeated(self, ask: Ask, path: str) -> None:
        answer = ask(path, accept="text/html", mount='/"><script>')
        assert b"<script" not in answer.body
        assert b"<b>" not in answer.body
        assert b"onload" not in answer.body

    def test_an_empty_folder_has_no_way_on(self, tmp_path: Path) -> None:
        answer = asking(PublishedFolder(tmp_path / "not yet"))("/en/all.rss")
        assert (answer.status, answer.body) == (404, b"Not Found: There is nothing at this address.\n")

    def test_names_that_no_address_can_have_are_not_offered(self, ask: Ask, public: Path) -> None:
        (public / b"\xff.rss".decode("utf-8", "surrogateescape")).write_bytes(rss("Snow"))
        (public / "a\nb.rss").write_bytes(rss("Snow"))
        assert ask("/nothing.rss").body.decode().splitlines()[1:] == ["/index.html"]

    def test_no_page_is_kept(self, ask: Ask) -> None:
        assert ask("/nowhere").headers["Cache-Control"] == "no-cache"


class TestWithdrawn:
    def test_a_feed_that_was_withdrawn_is_gone_whether_or_not_its_file_is(self, public: Path) -> None:
        ask = asking(
            PublishedFolder(public), gone={"en/category/media.rss", "en/topic/snow.rss"}.__contains__
        )
        for path in ("/en/category/media.rss", "/en/topic/snow.rss"):
            answer = ask(path)
            assert answer.status == 410
            assert answer.body.startswith(
                b"Gone: This feed has ended and won't come back. Did you mean:\n/en/"
            )
        assert ask("/en/all.rss").status == 200

    def test_it_is_not_negotiated_either(self, public: Path) -> None:
        ask = asking(PublishedFolder(public), gone="en/all.rss".__eq__, negotiate=True)
        assert ask("/en/all").headers["Content-Location"] == "all.atom"


class TestMethods:
    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "BREW"])
    @pytest.mark.parametrize("path", ["/en/all.rss", "/nowhere"])
    def test_others_are_not_allowed(self, ask: Ask, method: str, path: str) -> None:
        answer = ask(path, method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")

    @pytest.mark.parametrize("path", ["/en/all.rss", "*"])
    def test_options(self, ask: Ask, path: str) -> None:
        answer = ask(path, "OPTIONS")
        assert (answer.status, answer.headers["Allow"], answer.body) == (204, "GET, HEAD, OPTIONS", b"")


class TestScriptsOfOtherSites:
    @pytest.mark.parametrize(
        ("origins", "origin", "allowed", "vary"),
        [
            (["*"], "https://a.example", "*", "Accept-Encoding, A-IM"),
            (["*"], None, "*", "Accept-Encoding, A-IM"),
            (
                ["https://a.example"],
                "https://a.example",
                "https://a.example",
                "Accept-Encoding, A-IM, Origin",
            ),
            (["https://a.example"], "https://b.example", None, "Accept-Encoding, A-IM, Origin"),
            (["https://a.example"], None, None, "Accept-Encoding, A-IM, Origin"),
            ([], "https://a.example", None, "Accept-Encoding, A-IM, Origin"),
        ],
    )
    def test_who_may_read(
        self, public: Path, origins: list[str], origin: str | None, allowed: str | None, vary: str
    ) -> None:
        headers = {} if origin is None else {"origin": origin}
        answer = asking(PublishedFolder(public), origins=tuple(origins))("/en/all.rss", **headers)
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        assert answer.headers["Vary"] == vary

    @pytest.mark.parametrize(
        ("path", "method", "status"),
        [
            ("/en/all.rss", "GET", 200),
            ("/en/all.rss", "OPTIONS", 204),
            ("/about", "GET", 308),
            ("/en/nothing.rss", "GET", 404),
            ("/../x", "GET", 404),
            ("/en/all.rss", "POST", 405),
            ("/en/gone.rss", "GET", 410),
        ],
    )
    def test_every_answer_depends_on_origin_where_not_all_may_read(
        self, public: Path, path: str, method: str, status: int
    ) -> None:
        """Else a cache would give what it got for one site to another."""
        gone = {"en/gone.rss"}.__contains__
        for origins, depends in ((["https://a.example"], True), (["*"], False)):
            answer = asking(PublishedFolder(public), origins=tuple(origins), gone=gone)(path, method)
            assert answer.status == status
            assert ("Origin" in answer.headers.get("Vary", "").split(", ")) is depends

    def test_a_browser_that_asks_first(self, ask: Ask) -> None:
        answer = ask(
            "/en/all.rss", "OPTIONS", origin="https://a.example", access_control_request_method="GET"
        )
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]

    @pytest.mark.parametrize("origin", ["", "report.example", "https://a.example/path", "https://a\r\nX: y"])
    def test_what_is_no_origin(self, origin: str) -> None:
        with pytest.raises(InvalidValue, match="isn't an origin. Write an origin such as"):
            Policy(origins=(origin,))


@pytest.mark.parametrize(("max_age", "header"), [(300, "public, max-age=300"), (0, "no-cache")])
def test_how_long_a_copy_is_good(public: Path, max_age: int, header: str) -> None:
    assert asking(PublishedFolder(public), max_age=max_age)("/en/all.rss").headers["Cache-Control"] == header


def test_a_time_below_0_is_refused() -> None:
    with pytest.raises(InvalidValue, match="max_age: -1 is negative. Write a number of seconds, or 0."):
        Policy(max_age=-1)


@pytest.mark.parametrize(
    ("name", "value"), [("X", "a\r\nSet-Cookie: b"), ("X: y", "a"), ("X", "ə"), ("X", "")]
)
def test_a_header_that_would_break_out_of_its_line_is_never_sent(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="isn't a valid header"):
        Response(status=200, headers=((name, value),))


def test_too_many_open_files_are_said_to_pass(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    from errno import EMFILE

    def failing(*_: object) -> int:
        raise OSError(EMFILE, "Too many open files")

    monkeypatch.setattr(os, "open", failing)
    answer = ask("/en/all.rss")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
