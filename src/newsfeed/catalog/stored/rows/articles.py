"""The articles of a store, as it was at one moment."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator
from contextlib import AbstractContextManager, closing

from newsfeed.catalog.stored.database.connecting import closed_with, connected, store_errors
from newsfeed.catalog.stored.database.packing import unpacked
from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.catalog.stored.rows.records import place_of
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_values import decoded
from newsfeed.sources.records import article_or_findings

__all__ = ["StoredArticles", "changes_of"]

#: Progress is reported after this many articles.
_BETWEEN_REPORTS = 256
#: So many stories are looked up by index; more are faster to find by reading everything.
_STORIES_BY_INDEX = 1_000

_CHANGES = "SELECT value FROM counter WHERE name = 'changes'"
_ROWS = "SELECT source, key, record FROM stored_row WHERE record IS NOT NULL"


class StoredArticles:
    """The articles of a store, read again in each iteration: as they were when this was made, whatever is put since.

    Args:
        path: The store's file.
        site: The site.
        wait: How many seconds to wait for others.
        progress: Called every few hundred articles, and at the end of each reading, with the number of rows read, of
            all rows, and of articles so far. It isn't called when only some stories are read.

    Raises:
        StoreError: If there is no store, or it can't be read.
    """

    def __init__(
        self,
        path: str,
        site: Site,
        *,
        wait: float = WAIT,
        progress: Callable[[int, int, int], object] | None = None,
    ) -> None:
        self._path = path
        self._wait = wait
        self._site = site
        self._progress = progress
        self._connection = connected(path, wait=wait, create=False)
        self.close = closed_with(self, self._connection)
        with self._errors():
            self._connection.begin(writes=False)
            self._connection.execute(_CHANGES).fetchone()  # a snapshot begins with the first look

    @property
    def sources(self) -> Collection[str]:
        """The names of the sources that have rows."""
        asked = "SELECT DISTINCT source FROM stored_row WHERE record IS NOT NULL"
        with self._errors():
            return [source for (source,) in self._connection.execute(asked)]

    def source_of(self, file: str) -> str:
        """Return the source of a row, given what its findings name as their file."""
        return file

    def is_removed(self, own_id: str) -> bool:
        """Return whether an article with an id was removed."""
        asked = "SELECT 1 FROM stored_row WHERE own_id = ? AND record IS NULL"
        with self._errors():
            return self._connection.execute(asked, (own_id,)).fetchone() is not None

    def of_stories(self, stories: Container[str]) -> Iterator[SourcedArticle | Finding]:
        """Read the articles of some stories, and perhaps others."""
        if isinstance(stories, Collection) and len(stories) <= _STORIES_BY_INDEX:
            for story in stories:
                yield from self._read(f"{_ROWS} AND story = ?", story)
        else:
            yield from self._read(_ROWS)

    def __iter__(self) -> Iterator[SourcedArticle | Finding]:
        """Yield each article and each finding, in the order in which they were first put."""
        found = self._read(f"{_ROWS} ORDER BY number")
        return found if self._progress is None else self._reporting(found, self._progress)

    def _read(self, statement: str, *values: str) -> Iterator[SourcedArticle | Finding]:
        with self._errors():
            for source, key, record in self._connection.stream(statement, values):
                content = unpacked(record)
                place = place_of(source, key)
                yield from article_or_findings(decoded(content), place=place, site=self._site, source=content)

    def _reporting(
        self, found: Iterable[SourcedArticle | Finding], progress: Callable[[int, int, int], object]
    ) -> Iterator[SourcedArticle | Finding]:
        """Read everything, and report progress."""
        with self._errors():
            (rows,) = self._connection.execute(
                "SELECT count(*) FROM stored_row WHERE record IS NOT NULL"
            ).fetchone()
        articles = 0
        for each in found:
            yield each
            if isinstance(each, SourcedArticle):
                articles += 1
                if not articles % _BETWEEN_REPORTS:
                    progress(articles, rows, articles)
        progress(rows, rows, articles)

    def _errors(self) -> AbstractContextManager[None]:
        return store_errors(self._path, self._wait)


def changes_of(path: str) -> int:
    """Return how many changes were made in a store.

    Args:
        path: Its file.

    Raises:
        StoreError: If there is no store, or it can't be read.
    """
    with store_errors(path, 0), closing(connected(path, wait=1, create=False)) as connection:
        return int(connection.execute(_CHANGES).fetchone()[0])
