"""A newsroom on disk to read from, and a good record to spoil."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.sources.answering_server import Server

from newsfeed import Site
from newsfeed.findings import Finding
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.site_articles import read_articles

#: What `read` returns: the articles' titles by place, and the findings as printed.
Read = Callable[..., tuple[dict[str, str], list[str]]]


def make_record(name: str = "snow", **values: Any) -> dict[str, Any]:
    defaults = {
        "language": "en",
        "title": f"About {name}",
        "url": f"https://report.example/en/{name}",
        "published": "2025-12-19T18:24:00+04:00",
    }
    return {key: value for key, value in (defaults | values).items() if value is not ...}


def make_site(**values: Any) -> Site:
    defaults: dict[str, Any] = {
        "title": "Report",
        "url": "https://report.example/",
        "languages": ["en", "az"],
        "timezone": "Asia/Baku",
    }
    return Site(**defaults | values)


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    return make_record


@pytest.fixture
def site() -> Callable[..., Site]:
    return make_site


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., tuple[list[SourcedArticle], list[Finding]]]:
    """Write one file into a newsroom of its own and read it."""

    def write_and_read(
        name: str, data: str | bytes, **values: Any
    ) -> tuple[list[SourcedArticle], list[Finding]]:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return read_articles(make_site(articles=[name], **values), tmp_path)

    return write_and_read


@pytest.fixture
def read(found: Callable[..., tuple[list[SourcedArticle], list[Finding]]]) -> Read:
    """Write one file and read it, for tables: titles by place, and findings as printed."""

    def write_and_read(name: str, data: str | bytes, **values: Any) -> tuple[dict[str, str], list[str]]:
        articles, findings = found(name, data, **values)
        titles = {str(located.place): located.article.title for located in articles}
        return titles, [str(finding) for finding in findings]

    return write_and_read


@pytest.fixture(scope="module")
def answering_server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def server(answering_server: Server) -> Server:
    answering_server.answers.clear()
    answering_server.asked.clear()
    return answering_server
