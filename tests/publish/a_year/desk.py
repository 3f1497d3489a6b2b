"""A desk where the articles that editors change are put into a store."""

from pathlib import Path

from tests.publish.a_year.editors import Editors

from newsfeed import Article, Store

__all__ = ["Desk"]


class Desk:
    """Puts what editors have changed.

    Args:
        path: The store's file.
        editors: The editors.
    """

    def __init__(self, path: Path, editors: Editors) -> None:
        self._path = path
        self._editors = editors
        self._site = editors.site
        self._store = Store(path, editors.site)
        self._put: dict[int, Article] = {}

    def store(self) -> Store:
        """Return the store, which has all that the editors have changed."""
        site, articles = self._editors.site, self._editors.articles
        if site != self._site:
            self._store.close()
            self._store = Store(self._path, site)
            self._site = site
        changed = [number for number, article in articles.items() if self._put.get(number) != article]
        numbers = iter(changed)
        self._store.put([articles[number] for number in changed], key=lambda _: next(numbers))
        self._put = dict(articles)
        return self._store
