"""newsfeed links: the tags for the head of a page on stdout."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

TOML = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en", "az"]
articles = ["articles.jsonl"]

[[categories]]
term = "media"
label = { en = "Media", az = "Mətbuat" }

[[feeds]]
path = "{language}/all"
formats = ["rss"]

[[feeds]]
path = "{language}/{category}"
formats = ["atom"]

[[feeds]]
path = "{language}/about/{topic}"
formats = ["rss"]
"""


def tag(media_type: str, language: str, title: str, path: str) -> str:
    return (
        f'<link rel="alternate" type="application/{media_type}+xml" hreflang="{language}" '
        f'title="{title}" href="https://report.example/feeds/{path}">'
    )


@pytest.mark.parametrize(
    ("arguments", "tags"),
    [
        ([], [tag("rss", "en", "Report", "en/all.rss")]),
        (["--language", "az"], [tag("rss", "az", "Report", "az/all.rss")]),
        (
            ["--language", "az", "--category", "media"],
            [
                tag("atom", "az", "Report – Mətbuat", "az/media.atom"),
                tag("rss", "az", "Report", "az/all.rss"),
            ],
        ),
        (
            ["--topic", "Snow", "--topic", "Ice", "--author", "Nobody", "--flag", "photo"],
            [
                tag("rss", "en", "Report – Ice", "en/about/ice.rss"),
                tag("rss", "en", "Report – Snow", "en/about/snow.rss"),
                tag("rss", "en", "Report", "en/all.rss"),
            ],
        ),
    ],
)
def test_the_tags_of_a_page(run: Run, write: Write, arguments: list[str], tags: list[str]) -> None:
    write({"topics": ["Snow", "Ice"]}, toml=TOML)
    result = run("links", "mysite", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == tags


@pytest.mark.parametrize("name", ["12", "https://report.example/ids/12", "https://report.example/az/qar"])
def test_the_tags_of_an_articles_own_page(run: Run, write: Write, name: str) -> None:
    qar = {"id": "12", "url": "https://report.example/az/qar", "language": "az"}
    write({}, qar | {"categories": ["media"], "topics": ["Qar"], "flags": ["photo"]}, toml=TOML)
    result = run("links", "mysite", "--article", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        tag("atom", "az", "Report – Mətbuat", "az/media.atom"),
        tag("rss", "az", "Report – Qar", "az/about/qar.rss"),
        tag("rss", "az", "Report", "az/all.rss"),
    ]


def test_an_article_says_alone_what_its_page_is_about(run: Run, write: Write) -> None:
    write(toml=TOML)
    result = run("links", "mysite", "--article", "12", "--topic", "Snow")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: --article says what the page is about; leave out --topic.\n" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--article", "12"],
            "--article: no article with the id or the address '12' is published. Copy the id from a feed.",
        ),
        (["--language", "ru"], "--language: the site has no language 'ru'. Choose from en, az."),
        (
            ["--language", "azerbaijani"],
            "--language: 'azerbaijani' isn't a language tag. Write its code, \"az\".",
        ),
        (["--category", "medi"], "--category: the site has no category 'medi'. Did you mean 'media'?"),
        (["--flag", "vido"], "--flag: the site has no flag 'vido'. Did you mean 'video'?"),
    ],
)
def test_wrong_usage(run: Run, write: Write, arguments: list[str], expected: str) -> None:
    write(toml=TOML)
    result = run("links", "mysite", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"Invalid value for {expected}" in result.stderr


def test_a_site_without_feeds_has_no_tags(run: Run, write: Write) -> None:
    write(toml=TOML.partition("[[feeds]]")[0] + '[[feeds]]\npath = "latest"\nformats = ["html"]\n')
    result = run("links", "mysite")
    assert (result.exit_code, result.stdout) == (0, "")
