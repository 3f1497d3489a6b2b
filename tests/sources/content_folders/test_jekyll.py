"""Jekyll's folders: dates and addresses by file name, Liquid tags, categories by folder, and the ids of jekyll-feed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source

from newsfeed import Media

NOTE = "Nothing to do, unless it belongs in the feeds."
POST = """\
---
layout: post
title:  "First snow"
date:   2025-12-19 18:24:00 +0400
categories: weather city
tags: snow ice
image: /assets/snow.jpg
---
It **snowed**.
"""
EMPTY = "---\n---\nIt **snowed**.\n"


@pytest.fixture
def jekyll(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="markdown", files=["**/*.md", "**/*.markdown"], preset="jekyll")


def test_a_post_has_jekylls_own_address_and_id(jekyll: Source) -> None:
    read = jekyll.read({"_posts/2025-12-19-first-snow.markdown": POST}, categories=[{"term": "weather"}])
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["first-snow"]
    assert article.url == "https://report.example/weather/city/2025/12/19/first-snow.html"
    assert article.id == "https://report.example/weather/city/2025/12/19/first-snow"
    assert (article.categories, article.topics) == (("weather",), ("city", "snow", "ice"))
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert article.media == (Media(url="https://report.example/assets/snow.jpg"),)


def test_title_and_date_can_be_in_the_name_alone(jekyll: Source) -> None:
    read = jekyll.read(
        {
            "_posts/2025-1-3-first-snow.md": EMPTY,
            "_posts/2025-12-19-b.md": "---\ndate: soon\nlang: az_AZ\n---\nx",
        }
    )
    assert (read.problems, read.notes) == ([], [])
    first, second = read.articles["first-snow"], read.articles["b"]
    assert (first.title, first.language, first.url) == (
        "First Snow",
        "en",
        "https://report.example/2025/01/03/first-snow.html",
    )
    assert first.published == datetime(2025, 1, 2, 20, tzinfo=UTC)  # midnight in Baku
    assert (second.language, second.published) == ("az", datetime(2025, 12, 18, 20, tzinfo=UTC))


def test_a_date_in_the_words_of_a_language_counts_for_the_address_too(jekyll: Source) -> None:
    post = "---\ndate: 18 dekabr 2025\nlang: az\n---\nx"
    article = jekyll.read({"_posts/2025-12-19-snow.md": post}).articles["snow"]
    assert article.published == datetime(2025, 12, 17, 20, tzinfo=UTC)
    assert article.url == "https://report.example/2025/12/18/snow.html"


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("pretty", "https://report.example/weather/city/2025/12/19/x/"),
        ("/blog/:year/:title/", "https://report.example/blog/2025/x/"),
        ("/:categories/:i_day-:slug.html", "https://report.example/weather/city/19-x.html"),
        ("none", "https://report.example/weather/city/x.html"),
    ],
)
@pytest.mark.parametrize("place", ["front matter", "_config.yml"])
def test_permalinks(jekyll: Source, permalink: str, url: str, place: str) -> None:
    if place == "_config.yml":
        files = {
            "_config.yml": f"title: Report\npermalink: {permalink}\nplugins:\n  - jekyll-feed\n",
            "_posts/2025-12-19-x.md": POST,
        }
    else:
        files = {"_posts/2025-12-19-x.md": POST.replace("layout: post", f"permalink: {permalink}")}
    read = jekyll.read(files)
    assert [article.url for article in read.articles.values()] == [url]
    assert read.problems == []


def test_folders_before_posts_are_categories_below_the_configuration(jekyll: Source) -> None:
    read = jekyll.read({"blog/_config.yml": "title: x\n", "blog/city/_posts/2025-12-19-x.md": EMPTY})
    (article,) = read.articles.values()
    assert (article.url, article.topics) == ("https://report.example/city/2025/12/19/x.html", ("city",))


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("_drafts/a.md", EMPTY, "it's a draft"),
        (
            "_posts/2025-12-19-a.md",
            POST.replace("layout: post", "published: false"),
            "it says published: false",
        ),
        ("about.md", "---\ntitle: About\n---\n", "it has no date, so it's a page"),
    ],
)
def test_what_is_no_article_is_noted(jekyll: Source, name: str, text: str, why: str) -> None:
    assert jekyll.read({name: text}) == ({}, [], [f"{name}: NF108 {why}. {NOTE}"])


def test_liquid_tags_become_what_they_mean_and_others_stay_to_be_reported(jekyll: Source) -> None:
    body = (
        "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n"
        "![]({{ site.baseurl }}/a.png) ![]({{ '/b.png' | relative_url }}) [c]({% post_url 2025-01-03-first-snow %})\n"
        "{: .wide}\n\n{% raw %}{{ kept }}{% endraw %} {% include ad.html %}\n"
    )
    (article,) = jekyll.read({"_posts/2025-12-19-a.md": EMPTY + body}).articles.values()
    assert article.content == (
        "<p>It <strong>snowed</strong>.</p>\n"
        '<pre><code class="language-ruby">puts 1\n</code></pre>\n'
        '<p><img src="https://report.example/a.png" alt="" /> <img src="https://report.example/b.png" alt="" /> '
        '<a href="https://report.example/2025/01/03/first-snow.html">c</a></p>\n'
        "<p>{{ kept }} {% include ad.html %}</p>\n"
    )
