"""newsfeed latest: the listing on stdout, in three formats."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

NEWER = {
    "url": "https://report.example/en/sun",
    "title": "Sun in Baku",
    "published": "2025-12-19T19:25:00+04:00",
}


def test_the_listing_as_text(run: Run, write: Write) -> None:
    write({}, NEWER)
    result = run("latest", "mysite", "--language", "en", "--limit", "9")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "Latest News"
    assert lines[-2:] == ["All News Feed", "https://report.example/feeds/en/all.rss"]
    assert lines.index("Sun in Baku") < lines.index("18:24") < lines.index("Snow in Baku")


def test_old_news_has_its_day(run: Run, write: Write) -> None:
    write({}, NEWER)
    today = run("latest", "mysite", "--as-of", "2025-12-19 23:59").stdout
    assert today.startswith("Latest News\n\n19:25\n    Sun in Baku\n")
    tomorrow = run("latest", "mysite", "--as-of", "2025-12-20 00:00").stdout
    assert tomorrow.startswith("Latest News\n\nDecember 19, 2025\n\n19:25\n    Sun in Baku\n")
    page = run("latest", "mysite", "--as-of", "2025-12-20 00:00", "--format", "html").stdout
    assert '<time datetime="2025-12-19">December 19, 2025</time>' in page


def test_the_language_is_the_sites_first_unless_named(run: Run, write: Write) -> None:
    write()
    assert "Snow in Baku" in run("latest", "mysite").stdout
    assert "Bakıda qar" in run("latest", "mysite", "--language", "az").stdout


def test_the_limit(run: Run, write: Write) -> None:
    write({}, NEWER)
    output = run("latest", "mysite", "--limit", "1").stdout
    assert "Sun in Baku" in output
    assert "Snow in Baku" not in output


def test_as_of(run: Run, write: Write) -> None:
    write({}, NEWER)
    output = run("latest", "mysite", "--as-of", "2025-12-19 19:00").stdout
    assert "Snow in Baku" in output
    assert "Sun in Baku" not in output


def test_the_listing_as_json_feed(run: Run, write: Write) -> None:
    write()
    feed = json.loads(run("latest", "mysite", "--format", "json").stdout)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == ["Snow in Baku"]


def test_the_listing_as_html(run: Run, write: Write) -> None:
    write()
    page = run("latest", "mysite", "--format", "html").stdout
    assert page.lower().startswith("<!doctype html>")
    assert "Snow in Baku" in page


def test_articles_left_out_are_mentioned_beside_the_listing(run: Run, write: Write) -> None:
    write({}, NEWER | {"published": "18:24"})
    result = run("latest", "mysite")
    assert result.exit_code == 0
    assert result.stderr == "newsfeed: 1 article left out. Run newsfeed build to see why.\n"
    assert "left out" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--language", "eng"], "--language: the site has no language 'eng'. Did you mean 'en'?"),
        (["--language", "ru"], "--language: the site has no language 'ru'. Choose from en, az."),
        (["--limit", "0"], "'--limit'"),
        (["--format", "rss"], "'--format'"),
        (["--as-of", "yesterday"], "--as-of: "),
    ],
)
def test_wrong_usage(run: Run, write: Write, arguments: list[str], expected: str) -> None:
    write()
    result = run("latest", "mysite", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"Invalid value for {expected}" in result.stderr
