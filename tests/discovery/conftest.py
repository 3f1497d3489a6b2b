"""A newsroom in four scripts, and a browser to look at its pages with."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsfeed import Category, FeedRule, Newsroom, Person
from newsfeed.discovery import site_documents

Make = Callable[..., Any]

CATEGORIES = [
    Category(
        term="media",
        label={"en": "Media & <press>", "az": "Mətbuat", "ru": "Медиа", "ar": "الإعلام"},
    ),
    Category(term="ecology", label={"en": "Ecology", "az": "Ekologiya", "ru": "Экология", "ar": "البيئة"}),
]
TITLES = {"en": "Snow in Baku", "az": "Bakıda qar", "ru": "Снег в Баку", "ar": "ثلوج في باكو"}


@pytest.fixture
def four_scripts(newsroom: Make, article: Make, site: Make) -> Newsroom:
    own = site(
        title={"en": "Report", "ru": "Репорт", "ar": "تقرير"},
        languages=["en", "az", "ru", "ar"],
        categories=CATEGORIES,
        stylesheet=True,
        sitemaps=["news", "languages"],
    )
    articles = [
        article(
            "snow",
            language=language,
            title=title,
            story="snow",
            summary=f"{title}.",
            categories=["media"],
            authors=[Person(name="Leyla Abbasova")],
            topics=[f"{title} {number}" for number in range(13)],
        )
        for language, title in TITLES.items()
    ]
    made: Newsroom = newsroom(*articles, site=own)
    return made


@pytest.fixture
def combined(newsroom: Make, article: Make, site: Make) -> Newsroom:
    """Feeds by several facets at once, by time, with titles of their own, and for several languages."""
    rules = [
        FeedRule(path="{language}/all", formats=["json", "atom"]),
        FeedRule(path="{language}/{category}/photo", where={"flag": "photo"}),
        FeedRule(path="{language}/{year}/{month}"),
        FeedRule(path="{language}/short", title={"en": "{site} in short", "az": "{site}, qısa"}),
        FeedRule(path="everything"),
        FeedRule(path="{language}/latest", title="{latest}", formats=["html"]),
    ]
    made: Newsroom = newsroom(article("snow", categories=["media"], flags=["photo"]), site=site(feeds=rules))
    return made


@pytest.fixture
def published(four_scripts: Newsroom, tmp_path: Path) -> Path:
    """The newsroom's feeds of everything, and the documents beside them, in a folder."""
    files = {document.path: document.render() for document in site_documents(four_scripts.plan)}
    for language in four_scripts.site.languages:
        feed = four_scripts.feed(f"{language}/all")
        files |= {f"{feed.path}.rss": feed.rss(), f"{feed.path}.atom": feed.atom()}
    for path, document in files.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(document)
    return tmp_path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves feeds as XML: with a media type of their own, Chromium shows their source."""

    extensions_map = {  # noqa: RUF012 - the name and the kind are the library's
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".rss": "application/xml",
        ".atom": "application/xml",
    }

    def log_message(self, *_: object) -> None:
        pass


class Patient(http.server.ThreadingHTTPServer):
    """Says nothing of connections that the browser gives up."""

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    """Where the folder is served from."""
    handler = functools.partial(Quiet, directory=str(published))
    with Patient(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser, driven by Playwright."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright isn't installed: pip install playwright"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a document of the folder; what it complains of in the console fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(path: str, **settings: Any) -> Any:
        context = chromium.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
