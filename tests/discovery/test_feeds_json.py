"""feeds.json: what it holds, and that the reference says so."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsfeed import Newsroom
from newsfeed.discovery import feeds_json
from newsfeed.discovery.directory import Directory, FeedDocument, Page, kinds
from newsfeed.discovery.feeds_json import FeedList, FeedOfList, LanguageOfList, write

Make = Callable[..., Any]

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "feeds-json.md"


def test_a_feed_in_all_its_formats(four_scripts: Newsroom) -> None:
    found = json.loads(write(Directory(four_scripts.plan)))
    (arabic,) = [section for section in found["languages"] if section["language"] == "ar"]
    (media,) = [feed for feed in arabic["feeds"] if feed["path"] == "ar/category/media"]
    assert media == {
        "id": "https://report.example/feeds/ar/category/media",
        "path": "ar/category/media",
        "title": "تقرير – الإعلام",
        "label": "الإعلام",
        "kind": "category",
        "terms": {"language": ["ar"], "category": ["media"]},
        "documents": [
            {
                "format": "rss",
                "name": "RSS",
                "type": "application/rss+xml",
                "url": "https://report.example/feeds/ar/category/media.rss",
            },
            {
                "format": "atom",
                "name": "Atom",
                "type": "application/atom+xml",
                "url": "https://report.example/feeds/ar/category/media.atom",
            },
            {
                "format": "json",
                "name": "JSON Feed",
                "type": "application/feed+json",
                "url": "https://report.example/feeds/ar/category/media.json",
            },
        ],
    }


def test_what_it_says_of_the_site_and_its_languages(newsroom: Make, site: Make) -> None:
    room = newsroom(site=site(title={"en": "Report", "az": "Hesabat"}, hub="https://hub.example/"))
    found = json.loads(write(Directory(room.plan)))
    heads = [{**section, "feeds": len(section["feeds"])} for section in found.pop("languages")]
    assert found == {
        "version": 1,
        "title": "Report",
        "home_page_url": "https://report.example/",
        "hub": "https://hub.example/",
    }
    latest = "https://report.example/feeds/en/latest.html"
    assert heads[0] == {
        "language": "en",
        "name": "English",
        "direction": "ltr",
        "title": "Report",
        "pages": [{"title": "Latest News", "url": latest}],
        "feeds": 8,
    }
    assert [head["title"] for head in heads] == ["Report", "Hesabat"]


def test_every_feed_of_the_plan_is_in_it(combined: Newsroom) -> None:
    found = msgspec.json.decode(write(Directory(combined.plan)), type=FeedList)
    paths = [feed.path for section in found.languages for feed in section.feeds]
    assert sorted(paths) == sorted(combined.plan.feeds.keys() - {"en/latest", "az/latest"})


def test_it_changes_with_the_feeds_alone(newsroom: Make, article: Make) -> None:
    assert write(Directory(newsroom(article("snow")).plan)) == write(
        Directory(newsroom(article("snow"), article("rain")).plan)
    )


@pytest.mark.parametrize(
    ("heading", "record"),
    [
        ("The document", FeedList),
        ("A language", LanguageOfList),
        ("A page", Page),
        ("A feed", FeedOfList),
        ("A document of a feed", FeedDocument),
    ],
)
def test_the_reference_names_every_member(heading: str, record: type[msgspec.Struct]) -> None:
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    rows = re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], flags=re.MULTILINE)
    assert rows == list(record.__struct_fields__)


def test_the_reference_names_the_version_and_every_kind() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"| `version` | {feeds_json.VERSION}" in page
    assert ", ".join(f"`{kind}`" for kind in kinds()) in page
