"""What changes in sessions: noted when it is flushed, in the same transaction, and told of when that is committed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Table, and_, event, inspect
from sqlalchemy.orm import Session, object_session

from newsfeed.contrib.sqlalchemy.mapped_rows import MappedModel
from newsfeed.contrib.sqlalchemy.pending_table import note

__all__ = ["SessionChanges"]


class _Noted:
    """What changed in the current transaction of a session."""

    def __init__(self) -> None:
        #: The changes of the current flush, by the mapped model: source and key.
        self.changes: dict[MappedModel, list[tuple[str, str]]] = {}
        #: The engines of the databases in which something was noted.
        self.engines: set[Any] = set()
        self.is_committed = False


class SessionChanges:
    """Notes the changes of registered models in all sessions.

    Args:
        committed: Called when a transaction with changes has been committed and its connection is free again, with the
            engine.
    """

    def __init__(self, committed: Callable[[Any], object]) -> None:
        self._committed = committed
        #: The tables of pending changes, by the mapped model.
        self._tables: dict[MappedModel, Table] = {}
        #: Paths to related rows whose changes count.
        self._followed: list[tuple[MappedModel, Sequence[Any]]] = []
        self._listeners: list[tuple[Any, str, Callable[..., object]]] = []
        self._listen(Session, "before_flush", self._before_flush)
        self._listen(Session, "after_flush", self._after_flush)
        self._listen(Session, "after_soft_rollback", self._after_soft_rollback)
        self._listen(Session, "after_commit", self._after_commit)
        self._listen(Session, "after_transaction_end", self._after_transaction_end)

    def add(self, mapped: MappedModel, table: Table, follow: Iterable[Any]) -> None:
        """Watch a model.

        Args:
            mapped: The model.
            table: The table in which its changes are noted.
            follow: Relationships to other rows whose changes count, `Story.author`; from there to others, a list of
                them, `[Story.author, Author.agency]`.
        """
        self._tables[mapped] = table
        self._followed += [(mapped, each if isinstance(each, list | tuple) else [each]) for each in follow]

        def on_row(_mapper: object, _connection: object, row: Any) -> None:  # noqa: ANN401 - SQLAlchemy's interface
            self._note(object_session(row), mapped, [mapped.key_of(row)])

        for name in ("after_insert", "after_update", "after_delete"):
            self._listen(mapped.model, name, on_row, propagate=True)

    def note_now(self, session: Any, mapped: MappedModel, keys: Iterable[str]) -> None:  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
        """Note in the transaction of a session that rows changed, given by their keys."""
        self._note(session, mapped, keys)
        self._write(session)

    def close(self) -> None:
        """Watch no longer."""
        for listener in self._listeners:
            event.remove(*listener)
        self._listeners.clear()

    def _listen(self, target: Any, name: str, function: Callable[..., object], **options: bool) -> None:  # noqa: ANN401 - as above
        event.listen(target, name, function, **options)
        self._listeners.append((target, name, function))

    def _noted(self, session: Any) -> _Noted:  # noqa: ANN401 - as above
        noted: _Noted = session.info.setdefault(self, _Noted())
        return noted

    def _note(self, session: Any, mapped: MappedModel, keys: Iterable[str]) -> None:  # noqa: ANN401 - as above
        changes = self._noted(session).changes.setdefault(mapped, [])
        changes += ((mapped.source, key) for key in keys)

    def _write(self, session: Any) -> None:  # noqa: ANN401 - as above
        """Write what is noted into the database, in the session's transaction."""
        noted = self._noted(session)
        for mapped, changes in noted.changes.items():
            connection = _connection_of(session, mapped)
            note(connection, self._tables[mapped], changes)
            noted.engines.add(connection.engine)
        noted.changes.clear()

    def _before_flush(self, session: Any, _context: object, _instances: object) -> None:  # noqa: ANN401 - as above
        """Note rows that may lose a row that they follow."""
        self._note_followers(session, [*session.dirty, *session.deleted])

    def _after_flush(self, session: Any, _context: object) -> None:  # noqa: ANN401 - as above
        """Note rows that follow what was saved, then write all notes."""
        self._note_followers(session, [*session.new, *session.dirty])
        if self in session.info:
            self._write(session)

    def _note_followers(self, session: Any, rows: Iterable[Any]) -> None:  # noqa: ANN401 - as above
        if not self._followed:
            return
        for row in rows:
            for mapped, path in self._followed:
                if isinstance(row, path[-1].entity.class_):
                    asked = _followers(mapped, path, row)
                    keys = _connection_of(session, mapped).execute(asked).all() if asked is not None else ()
                    self._note(session, mapped, map(mapped.text_of, keys))

    def _after_soft_rollback(self, session: Any, _transaction: object) -> None:  # noqa: ANN401 - as above
        if self in session.info:
            self._noted(session).changes.clear()

    def _after_commit(self, session: Any) -> None:  # noqa: ANN401 - as above
        if self in session.info and session.get_nested_transaction() is None:
            self._noted(session).is_committed = True

    def _after_transaction_end(self, session: Any, transaction: Any) -> None:  # noqa: ANN401 - as above
        if transaction.parent is None and self in session.info:
            noted: _Noted = session.info.pop(self)
            for engine in noted.engines if noted.is_committed else ():
                self._committed(engine)


def _connection_of(session: Any, mapped: MappedModel) -> Any:  # noqa: ANN401 - as above
    return session.connection(bind_arguments={"mapper": inspect(mapped.model)})


def _followers(mapped: MappedModel, path: Sequence[Any], row: Any) -> Any:  # noqa: ANN401 - as above
    """Return a query for the keys of rows that lead to a related row; None if it isn't in the database yet."""
    identity = inspect(row).identity
    if identity is None:
        return None
    asked = mapped.keys_where()
    for relationship in path:
        asked = asked.join(relationship)
    columns = path[-1].entity.primary_key
    return asked.where(and_(*(column == value for column, value in zip(columns, identity, strict=True))))
