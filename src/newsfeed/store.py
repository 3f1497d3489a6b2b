"""Store: the articles of a site in a database. The object that users hold who put articles one at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.catalog.stored.rows.put_report import PutReport
from newsfeed.catalog.stored.sync.report import SyncReport
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding
from newsfeed.model.feed import Extension
from newsfeed.model.shown_values import is_a
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.opening import newsroom_in_store
from newsfeed.text.dates import check_moment

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from newsfeed.publish.options import PublishOptions
    from newsfeed.publish.report import Report
    from newsfeed.publish.target import Target

__all__ = ["PutReport", "Store", "SyncReport"]


class Store:
    """The articles of a site in a database, SQLite or PostgreSQL, to put and publish one at a time.

    A stored row is known by its source and its key. Rows are kept as they were given, and read by the site's current
    settings. Threads and processes may use one store at the same time; in PostgreSQL, so may several machines.

    Args:
        path: A file, news.db; the address of a PostgreSQL database, postgresql://user:password@db.example/news; or env:
            and the name of an environment variable that holds either. The store is created if there is none, and gets
            the tables of this version if it is older.
        site: The site.
        wait: How many seconds to wait for others that are writing, before an error says so.
        create: Whether to create the store if there is none.

    Raises:
        InvalidValue: If `site` isn't a Site.
        MissingExtra: If the store is in PostgreSQL, and psycopg isn't installed.
        StoreError: If the database can't be opened, isn't a store, or is one of a newer newsfeed.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC")
        >>> snow = {"id": 1, "language": "en", "title": "Snow", "url": "https://report.example/snow"}
        >>> with TemporaryDirectory() as folder, Store(f"{folder}/news.db", site) as store:
        ...     put = store.put(snow | {"published": "2025-12-19 12:00"})
        ...     report = store.publish(f"{folder}/public")
        >>> put.taken, report.articles, report.written[0]
        (1, 1, 'en/all.rss')
    """

    def __init__(
        self, path: str | PathLike[str], site: Site, *, wait: float = WAIT, create: bool = True
    ) -> None:
        from newsfeed.catalog.stored.database.addresses import located
        from newsfeed.catalog.stored.rows.rows import Rows
        from newsfeed.formats.entry_cache import EntryCache

        self.site = _checked_site(site)
        self.path = fspath(path)
        located(self.path)
        self._rows = Rows(self.path, site, wait=wait, create=create)
        self._entries = EntryCache()

    def __repr__(self) -> str:
        from newsfeed.catalog.stored.database.addresses import store_name

        return f"<Store {store_name(self.path)} of {self.site.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database. Newsrooms of the store stay as they are."""
        self._rows.close()

    def put(
        self,
        rows: object,
        *,
        source: str = "",
        key: str | Callable[[Any], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> PutReport:
        """Store rows. The last row with a key counts; one that can't be used leaves what is stored as it was.

        A row that can't be used, but says `withdrawn`, withdraws the article that is stored under its key. Many rows
        are stored some hundred at a time: when that is interrupted, repeat it.

        Args:
            rows: A row, or a list or stream of them: Articles, and mappings or objects with their fields.
            source: The name of the system that the rows come from. Keys of different sources don't meet.
            key: By what a row is known there: the name of a field, or a function of the row. Default: an article's id
                as it is given, else its address.
            progress: Called whenever some hundred rows have been stored, with the number of rows taken so far, and of
                those that are new or changed. What it counts stays stored, even if the put is interrupted.

        Returns:
            How many rows were taken, and what was found in them. Findings name a row by source and key.

        Raises:
            InvalidValue: If `rows` is text, or `source` isn't.
            StoreError: If the store can't be written, or others have been writing for longer than `wait`.
        """
        if not isinstance(source, str):
            raise InvalidValue(is_a(source), 'name the system with text, "cms"', field="source")
        from newsfeed.catalog.stored.rows.records import each_row

        return self._rows.put(each_row(rows), source=source, key=key, progress=progress)

    def withdraw(
        self, ids: object, *, when: datetime | None = None, source: str | None = None
    ) -> tuple[str, ...]:
        """Withdraw articles: they appear in no feed any longer, except as tombstones.

        Args:
            ids: An id, or the address of an article without one; or several. All rows with an id are withdrawn.
            when: The moment, aware, which becomes their `updated` unless they have a later date; default: now.
            source: Where the rows come from, if `ids` are not ids but keys of their rows there.

        Returns:
            The ids that the store doesn't have; nothing happened to those.

        Raises:
            InvalidValue: If an id can't be one, or `when` is naive.
            StoreError: If the store can't be written.
        """
        moment = datetime.now(UTC) if when is None else check_moment(when)
        return self._rows.withdraw(_several(ids), moment, source)

    def remove(self, ids: object, *, source: str | None = None) -> tuple[str, ...]:
        """Remove articles, and all that they say, from the store. The next publish doesn't miss them.

        Args:
            ids: An id, or the address of an article without one; or several. All rows with an id are removed.
            source: As for `withdraw`.

        Returns:
            The ids that the store doesn't have; nothing happened to those.

        Raises:
            InvalidValue: If an id can't be one.
            StoreError: If the store can't be written.
        """
        return self._rows.remove(_several(ids), source)

    def keys(self, source: str) -> Iterator[str]:
        """Return the keys of the rows that come from a source, one by one, in order.

        Raises:
            StoreError: If the store can't be read.
        """
        return self._rows.keys(source)

    def changes(self) -> int:
        """Return how many changes were made in the store so far. Another number than before: something was put.

        Raises:
            StoreError: If the store can't be read.
        """
        return self._rows.changes()

    def sync(
        self,
        folder: str | PathLike[str],
        *,
        accept_loss: bool = False,
        dry_run: bool = False,
        full: bool = False,
        progress: Callable[[int, int, int], object] | None = None,
    ) -> SyncReport:
        """Bring what changed in the site's sources into the store.

        Files are read that are new or have another size or modification time. Of these, records that are new or have
        changed are put, and the rows of those that vanished are removed. Other sources are asked for what changed since
        the last sync, if they can tell. A row is known by its source, which is a pattern in `site.articles` or a name in
        `site.sources`, and by its article's id, or else its address. Rows that were put otherwise stay as they are.

        A record that can't be used leaves what is stored as it was, unless it says `withdrawn`. Records that are
        missing while a file is being written, or while a record in it can't be read, stay until it can.

        Args:
            folder: The newsroom's folder, to which the names of files are relative.
            accept_loss: Whether articles that vanished from the sources may be removed, however many they are.
            dry_run: Whether to change nothing, and tell what would change.
            full: Whether to ask sources that aren't files for everything, not only for what changed.
            progress: Called every few hundred articles with the number of bytes read, of all bytes, and of articles.

        Returns:
            What was read and changed.

        Raises:
            InvalidNewsroom: If the site has no sources, or none of them names a file that is there.
            SourceError: If a source can't be reached, or not read to its end.
            LossRefused: If more of a source's articles would be removed than `max_loss` allows, or if a file with
                several articles can't be read to its end, or has none now. Nothing is changed.
            StoreError: If the store can't be written, or another sync goes on for longer than `wait`.
        """
        from newsfeed.catalog.stored.sync.sync import sync

        return sync(
            self.path,
            self.site,
            Path(folder),
            wait=self._rows.wait,
            accept_loss=accept_loss,
            dry_run=dry_run,
            full=full,
            progress=progress,
        )

    def newsroom(self, as_of: datetime | None = None, *, extensions: Sequence[Extension] = ()) -> Newsroom:
        """Return the newsroom of the articles that are stored now. What is put later isn't in it.

        Args:
            as_of: The moment for which to build, aware; `None` is now.
            extensions: feedgen extensions for every RSS and Atom feed.

        Raises:
            InvalidValue: If `as_of` is naive.
            StoreError: If the store can't be read.
        """
        return newsroom_in_store(
            self.path,
            self.site,
            as_of=as_of,
            extensions=extensions,
            wait=self._rows.wait,
            cache=self._rows.cache,
        )[0]

    def publish(  # noqa: PLR0913 - each by its name
        self,
        folder: "str | PathLike[str] | Target",
        *,
        as_of: datetime | None = None,
        extensions: Sequence[Extension] = (),
        strict: bool = False,
        progress: Callable[[int, int], object] | None = None,
        check: Callable[[str, bytes], Sequence[Finding]] | None = None,
        accept: bool = False,
        accept_loss: bool = False,
        dry_run: bool = False,
        wait: float = WAIT,
        executor: "Executor | None" = None,
        verify: bool = False,
    ) -> "Report":
        """Publish what changed in the store since the last publish to a target. Publishes of one store wait for each other.

        The first publish to a target looks at everything, and so does one after the settings changed, for an earlier
        moment than the last, or to a target that isn't as the last publish left it.

        Args:
            folder: As for `Newsroom.publish`.
            as_of: As for `newsroom`.
            extensions: As for `newsroom`.
            strict: As for `Newsroom.publish`.
            progress: As for `Newsroom.publish`.
            check: As for `Newsroom.publish`.
            accept: As for `Newsroom.publish`.
            accept_loss: As for `Newsroom.publish`.
            dry_run: As for `Newsroom.publish`.
            wait: How many seconds to wait for another publish from this store, and for another build of the folder.
            executor: As for `Newsroom.publish`.
            verify: Whether to look at everything, and repair files that were changed or damaged meanwhile.

        Returns:
            What was written, unchanged, removed and left out, of what was looked at.

        Raises:
            NewsfeedError: As for `Newsroom.publish`; a StoreError if the store can't be read, or another publish from
                it goes on for longer than `wait`.
        """
        from newsfeed.publish.options import PublishOptions

        options = PublishOptions(
            strict=strict,
            progress=progress,
            check=check,
            accept=accept,
            accept_loss=accept_loss,
            dry_run=dry_run,
            wait=wait,
            executor=executor,
        )
        return self._publish(folder, as_of, options, extensions=extensions, verify=verify)

    def export_record(
        self,
        folder: "str | PathLike[str] | Target",
        *,
        as_of: datetime | None = None,
        extensions: Sequence[Extension] = (),
        accept_loss: bool = False,
        wait: float = WAIT,
    ) -> "Report":
        """Publish to a target for the last time, and leave the whole record there, so that builds without the store go on.

        The ids that readers know, what is gone, and what has departed come along. Until something is published to the
        target from the store again, the target doesn't belong to it.

        Args:
            folder: Where the store was published to.
            as_of: As for `publish`.
            extensions: As for `publish`.
            accept_loss: As for `publish`.
            wait: As for `publish`.

        Returns:
            The report of this publish.

        Raises:
            NewsfeedError: As for `publish`; a StoreError if the store wasn't published there.
        """
        from newsfeed.publish.options import PublishOptions

        options = PublishOptions(accept_loss=accept_loss, wait=wait)
        return self._publish(folder, as_of, options, extensions=extensions, export=True)

    def forget(self, folder: "str | PathLike[str] | Target") -> int:
        """Forget a folder or bucket that isn't published to any longer. Nothing changes there.

        The ids that readers know stay known. If something is published there again, everything is compared.

        Args:
            folder: As for `publish`; it need not be there any more.

        Returns:
            How many documents were published there, and stay.

        Raises:
            StoreError: If the store wasn't published there, or can't be written.
        """
        from newsfeed.publish.forgetting import forget_target

        return forget_target(self.path, folder, wait=self._rows.wait)

    def _publish(
        self,
        folder: "str | PathLike[str] | Target",
        as_of: datetime | None,
        options: "PublishOptions",
        *,
        extensions: Sequence[Extension],
        verify: bool = False,
        export: bool = False,
    ) -> "Report":
        from contextlib import ExitStack, closing

        from newsfeed.catalog.stored.database.connecting import connected, store_errors
        from newsfeed.catalog.stored.database.turns import publish_turn
        from newsfeed.publish.stored_publishing import publish_stored

        with (
            closing(connected(self.path, wait=self._rows.wait, create=False)) as connection,
            publish_turn(connection, wait=options.wait),
            store_errors(self.path, self._rows.wait),
            ExitStack() as stack,
        ):
            newsroom, close = newsroom_in_store(
                self.path, self.site, as_of=as_of, wait=self._rows.wait, cache=self._rows.cache
            )
            stack.callback(close)
            return publish_stored(
                newsroom.catalog,
                connection,
                folder,
                options,
                kept=self._entries,
                extensions=extensions,
                verify=verify,
                export=export,
            )


def _checked_site(site: object) -> Site:
    if not isinstance(site, Site):
        remedy = "pass a newsfeed.Site; newsfeed.Store takes a file and a site"
        raise InvalidValue(is_a(site), remedy, field="site")
    return site


def _several(ids: object) -> Iterable[object]:
    return ids if isinstance(ids, Iterable) and not isinstance(ids, str | bytes) else [ids]
