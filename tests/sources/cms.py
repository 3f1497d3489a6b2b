"""A newsroom with one source, read as a build reads it, for tests of kinds of sources."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsfeed import Article, Site
from newsfeed.sources.site_articles import read_articles

__all__ = ["Source", "SourceReading"]


class SourceReading(NamedTuple):
    """What was read."""

    #: The articles by the last step of their address, without a suffix.
    articles: dict[str, Article]
    #: The findings as printed, without notes and without globs that match nothing.
    problems: list[str]
    #: The notes about records that aren't articles to publish.
    notes: list[str]


class Source:
    """A source in a folder.

    Args:
        root: The newsroom's folder.
        table: The keys of its `[[sources]]` table.
    """

    def __init__(self, root: Path, **table: Any) -> None:
        self.root = root
        self.table = {"name": "cms", **table}

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files."""
        for name, data in files.items():
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data.encode() if isinstance(data, str) else data)

    def stories(self, **site: Any) -> Iterator[tuple[str | None, str, str | None]]:
        """Yield the story, language and address of each article."""
        articles, _ = read_articles(self._site({}, site), self.root)
        yield from sorted((each.article.story, each.article.language, each.article.url) for each in articles)

    def read(
        self, files: Mapping[str, str | bytes] | None = None, *, table: Any = None, **site: Any
    ) -> SourceReading:
        """Write files and read the source.

        Args:
            files: The files by name.
            table: More keys of `[[sources]]`.
            site: Keys of `[site]`.
        """
        self.write(files or {})
        articles, findings = read_articles(self._site(table or {}, site), self.root)
        named = {_name(sourced.article): sourced.article for sourced in articles}
        assert len(named) == len(articles)
        problems = [str(each) for each in findings if each.severity != "note" and each.code != "NF141"]
        return SourceReading(
            named, problems, [str(finding) for finding in findings if finding.severity == "note"]
        )

    def _site(self, table: Mapping[str, Any], values: Mapping[str, Any]) -> Site:
        defaults: dict[str, Any] = {
            "title": "Report",
            "url": "https://report.example/",
            "languages": ["en", "az"],
            "timezone": "Asia/Baku",
        }
        return Site(**{**defaults, **values, "sources": [{**self.table, **table}]})


def _name(article: Article) -> str:
    return str(article.url).rstrip("/").rpartition("/")[2].partition(".")[0].partition("?")[0] or str(
        article.url
    )
