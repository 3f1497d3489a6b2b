"""The articles of a newsroom, read from the files that its newsroom.toml names."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.limits import PROBLEMS_IN_A_ROW
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_files import ArticleFile, article_files
from newsfeed.sources.kinds import kind_of, suffixes
from newsfeed.sources.records import finding
from newsfeed.sources.text_files import Meter

__all__ = ["SiteArticles", "articles_in", "each_article", "read_articles"]

#: Progress is reported after this many articles.
_BETWEEN_REPORTS = 256


def read_articles(site: Site, root: Path) -> tuple[list[SourcedArticle], list[Finding]]:
    """Read all articles of a newsroom.

    Args:
        site: The site, whose `articles` name the files.
        root: The newsroom's folder.

    Returns:
        The articles with their places, and the findings.

    Raises:
        InvalidNewsroom: If `site.articles` is empty, or names missing files.
        MissingExtra: If there are Markdown files, and the extra `markdown` isn't installed.

    Example:
        >>> from newsfeed.sources.newsroom_toml import read_site
        >>> articles, findings = read_articles(*read_site("examples/report"))
        >>> str(articles[0].place), findings
        ('articles.jsonl:1', [])
    """
    articles: list[SourcedArticle] = []
    findings: list[Finding] = []
    for found in each_article(site, root):
        if isinstance(found, SourcedArticle):
            articles.append(found)
        else:
            findings.append(found)
    return articles, findings


def each_article(
    site: Site, root: Path, stories: Container[str] | None = None
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of a newsroom one by one.

    Args:
        site: The site, whose `articles` name the files.
        root: The newsroom's folder.
        stories: The stories whose articles are wanted, or None for all. Others may be included if that isn't slower.

    Yields:
        Each article with its place, and each finding.

    Raises:
        InvalidNewsroom: As `read_articles`, before anything is yielded.
        MissingExtra: As `read_articles`.
    """
    files, findings = article_files(site, root)
    yield from findings
    yield from articles_in(files, site, stories)


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
        stories: As for `each_article`.
        meter: Counts the bytes that are read.

    Yields:
        Each article with its place, and each finding.
    """
    for file, name, _ in files:
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
        problems = 0 if isinstance(each, SourcedArticle) else problems + 1
        if problems == PROBLEMS_IN_A_ROW:
            reason = f"{problems:,} problems in a row, and no article; the rest of it wasn't read"
            remedy = "fix the first ones, and build again"
            yield finding(InvalidValue(reason, remedy), Place(file=name), code="NF144")
            return


class SiteArticles:
    """The articles of a newsroom, read again from its files in each iteration.

    Args:
        site: The site, whose `articles` name the files.
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
        self._patterns: dict[str, str] = {}

    @property
    def sources(self) -> Sequence[str]:
        """The patterns of `site.articles`, each of which is a source."""
        return self._site.articles

    def source_of(self, file: str) -> str:
        """Return the pattern of `site.articles` that matched a file, given the file's name in findings."""
        return self._patterns.get(file, file)

    def of_stories(self, stories: Container[str]) -> Iterator[SourcedArticle | Finding]:
        """Read the articles of some stories, and perhaps others."""
        return each_article(self._site, self._root, stories)

    def __iter__(self) -> Iterator[SourcedArticle | Finding]:
        """Yield each article and each finding, as `each_article` does."""
        files, findings = article_files(self._site, self._root)
        self._patterns = {file.name: file.pattern for file in files}
        yield from findings
        if self._progress is None:
            yield from articles_in(files, self._site)
        else:
            yield from self._told(files, self._progress)

    def _told(
        self, files: list[ArticleFile], progress: Callable[[int, int, int], object]
    ) -> Iterator[SourcedArticle | Finding]:
        """Read everything, and report progress."""
        size = sum(map(_size, files))
        meter = Meter()
        articles = 0
        for found in articles_in(files, self._site, meter=meter):
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
