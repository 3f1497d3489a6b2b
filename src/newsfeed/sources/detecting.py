"""What a place with articles is: a file, a folder, a database or an address, as a `[[sources]]` table says it."""

import json
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from newsfeed.errors import InvalidNewsroom
from newsfeed.model.limits import JSON_FILE
from newsfeed.model.site import Site
from newsfeed.sources.feeds.newsroom_from_feed import feed_named_in, not_fetched
from newsfeed.sources.fetching import Fetcher
from newsfeed.sources.ninjs.items import items_in
from newsfeed.sources.proposing import place_of_records
from newsfeed.sources.text_files import GZIP_MAGIC, content_of
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shown_addresses import shown_address
from newsfeed.text.urls import is_web_address

__all__ = ["Detected", "detected"]

#: Folders of generators: what lies in them, their preset, and where their articles are.
_GENERATORS = (
    (
        ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "config/_default"),
        "hugo",
        ("content/**/*.md",),
    ),
    (("_config.yml", "_posts"), "jekyll", ("**/_posts/**/*.m*",)),
    (("pelicanconf.py",), "pelican", ("content/**/*.m*",)),
    (
        (".eleventy.js", *(f"eleventy.config.{suffix}" for suffix in ("js", "mjs", "cjs", "ts"))),
        "eleventy",
        # not all folders: packages of Node.js lie in one of them
        tuple(f"{name}**/*.md" for name in ("src/", "content/", "posts/", "blog/", "")),
    ),
)
#: Folders of content, which lie beside the marks of their generator.
_CONTENT = frozenset({"content", "src", "_posts"})
_FILES = (("**/*.jsonl", "jsonl"), ("**/*.json", "json"), ("**/*.md", "markdown"), ("**/*.xml", "xml"))
_JSON_LINES = (".jsonl", ".ndjson")
#: How addresses begin that may be mistaken for those of databases.
_NO_DATABASES = ("http://", "https://", "ftp://", "ftps://", "sftp://", "feed://", "file://")
_SQLITE = b"SQLite format 3\0"
_BEGINNING = 100_000
_HTML = lazy_pattern(r"(?is)(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b")


class Detected(NamedTuple):
    """What a place with articles is."""

    #: The keys of its table: kind, files or url, and others.
    table: Mapping[str, Any]
    #: Whether its records are those of a content management system, which need `fields`.
    needs_fields: bool


def detected(where: str, folder: Path, site: Site, query: str | None = None) -> Detected:
    """Find out what a place with articles is.

    Args:
        where: A file, a glob, a folder, an address, or the SQLAlchemy URL of a database.
        folder: The newsroom's folder, to which the names of files are made relative.
        site: The site.
        query: The SELECT for a database.

    Raises:
        InvalidNewsroom: If it can't be told, or there is nothing.
        SourceError: If an address can't be fetched.
    """
    if is_web_address(where):
        return _at_address(where, site)
    if where.lower().startswith(_NO_DATABASES):
        raise not_fetched(where)
    if "://" in where or where.startswith("env:"):
        return _in_database(where, query)
    path = Path(where)
    if path.is_dir():
        return _in_folder(path, folder)
    if not path.is_file():
        raise InvalidNewsroom(f"{where}: there is no such file or folder. Name where the articles are.")
    table, needs_fields = _in_file(path, query)
    if "database" in table:
        return Detected(table | {"database": f"sqlite:///{_relative(path, folder)}"}, needs_fields)
    return Detected({"files": [_relative(path, folder)], **table}, needs_fields)


def _in_database(address: str, query: str | None) -> Detected:
    if not query:
        raise InvalidNewsroom(
            "a database needs a query. Add --query 'SELECT …' with the columns id, title, published and others."
        )
    return Detected({"kind": "sql", "database": address, "query": query}, needs_fields=True)


def _in_folder(path: Path, folder: Path) -> Detected:
    for site in (path, *([path.absolute().parent] if path.absolute().name in _CONTENT else [])):
        if (generated := _generated(site, folder)) is not None:
            return generated
    for pattern, kind in _FILES:
        first = next((file for file in path.glob(pattern) if file.is_file()), None)
        if first is None:
            continue
        if kind == "markdown":
            table: Mapping[str, Any] = {"kind": "markdown"}
            needs_fields = True
        else:
            table, needs_fields = _in_file(first, None)
        return Detected({**table, "files": [f"{_relative(path, folder)}/{pattern}"]}, needs_fields)
    raise InvalidNewsroom(
        f"{path}: there are no articles in this folder. Name a file, such as an export in JSON."
    )


