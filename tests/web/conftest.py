"""A published folder, and requests that are answered without a server."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newsfeed.web.documents import Documents
from newsfeed.web.exchange import Request
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.policy import Policy
from newsfeed.web.responder import Responder

#: When the documents were published, and when they are asked for.
PUBLISHED = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
NOW = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)


class Answer(NamedTuple):
    """A response, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes


def rss(*entries: str, hub: str | None = "https://hub.example/") -> bytes:
    """An RSS document with an item for each text."""
    links = '<atom:link rel="self" href="https://report.example/feeds/en/all.rss"/>'
    if hub is not None:
        links += f'<atom:link rel="hub" href="{hub}"/>'
    items = "".join(f"\n<item><title>{entry}</title></item>" for entry in entries)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Report</title>{links}{items}\n</channel></rss>"
    ).encode()


def long_rss(count: int = 40) -> bytes:
    return rss(*[f"Snow in Baku, number {number}" for number in range(count)])


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder as a build leaves it, all of it published at one time."""
    folder = tmp_path / "public"
    write = writer(folder)
    write("en/all.rss", long_rss())
    write("en/all.atom", b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Report</title></feed>')
    write("en/all.json", b'{"version":"https://jsonfeed.org/version/1.1","title":"Report","items":[]}')
    write("en/latest.html", b"<!doctype html><title>Latest News</title>")
    write("en/latest.txt", "Latest News – Ən son xəbərlər".encode())
    write("en/category/media.rss", rss("Snow"))
    write("en/category/military.rss", rss("Snow"))
    write("index.html", b"<!doctype html><title>Feeds</title>")
    write("about/index.html", b"<!doctype html><title>About</title>")
    write("snow.jpg", b"\xff\xd8")
    return folder


def writer(folder: Path) -> Callable[..., Path]:
    def write(place: str, data: bytes, at: datetime = PUBLISHED) -> Path:
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (at.timestamp(), at.timestamp()))
        return file

    return write


@pytest.fixture
def write(public: Path) -> Callable[..., Path]:
    """Write a document into the folder."""
    return writer(public)


Ask = Callable[..., Answer]


def asking(documents: Documents, **policy: Any) -> Ask:
    """Make a client of documents served by a policy; its keywords are headers."""
    responder = Responder(documents, Policy(**policy))

    def ask(path: str, method: str = "GET", mount: str = "", now: datetime = NOW, **headers: str) -> Answer:
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        response = responder(Request(method=method, path=path, mount=mount, headers=named, now=now))
        try:
            body = b"".join(response.body)
        finally:
            response.body.close()
        names = [name for name, _ in response.headers]
        assert len(set(names)) == len(names), f"a header twice: {names}"
        return Answer(response.status, dict(response.headers), body)

    return ask


@pytest.fixture
def ask(public: Path) -> Ask:
    """Ask for documents of the folder."""
    return asking(PublishedFolder(public))
