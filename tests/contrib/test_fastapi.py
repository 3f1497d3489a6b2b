"""FastAPI: examples/fastapi_app, and the program of the how-to page, from a saved row to the feed."""

import json
import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import feedparser
import pytest
from tests.web.running import Site, running
from tests.web.servers import get

for package in ("aiosqlite", "fastapi", "sqlalchemy", "uvicorn"):
    pytest.importorskip(package, reason=f"{package} comes with the group `recipes`")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SERVE = ["-m", "uvicorn", "app:app", "--port", "{port}"]


def send(port: int, method: str, path: str, values: dict[str, Any] | None = None) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    body = None if values is None else json.dumps(values)
    connection.request(method, path, body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    assert response.status < 300, text
    return text


def titles(port: int, path: str) -> list[str]:
    status, _, body = get(port, path)
    assert status == 200
    return [entry.title for entry in feedparser.parse(body).entries]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    examples = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "examples/report", examples / "report")
    shutil.copytree(ROOT / "examples/fastapi_app", examples / "fastapi_app")
    with running(SERVE, examples / "fastapi_app") as site:
        yield site


def test_what_is_saved_is_in_the_feed_when_the_answer_comes(site: Site) -> None:
    feed = "/feeds/en/category/media.rss"
    snow = {
        "slug": "snow",
        "title": "First snow",
        "published": "2025-12-19T20:00:00",
        "authors": [{"name": "Leyla Abbasova"}],
        "categories": ["media"],
    }
    number = send(site.port, "POST", "/articles", snow)
    send(site.port, "POST", "/articles", snow | {"slug": "rain", "title": "Rain", "categories": []})
    (entry,) = feedparser.parse(get(site.port, feed)[2]).entries
    assert (entry.title, entry.author) == ("First snow", "Leyla Abbasova")
    assert (entry.link, entry.published) == (
        "https://report.example/en/snow",
        "Fri, 19 Dec 2025 16:00:00 GMT",
    )
    send(site.port, "PUT", f"/articles/{number}", snow | {"title": "Much snow"})
    assert titles(site.port, feed) == ["Much snow"]
    assert b"Much snow" in get(site.port, "/")[2]
    send(site.port, "DELETE", f"/articles/{number}")
    assert titles(site.port, "/feeds/en/all.rss") == ["Rain"]


def program(page: str, number: int) -> str:
    """A program on a page of the documentation."""
    text = (ROOT / page).read_text("utf-8")
    programs: list[str] = re.findall(r"^```py\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return programs[number]


def test_the_program_of_the_page(tmp_path: Path) -> None:
    text = program("docs/how-to/fastapi.md", 0)
    (tmp_path / "app.py").write_text(text)
    with running(SERVE, tmp_path) as site:
        assert titles(site.port, "/feeds/en/all.rss") == []
        send(site.port, "POST", "/stories?headline=Snow&body=Ten+centimetres")
        assert titles(site.port, "/feeds/en/all.rss") == ["Snow"]
        assert titles(site.port, "/feeds/en/all.atom") == ["Snow"]


def test_what_the_feeds_add_to_a_program_is_twenty_lines() -> None:
    added = program("docs/how-to/fastapi.md", 1)
    assert sum(bool(line.strip()) for line in added.splitlines()) <= 20