def _generated(path: Path, folder: Path) -> Detected | None:
    """Return what the folder of a site generator is; None if it isn't one."""
    for marks, preset, patterns in _GENERATORS:
        pattern = next((each for each in patterns if any(path.glob(each))), None)
        if pattern is not None and any((path / mark).exists() for mark in marks):
            files = [f"{_relative(path, folder)}/{pattern}"]
            return Detected({"kind": "markdown", "preset": preset, "files": files}, needs_fields=False)
    return None


def _in_file(path: Path, query: str | None) -> tuple[dict[str, Any], bool]:
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if beginning.startswith(_SQLITE):
        return dict(_in_database("sqlite:///", query).table), True
    if path.suffix.lower() in {".md", ".markdown"}:
        return {"kind": "markdown"}, True
    text = beginning.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _of_xml(text, str(path))
    if path.suffix.lower() in _JSON_LINES or _has_lines(text):
        return {"kind": "jsonl"}, True
    data, _ = content_of(path, most=JSON_FILE)
    return _of_json(_decoded(data, str(path)), str(path))


def _decoded(data: bytes, name: str) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidNewsroom(
            f"{name}: this is neither JSON nor XML nor Markdown ({error}). Name another place."
        ) from None


def _at_address(where: str, site: Site) -> Detected:
    with Fetcher("the source", site) as fetcher:
        content = fetcher.get(
            where, accept="application/json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.7"
        ).content
    if content.startswith(GZIP_MAGIC):
        content = _unpacked(content)
    text = content.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        table, needs_fields = _of_json(_decoded(content, shown_address(where)), shown_address(where))
        return Detected({"url": where, **table}, needs_fields)
    if _HTML.match(text):
        return Detected(_on_page(text, where), needs_fields=False)
    table, needs_fields = _of_xml(text, shown_address(where))
    return Detected({"url": where, **table}, needs_fields)


def _unpacked(content: bytes) -> bytes:
    with TemporaryDirectory(prefix="newsfeed-") as folder:
        path = Path(folder, "document.gz")
        path.write_bytes(content)
        return content_of(path, most=JSON_FILE)[0]


def _on_page(page: str, where: str) -> dict[str, Any]:
    """Return what a page belongs to, a WordPress site, or names, a feed."""
    if "/wp-json/" in page or "/wp-content/" in page:
        return {"kind": "wordpress", "url": where}
    address = feed_named_in(page, where)
    if address is None:
        raise InvalidNewsroom(
            f"{shown_address(where)}: this page names no feed. Give the address of a feed, or of data."
        )
    return {"kind": "feed", "url": address}


def _of_xml(text: str, name: str) -> tuple[dict[str, Any], bool]:
    head = text[:_BEGINNING].lower()
    if "wordpress.org/export" in head:
        return {"kind": "wxr"}, False
    if "<rss" in head or "<feed" in head or "<rdf:rdf" in head:
        return {"kind": "feed"}, False
    raise InvalidNewsroom(
        f"{name}: this is neither a feed nor a WordPress export. Name another file or address."
    )


def _of_json(document: object, name: str) -> tuple[dict[str, Any], bool]:
    if isinstance(document, dict) and "jsonfeed.org" in str(document.get("version", "")):
        return {"kind": "feed"}, False
    first = next(iter(items_in(document)), None)
    if first is not None and first.get("uri") and first.get("versioncreated", "pubstatus", "contentcreated"):
        return {"kind": "ninjs"}, False
    place = place_of_records(document)
    if place is None and not isinstance(document, dict):
        raise InvalidNewsroom(f"{name}: there are no records in this document. Name another file.")
    return {"kind": "json", **({"records": place} if place else {})}, True


def _has_lines(text: str) -> bool:
    lines = list(islice(_objects_on_lines(text), 2))
    return len(lines) == 2 and all(lines)  # noqa: PLR2004 - one line may be a whole document


def _objects_on_lines(text: str) -> Iterator[bool]:
    for line in text.splitlines()[:-1] or text.splitlines():
        try:
            yield isinstance(json.loads(line), dict)
        except ValueError:
            yield False


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.absolute().as_posix()
