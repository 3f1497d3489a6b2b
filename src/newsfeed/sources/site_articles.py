"""The articles of a newsroom, read from the files and other sources that its newsroom.toml names."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.limits import PROBLEMS_IN_A_ROW
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.article_files import article_files
from newsfeed.sources.kept_articles import KeptArticles
from newsfeed.sources.kinds import kind_of, suffixes
from newsfeed.sources.records import finding
from newsfeed.sources.source_reading import articles_in_file
from newsfeed.sources.text_files import Meter

__all__ = ["SiteArticles", "articles_in", "read_articles"]

#: Progress is reported after this many articles.
_BETWEEN_REPORTS = 256


def read_articles(site: Site, root: Path) -> tuple[list[SourcedArticle], list[Finding]]:
    """Read all articles of a newsroom.

    Args:
        site: The site, whose `articles` and `sources` say where they are.
        root: The newsroom's folder.

    Returns:
        The articles with their places, and the findings.

    Raises:
        InvalidNewsroom: If `articles` and `sources` are empty, or name missing files.
        SourceError: If a source can't be reached, or not read to its end.
        MissingExtra: If a source needs packages of an extra that aren't installed, as Markdown files do.

    Example:
        >>> from newsfeed.sources.newsroom_toml import read_site
        >>> articles, findings = read_articles(*read_site("examples/report"))
        >>> str(articles[0].place), findings
        ('articles.jsonl:1', [])
    """
    articles: list[SourcedArticle] = []
    findings: list[Finding] = []
    for found in SiteArticles(site, root):
        if isinstance(found, SourcedArticle):
            articles.append(found)
        else:
            findings.append(found)
    return articles, findings


def articles_in(
    files: Iterable[ArticleFile],
    site: Site,
    stories: Container[str] | None = None,
    meter: Meter | None = None,
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of files.

    Args:
        files: The files.
        site: The site, for the dates.
        stories: The stories whose articles are wanted, or None for all. Others may be included if that isn't slower.
        meter: Counts the bytes that are read.

    Yields:
        Each article with its place, and each finding.
    """
    for each in files:
        file, name = each.path, each.name
        if each.settings is not None:
            yield from _unless_hopeless(articles_in_file(each, each.settings, site, meter), name)
            continue
        kind = kind_of(file)
        if kind is None:
            reason = "this kind of file can't be read"
            remedy = f"let site.articles name only files that end in {suffixes()}"
            yield finding(InvalidValue(reason, remedy), Place(file=name), code="NF101")
        else:
            yield from _unless_hopeless(kind.read(file, name, site, stories, meter), name)


def _unless_hopeless(
    found: Iterator[SourcedArticle | Finding], name: str
) -> Iterator[SourcedArticle | Finding]:
    """Stop reading a file that yields many consecutive errors without an article."""
    problems = 0
    for each in found:
        yield each
        if isinstance(each, Finding) and each.severity == "error":
            problems += 1
        elif isinstance(each, SourcedArticle):
            problems = 0
        if problems == PROBLEMS_IN_A_ROW:
            reason = f"{problems:,} problems in a row, and no article; the rest of it wasn't read"
            remedy = "fix the first ones, and build again"
            yield finding(InvalidValue(reason, remedy), Place(file=name), code="NF144")
            return


class SiteArticles:
    """The articles of a newsroom, read again from its files in each iteration. Sources elsewhere are read only once.

    Args:
        site: The site, whose `articles` and `sources` say where they are.
        root: The newsroom's folder.
        progress: Called every few hundred articles, and at the end of each reading, with the number of bytes read, of
            all bytes, and of articles so far. It isn't called when only some stories are read.

    Example:
        >>> from newsfeed.sources.newsroom_toml import read_site
        >>> site, root = read_site("examples/report")
        >>> articles = SiteArticles(site, root)
        >>> len(list(articles)) == len(list(articles))
        True
    """

    def __init__(
        self, site: Site, root: Path, progress: Callable[[int, int, int], object] | None = None
    ) -> None:
        self._site = site
        self._root = root
        self._progress = progress
        self._sources_of_files: dict[str, str] = {}
        self._elsewhere = [
            (source.name, KeptArticles(source, site, root)) for source in site.sources if not source.files
        ]

    @property
    def sources(self) -> Sequence[str]:
        """The names of the sources: of those in `site.sources`, and the patterns of `site.articles`."""
        return [*self._site.articles, *(source.name for source in self._site.sources)]

    def source_of(self, file: str) -> str:
        """Return the source that has a file, given the file's name in findings."""
        return self._sources_of_files.get(file, file)

    def of_stories(self, stories: Container[str]) -> Iterator[SourcedArticle | Finding]:
        """Read the articles of some stories, and perhaps others."""
        files, findings = article_files(self._site, self._root)
        yield from findings
        yield from articles_in(files, self._site, stories)
        yield from self.articles_elsewhere()

    @property
    def progress(self) -> Callable[[int, int, int], object] | None:
        """What is told how far the reading is."""
        return self._progress

    def files(self) -> tuple[list[ArticleFile], list[Finding]]:
        """Return the files, with absolute paths, and what was found wrong with their names."""
        files, findings = article_files(self._site, self._root)
        return [file._replace(path=file.path.absolute()) for file in files], findings

    def __iter__(self) -> Iterator[SourcedArticle | Finding]:
        """Yield each article with its place, and each finding.

        Raises:
            InvalidNewsroom: As `read_articles`, before anything is yielded.
            SourceError: As `read_articles`.
            MissingExtra: As `read_articles`.
        """
        files, findings = article_files(self._site, self._root)
        self._sources_of_files = {file.name: file.source for file in files}
        yield from findings
        if self._progress is None:
            yield from articles_in(files, self._site)
            yield from self.articles_elsewhere()
        else:
            yield from self._told(files, self._progress)

    def articles_elsewhere(self) -> Iterator[SourcedArticle | Finding]:
        """Read the articles of sources that aren't files."""
        for name, articles in self._elsewhere:
            yield from _unless_hopeless(iter(articles), name)

    def _told(
        self, files: list[ArticleFile], progress: Callable[[int, int, int], object]
    ) -> Iterator[SourcedArticle | Finding]:
        """Read everything, and report progress."""
        size = sum(map(_size, files))
        meter = Meter()
        articles = 0
        for found in chain(articles_in(files, self._site, meter=meter), self.articles_elsewhere()):
            yield found
            if isinstance(found, SourcedArticle):
                articles += 1
                if not articles % _BETWEEN_REPORTS:
                    progress(min(meter.read, size), size, articles)
        progress(size, size, articles)


def _size(file: ArticleFile) -> int:
    """Return a file's size, or 0 if it is unknown, which the reading will report."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0
