"""The small applications in examples/: each is started as its first lines say, and read twice by real clients."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
from tests.web.running import Site, running
from tests.web.servers import get

import newsfeed

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"

COMMANDS = {
    "django": ["manage.py", "runserver", "--noreload", "127.0.0.1:{port}"],
    "flask": ["-m", "flask", "--app", "app", "run", "--port", "{port}"],
    "fastapi": ["-m", "uvicorn", "app:app", "--port", "{port}", "--log-level", "info"],
}

#: What is run before, where there is a database.
PREPARATIONS = {
    "django": [["manage.py", "migrate"], ["manage.py", "load_report"]],
    "fastapi": [["load_report.py"]],
}


@pytest.fixture(scope="module", params=COMMANDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that was made with a framework."""
    name = str(request.param)
    pytest.importorskip(name, reason=f"{name} comes with the group `recipes`")
    pytest.importorskip("uvicorn", reason="uvicorn comes with the group `recipes`")
    if name == "fastapi":
        pytest.importorskip("aiosqlite", reason="aiosqlite comes with the group `recipes`")
    examples = tmp_path_factory.mktemp("examples")
    shutil.copytree(EXAMPLES / "report", examples / "report")
    folder = examples / f"{name}_app"
    shutil.copytree(EXAMPLES / folder.name, folder)
    for command in PREPARATIONS.get(name, ()):
        subprocess.run([sys.executable, *command], cwd=folder, check=True, capture_output=True)
    if name not in PREPARATIONS:
        newsfeed.open(examples / "report").publish(folder / "public")
    an_hour_ago = time.time() - 3600  # a document younger than a second has no Last-Modified
    for file in (folder / "public").rglob("*.*"):
        os.utime(file, (an_hour_ago, an_hour_ago))
    with running(COMMANDS[name], folder) as started:
        yield started


@pytest.fixture
def port(site: Site) -> int:
    return site.port


def test_the_same_feed_twice(port: int) -> None:
    status, headers, body = get(port, "/feeds/en/all.rss")
    assert (status, headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")
    assert len(feedparser.parse(body).entries) == 9
    status, _, body = get(port, "/feeds/en/all.rss", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")
    assert get(port, "/feeds/en/all.rss", If_Modified_Since=headers["last-modified"])[0] == 304


def test_feedparser_twice(port: int) -> None:
    address = f"http://127.0.0.1:{port}/feeds/en/all.atom"
    first = feedparser.parse(address)
    assert (first.status, first.bozo, len(first.entries)) == (200, False, 9)
    second = feedparser.parse(address, etag=first.etag, modified=first.modified)
    assert (second.status, len(second.entries)) == (304, 0)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl isn't installed")
def test_curl_twice(port: int, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{port}/feeds/en/all.json"
    tag = tmp_path / "etag"
    curl = ["curl", "--silent", "--show-error", "--compressed", "--write-out", "%{http_code}"]
    curl += [
        "--output",
        str(tmp_path / "all.json"),
        "--etag-save",
        str(tag),
        "--etag-compare",
        str(tag),
        address,
    ]
    codes = [subprocess.run(curl, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert codes == ["200", "304"]
    assert b"https://jsonfeed.org/version/1.1" in (tmp_path / "all.json").read_bytes()


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat isn't installed")
def test_newsboat(site: Site, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text(f"http://127.0.0.1:{site.port}/feeds/az/all.rss\n")
    (tmp_path / "config").touch()
    newsboat = ["newsboat", "-u", "urls", "-C", "config", "-c", "cache.db", "-x", "reload"]
    environment = {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    for _ in range(3):  # it keeps a feed's tag from the second time on
        subprocess.run(newsboat, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as cache:
        ((count,),) = cache.execute("select count(*) from rss_item")
    assert count == 1
    asked = [line for line in site.log.read_text("utf-8").splitlines() if "/feeds/az/all.rss" in line]
    assert [status for line in asked for status in re.findall(r'" (\d{3})\b', line)] == ["200", "200", "304"]


def test_the_site_around_it(port: int) -> None:
    status, _, body = get(port, "/")
    assert status == 200
    assert b"/feeds/en/all.rss" in body
    status, _, body = get(port, "/feeds/en/al.rss", Accept="text/html")
    assert status == 404
    assert b'href="/feeds/en/all.rss"' in body
    assert get(port, "/nothing/at/all/")[0] == 404
    assert get(port, "/feeds/en/all.rss", "POST")[0] == 405
    assert get(port, "/feeds/../manage.py")[0] == 404
    assert get(port, "/feeds/%2e%2e/settings.py")[0] == 404
