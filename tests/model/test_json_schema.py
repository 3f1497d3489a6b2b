"""The schemas for editors: what they accept is what newsroom.toml and article files may hold."""

import json
import subprocess
import sys
import tomllib
from typing import Any

import jsonschema
import pytest

from newsfeed import Article, Category, FeedRule, InvalidValue, Media, Person, Site, Source
from newsfeed.model.json_schema import SCHEMAS, json_schema
from newsfeed.model.record import Record

ARTICLE: dict[str, Any] = json.loads("""
{"id": "https://report.example/en/media-cooperation", "story": "media-cooperation", "language": "en",
 "url": "https://report.example/en/media-cooperation",
 "title": "Azerbaijan, Türkiye discuss prospects for media cooperation",
 "summary": "…", "content": "<p>…</p>",
 "published": "2025-12-19T18:24:00+04:00", "updated": "2025-12-19T18:24:00+04:00",
 "categories": ["media"], "topics": ["Azerbaijan", "Turkiye", "media cooperation"],
 "authors": [{"name": "…"}], "flags": [],
 "media": [{"url": "https://report.example/1.jpg", "type": "image/jpeg", "length": 48200, "width": 1280,
            "height": 720, "credit": "…", "description": "…"}],
 "rights": "…", "source": {"title": "…", "url": "https://agency.example/1"},
 "withdrawn": false, "expires": null, "extra": {}}
""")

SITE = """
[site]
title = "Report"
url = "https://report.example/"
description = "News of the day"
languages = ["en", "az", "ru"]
timezone = "Asia/Baku"
articles = ["articles.jsonl"]
authors = [{ name = "Report", email = "desk@report.example", url = "https://report.example/about" }]
trending = ["Ilham Aliyev", "WUF13"]
rights = "…"
logo = "https://report.example/logo.png"
icon = "https://report.example/icon.png"
hub = "https://hub.example/"
date_format = "d MMMM, y"
day_first = true
feeds_url = "https://report.example/feeds/"
ids_url = "https://old.example/"
derive_flags = false
trusted_html = false
translations = "related"
[site.labels]
latest = { en = "Latest News" }
all = { en = "All News Feed" }
photo = { en = "Photo" }

[[categories]]
term = "domestic-policy"
label = { en = "Domestic policy", az = "Daxili siyasət", ru = "Внутренняя политика" }

[[feeds]]
path = "{language}/category/{category}"
where = { flag = "photo" }
title = "{site} – {category}"
limit = 50
formats = ["rss", "atom", "json"]
content = "full"
"""


def problems(name: str, instance: object) -> list[str]:
    """Where a schema finds fault: the path of each bad value, and the keyword that it breaks."""
    validator = jsonschema.Draft202012Validator(json_schema(name))
    return sorted(f"{error.json_path} {error.validator}" for error in validator.iter_errors(instance))


@pytest.mark.parametrize("name", SCHEMAS)
def test_is_a_valid_schema_of_its_draft(name: str) -> None:
    schema = json_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(InvalidValue, match="there is no schema 'articel'. Did you mean 'article'"):
        json_schema("articel")


def test_what_a_caller_changes_stays_with_the_caller() -> None:
    json_schema("article")["properties"]["flags"]["anyOf"][0]["items"]["enum"].append("mine")
    assert "mine" not in json.dumps(json_schema("article"))


def test_the_article_of_the_data_contract_is_accepted() -> None:
    assert problems("article", ARTICLE) == []


def test_the_newsroom_of_the_data_contract_is_accepted() -> None:
    assert problems("site", tomllib.loads(SITE)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"published": "19 December, 2025 18:24"},
        {"published": "19.12.2025 18:24", "updated": "Fri, 19 Dec 2025 14:24:00 GMT"},
        {"id": "media-cooperation-1"},
        {"id": None},
        {"url": None},
        {"url": "https://report.example/az/qış"},
        {"flags": ["photo", "breaking"]},
        {"extra": {"desk": ["night", {"shift": 3}]}},
        {"media": [{"url": "https://report.example/1.mp3", "duration": 95.5, "type": None}]},
        {field: None for field in ARTICLE if field not in {"language", "title", "published", "url"}},
        {"title": None},
    ],
    ids=str,
)
def test_other_articles_that_are_accepted(changes: dict[str, Any]) -> None:
    assert problems("article", ARTICLE | changes) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"titel": "Snow"}, ["$ additionalProperties"]),
        ({"title": "  "}, ["$.title anyOf"]),
        ({"title": None, "summary": None, "content": None}, ["$ anyOf"]),
        ({"published": 1766154240}, ["$.published type"]),
        ({"categories": "media"}, ["$.categories anyOf"]),
        ({"flags": ["foto"]}, ["$.flags anyOf"]),
        ({"url": "/en/media-cooperation"}, ["$.url anyOf"]),
        ({"url": None, "id": "1"}, ["$ anyOf"]),
        ({"authors": ["Leyla"]}, ["$.authors anyOf"]),
        ({"media": [{"type": "image/jpeg"}]}, ["$.media anyOf"]),
        ({"media": [{"url": "https://report.example/1.jpg", "length": -1}]}, ["$.media anyOf"]),
        ({"withdrawn": "no"}, ["$.withdrawn anyOf"]),
        ({"source": "https://agency.example/1"}, ["$.source anyOf"]),
    ],
    ids=str,
)
def test_typical_mistakes_in_articles(changes: dict[str, Any], expected: list[str]) -> None:
    assert problems("article", ARTICLE | changes) == expected


