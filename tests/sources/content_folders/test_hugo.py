"""Hugo's content folders, as public sites have them: three notations, languages by folder and by name, bundles, shortcodes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source

from newsfeed import Media, Person

NOTE = "Nothing to do, unless it belongs in the feeds."
YAML = """\
---
title: "First snow"
date: 2025-12-19T18:24:00+04:00
draft: false
tags: [snow, Baku]
categories: ["weather"]
author: Leyla Abbasova
---
It **snowed**.
"""


@pytest.fixture
def hugo(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="markdown", files=["content/**/*.md"], preset="hugo")


def test_a_file_of_six_keys_is_an_article_without_a_finding(hugo: Source) -> None:
    read = hugo.read({"content/posts/first-snow.md": YAML}, categories=[{"term": "weather"}])
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["first-snow"]
    assert article.url == "https://report.example/posts/first-snow/"
    assert (article.title, article.language, article.story) == ("First snow", "en", "posts/first-snow")
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert (article.topics, article.categories) == (("snow", "Baku"), ("weather",))
    assert article.authors == (Person(name="Leyla Abbasova"),)
    assert article.content == "<p>It <strong>snowed</strong>.</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "Rain"\ndate = 2025-12-19T18:24:00+04:00\ntags = ["rain"]\nweight = 5\n[params]\n  author = "N. Q."\n+++\nIt rained.\n',
        '{\n  "title": "Rain",\n  "date": "2025-12-19T18:24:00+04:00",\n  "tags": ["rain"],\n  "author": "N. Q."\n}\n\nIt rained.\n',
        "---\nTITLE: Rain\nDate: 2025-12-19T18:24:00+04:00\nTags: rain\nAuthor: N. Q.\n---\nIt rained.\n",
    ],
    ids=["TOML", "JSON", "YAML in capitals"],
)
def test_the_notations(hugo: Source, text: str) -> None:
    read = hugo.read({"content/posts/rain.md": text})
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["rain"]
    assert (article.title, article.topics, article.authors) == ("Rain", ("rain",), (Person(name="N. Q."),))
    assert article.content == "<p>It rained.</p>\n"


def test_editions_by_name_and_by_folder_share_a_story(tmp_path: Path) -> None:
    hugo = Source(tmp_path, kind="markdown", files=["content/**/*.md"], preset="hugo")
    hugo.write(
        {
            "content/posts/snow.md": YAML,
            "content/posts/snow.az.md": YAML.replace("First snow", "İlk qar"),
            "content/pt-br/posts/snow.md": YAML.replace("First snow", "Primeira neve"),
        }
    )
    found = [*hugo.stories(languages=["en", "az", "pt-BR"])]
    assert found == [
        ("posts/snow", "az", "https://report.example/az/posts/snow/"),
        ("posts/snow", "en", "https://report.example/posts/snow/"),
        ("posts/snow", "pt-BR", "https://report.example/pt-br/posts/snow/"),
    ]


def test_a_language_that_the_site_lacks_is_named(hugo: Source) -> None:
    read = hugo.read({"content/en/a.md": YAML, "content/de/b.md": YAML})
    assert read.articles["b"].language == "de"  # and a build says NF103: add it to languages


def test_a_page_bundle_has_its_pictures_beside_it(hugo: Source) -> None:
    bundle = YAML.replace("draft: false", "images: [snow.jpg, /static/b.png]")
    read = hugo.read(
        {
            "content/posts/snow/index.md": bundle,
            "content/posts/snow/snow.jpg": b"",
            "content/posts/ice/index.md": YAML,
            "content/posts/ice/cover-large.webp": b"",
        }
    )
    assert read.problems == []
    assert read.articles["snow"].media == (
        Media(url="https://report.example/posts/snow/snow.jpg"),
        Media(url="https://report.example/static/b.png"),
    )
    assert [each.url for each in read.articles["ice"].media] == [
        "https://report.example/posts/ice/cover-large.webp"
    ]


@pytest.mark.parametrize(
    ("keys", "url"),
    [
        ("slug: Snow in Baku", "https://report.example/posts/snow-in-baku/"),
        ("url: /2025/snow.html", "https://report.example/2025/snow.html"),
        ("url: https://other.example/snow", "https://other.example/snow"),
    ],
)
def test_the_address_that_a_file_names(hugo: Source, keys: str, url: str) -> None:
    read = hugo.read({"content/posts/x.md": YAML.replace("draft: false", keys)})
    assert [(article.url, read.problems) for article in read.articles.values()] == [(url, [])]


def test_a_template_of_addresses_wins_over_the_place(hugo: Source) -> None:
    table = {"article_url": "https://report.example/{year}/{slug}"}
    read = hugo.read(
        {"content/posts/snow.md": YAML, "content/b.md": YAML.replace("draft: false", "url: /x")}, table=table
    )
    assert sorted(str(article.url) for article in read.articles.values()) == [
        "https://report.example/2025/snow",
        "https://report.example/x",
    ]
    assert read.problems == []


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("content/posts/d.md", YAML.replace("draft: false", "draft: true"), "it's a draft"),
        ("content/posts/_index.az.md", YAML, "it's the page of a section"),
        ("content/about.md", "---\ntitle: About\n---\nWe.\n", "it has no date, so it's a page"),
        (
            "content/search.md",
            YAML.replace("draft: false", "layout: search"),
            "its layout is that of a page",
        ),
        (
            "content/h.md",
            YAML.replace("draft: false", "build:\n  list: never"),
            "its front matter keeps it out of lists",
        ),
        ("content/p.md", YAML.replace("draft: false", "password: '123'"), "it has a password"),
        ("content/README.md", "# Content\n", "it has no front matter"),
    ],
)
def test_what_is_no_article_is_noted(hugo: Source, name: str, text: str, why: str) -> None:
    assert hugo.read({name: text}) == ({}, [], [f"{name}: NF108 {why}. {NOTE}"])


def test_dates_that_hold_back_and_end(hugo: Source) -> None:
    keys = "publishDate: 2026-01-01T09:00:00+04:00\nexpiryDate: 2026-02-01T00:00:00Z\nlastmod: 2026-01-02T09:00:00+04:00"
    article = hugo.read({"content/a.md": YAML.replace("draft: false", keys)}).articles["a"]
    assert article.published == datetime(2026, 1, 1, 5, tzinfo=UTC)
    assert article.updated == datetime(2026, 1, 2, 5, tzinfo=UTC)
    assert article.expires == datetime(2026, 2, 1, tzinfo=UTC)


def test_a_key_that_may_mean_that_it_is_not_public_keeps_it_back(hugo: Source) -> None:
    read = hugo.read({"content/a.md": YAML.replace("draft: false", "embargo: 2027-01-01")})
    assert read.articles == {}
    assert read.problems == [
        (
            "content/a.md: NF107 embargo: this key is unknown, and it may mean that the article isn't public. "
            "Use withdrawn, expires, access or a later published instead, and remove this key."
        ),
    ]


def test_shortcodes_become_what_they_show_and_others_stay_to_be_reported(hugo: Source) -> None:
    body = (
        '{{< figure src="snow.jpg" caption="Ten \\"cm\\"" >}}\n\n'
        "{{< youtube w7Ft2ymGmfc >}}\n\n{{% notice tip %}}Mind **ice**.{{% /notice %}}\n\n"
        '[rain]({{< ref "rain.md" >}})\n\n{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\n{{< chart 12 >}}\n'
    )
    content = hugo.read({"content/posts/a.md": YAML.replace("It **snowed**.", body)}).articles["a"].content
    assert content == (
        '<figure><img src="snow.jpg" alt="Ten &quot;cm&quot;"><figcaption>Ten "cm"</figcaption></figure>\n'
        '<p><a href="https://www.youtube.com/watch?v=w7Ft2ymGmfc">https://www.youtube.com/watch?v=w7Ft2ymGmfc</a></p>\n'
        "<p>Mind <strong>ice</strong>.</p>\n"
        '<p><a href="../rain/">rain</a></p>\n'
        '<pre><code class="language-go">x := 1\n</code></pre>\n'
        "<p>{{&lt; chart 12 &gt;}}</p>\n"
    )


def test_what_only_hugo_reads_in_markdown(hugo: Source) -> None:
    body = "## Ice {#ice}\n\n> [!WARNING]\n> Slippery.\n"
    content = hugo.read({"content/posts/a.md": YAML.replace("It **snowed**.", body)}).articles["a"].content
    assert (
        content
        == "<h2>Ice</h2>\n<blockquote>\n<p><strong>Warning</strong><br />\nSlippery.</p>\n</blockquote>\n"
    )


def test_broken_front_matter_names_the_line(hugo: Source) -> None:
    read = hugo.read(
        {"content/a.md": '{"title": "a",\n "date": }\n', "content/b.md": YAML.replace('"First', "First: 'x")}
    )
    assert read.problems == [
        (
            "content/a.md:2: NF101 this isn't valid JSON: expecting value at column 10. "
            "Correct it, or write the fields between lines of +++ or ---."
        ),
        (
            "content/b.md:2: NF101 this isn't valid YAML: mapping values are not allowed here (column 13). "
            "Text with a colon or a # in it needs quotes."
        ),
    ]


def test_many_shortcodes_that_nobody_closes_take_no_time(hugo: Source) -> None:
    body = '{{< a "' * 20_000 + "{{<" + " " * 20_000
    assert "a" in hugo.read({"content/a.md": YAML.replace("It **snowed**.", body)}).articles


@pytest.mark.parametrize("unit", ["\n ", "> [!", "[x](", "# a {#", "{% highlight a"])
def test_bodies_that_never_end_take_no_time(hugo: Source, unit: str) -> None:
    body = unit * (5_000 // len(unit))
    read = hugo.read(
        {"content/a.md": YAML.replace("Leyla Abbasova", repr(body)).replace("It **snowed**.", body)}
    )
    assert "a" in read.articles


@pytest.mark.parametrize(
    ("name", "configuration"),
    [
        ("hugo.toml", 'baseURL = "/"\n[permalinks]\nposts = "/:year/:month/:slug/"\n'),
        ("config.yaml", "permalinks:\n  page:\n    posts: /:year/:month/:slug/\n"),
        ("config/_default/permalinks.toml", 'posts = "/:year/:month/:slug/"\n'),
        ("hugo.json", '{"permalinks": {"posts": "/:year/:month/:slug/"}}'),
    ],
)
def test_permalinks_of_the_configuration(hugo: Source, name: str, configuration: str) -> None:
    files = {name: configuration, "content/posts/x.md": YAML, "content/y.md": YAML}
    read = hugo.read(files)
    assert sorted(str(article.url) for article in read.articles.values()) == [
        "https://report.example/2025/12/first-snow/",
        "https://report.example/y/",
    ]


def test_languages_of_the_configuration(hugo: Source) -> None:
    configuration = (
        'defaultContentLanguage = "az"\n[languages.en]\ncontentDir = "content/english"\n'
        '[languages.az]\ncontentDir = "content/azeri"\n'
    )
    hugo.write(
        {"hugo.toml": configuration, "content/english/posts/a.md": YAML, "content/azeri/posts/a.md": YAML}
    )
    assert [*hugo.stories()] == [
        ("posts/a", "az", "https://report.example/posts/a/"),
        ("posts/a", "en", "https://report.example/en/posts/a/"),
    ]
    hugo.write({"hugo.toml": "defaultContentLanguageInSubdir = true\nuglyURLs = true\n" + configuration})
    assert [url for _, _, url in hugo.stories()] == [
        "https://report.example/az/posts/a.html",
        "https://report.example/en/posts/a.html",
    ]
