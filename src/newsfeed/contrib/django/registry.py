"""The models whose rows are articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import router

from newsfeed.contrib.live_feeds import ABSENT, KeyedRow
from newsfeed.contrib.model_rows import ROWS_AT_ONCE, keyed_row
from newsfeed.model.site import Site

__all__ = [
    "RegisteredRows",
    "Registration",
    "databases",
    "register",
    "registered",
    "registration_of",
]

#: What is registered, by the label of the model; like Django's own registries, it is filled when Django starts.
_REGISTERED: dict[str, "Registration"] = {}


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

    def rows_in(self, using: str | None, site: Site) -> "RegisteredRows":
        """Return the rows in a database.

        Args:
            using: The database; None for the one that is read by default.
            site: The site for which articles are made of them.
        """
        rows = self.model._default_manager if self._queryset is None else self._queryset  # noqa: SLF001 - as above
        return RegisteredRows(self, rows.all().using(using or router.db_for_read(self.model)), site)


class RegisteredRows:
    """The rows of a registered model, as they are in a database now.

    Args:
        registration: The model.
        queryset: All rows.
        site: The site for which articles are made of them.
    """

    def __init__(self, registration: Registration, queryset: Any, site: Site) -> None:  # noqa: ANN401 - as above
        self.source = registration.source
        self._article = registration.article
        self._pk = registration.model._meta.pk  # noqa: SLF001 - as above
        self._queryset = queryset
        self._site = site

    def count(self) -> int:
        """Return how many there are."""
        return int(self._queryset.count())

    def by_key(self, keys: Iterable[str]) -> Iterator[KeyedRow]:
        """Read the rows with some keys."""
        wanted = list(keys)
        found = {str(row.pk): row for row in self._queryset.filter(pk__in=self._read_keys(wanted))}
        for key in wanted:
            yield self._keyed(found[key]) if key in found else KeyedRow(key, ABSENT)

    def pages(self) -> Iterator[list[KeyedRow]]:
        """Read all rows, some at a time, in the order of their primary keys."""
        rows = self._queryset.order_by("pk")
        after = rows
        while page := list(after[:ROWS_AT_ONCE]):
            yield [self._keyed(row) for row in page]
            after = rows.filter(pk__gt=page[-1].pk)

    def vanished(self, keys: Iterable[str]) -> Iterator[str]:
        """Yield those of some keys that no row has."""
        remaining = iter(keys)
        while some := list(islice(remaining, ROWS_AT_ONCE)):
            rows = self._queryset.filter(pk__in=self._read_keys(some)).values_list("pk", flat=True)
            yield from sorted(set(some).difference(map(str, rows)))

    def _keyed(self, row: Any) -> KeyedRow:  # noqa: ANN401 - as above
        return keyed_row(self.source, str(row.pk), row, self._article, self._site, is_key=self._pk.name)

    def _read_keys(self, keys: Iterable[str]) -> list[object]:
        """Return primary keys, given as text; text that can't be one isn't."""
        read: list[object] = []
        for key in keys:
            with suppress(ValidationError):
                read.append(self._pk.to_python(key))
        return read


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
