"""docs/reference/formats.md names all that archives, pages and complete feeds have beside what every feed has."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newsfeed import Feed, FeedRule, Newsroom

Make = Callable[..., Any]

PAGE = Path(__file__).parents[2] / "docs/reference/formats.md"
ROWS = {
    "a feed with archives": "archived",
    "an archive": "archived/archive/2025-10",
    "a page": "paged/page/2",
    "a complete feed": "complete",
}
RSS, ATOM, JSON = 1, 2, 3


@pytest.fixture
def room(newsroom: Make, article: Make, site: Make, noon: datetime) -> Newsroom:
    articles = [article(f"{months}", published=noon - timedelta(days=30 * months)) for months in range(4)]
    rules = [
        FeedRule(path="archived", archive="month"),
        FeedRule(path="paged", paged=True, limit=1),
        FeedRule(path="complete", complete=True),
        FeedRule(path="plain"),
    ]
    made: Newsroom = newsroom(*articles, site=site(languages=["en"], feeds=rules))
    return made


def documented() -> dict[str, list[set[str]]]:
    """What stands between backticks in each row, cell by cell."""
    _, _, section = PAGE.read_text("utf-8").partition("\n## Archives, pages and complete feeds\n")
    rows = [
        line.split("|")[1:-1] for line in section.partition("\n## ")[0].splitlines() if line.startswith("|")
    ]
    return {row[0].strip(): [set(re.findall(r"`([^`]+)`", cell)) for cell in row] for row in rows}


def elements(document: bytes) -> set[str]:
    root = etree.fromstring(document)
    head = root if root.find("channel") is None else root[0]
    return {written for child in head if (written := element(child))}


def element(child: etree._Element) -> str:
    tag = etree.QName(child)
    if tag.namespace == "http://purl.org/syndication/history/1.0":
        return f"fh:{tag.localname}"
    relation = child.get("rel")
    if tag.localname != "link" or relation is None:
        return ""
    prefix = "atom:" if child.prefix else ""
    others = " ".join(f"@{name}" for name in map(str, child.attrib) if name != "rel")
    return f"{prefix}link @rel={relation} {others}"


def members(document: bytes) -> set[str]:
    feed = json.loads(document)
    own = feed.pop("_newsfeed")
    history = {f"_newsfeed.history[].{name}" for link in own.pop("history", []) for name in link}
    return {*feed} | {f"_newsfeed.{name}" for name in own} | history


@pytest.mark.parametrize(("row", "path"), ROWS.items())
def test_what_is_documented_is_written(row: str, path: str, room: Newsroom) -> None:
    feed, plain = room.feed(path), room.feed("plain")
    cells = documented()[row]
    assert added(feed, plain, "rss", elements) == cells[RSS]
    assert added(feed, plain, "atom", elements) == cells[ATOM]
    assert added(feed, plain, "json", members) == cells[JSON]


def added(feed: Feed, plain: Feed, form: str, names: Callable[[bytes], set[str]]) -> set[str]:
    return names(feed.render(form)) - names(plain.render(form))
