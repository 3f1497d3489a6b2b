"""Kinds of sources of plug-ins: a distribution that isn't newsfeed's adds a row through an entry point."""

from pathlib import Path

import pytest
from tests.distributions import install, run

MODULE = """
from newsfeed.findings import Place
from newsfeed.model.source_kinds import SourceKind
from newsfeed.sources.source_records import SourceRecord

TITLES = SourceKind(name="titles", label="Titles", reader="newsroom_titles:read")
CLOCK = SourceKind(name="clock", label="Clock", rows="newsroom_titles:rows", needs=("url",))

def read(file, source, site, meter):
    for number, title in enumerate(file.path.read_text().splitlines(), start=1):
        yield SourceRecord({"headline": title, "n": number}, Place(file=file.name, line=number))

def rows(source, site, root, since):
    yield SourceRecord({"id": 9, "url": source.url, "title": "Noon"}, Place(file=source.name, record=1))
"""
NEWSROOM = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]

[[sources]]
name = "headlines"
kind = "titles"
files = ["*.titles"]
article_url = "https://report.example/{id}"
fields = { title = "headline", id = "n" }
defaults = { language = "en", published = "2025-12-19T12:00:00Z" }

[[sources]]
name = "clock"
kind = "clock"
url = "https://report.example/noon"
defaults = { language = "en", published = "2025-12-19T12:00:00Z" }
"""
READ = """
import newsfeed
try:
    newsroom = newsfeed.open({room!r})
    print(*sorted(article.url for article in newsroom.articles), dict(newsroom.sources))
    print(*newsroom.findings, sep="\\n")
except newsfeed.NewsfeedError as error:
    print(type(error).__name__, error, sep=": ")
"""
POINTS = "[newsfeed.sources]\ntitles = newsroom_titles:TITLES\nclock = newsroom_titles:CLOCK\n"


def read(folder: Path, module: str, titles: str = "Snow\nRain\n") -> str:
    install(folder / "packages", "newsroom-titles", POINTS, {"newsroom_titles.py": module})
    (folder / "newsroom.toml").write_text(NEWSROOM)
    (folder / "a.titles").write_text(titles)
    return run(READ.format(room=str(folder)), folder / "packages").strip()


@pytest.mark.slow
def test_its_articles_are_in_the_newsroom(tmp_path: Path) -> None:
    assert read(tmp_path, MODULE) == (
        "https://report.example/1 https://report.example/2 https://report.example/noon {'headlines': 2, 'clock': 1}"
    )


@pytest.mark.slow
def test_what_is_wrong_with_its_records_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, MODULE, "Snow\n\n").splitlines()[1:] == [
        "a.titles:2: NF102 title: it is empty. Write a headline, a summary or content."
    ]


@pytest.mark.slow
def test_one_that_can_not_be_used(tmp_path: Path) -> None:
    assert read(tmp_path, MODULE.replace("def read", "def reed")) == (
        "InvalidPlugin: sources of the kind 'titles' can't be read, because newsroom_titles:read can't be imported: "
        "module 'newsroom_titles' has no attribute 'read'. Correct its row, or upgrade the plug-in."
    )
