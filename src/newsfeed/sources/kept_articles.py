"""Articles that aren't in files, read once however often they are asked for: kept in a temporary file meanwhile."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

from newsfeed.findings import Finding
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.source_reading import articles_elsewhere

__all__ = ["KeptArticles"]


class KeptArticles:
    """The articles of a source that isn't in files, and what was found wrong with others.

    A build may look at its articles twice. The source is read only the first time, because it may be slow, and may give
    other articles the next time.

    Args:
        source: The source.
        site: The site.
        root: The newsroom's folder.
    """

    def __init__(self, source: ArticleSource, site: Site, root: Path) -> None:
        self._source = source
        self._site = site
        self._root = root
        self._kept: IO[bytes] | None = None

    def __iter__(self) -> Iterator[SourcedArticle | Finding]:
        """Yield each article and each finding.

        Raises:
            SourceError: If the source can't be reached, or not read to its end.
        """
        if self._kept is None:
            yield from self._read()
            return
        position = 0
        while True:
            self._kept.seek(position)
            try:
                found = pickle.load(self._kept)  # noqa: S301 - nobody else can write into an unnamed file
            except EOFError:
                return
            position = self._kept.tell()
            yield found

    def _read(self) -> Iterator[SourcedArticle | Finding]:
        kept = TemporaryFile()  # noqa: SIM115 - it's needed until nobody asks any longer
        finalize(self, kept.close)
        for each in articles_elsewhere(self._source, self._site, self._root):
            if isinstance(each, SourcedArticle | Finding):
                pickle.dump(each, kept)
                yield each
        self._kept = kept
