"""Pelican's folders: bare metadata lines, HTML files, links between files, and the ids of its feeds."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source

from newsfeed import Person

NOTE = "Nothing to do, unless it belongs in the feeds."
ARTICLE = """\
Title: First snow, again
DATE: 2025-12-19 18:24
Modified: 2025-12-20 10:00
Tags: snow, Baku
Authors: Leyla Abbasova; Rauf Aliyev
Summary: It snowed
    all night.

It **snowed**.
"""


@pytest.fixture
def pelican(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="markdown", files=["content/**/*.md", "content/**/*.html"], preset="pelican")


def test_bare_lines_are_fields_and_the_id_is_pelicans(pelican: Source) -> None:
    read = pelican.read({"content/weather/snow.md": "\ufeff" + ARTICLE}, categories=[{"term": "weather"}])
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["first-snow-again"]
    assert article.url == "https://report.example/first-snow-again.html"
    assert article.id == "tag:report.example,2025-12-19:/first-snow-again.html"
    assert (article.title, article.summary) == ("First snow, again", "It snowed all night.")
    assert (article.categories, article.topics) == (("weather",), ("snow", "Baku"))
    assert article.authors == (Person(name="Leyla Abbasova"), Person(name="Rauf Aliyev"))
    assert article.updated == datetime(2025, 12, 20, 6, tzinfo=UTC)
    assert article.content == "<p>It <strong>snowed</strong>.</p>\n"


def test_translations_share_their_slug(pelican: Source) -> None:
    keys = "Slug: snow\nLang: az\n"
    pelican.write({"content/a.md": "Slug: snow\n" + ARTICLE, "content/b.md": keys + ARTICLE})
    assert [*pelican.stories()] == [
        ("snow", "az", "https://report.example/snow-az.html"),
        ("snow", "en", "https://report.example/snow.html"),
    ]


def test_front_matter_and_html_files(pelican: Source) -> None:
    page = (
        '<html><head><title>Tom &amp; Jerry</title><meta name="tags" content="a, b" />'
        '<meta name="date" content="2025-12-19 18:24" /></head><body><p>It snowed.</p></body></html>'
    )
    yaml = "---\ntitle: Ice\ndate: 2025-12-19\n---\n\nIce.\n"
    read = pelican.read({"content/a.html": page, "content/b.md": yaml})
    assert (read.problems, read.notes) == ([], [])
    assert [(each.title, each.content) for each in read.articles.values()] == [
        ("Ice", "<p>Ice.</p>\n"),
        ("Tom & Jerry", "<p>It snowed.</p>"),
    ]


@pytest.mark.parametrize(
    ("status", "why"),
    [("draft", "it's a draft"), ("hidden", "its status is 'hidden'"), ("skip", "its status is 'skip'")],
)
def test_only_what_is_published_is_an_article(pelican: Source, status: str, why: str) -> None:
    read = pelican.read({"content/a.md": f"Status: {status}\n" + ARTICLE})
    assert read == ({}, [], [f"content/a.md: NF108 {why}. {NOTE}"])


def test_pages_are_no_articles(pelican: Source) -> None:
    read = pelican.read({"content/pages/a.md": ARTICLE, "content/b.md": "Title: About\n\nWe.\n"})
    assert read.articles == {}
    assert read.notes == [
        f"content/b.md: NF108 it has no date, so it's a page. {NOTE}",
        f"content/pages/a.md: NF108 it's a page. {NOTE}",
    ]


def test_links_between_files_become_addresses(pelican: Source) -> None:
    body = "[a]({filename}/weather/ice.md#x) ![]({static}/images/a.png) [c]({attach}c.pdf) [t]({tag}snow) [out]({filename}/../../x.md)\n"
    read = pelican.read(
        {
            "content/snow.md": ARTICLE + body,
            "content/weather/ice.md": "Title: Black ice!\nDate: 2025-12-19\n\nx\n",
        }
    )
    assert read.articles["first-snow-again"].content == (
        "<p>It <strong>snowed</strong>.\n"
        '<a href="https://report.example/black-ice.html#x">a</a> <img src="https://report.example/images/a.png" alt="" /> '
        '<a href="https://report.example/c.pdf">c</a> <a href="https://report.example/tag/snow.html">t</a> '
        '<a href="https://report.example/x.html">out</a></p>\n'
    )


def test_restructuredtext_is_told(tmp_path: Path) -> None:
    pelican = Source(tmp_path, kind="markdown", files=["content/*.rst"], preset="pelican")
    assert pelican.read({"content/a.rst": "Snow\n####\n"}).problems == [
        "content/a.rst: NF101 reStructuredText can't be read. Convert the file to Markdown, or read the feed of the built site."
    ]
