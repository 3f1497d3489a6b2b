"""Eleventy's folders: dates in names, defaults of folders, titles in the text, tags that are collections."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source

NOTE = "Nothing to do, unless it belongs in the feeds."
POST = "---\ntags: [posts, weather]\ndescription: In Baku\n---\n# First *snow*\n\nIt snowed.\n"


@pytest.fixture
def eleventy(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="markdown", files=["**/*.md"], preset="eleventy")


def test_a_post_by_its_name_and_its_text(eleventy: Source) -> None:
    read = eleventy.read({"src/posts/2025-12-19-first-snow.md": POST})
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["first-snow"]
    assert article.url == "https://report.example/posts/first-snow/"
    assert (article.title, article.summary, article.topics) == ("First snow", "In Baku", ("weather",))
    assert article.published == datetime(2025, 12, 18, 20, tzinfo=UTC)


def test_data_files_of_folders_give_defaults(eleventy: Source) -> None:
    read = eleventy.read(
        {
            "site/content/content.json": '{"lang": "az", "author": "Leyla Abbasova"}',
            "site/content/2025-12-19-snow.md": POST,
            "site/content/2025-12-19-snow.11tydata.json": '{"author": "Rauf Aliyev"}',
            "site/content/2025-12-20-ice.md": POST.replace("---\n#", "lang: en\n---\n#"),
        }
    )
    found = {
        name: (each.language, [person.name for person in each.authors])
        for name, each in read.articles.items()
    }
    assert found == {"snow": ("az", ["Rauf Aliyev"]), "ice": ("en", ["Leyla Abbasova"])}


@pytest.mark.parametrize(
    ("name", "keys", "url"),
    [
        ("blog/snow/index.md", "date: 2025-12-19", "https://report.example/blog/snow/"),
        ("blog/snow/snow.md", "date: 2025-12-19", "https://report.example/blog/snow/"),
        (
            "blog/a.md",
            "date: 2025-12-19\npermalink: /2025/snow/index.html",
            "https://report.example/2025/snow/",
        ),
        (
            "blog/a.md",
            "date: 2025-12-19\npermalink: '/x/{{ page.fileSlug }}/'",
            "https://report.example/blog/a/",
        ),
    ],
)
def test_addresses(eleventy: Source, name: str, keys: str, url: str) -> None:
    read = eleventy.read({name: f"---\ntitle: Snow\n{keys}\n---\n"})
    assert [(article.url, read.problems) for article in read.articles.values()] == [(url, [])]


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("date: 2025-12-19\ndraft: true", "it's a draft"),
        ("date: 2025-12-19\npermalink: false", "it isn't published as a page"),
        ("date: 2025-12-19\neleventyExcludeFromCollections: true", "its front matter keeps it out of lists"),
        ("date: Last Modified", "it has no date, so it's a page"),
    ],
)
def test_what_is_no_article_is_noted(eleventy: Source, keys: str, why: str) -> None:
    assert eleventy.read({"a.md": f"---\ntitle: a\n{keys}\n---\n"}) == (
        {},
        [],
        [f"a.md: NF108 {why}. {NOTE}"],
    )


def test_front_matter_that_names_its_notation(eleventy: Source) -> None:
    read = eleventy.read({"a.md": '---json\n{"title": "Snow", "date": "2025-12-19"}\n---\nIt snowed.\n'})
    assert (read.articles["a"].title, read.articles["a"].content) == ("Snow", "<p>It snowed.</p>\n")


def test_a_link_post_leads_elsewhere(eleventy: Source) -> None:
    text = "---\ntitle: Snow\ndate: 2025-12-19\nexternal_url: https://else.example/snow\n---\n"
    article = eleventy.read({"blog/a.md": text}).articles["a"]
    assert (article.url, article.external_url) == (
        "https://report.example/blog/a/",
        "https://else.example/snow",
    )
