"""The tables of a store that say what was published of each article, to whichever target."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.lookups import looked_up
from newsfeed.catalog.stored.database.statements import upsert_into
from newsfeed.publish import article_rows
from newsfeed.publish.matching import match_keys
from newsfeed.publish.record import PublishedArticle, line_of

__all__ = ["StoredArticleRecords"]

_UPSERT_ARTICLE = upsert_into("published_article", article_rows.COLUMNS[:1], article_rows.COLUMNS[1:])
_ARTICLES = f"SELECT {', '.join(article_rows.COLUMNS)} FROM published_article"  # noqa: S608 - names of ours
_NOT_CARRIED = """
WITH asked (own_id) AS (VALUES {keys})
SELECT own_id FROM asked
WHERE NOT EXISTS (SELECT 1 FROM published_article p WHERE p.own_id = asked.own_id AND p.departed = 0)
    AND NOT EXISTS (SELECT 1 FROM published_article p WHERE p.id = asked.own_id AND p.own_id IS NULL AND p.departed = 0)
"""
_COUNT_CARRIED = "SELECT count(*) FROM published_article WHERE departed = 0"


class StoredArticleRecords:
    """What a store says of the articles that were published, and the ids under which readers know them.

    Args:
        connection: The store, without implicit transactions. Who writes begins and ends them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self) -> list[bytes]:
        """Return the lines of all articles that were published, to any target."""
        return list(self._lines(_ARTICLES))

    def count_carried(self) -> int:
        """Return how many published articles were carried by a feed, to any target."""
        ((count,),) = self._connection.execute(_COUNT_CARRIED)
        return int(count)

    def not_carried(self, own_ids: Iterable[str]) -> set[str]:
        """Return those of some own ids of which no published article was carried by a feed."""
        found = looked_up(self._connection, _NOT_CARRIED, [(own_id,) for own_id in own_ids])
        return {own_id for (own_id,) in found}

    def lines_of(self, article: PublishedArticle) -> Iterator[bytes]:
        """Yield the lines of published articles that may be the same as an article, whatever changed about it."""
        for key in match_keys(article):
            condition, values = article_rows.condition_of(key, article)
            yield from self._lines(f"{_ARTICLES} WHERE {condition}", *values)

    def lines_with_id(self, own_id: str) -> Iterator[bytes]:
        """Yield the lines of published articles with an own id, or that were published under it."""
        yield from self._lines(f"{_ARTICLES} WHERE {article_rows.WITH_ID}", own_id, own_id)

    def save(self, article: PublishedArticle) -> None:
        """Replace what is said of an article."""
        self._run(_UPSERT_ARTICLE, *article_rows.columns_of(article))

    def forget(self, published_id: str) -> None:
        """Forget an article."""
        self._run("DELETE FROM published_article WHERE id = ?", published_id)

    def kept_ids(self, own_ids: Collection[str] | None = None) -> dict[str, str]:
        """Return the ids under which articles are published, by their own, where they differ.

        Args:
            own_ids: The articles; None for all.
        """
        if own_ids is None:
            return dict(self._pairs("SELECT own_id, id FROM kept_id"))
        if not self._all("SELECT 1 FROM kept_id LIMIT 1"):
            return {}
        asked = "SELECT own_id, id FROM kept_id WHERE own_id = ?"
        return dict(pair for own_id in own_ids for pair in self._pairs(asked, own_id))

    def is_kept_by_another(self, own_ids: Collection[str]) -> bool:
        """Return whether another article is published under the own id of one of some articles."""
        if not self._all("SELECT 1 FROM kept_id LIMIT 1"):
            return False
        asked = "SELECT 1 FROM kept_id WHERE id = ? AND own_id <> ?"
        return any(self._all(asked, own_id, own_id) for own_id in own_ids)

    def save_kept_ids(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Replace some of these ids by others."""
        for own_id in before.keys() - after.keys():
            self._run("DELETE FROM kept_id WHERE own_id = ?", own_id)
        for own_id, published_id in after.items():
            if before.get(own_id) != published_id:
                statement = "INSERT INTO kept_id (own_id, id) VALUES (?, ?) ON CONFLICT (own_id) DO UPDATE SET id = excluded.id"
                self._run(statement, own_id, published_id)

    def _lines(self, statement: str, *values: object) -> Iterator[bytes]:
        return map(line_of, map(article_rows.article_of, self._all(statement, *values)))

    def _pairs(self, statement: str, *values: object) -> list[tuple[str, str]]:
        return self._connection.execute(statement, values).fetchall()

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def _run(self, statement: str, *values: object) -> None:
        self._connection.run(statement, values)
