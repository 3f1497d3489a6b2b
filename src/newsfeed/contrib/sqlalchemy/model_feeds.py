"""ModelFeeds: the object that a program holds whose articles are rows of SQLAlchemy's models."""

import asyncio
from collections.abc import Callable, Iterable
from os import PathLike, fspath
from threading import Event
from typing import Any

from sqlalchemy import Select, Table, inspect

from newsfeed.contrib.live_feeds import LiveFeeds, log_error
from newsfeed.contrib.pending import put_pending
from newsfeed.contrib.sqlalchemy.mapped_rows import MappedModel
from newsfeed.contrib.sqlalchemy.pending_table import PendingInTable, pending_table
from newsfeed.contrib.sqlalchemy.session_changes import SessionChanges
from newsfeed.contrib.sqlalchemy.sessions import InSession, in_sessions_of, out_of_loop
from newsfeed.contrib.syncing import SyncedRows, sync_rows
from newsfeed.contrib.watching import look_again, publish_if_behind
from newsfeed.errors import InvalidValue
from newsfeed.model.site import Site
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["ModelFeeds"]


class ModelFeeds(LiveFeeds):
    """The feeds of a program's models. Rows that any session changes are put and published after the commit.

    What is rolled back, also to a savepoint, never happened. Changes are noted in the same transaction in a table of the
    models' metadata, `newsfeed_pending_change`, until they are in the store, so none is lost if the program is killed.
    Create it with `create_all`, or by a migration.

    Args:
        site: The site, or its newsroom.toml.
        store: The store's file, which is created if there is none; default: the site's `store`.
        output: The folder, or address of object storage, to publish to.
        publish_on_commit: Whether commits put and publish; otherwise they only note what changed, for a program that
            calls `watch`.
        wait: How many seconds a commit waits for others that write into the store, or publish.

    Raises:
        InvalidNewsroom: If the newsroom.toml can't be used.
        InvalidValue: If there is no store.
    """

    def __init__(
        self,
        site: Site | str | PathLike[str],
        store: str | PathLike[str] | None = None,
        *,
        output: str | PathLike[str],
        publish_on_commit: bool = True,
        wait: float = 10,
    ) -> None:
        read = site if isinstance(site, Site) else read_site(fspath(site))[0]
        path = store or read.store
        if path is None:
            raise InvalidValue("there is none", 'name a file, which is created: "news.db"', field="store")
        super().__init__(read, path, output, wait=wait)
        self.publish_on_commit = publish_on_commit
        #: The models, by the source of their rows, and the tables in which their changes are noted.
        self._models: dict[str, MappedModel] = {}
        self._tables: set[Table] = set()
        self._changes_of_sessions = SessionChanges(self._committed)

    def close(self) -> None:
        """Watch no sessions any longer, and close the store."""
        self._changes_of_sessions.close()
        super().close()

    def register(
        self,
        model: type[Any],
        article: Callable[[Any], object] | None = None,
        *,
        query: "Select[Any] | None" = None,
        follow: Iterable[Any] = (),
        source: str | None = None,
    ) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
        """Let a model's rows be articles. Use it as a decorator, or give the function.

        Args:
            model: The mapped class. Its primary key is the row's key.
            article: Takes a row and returns an Article, a mapping or an object with an article's fields; or None if the
                row isn't an article, or no longer. It may read what the row relates to. Default: the row itself. A
                `url` that is a path is completed by the site's address, and a site with one language needs no
                `language`.
            query: Selects the rows, `select(Story).options(selectinload(Story.tags))`; others count as deleted.
                Default: all rows.
            follow: Relationships to rows whose changes count as changes of the article: `[Story.author, Story.tags]`;
                a list leads further, `[[Story.author, Author.agency]]`.
            source: The name of the rows' source in the store; default: the name of the table.

        Returns:
            A decorator, for the function `article`.
        """
        mapped = MappedModel(model, article, query, source)
        table = pending_table(inspect(model).local_table.metadata)
        self._models[mapped.source] = mapped
        self._tables.add(table)
        self._changes_of_sessions.add(mapped, table, follow)

        def decorator(function: Callable[[Any], object]) -> Callable[[Any], object]:
            mapped.article = function
            return function

        return decorator

    def changed(self, session: Any, model: type[Any], *criteria: Any) -> None:  # noqa: ANN401 - mypy doesn't look at SQLAlchemy
        """Tell that rows changed of which sessions don't know: before a `delete` statement, or after an `insert` or `update`.

        Args:
            session: The session, in the transaction in which they changed.
            model: A registered model.
            *criteria: Which rows, as in `select(model).where(…)`; without any, all.

        Raises:
            InvalidValue: If the model isn't registered.
        """
        mapped = next((each for each in self._models.values() if each.model is model), None)
        if mapped is None:
            raise InvalidValue(f"{model.__name__} isn't registered", "register it first", field="model")
        keys = session.execute(mapped.keys_where(*criteria)).all()
        self._changes_of_sessions.note_now(session, mapped, map(mapped.text_of, keys))

    def sync(
        self,
        engine: Any,  # noqa: ANN401 - as above
        *,
        accept_loss: bool = False,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> list[SyncedRows]:
        """Compare all rows with the store, and publish: the first time, and after changes of which no session knew.

        Args:
            engine: The database.
            accept_loss: Whether rows that vanished may be removed, however many they are.
            progress: Called after every few hundred rows with the source, the number of rows done, and of all.

        Returns:
            What was done with each model.

        Raises:
            LossRefused: If more rows of a model vanished than the site's `max_loss` allows, or all.
            NewsfeedError: As for `Store.put` and `Store.publish`.
        """
        return self._sync(in_sessions_of(engine), accept_loss, progress)

    async def async_sync(
        self,
        engine: Any,  # noqa: ANN401 - as above
        *,
        accept_loss: bool = False,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> list[SyncedRows]:
        """Do what `sync` does, with an engine that runs on asyncio.

        Args:
            engine: The database, an AsyncEngine.
            accept_loss: As for `sync`.
            progress: As for `sync`; called in a thread.

        Returns:
            As for `sync`.

        Raises:
            NewsfeedError: As for `sync`.
        """
        in_session = in_sessions_of(engine.sync_engine)
        return await asyncio.to_thread(self._sync, in_session, accept_loss, progress)

    def watch(self, stop: Event, engine: Any = None) -> None:  # noqa: ANN401 - as above
        """Publish whatever is put into the store, and articles when they are due, until an event is set.

        Args:
            stop: Ends it.
            engine: A database. Its changes that are noted are put, too; it isn't one that runs on asyncio.
        """
        in_session = None if engine is None else in_sessions_of(engine)

        def look() -> None:
            if in_session is not None:
                self._put_pending(in_session)
            publish_if_behind(self, lambda _: None)

        look_again(look, stop, after_error=engine.dispose if engine is not None else lambda: None)

    def _committed(self, engine: Any) -> None:  # noqa: ANN401 - as above
        """Put and publish, and log what goes wrong: the rows are saved, whatever becomes of their feeds."""
        if not self.publish_on_commit:
            return
        try:
            in_session = in_sessions_of(engine)
            out_of_loop(engine, lambda: self._put_and_publish(in_session))
        except Exception as error:  # noqa: BLE001 - a request must not fail because of its feeds
            log_error(error)

    def _put_and_publish(self, in_session: InSession) -> None:
        self._put_pending(in_session)
        publish_if_behind(self, lambda _: None)

    def _put_pending(self, in_session: InSession) -> None:
        for table in self._tables:
            pending = PendingInTable(table, in_session, list(self._models))
            put_pending(self, pending, lambda source: self._models[source].rows_in(in_session, self.site))

    def _sync(
        self,
        in_session: InSession,
        accept_loss: bool,  # noqa: FBT001 - passed on
        progress: Callable[[str, int, int], object] | None,
    ) -> list[SyncedRows]:
        done = [
            sync_rows(self, mapped.rows_in(in_session, self.site), accept_loss=accept_loss, progress=progress)
            for mapped in self._models.values()
        ]
        self.publish(accept_loss=accept_loss)
        return done
