"""feed.css: feeds that name it are readable in Chromium."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest

from newsfeed.discovery.feed_stylesheet import write

Make = Callable[..., Any]


def name_stylesheet(feed: Path) -> None:
    """Put the processing instruction after the XML declaration."""
    declaration, _, rest = feed.read_bytes().partition(b"\n")
    instruction = b'<?xml-stylesheet type="text/css" href="/feed.css"?>'
    feed.write_bytes(b"\n".join([declaration, instruction, rest]))


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize(
    ("language", "title", "note", "direction"),
    [
        ("en", "Snow in Baku", "This is a feed.", "ltr"),
        ("ru", "Снег в Баку", "Это лента.", "ltr"),
        ("ar", "ثلوج في باكو", "هذه خلاصة.", "rtl"),
    ],
)
def test_a_feed_in_chromium(
    browse: Callable[..., Any],
    published: Path,
    form: str,
    language: str,
    title: str,
    note: str,
    direction: str,
) -> None:
    name_stylesheet(published / language / f"all.{form}")
    page = browse(f"{language}/all.{form}")
    feed = "rss > channel" if form == "rss" else "feed"
    assert note in page.evaluate(f"getComputedStyle(document.querySelector('{feed}'), '::before').content")
    assert page.evaluate(f"getComputedStyle(document.querySelector('{feed}')).direction") == direction
    shown = page.evaluate(
        """[...document.querySelectorAll('item > *, entry > *')]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => [element.localName, element.textContent])"""
    )
    assert [name for name, _ in shown] == {
        "rss": ["title", "link", "description", "pubDate"],
        "atom": ["title", "link", "summary", "published"],
    }[form]
    assert shown[0][1] == title
    heights = page.evaluate(
        "[...document.querySelectorAll('title, item > link, entry > link')].map((it) => it.getBoundingClientRect().height)"
    )
    assert max(heights) > 20


def test_dark_and_light(browse: Callable[..., Any], published: Path) -> None:
    name_stylesheet(published / "en" / "all.rss")
    colours = [
        browse("en/all.rss", color_scheme=scheme).evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]


def test_a_word_of_the_site_stays_in_its_string(site: Make) -> None:
    own = site(labels={"this_is_a_feed": {"en": 'A "feed" } * { color: red \\', "az": "Lent"}})
    css = write(own).decode()
    assert r"""content: "A \22 feed\22  } * { color: red \5c "; }""" in css
    assert 'content: "Lent"; }' in css


def test_a_shorter_tag_stands_before_a_longer_one(site: Make) -> None:
    css = write(site(languages=["az-Arab", "az"])).decode()
    assert css.index(":lang(az) { direction: ltr;") < css.index(":lang(az-Arab) { direction: rtl;")


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_name_it_where_the_site_wants_it(form: str, newsroom: Make, article: Make, site: Make) -> None:
    document = newsroom(article(), site=site(stylesheet=True)).feed("en/all").render(form)
    assert document.splitlines()[:2] == [
        b"<?xml version='1.0' encoding='UTF-8'?>",
        b'<?xml-stylesheet type="text/css" href="../feed.css"?>',
    ]
    assert b"xml-stylesheet" not in newsroom(article()).feed("en/all").render(form)
    assert feedparser.parse(document).entries[0].title == "About snow"


@pytest.mark.parametrize(
    ("path", "way"), [("all", "feed.css"), ("a/b/{language}", "../../feed.css"), ("ə & b/all", "../feed.css")]
)
def test_the_way_to_it_is_relative(path: str, way: str, newsroom: Make, site: Make) -> None:
    """So that it is found in a folder on a disk as well."""
    room = newsroom(site=site(stylesheet=True, languages=["en"], feeds=[{"path": path}]))
    (feed,) = room.plan.feeds
    assert f'href="{way}"?>'.encode() in room.feed(feed).rss().splitlines()[1]


def test_a_feed_without_a_place_names_the_address(newsroom: Make, article: Make, site: Make) -> None:
    own = site(stylesheet=True, feeds_url="https://feeds.report.example/ə&b/")
    document = newsroom(article(), site=own).select(language="en").rss()
    assert document.splitlines()[1] == (
        b'<?xml-stylesheet type="text/css" href="https://feeds.report.example/%C9%99&amp;b/feed.css"?>'
    )
