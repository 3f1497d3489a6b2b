"""Which documents a site has beside its feeds."""

from collections.abc import Callable
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom
from newsfeed.discovery import site_documents

Make = Callable[..., Any]


def paths(newsroom: Newsroom) -> list[str]:
    return [document.path for document in site_documents(newsroom.plan)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["feeds.opml", "feeds.json", "index.html", "az/index.html"]),
        ({"discovery": False}, []),
        ({"discovery": False, "stylesheet": True}, ["feed.css"]),
        (
            {"discovery": False, "sitemaps": ["news", "languages"]},
            [
                "sitemap-news.xml",
                "sitemap-news-en.xml",
                "sitemap-news-az.xml",
                "sitemap-languages.xml",
                "sitemap-languages-2025-12.xml",
            ],
        ),
        ({"languages": ["en"]}, ["feeds.opml", "feeds.json", "index.html"]),
    ],
)
def test_a_site_chooses(
    newsroom: Make, site: Make, article: Make, keys: dict[str, Any], expected: list[str]
) -> None:
    articles = article("snow", story="snow"), article("qar", language="az", story="snow")
    assert paths(newsroom(*articles[: len(keys.get("languages", articles))], site=site(**keys))) == expected


def test_media_types(four_scripts: Newsroom) -> None:
    types = {
        document.path.rpartition(".")[2]: document.media_type
        for document in site_documents(four_scripts.plan)
    }
    assert types == {
        "opml": "text/x-opml",
        "json": "application/json",
        "html": "text/html",
        "css": "text/css",
        "xml": "application/xml",
    }


def test_the_same_newsroom_gives_the_same_bytes(four_scripts: Newsroom) -> None:
    first = [(document.path, document.render()) for document in site_documents(four_scripts.plan)]
    assert first == [(document.path, document.render()) for document in site_documents(four_scripts.plan)]
    assert len({path for path, _ in first}) == len(first)


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        (FeedRule(path="index", formats=["html"]), "index.html"),
        (FeedRule(path="{language}/index", formats=["html", "rss"]), "az/index.html"),
    ],
)
def test_what_the_site_plans_itself_stands(newsroom: Make, site: Make, rule: FeedRule, missing: str) -> None:
    found = paths(newsroom(site=site(feeds=[rule, FeedRule(path="{language}/all")])))
    assert missing not in found
    assert "feeds.opml" in found


def test_without_feeds_there_is_nothing_to_list(newsroom: Make, site: Make) -> None:
    assert paths(newsroom(site=site(feeds=[FeedRule(path="latest", formats=["html"])]))) == []


def test_a_language_without_feeds_has_no_page(newsroom: Make, site: Make) -> None:
    rule = FeedRule(path="all", where={"language": "en"})
    assert paths(newsroom(site=site(feeds=[rule]))) == ["feeds.opml", "feeds.json", "index.html"]
