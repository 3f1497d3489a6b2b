"""A kind of file is one row: everything else finds its reader there."""

from collections.abc import Container, Iterator
from pathlib import Path

import pytest

import newsfeed
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources import kinds
from newsfeed.sources.records import article_or_findings
from newsfeed.sources.text_files import Meter


def read_titles(
    path: Path, name: str, site: Site, _stories: Container[str] | None, _meter: Meter | None
) -> Iterator[SourcedArticle | Finding]:
    """Read a title from each line."""
    for number, title in enumerate(path.read_text().splitlines(), start=1):
        place = newsfeed.Place(file=name, line=number)
        values = {
            "language": "en",
            "title": title,
            "url": f"https://report.example/{number}",
            "published": "2025-12-19T12:00:00Z",
        }
        yield from article_or_findings(values, place=place, site=site)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kinds, "KINDS", [*kinds.KINDS, kinds.FileKind((".titles",), read_titles)])
    site = '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\narticles = ["*.titles"]\n'
    (tmp_path / "newsroom.toml").write_text(site)
    return tmp_path


def test_its_articles_are_in_the_feeds(folder: Path) -> None:
    (folder / "a.titles").write_text("Snow\nRain\n")
    assert sorted(article.title for article in newsfeed.open(folder).articles) == ["Rain", "Snow"]


def test_messages_name_its_suffix(folder: Path) -> None:
    (folder / "newsroom.toml").write_text(
        (folder / "newsroom.toml").read_text().replace("*.titles", "a.unreadable")
    )
    (folder / "a.unreadable").write_text("Snow")
    with pytest.raises(newsfeed.InvalidNewsroom, match=r"Name files that end in \.json, .*, \.titles\.$"):
        newsfeed.open(folder)
