"""The table of changes that haven't reached the store yet. They are committed with the rows, so none is lost."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, delete, insert, select

from newsfeed.contrib.model_rows import ROWS_AT_ONCE
from newsfeed.contrib.pending import NotedChange
from newsfeed.contrib.sqlalchemy.sessions import InSession

__all__ = ["PendingInTable", "note", "pending_table"]

_NAME = "newsfeed_pending_change"


def pending_table(metadata: MetaData) -> Table:
    """Return the table, as one of a model's metadata: `create_all` creates it, and Alembic finds it."""
    known = metadata.tables.get(_NAME if metadata.schema is None else f"{metadata.schema}.{_NAME}")
    if known is not None:
        return known
    return Table(
        _NAME,
        metadata,
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("source", String(200), nullable=False),
        Column("key", String(255), nullable=False),
    )


def note(connection: Any, table: Table, changes: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
    """Note in the transaction of a connection that rows changed, given by source and key."""
    rows = [{"source": source, "key": key} for source, key in dict.fromkeys(changes)]
    if rows:
        connection.execute(insert(table), rows)


class PendingInTable:
    """The changes that are noted in a database.

    Args:
        table: The table.
        in_session: Runs functions in sessions of the database.
        sources: The names of the sources whose changes are asked for.
    """

    def __init__(self, table: Table, in_session: InSession, sources: Collection[str]) -> None:
        self._in_session = in_session
        self._table = table
        columns = table.c
        self._first = (
            select(columns.id, columns.source, columns.key)
            .where(columns.source.in_(sources))
            .order_by(columns.id)
            .limit(ROWS_AT_ONCE)
        )

    def first(self) -> Collection[NotedChange]:
        """Return the first ones."""
        return [
            NotedChange(*each)
            for each in self._in_session(lambda session: session.execute(self._first).all())
        ]

    def forget(self, changes: Collection[NotedChange]) -> None:
        """Delete notes."""
        table = self._table
        gone = delete(table).where(table.c.id.in_([change.number for change in changes]))
        self._in_session(lambda session: session.execute(gone))
