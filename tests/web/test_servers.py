"""Real servers on loopback, asked by Python's own client, and by people who mean harm."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import long_rss, rss
from tests.web.servers import SERVERS, get, raw

from newsfeed import web


@pytest.fixture(params=SERVERS)
def port(request: pytest.FixtureRequest, public: Path) -> Iterator[int]:
    """The port of a server of the folder: one for each kind of application."""
    (public.parent / "secret.txt").write_text("root:x:0:0")
    app: Any = getattr(web, request.param)(public)
    with SERVERS[request.param](app) as number:
        yield number


def test_twice_the_same_feed(port: int) -> None:
    status, headers, body = get(port, "/en/all.rss")
    assert (status, body) == (200, long_rss())
    status, again, body = get(port, "/en/all.rss", If_None_Match=headers["etag"])
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert get(port, "/en/all.rss", If_Modified_Since=headers["last-modified"])[0] == 304


def test_compressed(port: int) -> None:
    _, headers, body = get(port, "/en/all.rss", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == long_rss()


def test_a_long_document(port: int, write: Callable[..., Path]) -> None:
    document = rss("Snow " * 400_000)
    write("long.rss", document)
    assert get(port, "/long.rss")[2] == document
    assert gzip.decompress(get(port, "/long.rss", Accept_Encoding="gzip")[2]) == document


def test_head(port: int) -> None:
    status, headers, body = get(port, "/en/all.rss", "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(long_rss())), b"")


def test_a_new_build_is_seen_at_once(port: int, write: Callable[..., Path]) -> None:
    tag = get(port, "/en/all.rss")[1]["etag"]
    write("en/all.rss", rss("Rain"))
    assert get(port, "/en/all.rss", If_None_Match=tag)[2] == rss("Rain")


HOSTILE = {
    "out of the folder": b"GET /../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "out of it, encoded": b"GET /%2e%2e/secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "out of it, encoded twice": b"GET /%252e%252e%252fsecret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "out of it, overlong": b"GET /%c0%ae%c0%ae/secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "out of it, backslashes": b"GET /..\\..\\secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "out of it, encoded backslashes": b"GET /en/..%5c..%5csecret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "an absolute address": b"GET http://x/../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "no slash": b"GET secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "a fragment": b"GET /en/all.rss#../../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "NUL": b"GET /en/all.rss%00.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "NUL as it is": b"GET /en/\x00all.rss HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header through the address": b"GET /en/%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header through the address of a folder": b"GET /about%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header through Origin": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nOrigin: a\rSet-Cookie: a=b\r\n\r\n",
    "another site": b"GET //evil.example/about HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long address": b"GET /" + b"a/" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "many headers": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    "many tags": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + b'"a",' * 10_000 + b"\r\n\r\n",
    "many weights": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nAccept-Encoding: "
    + b'a;q="' * 10_000
    + b"\r\n\r\n",
    "letters of no alphabet": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nIf-None-Match: \xff\xfe\r\nAccept: \xff\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "half a request": b"GET /en/all.rss HTTP/1.1\r\nHos",
    "a body that doesn't come": b"POST /en/all.rss HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx",
    "two lengths": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a length that is none": b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "two requests in one": (
        b"GET /en/all.rss HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
        b"0\r\n\r\nGET /../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("request_", HOSTILE.values(), ids=HOSTILE)
def test_hostile_requests(port: int, request_: bytes) -> None:
    answer = raw(port, request_)
    assert b"root:x" not in answer
    assert b"secret" not in answer
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"\nset-cookie" not in head
    assert b"\nlocation: //" not in head
    assert b"\nlocation: http" not in head
    assert b" 500 " not in head.partition(b"\r\n")[0]
    # Whatever it was, the next client is served.
    assert get(port, "/en/all.rss")[0] == 200
