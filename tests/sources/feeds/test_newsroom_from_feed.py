"""A newsroom.toml for a feed that exists: from its file, its address, or a page that names it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.sources.feeds.test_reading import ITEM, SHORT, rss

import newsfeed
from newsfeed.sources.feeds.newsroom_from_feed import _origin, feed_named_in, newsroom_from_feed

FEED = rss(ITEM, SHORT.replace("</item>", "<category>Siyasət</category></item>"))
PAGE = (
    '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed/"></head></html>'
)


@pytest.fixture
def address() -> Iterator[str]:
    answers = {"/": PAGE, "/feed/": FEED, "/bare": "<html><body>Hi</body></html>"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(FEED)
    folder = tmp_path / "room"
    text = newsroom_from_feed(str(tmp_path / "old.rss"), folder)
    assert text == (
        '[site]\ntitle = "Paper"\nurl = "https://paper.example/"\nlanguages = ["en-US"]\n\n'
        '[[sources]]\nname = "feed"\nkind = "feed"\nfiles = ["../old.rss"]\n\n'
        '[[categories]]\nterm = "siyaset"\nlabel = "Siyasət"\n'
    )
    folder.mkdir()
    (folder / "newsroom.toml").write_text(text)
    articles = newsfeed.open(folder).articles
    assert [(article.id, article.categories) for article in articles] == [
        ("https://paper.example/Ice", ("siyaset",)),
        ("ABC:Def//12", ("siyaset",)),
    ]


@pytest.mark.parametrize("path", ["/feed/", "/"])
def test_from_an_address_or_a_page_that_names_the_feed(address: str, path: str, tmp_path: Path) -> None:
    text = newsroom_from_feed(address + path, tmp_path)
    assert f'kind = "feed"\nurl = "{address}/feed/"\n' in text


def test_a_page_without_a_feed_is_told(address: str, tmp_path: Path) -> None:
    with pytest.raises(newsfeed.InvalidNewsroom) as told:
        newsroom_from_feed(f"{address}/bare", tmp_path)
    assert str(told.value) == (
        f"{address}/bare: this is an HTML page, not a feed, and it names none. Give the address of the feed."
    )


def test_a_file_that_is_missing_or_no_feed_is_told(tmp_path: Path) -> None:
    with pytest.raises(newsfeed.InvalidNewsroom) as told:
        newsroom_from_feed("missing.rss", tmp_path)
    assert str(told.value) == (
        "missing.rss: there is no such file. Name the file of a feed, or the address of a feed or a page."
    )


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("ftp://desk:s3cret@paper.example/feed?key=s3cret", "ftp://paper.example/feed"),
        ("http://desk:s3cret@paper.example:99999/feed", "its address"),
        ("http://desk:s3/cret@paper.example/feed", "its address"),
        ("https://", "https://"),
    ],
)
def test_another_address_is_told_without_its_password(where: str, shown: str, tmp_path: Path) -> None:
    with pytest.raises(newsfeed.InvalidNewsroom) as told:
        newsroom_from_feed(where, tmp_path)
    assert str(told.value) == (
        f"{shown}: only addresses that begin with https:// or http:// and have a valid host and port can be fetched."
        " Give such an address, or the name of a file."
    )


@pytest.mark.parametrize("page", ["<link " * 200_000, "<link" + " " * 1_000_000, "<link rel='" * 100_000])
def test_a_page_is_searched_for_its_feed_in_one_go(page: str) -> None:
    assert feed_named_in(page, "https://paper.example/") is None
    assert feed_named_in(PAGE + page, "https://paper.example/") == "https://paper.example/feed/"


def test_the_site_of_an_address_with_a_port_has_it(address: str) -> None:
    assert _origin(address.replace("//", "//desk:s3cret@") + "/feed/") == address + "/"
    assert _origin("http://[::1]/feed") == "http://[::1]/"
