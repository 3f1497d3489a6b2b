"""The models whose rows are articles, and their rows."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, func, inspect, or_, select

from newsfeed.contrib.live_feeds import ABSENT, KeyedRow
from newsfeed.contrib.model_rows import ROWS_AT_ONCE, keyed_row
from newsfeed.contrib.sqlalchemy.sessions import InSession
from newsfeed.model.site import Site

__all__ = ["MappedModel", "MappedRows"]


class MappedModel:
    """A model, and how an article is made of a row.

    Args:
        model: The mapped class.
        article: Returns an article: what `Store.put` takes, or None if the row isn't an article.
        query: Selects the rows, with whatever is read along with them.
        source: The name of the source of its rows in the store.
    """

    def __init__(
        self,
        model: type[Any],
        article: Callable[[Any], object] | None,
        query: "Select[Any] | None",
        source: str | None,
    ) -> None:
        mapper = inspect(model)
        self.model = model
        self.article = article
        self.query: Select[Any] = select(model) if query is None else query
        self.source = source or str(mapper.local_table.fullname)
        #: The columns of its primary key.
        self.columns: tuple[Any, ...] = tuple(mapper.primary_key)
        #: The attribute that is the primary key; None if several are.
        attributes = [mapper.get_property_by_column(column).key for column in self.columns]
        self.key_attribute: str | None = attributes[0] if len(attributes) == 1 else None

    def key_of(self, row: object) -> str:
        """Return the key of a row in the store."""
        return self.text_of(inspect(self.model).primary_key_from_instance(row))

    @staticmethod
    def text_of(values: Sequence[object]) -> str:
        """Return the values of a primary key as text: a JSON list if they are several."""
        texts = [str(value) for value in values]
        return texts[0] if len(texts) == 1 else json.dumps(texts, ensure_ascii=False)

    def keys_where(self, *criteria: Any) -> "Select[Any]":  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
        """Return a query for the primary keys of rows."""
        return select(*self.columns).select_from(self.model).where(*criteria)

    def rows_in(self, in_session: InSession, site: Site) -> "MappedRows":
        """Return the rows in a database.

        Args:
            in_session: Runs functions in sessions of the database.
            site: The site for which articles are made of them.
        """
        return MappedRows(self, in_session, site)


class MappedRows:
    """The rows of a model, as they are in a database now.

    Args:
        mapped: The model.
        in_session: Runs functions in sessions of the database.
        site: The site for which articles are made of the rows.
    """

    def __init__(self, mapped: MappedModel, in_session: InSession, site: Site) -> None:
        self.source = mapped.source
        self._mapped = mapped
        self._in_session = in_session
        self._site = site

    def count(self) -> int:
        """Return how many there are."""
        asked = select(func.count()).select_from(self._keys().subquery())
        return int(self._in_session(lambda session: session.scalar(asked)))

    def by_key(self, keys: Iterable[str]) -> list[KeyedRow]:
        """Read the rows with some keys."""
        wanted = list(keys)
        found = {each.key: each for each in self._read(self._mapped.query.where(self._is_one_of(wanted)))}
        return [found.get(key, KeyedRow(key, ABSENT)) for key in wanted]

    def pages(self) -> Iterator[list[KeyedRow]]:
        """Read all rows, some at a time, in the order of their primary keys."""
        ordered = self._mapped.query.order_by(None).order_by(*self._mapped.columns).limit(ROWS_AT_ONCE)
        after = ordered
        while page := self._read(after):
            yield page
            after = ordered.where(self._is_after(page[-1].key))

    def vanished(self, keys: Iterable[str]) -> Iterator[str]:
        """Yield those of some keys that no row has."""
        remaining = iter(keys)
        while some := list(islice(remaining, ROWS_AT_ONCE)):
            rows = self._in_session(partial(_all, self._keys().where(self._is_one_of(some))))
            yield from sorted(set(some).difference(map(self._mapped.text_of, rows)))

    def _keys(self) -> "Select[Any]":
        return self._mapped.query.order_by(None).with_only_columns(
            *self._mapped.columns, maintain_column_froms=True
        )

    def _read(self, query: "Select[Any]") -> list[KeyedRow]:
        return list(self._in_session(lambda session: self._keyed(session.scalars(query).unique())))

    def _keyed(self, rows: Iterable[Any]) -> list[KeyedRow]:
        """Make articles of rows while their session is open, so that what they relate to can be read."""
        mapped = self._mapped
        return [
            keyed_row(
                self.source, mapped.key_of(row), row, mapped.article, self._site, is_key=mapped.key_attribute
            )
            for row in rows
        ]

    def _is_one_of(self, keys: Sequence[str]) -> Any:  # noqa: ANN401 - as above
        columns = self._mapped.columns
        read = [values for key in keys if (values := _values_of(key, columns)) is not None]
        if len(columns) == 1:
            return columns[0].in_([value for (value,) in read])
        return or_(
            False,  # noqa: FBT003 - none of them
            *(
                and_(*(column == value for column, value in zip(columns, values, strict=True)))
                for values in read
            ),
        )

    def _is_after(self, key: str) -> Any:  # noqa: ANN401 - as above
        """Return the condition that a primary key comes after another."""
        columns = self._mapped.columns
        values = _values_of(key, columns) or ()
        return or_(
            *(
                and_(*(columns[n] == values[n] for n in range(number)), columns[number] > values[number])
                for number in range(len(columns))
            )
        )


def _all(query: "Select[Any]", session: Any) -> Sequence[Any]:  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
    rows: Sequence[Any] = session.execute(query).all()
    return rows


def _values_of(key: str, columns: Sequence[Any]) -> list[object] | None:
    """Return the values of a primary key, given as text; None if it can't be one."""
    try:
        texts = [key] if len(columns) == 1 else json.loads(key)
        return [_value_of(text, column.type.python_type) for text, column in zip(texts, columns, strict=True)]
    except (ValueError, TypeError):
        return None


def _value_of(text: str, kind: Callable[[str], object]) -> object:
    from_iso = getattr(kind, "fromisoformat", None)  # dates and times
    return kind(text) if from_iso is None else from_iso(text)
