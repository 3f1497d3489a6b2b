"""Feeds that aren't for everybody: no list, tag, page, hub or other feed names one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsfeed import FeedRule, Store
from newsfeed.web.error_pages import nearest_documents
from newsfeed.web.folder import PublishedFolder
from newsfeed.websub import topics_of

Make = Callable[..., Any]

EVERYTHING = ["rss", "atom", "json", "html", "text"]


@pytest.mark.parametrize(
    ("values", "is_listed"),
    [
        ({}, True),
        ({"profile": "msn"}, False),
        ({"access": ["members"]}, False),
        ({"access": ["members"], "listed": True}, True),
        ({"profile": "msn", "listed": True}, True),
        ({"listed": False}, False),
    ],
)
def test_which_rules_are_listed(values: dict[str, Any], is_listed: bool) -> None:
    assert FeedRule(path="all", **values).is_listed is is_listed


@pytest.mark.parametrize("stored", [False, True])
def test_no_document_of_another_feed_names_it(
    stored: bool, newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    own = site(
        hub="https://hub.example/",
        trending=["Snow"],
        sitemaps=["news", "languages"],
        feeds=[
            FeedRule(path="{language}/hush", listed=False, formats=EVERYTHING),
            FeedRule(path="{language}/hush/{topic}", listed=False),
            FeedRule(path="{language}/all", formats=EVERYTHING),
        ],
    )
    articles = [article(topics=["Snow"]), article("qar", language="az", topics=["Snow"])]
    if stored:
        with Store(tmp_path / "news.db", own) as store:
            store.put(articles)
            report = store.publish(tmp_path / "public", as_of=noon)
            room = store.newsroom(noon)
    else:
        room = newsroom(*articles, site=own, as_of=noon)
        report = room.publish(tmp_path / "public")
    named = {
        file.relative_to(tmp_path / "public").as_posix()
        for file in (tmp_path / "public").rglob("*")
        if file.is_file() and ".newsfeed" not in file.parts and b"hush" in file.read_bytes()
    }
    assert {name for name in named if "hush" not in name} == set()
    for language in ("en", "az"):
        for kind in ("rss", "atom", "json"):
            document = (tmp_path / "public" / language / f"hush.{kind}").read_text()
            assert "hub.example" not in document
            assert f"{'az' if language == 'en' else 'en'}/hush" not in document
    assert "hush" not in room.alternate_links(topic="Snow")
    assert "hush" not in room.latest("en").html() + room.latest("en").text()
    topics = topics_of(report.as_json(), feeds_url=own.feeds_url)
    assert [topic for topic in topics if "hush" in topic] == []
    assert f"{own.feeds_url}en/all.rss" in topics
    assert "en/hush.rss" in report.written
    assert [path for path in report.announced if "hush" in path] == []


@pytest.mark.parametrize("stored", [False, True])
def test_no_error_page_names_it(
    stored: bool, newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    rules = [
        FeedRule(path="{language}/hush/{topic}", listed=False, paths={"rss": "{language}/hush-{topic}.rss"}),
        FeedRule(path="{language}/hushed"),
    ]
    own, public = site(feeds=rules), tmp_path / "public"
    if stored:
        with Store(tmp_path / "news.db", own) as store:
            store.put(article(topics=["Snow"]))
            store.publish(public, as_of=noon)
    else:
        newsroom(article(topics=["Snow"]), site=own).publish(public)
    assert (public / "en/hush-snow.rss").exists()
    folder = PublishedFolder(public)
    near = nearest_documents(folder, "en/hush.rss")
    assert near == ["en/hushed.atom", "en/hushed.json", "en/hushed.rss"]
    assert nearest_documents(folder, "en/hush/snow") == []
    listed = site(feeds=[msgspec.structs.replace(rules[0], listed=True), rules[1]])
    newsroom(article(topics=["Snow"]), site=listed).publish(tmp_path / "other")
    assert "en/hush-snow.rss" in nearest_documents(PublishedFolder(tmp_path / "other"), "en/hush-snow")


def test_a_site_whose_feeds_are_all_unlisted_has_no_lists(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    own = site(feeds=[FeedRule(path="all", listed=False)])
    report = newsroom(article(), site=own).publish(tmp_path)
    assert report.written == ("all.rss", "all.atom", "all.json")
