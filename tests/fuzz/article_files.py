"""The files of articles, with any bytes in them: what comes out are articles and findings, and nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from newsfeed import Category, Finding, Site
from newsfeed.findings import CODES
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.site_articles import SiteArticles

__all__ = ["json_files", "json_lines", "markdown"]

_GZIPPED = b"\x1f\x8b"
_FOUND: TypeAlias = SourcedArticle | Finding


def json_files(data: bytes) -> None:
    """Read a `.json` file."""
    _read(data, "articles.json")


def json_lines(data: bytes) -> None:
    """Read a `.jsonl` file."""
    _read(data, "articles.jsonl")


def markdown(data: bytes) -> None:
    """Read a `.md` file."""
    _read(data, "article.md")


def _read(data: bytes, name: str) -> None:
    name += ".gz" if data.startswith(_GZIPPED) else ""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        found = list(SiteArticles(_site(name), Path(folder)))
    for one in found:
        assert isinstance(one, _FOUND)
        assert one.place.file == name
        if isinstance(one, Finding):
            _check_finding(one, data, name)


def _check_finding(finding: Finding, data: bytes, name: str) -> None:
    assert finding.code in CODES
    assert finding.reason
    assert finding.remedy
    assert len(str(finding).splitlines()) == 1
    str(finding).encode()
    if not name.endswith(".gz"):
        assert 0 <= finding.place.line <= data.count(b"\n") + data.count(b"\r") + 1


def _site(name: str) -> Site:
    return Site(
        title="Report",
        url="https://report.example/",
        languages=["en", "az"],
        timezone="Asia/Baku",
        articles=[name],
        categories=[Category(term="politics", label={"en": "Politics", "az": "Siyasət"})],
    )