@pytest.mark.parametrize("field", ["language", "published"])
def test_an_article_without_a_needed_field_is_refused(field: str) -> None:
    article = {name: value for name, value in ARTICLE.items() if name != field}
    assert problems("article", article) == ["$ required"]


def test_a_note_needs_no_title_but_some_text() -> None:
    note = {name: value for name, value in ARTICLE.items() if name not in {"title", "summary", "content"}}
    assert problems("article", note | {"summary": "Snow"}) == []
    assert problems("article", note | {"content": "<p>Snow</p>"}) == []
    assert problems("article", note) == ["$ anyOf"]


def test_an_article_without_address_and_id_is_refused() -> None:
    article = {name: value for name, value in ARTICLE.items() if name not in {"url", "id"}}
    assert problems("article", article) == ["$ anyOf"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("timezone =", "time_zone =", ["$.site additionalProperties"]),
        ('url = "https://report.example/"', "", ["$.site required"]),
        ('languages = ["en", "az", "ru"]', 'languages = "en"', ["$.site.languages type"]),
        ('languages = ["en", "az", "ru"]', "languages = []", ["$.site.languages minItems"]),
        ('hub = "https://hub.example/"', 'hub = "hub.example"', ["$.site.hub anyOf"]),
        ('translations = "related"', 'translations = "none"', ["$.site.translations anyOf"]),
        ("latest = {", "newest = {", ["$.site.labels anyOf"]),
        ("[[categories]]", "[[site.categories]]", ["$.site additionalProperties"]),
        ('term = "domestic-policy"', "", ["$.categories anyOf"]),
        ('formats = ["rss", "atom", "json"]', 'formats = ["xml"]', ["$.feeds anyOf"]),
        ("limit = 50", "limit = 0", ["$.feeds anyOf"]),
        ('content = "full"', 'content = "short"', ["$.feeds anyOf"]),
        ('where = { flag = "photo" }', 'where = { flags = "photo" }', ["$.feeds anyOf"]),
    ],
)
def test_typical_mistakes_in_newsroom_toml(old: str, new: str, expected: list[str]) -> None:
    assert SITE.count(old) == 1
    assert problems("site", tomllib.loads(SITE.replace(old, new))) == expected


def fields_of(schema: dict[str, Any]) -> list[str]:
    return sorted(schema["properties"])


@pytest.mark.parametrize(
    ("name", "record"),
    [("article", record) for record in (Person, Media, Source)]
    + [("site", record) for record in (Person, Category, FeedRule)],
)
def test_every_field_of_a_record_is_there(name: str, record: type[Record]) -> None:
    schema = json_schema(name)["$defs"][record.__name__]
    assert fields_of(schema) == sorted(record.__struct_fields__)
    assert all(field["description"] for field in schema["properties"].values())


def test_every_field_of_articles_and_sites_is_there() -> None:
    article, site = json_schema("article"), json_schema("site")
    assert fields_of(article) == sorted(Article.__struct_fields__)
    assert sorted(
        [*fields_of(site["$defs"]["Site"]), "sources", "categories", "feeds", "profiles"]
    ) == sorted(Site.__struct_fields__)
    assert article["properties"]["title"]["description"] == (
        "The headline, plain text. A note with a summary or content needs none."
    )


def test_an_editor_offers_the_defaults() -> None:
    rule = json_schema("site")["$defs"]["FeedRule"]["properties"]
    defaults = {name: field["default"] for name, field in rule.items() if "default" in field}
    assert defaults == {
        "limit": 50,
        "order": "published",
        "min_articles": 1,
        "formats": ["rss", "atom", "json"],
        "content": "full",
        "lead_image": False,
        "paged": False,
        "complete": False,
    }


@pytest.mark.slow
def test_the_process_ends_in_peace() -> None:
    # msgspec's Meta(pattern=…) crashed one process in five at its end.
    script = "from newsfeed.model.json_schema import json_schema; json_schema('site')"
    for _ in range(10):
        assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
