"""Withdrawn articles: they leave every feed, and Atom tells of them for as long as the site says (RFC 6721)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from newsfeed import Feed, FeedRule, Newsroom
from newsfeed.check import check_document

Make = Callable[..., Any]
AT = {"at": "http://purl.org/atompub/tombstones/1.0"}
SNOW = "https://report.example/en/snow"


@pytest.fixture
def feed_on(newsroom: Make, article: Make, site: Make, noon: datetime) -> Callable[..., Feed]:
    def make(day: int, path: str = "en/all", **values: Any) -> Feed:
        withdrawn = article(
            withdrawn=True, updated=noon, **{"categories": ["politics"], "topics": ["Secret"]} | values
        )
        room: Newsroom = newsroom(
            withdrawn,
            article("rain", categories=["media"]),
            site=site(tombstones=30),
            as_of=noon + timedelta(days=day),
        )
        return room.feed(path)

    return make


def tombstones_in(feed: Feed) -> list[tuple[str | None, str | None]]:
    root = etree.fromstring(feed.atom())
    return [(gone.get("ref"), gone.get("when")) for gone in root.iterfind("at:deleted-entry", AT)]


@pytest.mark.parametrize(
    ("day", "path", "expected"),
    [
        pytest.param(1, "en/all", [(SNOW, "2025-12-19T12:00:00Z")], id="in a feed that carried it"),
        pytest.param(1, "en/category/politics", [(SNOW, "2025-12-19T12:00:00Z")], id="in another"),
        pytest.param(1, "en/category/media", [], id="not where it never was"),
        pytest.param(1, "az/all", [], id="nor in another language"),
        pytest.param(29, "en/all", [(SNOW, "2025-12-19T12:00:00Z")], id="on the last day"),
        pytest.param(30, "en/all", [], id="and then no more"),
    ],
)
def test_where_and_how_long(day: int, path: str, expected: list[tuple[str, str]], feed_on: Make) -> None:
    assert tombstones_in(feed_on(day, path)) == expected


def test_no_feed_is_planned_for_what_is_gone(
    newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    room = newsroom(article(withdrawn=True, updated=noon, topics=["Secret"]), site=site(tombstones=30))
    assert not [path for path in room.plan.feeds if "secret" in path]


def test_without_the_key_nothing_is_told(newsroom: Make, article: Make) -> None:
    assert tombstones_in(newsroom(article(withdrawn=True)).feed("en/all")) == []


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_readers_pass_over_it(form: str, feed_on: Make, noon: datetime) -> None:
    document = feed_on(1).render(form)
    assert check_document(document, name=f"all.{form}", as_of=noon + timedelta(days=2)) == []
    if form != "json":
        assert [entry.title for entry in feedparser.parse(document).entries] == ["About rain"]
    assert (SNOW.encode() in document) is (form == "atom")


def test_traced_equals_untraced(feed_on: Make) -> None:
    feed = feed_on(1)
    assert feed.atom() == feed.to_feedgen().atom_str()


def test_the_next_build_is_due_when_it_falls(
    newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    room = newsroom(article(withdrawn=True, updated=noon), site=site(tombstones=30))
    assert room.next_change == noon + timedelta(days=30)


def test_it_names_the_id_under_which_the_article_was_published(
    newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Path
) -> None:
    own = site(tombstones=30, feeds=[FeedRule(path="{language}/all")])
    for values in (
        {},
        {"id": "urn:test:new"},
        {"id": "urn:test:new", "withdrawn": True, "updated": noon + timedelta(hours=1)},
    ):
        newsroom(article(**values), site=own).publish(tmp_path)
    root = etree.fromstring((tmp_path / "en/all.atom").read_bytes())
    assert [gone.get("ref") for gone in root.iterfind("at:deleted-entry", AT)] == [SNOW]


def test_a_story_that_is_told_anew_has_an_id_of_its_own(
    newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Path
) -> None:
    known, other = article(story="s"), article("rain", story="s")
    gone = article(story="s", withdrawn=True, updated=noon)
    for articles in ([known], [gone, other]):
        newsroom(*articles, site=site(tombstones=30)).publish(tmp_path)
    root = etree.parse(tmp_path / "en/all.atom").getroot()
    assert [entry.findtext("{*}id") for entry in root.iterfind("{*}entry")] == [other.url]
    assert [gone.get("ref") for gone in root.iterfind("at:deleted-entry", AT)] == [SNOW]


def test_it_names_the_new_id_when_that_is_accepted(
    newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Path
) -> None:
    gone = article(id="urn:test:new", withdrawn=True, updated=noon)
    for each, accept in (
        (article(), False),
        (article(id="urn:test:new"), False),
        (gone, False),
        (gone, True),
    ):
        newsroom(each, article("rain"), site=site(tombstones=30)).publish(tmp_path, accept=accept)
    (tombstone,) = etree.parse(tmp_path / "en/all.atom").getroot().findall("at:deleted-entry", AT)
    assert tombstone.get("ref") == "urn:test:new"
