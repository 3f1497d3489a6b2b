"""The rows of a model, and the articles that are made of them: what the bridges to object-relational mappers share."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import urljoin

from newsfeed.contrib.live_feeds import FAILED, KeyedRow, logger
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.sources.rows import told

__all__ = ["ROWS_AT_ONCE", "ModelRows", "keyed_row"]

#: So many rows are read and put at once.
ROWS_AT_ONCE = 500


class ModelRows(Protocol):
    """The rows of a model in a database, as they are there now."""

    @property
    def source(self) -> str:
        """The name of their source in the store."""

    def count(self) -> int:
        """Return how many there are."""

    def by_key(self, keys: Iterable[str]) -> Iterable[KeyedRow]:
        """Read the rows with some keys."""

    def pages(self) -> Iterator[Collection[KeyedRow]]:
        """Read all rows, `ROWS_AT_ONCE` at a time and each time anew, in the order of their keys."""

    def vanished(self, keys: Iterable[str]) -> Iterator[str]:
        """Yield those of some keys that no row has."""


def keyed_row(
    source: str,
    key: str,
    row: Any,  # noqa: ANN401 - an instance of any model
    article: Callable[[Any], object] | None,
    site: Site,
    *,
    is_key: str | None = None,
) -> KeyedRow:
    """Return what is put of a row. If no article can be made of it, that is logged, and what is stored of it stays.

    Args:
        source: The name of its source in the store.
        key: Its key there.
        row: The row.
        article: Returns an article: what `Store.put` takes, or None if the row isn't one. None: the row is one itself.
        site: The site, whose address completes paths, and whose only language needn't be said.
        is_key: The name of the attribute that is the primary key. It isn't the article's id, because rows of other
            models may have the same.
    """
    try:
        return KeyedRow(key, _article(row, row if article is None else article(row), site, is_key))
    except Exception as error:  # noqa: BLE001 - what a site's own function raises is anything
        logger.error('%s ("%s"): no article can be made of it: %s', source, key, told(error))
        return KeyedRow(key, FAILED)


def _article(row: Any, made: object, site: Site, is_key: str | None) -> object:  # noqa: ANN401 - as above
    if made is None or isinstance(made, Article):
        return made
    values: dict[str, object] = {}
    if len(site.languages) == 1:
        values["language"] = site.default_language
    if isinstance(made, Mapping):
        values |= {name: value for name, value in made.items() if value is not None}
    else:
        values |= _attributes(made, is_key if made is row else None)
    url = values.get("url") or (row.get_absolute_url() if hasattr(row, "get_absolute_url") else None)
    return values if url is None else values | {"url": urljoin(site.url, str(url))}


def _attributes(made: object, is_key: str | None) -> dict[str, object]:
    """Return the fields of an article that an object has."""
    fields = ((name, getattr(made, name, None)) for name in Article.__struct_fields__)
    return {name: value for name, value in fields if value is not None and (name != "id" or is_key != "id")}
