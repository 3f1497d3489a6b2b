"""Requests over HTTP: redirects are followed unless they lead to a less private or a more private place."""

import socket
from collections.abc import Mapping
from math import inf

import httpx
import pytest

from newsfeed.errors import InvalidValue
from newsfeed.sources.http_requests import answered

#: Names and the addresses that they stand for.
NAMES = {
    "news.example": "93.184.215.14",
    "cms.example": "93.184.215.15",
    "inside.example": "10.0.0.7",
    "intranet.example": "192.168.1.2",
    "localhost": "127.0.0.1",
}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    def address_of(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host == "unknown.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NAMES.get(host, host), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", address_of)


def where_it_ends(start: str, redirects: Mapping[str, str]) -> str:
    def answer(request: httpx.Request) -> httpx.Response:
        onward = redirects.get(str(request.url))
        return httpx.Response(302, headers={"Location": onward}) if onward else httpx.Response(200)

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as client,
        answered(client, start, deadline=inf) as response,
    ):
        assert [str(each.url) for each in response.history] == list(redirects)
        return str(response.url)


@pytest.mark.parametrize(
    ("start", "onward"),
    [
        ("http://news.example/feed", "https://news.example/feed"),
        ("https://news.example/feed", "https://cms.example/feed"),
        ("https://news.example/feed", "https://unknown.example/feed"),
        ("http://inside.example/feed", "http://cms.example/feed"),
        ("http://inside.example/feed", "http://intranet.example/feed"),
        ("http://localhost/feed", "http://127.0.0.1/feed"),
    ],
)
def test_a_redirect_that_is_followed(start: str, onward: str) -> None:
    assert where_it_ends(start, {start: onward}) == onward


@pytest.mark.parametrize(
    ("start", "onward", "message"),
    [
        (
            "https://news.example/feed",
            "http://news.example/feed?token=secret",
            (
                "leads to http://news.example/feed, which isn't encrypted."
                " Let the server redirect to an https address."
            ),
        ),
        (
            "https://news.example/feed",
            "ftp://news.example/feed",
            "leads to ftp://news.example/feed, which isn't a web address. Check its url.",
        ),
        *(
            (
                "http://news.example/feed",
                f"http://{host}/feed",
                (
                    f"leads to http://{host}/feed, which is in a private network."
                    " Give that address if you trust it."
                ),
            )
            for host in (
                "localhost",
                "127.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "169.254.169.254",
                "[fe80::1]",
                "0.0.0.0",  # noqa: S104 - not bound to
                "inside.example",
                "192.168.1.2:8080",
            )
        ),
    ],
)
def test_a_redirect_that_is_refused(start: str, onward: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        where_it_ends(start, {start: onward})
    assert str(caught.value) == message


def test_a_redirect_is_refused_after_others() -> None:
    steps = {
        "http://inside.example/": "http://news.example/",
        "http://news.example/": "http://127.0.0.1/",
    }
    with pytest.raises(InvalidValue, match="which is in a private network"):
        where_it_ends("http://inside.example/", steps)
