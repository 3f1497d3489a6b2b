"""Packed answers of servers: gzip is unpacked bit by bit within limits, and everything else is refused."""

import gzip
import tracemalloc

import pytest
from tests.sources.answering_server import Server, of_site

from newsfeed import SourceError
from newsfeed.sources import fetching


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(b"[1, 2]"),
        gzip.compress(b"[1") + gzip.compress(b", 2]"),
        gzip.compress(b"[1, 2]") + b"\0" * 100,
    ],
)
def test_an_answer_is_unpacked(packed: bytes, server: Server) -> None:
    url = server.answer("/posts", packed, Content_Encoding="gzip")
    with of_site() as fetcher:
        assert fetcher.get(url).content == b"[1, 2]"
    ((_, headers),) = server.asked
    assert headers["accept-encoding"] == "gzip"


def test_an_empty_answer_needs_no_unpacking(server: Server) -> None:
    url = server.answer("/posts", b"", Content_Encoding="gzip")
    with of_site() as fetcher:
        assert fetcher.get(url).content == b""


@pytest.mark.parametrize(
    ("packed", "coding", "message"),
    [
        (
            gzip.compress(gzip.compress(b"[]")),
            "gzip, gzip",
            (
                "answered with the content coding 'gzip, gzip', which newsfeed doesn't accept."
                " Let the server send gzip, or no coding."
            ),
        ),
        (
            b"[]",
            "br",
            (
                "answered with the content coding 'br', which newsfeed doesn't accept."
                " Let the server send gzip, or no coding."
            ),
        ),
        (b"no gzip", "gzip", "sent an answer that can't be unpacked. Try again later."),
        (
            gzip.compress(b"[1, 2]")[:-5],
            "gzip",
            "broke off in the middle of its answer. Try again later.",
        ),
    ],
)
def test_an_answer_that_is_not_unpacked(packed: bytes, coding: str, message: str, server: Server) -> None:
    url = server.answer("/posts", packed, Content_Encoding=coding)
    with of_site() as fetcher, pytest.raises(SourceError) as caught:
        fetcher.get(url)
    assert str(caught.value) == f"cms: {url} {message}"


def test_an_error_in_another_coding_is_still_told(server: Server) -> None:
    url = server.answer("/posts", b"no", 404, Content_Encoding="br")
    with of_site() as fetcher, pytest.raises(SourceError) as caught:
        fetcher.get(url)
    assert str(caught.value) == f"cms: {url} answered 404. Check its url."


def test_a_small_answer_that_unpacks_to_a_long_one(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "RESPONSE", 1 << 20)
    url = server.answer("/posts", gzip.compress(bytes(50 << 20), 9), Content_Encoding="gzip")
    tracemalloc.start()
    with of_site() as fetcher, pytest.raises(SourceError) as caught:
        fetcher.get(url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(caught.value) == f"cms: {url} answered more than 1 MiB. Ask it for less."
    assert peak < 8 << 20
