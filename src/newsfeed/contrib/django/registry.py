"""The models whose rows are articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.db import router

from newsfeed.contrib.live_feeds import ABSENT, KeyedRow, logger
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.sources.rows import told

__all__ = [
    "ROWS_AT_ONCE",
    "Registration",
    "databases",
    "register",
    "registered",
    "registration_of",
]

#: What is registered, by the label of the model; like Django's own registries, it is filled when Django starts.
_REGISTERED: dict[str, "Registration"] = {}
#: So many rows are read at once.
ROWS_AT_ONCE = 500


class Registration:
    """A model, and how an article is made of a row.

    Args:
        model: The model.
        article: Returns an article: what `Store.put` takes, or None if the row isn't an article.
        queryset: The rows, with whatever is read along with them.
        follow: Lookups of related rows whose changes count: `author`, `photos`.
    """

    def __init__(
        self,
        model: Any,  # noqa: ANN401 - Django ships no types
        article: Callable[[Any], object] | None,
        queryset: Any | None,  # noqa: ANN401 - as above
        follow: Sequence[str],
    ) -> None:
        self.model = model
        self.article = article
        self.follow = tuple(follow)
        #: The source of its rows in the store.
        self.source: str = model._meta.label_lower  # noqa: SLF001 - Django documents `_meta`
        self._queryset = queryset

    def rows(self, using: str | None) -> Any:  # noqa: ANN401 - as above
        """Return the query of all rows."""
        rows = self.model._default_manager if self._queryset is None else self._queryset  # noqa: SLF001 - as above
        return rows.all().using(using)

    def after(self, last: object, using: str | None) -> list[Any]:
        """Return the next rows in the order of their primary keys."""
        rows = self.rows(using).order_by("pk")
        return list((rows if last is None else rows.filter(pk__gt=last))[:ROWS_AT_ONCE])

    def vanished(self, stored: Iterable[str], using: str | None) -> Iterator[str]:
        """Yield the keys that no row has any longer."""
        keys = iter(stored)
        while some := list(islice(keys, ROWS_AT_ONCE)):
            rows = self.rows(using).filter(pk__in=self._read_keys(some)).values_list("pk", flat=True)
            yield from sorted(set(some).difference(map(str, rows)))

    def _read_keys(self, keys: Iterable[str]) -> list[object]:
        """Return primary keys, given as text; text that can't be one isn't."""
        read: list[object] = []
        for key in keys:
            with suppress(ValidationError):
                read.append(self.model._meta.pk.to_python(key))  # noqa: SLF001 - as above
        return read

    def by_key(self, keys: Iterable[str], site: Site, using: str | None) -> Iterator[KeyedRow]:
        """Read the rows with some keys, as they are in the database now."""
        wanted = list(dict.fromkeys(keys))
        found = {str(row.pk): row for row in self.rows(using).filter(pk__in=self._read_keys(wanted))}
        for key in wanted:
            yield from self.read([found[key]], site) if key in found else [KeyedRow(key, ABSENT)]

    def read(self, rows: Iterable[Any], site: Site) -> Iterator[KeyedRow]:
        """Make articles of rows. One whose function fails is logged, and what is stored of it stays."""
        for row in rows:
            try:
                yield KeyedRow(str(row.pk), self._article(row, site))
            except Exception as error:  # noqa: BLE001 - what a site's own function raises is anything
                logger.error('%s ("%s"): no article can be made of it: %s', self.source, row.pk, told(error))

    def _article(self, row: Any, site: Site) -> object:  # noqa: ANN401 - as above
        made = row if self.article is None else self.article(row)
        if made is None or isinstance(made, Article):
            return made
        defaults: dict[str, object] = {}
        if len(site.languages) == 1:
            defaults["language"] = site.default_language
        if isinstance(made, Mapping):
            values = defaults | {name: value for name, value in made.items() if value is not None}
        else:
            values = defaults | dict(_attributes(made))
        url = values.get("url") or (row.get_absolute_url() if hasattr(row, "get_absolute_url") else None)
        return values if url is None else values | {"url": urljoin(site.url, str(url))}


def _attributes(row: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - as above
    """Yield the fields of an article that an object has. A primary key is no id: those of other models are the same."""
    for field in Article.__struct_fields__:
        value = getattr(row, field, None)
        is_key = field == "id" and hasattr(row, "_meta") and row._meta.pk.name == "id"  # noqa: SLF001 - as above
        if value is not None and not is_key:
            yield field, value


def register(
    model: Any,  # noqa: ANN401 - as above
    article: Callable[[Any], object] | None = None,
    *,
    queryset: Any | None = None,  # noqa: ANN401 - as above
    follow: Sequence[str] = (),
) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
    """Let a model's rows be articles. Call it in a module `feeds.py` of an app, or use it as a decorator there.

    Args:
        model: The model. Its label, `news.story`, is the name of the source, and the primary key is the row's key.
        article: Takes a row and returns an Article, a mapping or an object with an article's fields; or None if the row
            isn't an article, or no longer. Default: the row itself. A missing `url` is `get_absolute_url()`, a path is
            completed by the site's address, and a site with one language needs no `language`.
        queryset: The rows, `Story.objects.prefetch_related("authors")`; others count as deleted. Default: all rows of
            the model's default manager.
        follow: Lookups of related rows whose changes count as changes of the article: `["author", "photos"]`.

    Returns:
        A decorator, for the function `article`.
    """
    registration = Registration(model, article, queryset, follow)
    _REGISTERED[registration.source] = registration

    def decorator(function: Callable[[Any], object]) -> Callable[[Any], object]:
        registration.article = function
        return function

    return decorator


def registered() -> list[Registration]:
    """Return all registered models."""
    return list(_REGISTERED.values())


def databases() -> set[str]:
    """Return the databases in which rows of registered models change."""
    return {router.db_for_write(each.model) for each in registered()}


def registration_of(source: str) -> Registration | None:
    """Return the registered model with a label."""
    return _REGISTERED.get(source)
