"""ninjs, the news industry's JSON: one story in the notations of 1.x, 2.x and 3.x, and what agencies do with it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import newsfeed
from newsfeed import Article, Newsroom, Person

Opened = Callable[..., Newsroom]

NEWSROOM = """
[site]
title = "Agency"
url = "https://agency.example/"
languages = ["en", "nb"]

[[categories]]
term = "economy"
label = "Economy"

[[sources]]
name = "wire"
kind = "ninjs"
files = ["*.json"]
article_url = "https://agency.example/{language}/{slug}"
[sources.categories]
"04000000" = "economy"
"""
SMALL = "https://agency.example/small.jpg"
LARGE = "https://agency.example/large.jpg"
PRINT = "https://agency.example/print.jpg"

ONE: dict[str, Any] = {
    "uri": "urn:agency:1",
    "type": "text",
    "version": "2",
    "firstcreated": "2025-12-19T09:00:00Z",
    "versioncreated": "2025-12-19T10:00:00+0000",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Oil price rises",
    "slugline": "OIL-Price",
    "byline": "By Leyla Abbasova",
    "description_text": "Up by a tenth.",
    "body_xhtml": "<html><head><title>x</title></head><body><p>Baku: up.</p></body></html>",
    "subject": [{"code": "04000000", "name": "economy, business and finance"}, {"name": "Oil"}],
    "copyrightnotice": "© Agency",
    "usageterms": "Not for sale.",
    "associations": {
        "main": {
            "type": "picture",
            "byline": "AA",
            "description_text": "A well",
            "renditions": {
                "thumbnail": {"href": SMALL, "mimetype": "image/jpeg", "width": 200},
                "web": {
                    "href": LARGE,
                    "mimetype": "image/jpeg",
                    "width": 1200,
                    "height": 800,
                    "sizeinbytes": 99,
                },
                "print": {"href": PRINT, "mimetype": "image/jpeg", "width": 8000},
            },
        }
    },
}
TWO: dict[str, Any] = {
    key: value
    for key, value in ONE.items()
    if key not in {"headline", "byline", "description_text", "body_xhtml", "subject", "associations"}
} | {
    "headlines": [{"role": "short", "value": "Oil"}, {"role": "main", "value": "Oil price rises"}],
    "by": "By Leyla Abbasova",
    "descriptions": [{"role": "text", "contenttype": "text/plain", "value": "Up by a tenth."}],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "Baku: up."},
        {"role": "nitf", "contenttype": "application/xml", "value": "<nitf/>"},
        {"role": "html5", "contenttype": "text/html", "value": "<p>Baku: up.</p>"},
    ],
    "subjects": [{"literal": "04000000", "name": "economy, business and finance"}, {"name": "Oil"}],
    "associations": [
        {
            "name": "main",
            "type": "picture",
            "by": "AA",
            "descriptions": [{"value": "A well"}],
            "renditions": [
                {"name": name, "contenttype": value["mimetype"], **value}
                for name, value in ONE["associations"]["main"]["renditions"].items()
            ],
        }
    ],
}
CAMEL = {
    "firstcreated": "firstCreated",
    "versioncreated": "versionCreated",
    "pubstatus": "pubStatus",
    "copyrightnotice": "copyrightNotice",
    "usageterms": "usageTerms",
    "contenttype": "contentType",
    "sizeinbytes": "sizeInBytes",
}
THREE: dict[str, Any] = json.loads(
    "".join(CAMEL.get(part, part) for part in re.split(r"(\w+)", json.dumps(TWO)))
)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def write_and_open(*documents: Any) -> Newsroom:
        (tmp_path / "newsroom.toml").write_text(NEWSROOM)
        for number, document in enumerate(documents):
            (tmp_path / f"{number}.json").write_text(json.dumps(document))
        return newsfeed.open(tmp_path, as_of=datetime(2026, 1, 1, tzinfo=UTC))

    return write_and_open


def only_article(newsroom: Newsroom) -> Article:
    assert newsroom.findings == ()
    (article,) = newsroom.articles
    return article


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1.x", "2.x", "3.x"])
def test_one_story_in_all_versions(item: dict[str, Any], opened: Opened) -> None:
    article = only_article(opened(item))
    assert (article.id, article.url) == ("urn:agency:1", "https://agency.example/en/oil-price")
    assert (article.title, article.summary) == ("Oil price rises", "Up by a tenth.")
    assert article.content == "<p>Baku: up.</p>"
    assert article.published == datetime(2025, 12, 19, 9, tzinfo=UTC)
    assert article.updated == datetime(2025, 12, 19, 10, tzinfo=UTC)
    assert article.authors == (Person(name="Leyla Abbasova"),)
    assert (article.categories, article.topics) == (("economy",), ("Oil",))
    assert article.rights == "© Agency Not for sale."
    (picture,) = article.media
    assert (picture.url, picture.width, picture.credit, picture.description) == (LARGE, 1200, "AA", "A well")


@pytest.mark.parametrize(
    "document",
    [[ONE], {"data": [{"item": ONE}]}, {"data": {"item": ONE}}, {"_items": [ONE], "_meta": {"total": 1}}],
    ids=["list", "data of items", "one in data", "superdesk"],
)
def test_what_wraps_it(document: Any, opened: Opened) -> None:
    assert only_article(opened(document)).title == "Oil price rises"


def test_the_highest_version_counts(opened: Opened) -> None:
    later = ONE | {"version": "10", "headline": "Oil price falls"}
    assert only_article(opened([later, ONE])).title == "Oil price falls"


@pytest.mark.parametrize("kind", ["picture", "video", "event", "composite"])
def test_what_is_no_article(kind: str, opened: Opened) -> None:
    other = {
        "uri": "urn:agency:2",
        "type": kind,
        "headline": "A well",
        "versioncreated": "2025-12-19T09:00:00Z",
    }
    assert only_article(opened([ONE, other])).title == "Oil price rises"


def test_a_composite_with_a_text_is_one(opened: Opened) -> None:
    assert only_article(opened(ONE | {"type": "composite"})).title == "Oil price rises"


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_what_was_taken_back_is_withdrawn(status: str, opened: Opened) -> None:
    newsroom = opened(ONE | {"pubstatus": status})
    assert (newsroom.articles, newsroom.sources) == ((), {"wire": 1})


def test_an_embargo(opened: Opened) -> None:
    newsroom = opened(ONE | {"embargoed": "2026-02-01T00:00:00Z"})
    assert newsroom.articles == ()
    assert newsroom.next_change == datetime(2026, 2, 1, tzinfo=UTC)


def test_an_embargo_that_only_the_note_speaks_of(opened: Opened) -> None:
    newsroom = opened(
        ONE | {"ednote": "EMBARGOED until noon"}, TWO | {"uri": "urn:agency:2", "ednote": "Embargo lifted"}
    )
    assert [str(finding) for finding in newsroom.findings] == [
        "0.json, record 1: NF107 ednote: the note to editors speaks of an embargo, so the article may not be public yet. Write the date until which it holds as embargoed."
    ]
    assert [article.id for article in newsroom.articles] == ["urn:agency:2"]


def test_a_plain_text_becomes_paragraphs(opened: Opened) -> None:
    item = {key: value for key, value in ONE.items() if key != "body_xhtml"}
    assert (
        only_article(opened(item | {"body_text": "Up & up.\nBaku\n\nDown."})).content
        == "<p>Up &amp; up. Baku</p><p>Down.</p>"
    )


def test_an_id_that_is_an_address_and_a_page_among_the_renditions(opened: Opened) -> None:
    page = {"web": {"href": "https://agency.example/oil", "mimetype": "text/html"}}
    item = {key: value for key, value in ONE.items() if key != "associations"}
    assert only_article(opened(item | {"renditions": page})).url == "https://agency.example/oil"


def test_a_file_without_items(opened: Opened) -> None:
    assert [str(finding) for finding in opened({"error": "none"}).findings] == [
        "0.json, record 1: NF101 it has no ninjs item. Give each item a uri and a headline."
    ]
