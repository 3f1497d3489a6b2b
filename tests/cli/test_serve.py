"""newsfeed serve: a folder or a newsroom on loopback, read by a client, in a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, SNOW

from newsfeed.cli.program import program

Run = Callable[..., Result]
Write = Callable[..., Path]
Get = Callable[..., tuple[int, dict[str, str], bytes]]

pytest.importorskip("waitress", reason="newsfeed serve needs the extra `web`")


class Served:
    """A running `newsfeed serve`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout is not None
        self.line = process.stdout.readline()
        found = re.fullmatch(r"Serving \S+ at http://(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)/\n", self.line)
        assert found is not None, self.line
        self.port = int(found[1])

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(
                "GET", path, headers={name.replace("_", "-"): it for name, it in headers.items()}
            )
            response = connection.getresponse()
            return response.status, {name.lower(): it for name, it in response.getheaders()}, response.read()

    def until(self, path: str, text: bytes) -> bytes:
        """Ask until a text is in the answer."""
        for _ in range(100):
            body = self.get(path)[2]
            if text in body:
                return body
            time.sleep(0.1)
        raise AssertionError(f"{text!r} never came")

    def end(self) -> str:
        """End it as Ctrl+C does, and give what it said on stderr."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=10)
        return said


@contextmanager
def served(*arguments: str, cwd: Path) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "newsfeed", "serve", *arguments, "--port", "0"],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Served(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "en").mkdir(parents=True)
    (folder / "en/all.rss").write_bytes(b"<rss><channel/></rss>")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
class TestServing:
    def test_a_folder(self, public: Path) -> None:
        with served("public", cwd=public.parent) as feeds:
            assert feeds.line.startswith("Serving public at ")
            status, headers, body = feeds.get("/en/all.rss")
            assert (status, body) == (200, b"<rss><channel/></rss>")
            assert headers["cache-control"] == "no-cache"
            assert "server" not in headers
            assert feeds.get("/en/all.rss", If_None_Match=headers["etag"])[0] == 304
            assert feeds.get("/en/%1b%5b31m")[0] == 404
            (public / "en/all.rss").write_bytes(b"<rss version='2.0'/>")
            assert feeds.get("/en/all.rss")[2] == b"<rss version='2.0'/>"
            assert feeds.end().splitlines() == [
                "Press Ctrl+C to stop.",
                "GET /en/all.rss 200 OK",
                "GET /en/all.rss 304 Not Modified",
                "GET /en/%1B%5B31m 404 Not Found",
                "GET /en/all.rss 200 OK",
            ]
            assert feeds.process.returncode == 0

    def test_a_newsroom_is_opened_anew_when_its_files_change(self, write: Write, tmp_path: Path) -> None:
        folder = write()
        with served("mysite", "--negotiate", "--max-age", "60", cwd=tmp_path) as feeds:
            status, headers, body = feeds.get("/en/all", Accept="application/feed+json")
            assert (status, headers["content-location"]) == (200, "all.json")
            assert [item["title"] for item in json.loads(body)["items"]] == ["Snow in Baku"]
            assert headers["cache-control"] == "public, max-age=60"
            lines = [
                json.dumps(SNOW),
                json.dumps(SNOW | {"url": "https://report.example/sun", "title": "Sun"}),
                "{",
            ]
            (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
            assert b"Snow in Baku" in feeds.until("/en/all.rss", b"<title>Sun</title>")
            (folder / "newsroom.toml").write_text("[site", encoding="utf-8")
            time.sleep(1.5)
            assert feeds.get("/en/all.rss")[0] == 200
            said = feeds.end()
            assert re.search(r"^newsfeed: \d+ feeds from 2 articles$", said, flags=re.MULTILINE)
            assert "feeds from 2 articles, 1 article left out. Run newsfeed build to see why.\n" in said
            assert "newsroom.toml" in said
            assert said.count("newsfeed: Still serving the last good version.\n") == 1

    def test_a_newsroom_names_the_servers_own_address(self, write: Write, tmp_path: Path) -> None:
        write(toml=NEWSROOM_TOML.replace("discovery = false", "stylesheet = true"))
        with served("mysite", cwd=tmp_path) as feeds:
            own = f"http://127.0.0.1:{feeds.port}/"
            feed = json.loads(feeds.get("/en/all.json")[2])
            assert feed["feed_url"] == f"{own}en/all.json"
            assert feed["items"][0]["id"] == SNOW["url"]
            assert f'xmlUrl="{own}en/all.rss"'.encode() in feeds.get("/feeds.opml")[2]
            assert b'<a href="en/all.rss"' in feeds.get("/")[2]
            assert b'href="../feed.css"' in feeds.get("/en/all.rss")[2]
            assert feeds.get("/feed.css")[0] == 200

    def test_a_newsroom_that_listens_everywhere_names_the_sites_address(
        self, write: Write, tmp_path: Path
    ) -> None:
        """It has no address that is right for every machine."""
        write()
        with served("mysite", "--host", "0.0.0.0", cwd=tmp_path) as feeds:  # noqa: S104 - for the time of the test
            feed = json.loads(feeds.get("/en/all.json")[2])
            assert feed["feed_url"] == "https://report.example/feeds/en/all.json"

    def test_half_sent_requests_block_nobody(self, public: Path) -> None:
        with served("public", cwd=public.parent) as feeds, ExitStack() as opened:
            for _ in range(300):
                half = opened.enter_context(socket.create_connection(("127.0.0.1", feeds.port), timeout=5))
                half.sendall(b"GET /en/all.rss HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            begin = time.monotonic()
            assert feeds.get("/en/all.rss")[0] == 200
            assert time.monotonic() - begin < 5

    def test_two_at_one_port(self, public: Path) -> None:
        with served("public", cwd=public.parent) as feeds:
            second = subprocess.run(
                [sys.executable, "-m", "newsfeed", "serve", "public", "--port", str(feeds.port)],
                cwd=public.parent,
                capture_output=True,
                encoding="utf-8",
                check=False,
                timeout=20,
            )
        assert second.returncode == 1
        assert second.stdout == ""
        assert second.stderr == (
            f"newsfeed: can't listen on 127.0.0.1, port {feeds.port}: Address already in use; "
            "choose another with --host or --port\n"
        )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nowhere"], "there is no folder nowhere"),
        ([""], "the name is empty; name a folder"),
        ([".", "--port", "70000"], "'--port'"),
        ([".", "--max-age", "-1"], "'--max-age'"),
        ([], "Missing argument 'PATH'"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], expected: str) -> None:
    result = run("serve", *arguments)
    assert result.exit_code == 2
    assert expected in result.stderr


def test_a_newsroom_that_cant_be_used(run: Run, write: Write) -> None:
    write(toml="[site")
    result = run("serve", "mysite", "--port", "0")
    assert result.exit_code == 1
    assert "newsroom.toml" in result.stderr


def test_a_host_that_is_none(run: Run) -> None:
    result = run("serve", ".", "--host", "999.1.1.1")
    assert result.exit_code == 1
    assert result.stderr.startswith("newsfeed: can't listen on 999.1.1.1, port 8000: ")


def test_without_the_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "waitress.server", None)
    result: Any = run("serve", ".")
    assert result.exit_code == 1
    assert result.stderr == (
        "newsfeed: the server and compression of newsfeed serve need packages that aren't installed. "
        "Run: pip install 'newsroom-feeds[web]'\n"
    )


def test_help(run: Run) -> None:
    assert "serve" in program.list_commands(click.Context(program))
    assert "  Examples:\n    newsfeed serve public " in run("serve", "--help").stdout
