"""Which feeds are listed, under what heading, and what they are called."""

from collections.abc import Callable
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom
from newsfeed.discovery.directory import Directory, ListedFeed

Make = Callable[..., Any]


def listed(newsroom: Newsroom, language: str) -> dict[str, list[str]]:
    """The paths of a language's feeds by their kind."""
    (section,) = [section for section in Directory(newsroom.plan).sections if section.language == language]
    return {group.kind: [feed.path for feed in group.feeds] for group in section.groups}


def feed_at(newsroom: Newsroom, path: str) -> ListedFeed:
    feeds = [
        feed
        for section in Directory(newsroom.plan).sections
        for group in section.groups
        for feed in group.feeds
    ]
    (found,) = [feed for feed in feeds if feed.path == path]
    return found


def test_every_feed_of_the_plan_is_listed_once(four_scripts: Newsroom) -> None:
    paths = [
        feed.path
        for section in Directory(four_scripts.plan).sections
        for group in section.groups
        for feed in group.feeds
    ]
    pages = {"en/latest", "az/latest", "ru/latest", "ar/latest"}
    assert sorted(paths) == sorted(four_scripts.plan.feeds.keys() - pages)


def test_kinds(combined: Newsroom) -> None:
    assert listed(combined, "en") == {
        "all": ["en/all", "en/short", "everything"],
        "category": ["en/politics/photo", "en/media/photo"],
        "archive": ["en/2025/12"],
    }
    assert listed(combined, "az") == {
        "all": ["az/all", "az/short"],
        "category": ["az/politics/photo", "az/media/photo"],
    }


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("en/all", "All News Feed"),
        ("az/all", "Bütün xəbər lenti"),
        ("en/media/photo", "Photo – Media"),
        ("en/2025/12", "2025-12"),
        ("en/short", "Report in short"),
        ("az/short", "Report, qısa"),
    ],
)
def test_labels(combined: Newsroom, path: str, label: str) -> None:
    assert feed_at(combined, path).label == label


def test_several_terms_of_one_facet(newsroom: Make, site: Make) -> None:
    rule = FeedRule(path="en/both", where={"language": "en", "category": ["media", "politics"]})
    feed = feed_at(newsroom(site=site(feeds=[rule])), "en/both")
    assert (feed.label, feed.kind) == ("Media, Politics", "category")
    assert feed.terms == {"language": ("en",), "category": ("media", "politics")}


def test_a_feed_has_its_documents_in_the_order_of_its_rule(combined: Newsroom) -> None:
    feed = feed_at(combined, "en/all")
    assert [(document.name, document.url) for document in feed.documents] == [
        ("JSON Feed", "https://report.example/feeds/en/all.json"),
        ("Atom", "https://report.example/feeds/en/all.atom"),
    ]
    assert feed.best_known.name == "Atom"


def test_a_listing_that_is_no_feed_is_a_page(combined: Newsroom) -> None:
    english, *_ = Directory(combined.plan).sections
    assert [(page.title, page.url) for page in english.pages] == [
        ("Latest News", "https://report.example/feeds/en/latest.html")
    ]


def test_languages_without_feeds_are_left_out(newsroom: Make, site: Make) -> None:
    sections = Directory(
        newsroom(site=site(feeds=[FeedRule(path="all", where={"language": "az"})])).plan
    ).sections
    assert [(section.language, section.name) for section in sections] == [("az", "Azərbaycan")]


def test_texts_are_single_lines(newsroom: Make, article: Make) -> None:
    room = newsroom(article(topics=["snow\n and\tice"]))
    assert feed_at(room, "en/topic/snow-and-ice").label == "snow and ice"
