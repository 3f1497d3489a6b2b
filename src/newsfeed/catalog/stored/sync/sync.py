"""Bring what changed in a newsroom's files and other sources into its store.

Files with the size and modification time that they had the last time aren't read. Of the others every record is read,
and those that are new or have changed are put; the rows of those that vanished are removed, unless that is too much.
Other sources are asked for what changed since the last sync, if they can tell. Whatever interrupts a sync, another one
brings the rest.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeGuard

import msgspec

from newsfeed.catalog.stored.database.connecting import store_errors
from newsfeed.catalog.stored.database.turns import sync_turn
from newsfeed.catalog.stored.rows.records import PutRow, RowReader, default_key
from newsfeed.catalog.stored.rows.rows import Rows
from newsfeed.catalog.stored.sync.loss import check_loss
from newsfeed.catalog.stored.sync.report import SyncReport
from newsfeed.catalog.stored.sync.stage import Stage
from newsfeed.findings import Finding
from newsfeed.model.installed import installed_version
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.article_files import article_files
from newsfeed.sources.records import RefusedRecord
from newsfeed.sources.site_articles import articles_in
from newsfeed.sources.source_reading import articles_elsewhere
from newsfeed.sources.source_records import Everything, Fetched, Note, Unchanged
from newsfeed.sources.text_files import Meter

__all__ = ["sync"]

#: Progress is reported after this many articles.
_BETWEEN_REPORTS = 256
#: So many records are stored together, as long as nothing can be lost.
_ROWS_AT_ONCE = 500
#: A file that changed within so many nanoseconds before it was read may change again without another time.
_TOO_RECENT = 2_000_000_000
#: The clock of a source may be behind, and what was being written when it was last read was not seen.
_OVERLAP = timedelta(minutes=5)
#: The stamp of a file that was synced, and has to be read again.
_READ_AGAIN = ""

_FILES = "SELECT source, name, number, stamp FROM synced_file"
_FILE = "INSERT INTO synced_file (number, source, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_STAMP = "UPDATE synced_file SET stamp = ? WHERE number = ?"
_FORGET = "DELETE FROM synced_file WHERE number = ?"


class _KnownFile(NamedTuple):
    """A file that was synced."""

    number: int
    #: None if its first sync was interrupted.
    stamp: str | None


class _Reading:
    """What is learnt of a file, or another source, by reading it."""

    def __init__(
        self, file: ArticleFile, number: int, *, is_known: bool, since: datetime | None = None
    ) -> None:
        self.file = file
        self.number = number
        #: The moment from which changes are asked for; None: everything.
        self.since = since
        #: Whether the store may have records of it.
        self.is_known = is_known
        self.stamp = _READ_AGAIN
        #: How many of its records can be used.
        self.taken = 0
        self.has_errors = False
        #: Whether it was written while it was read.
        self.is_changing = False
        #: Whether some records can't be used, and don't tell which they are.
        self.has_unknown_records = False
        #: The version of the document that was synced, and then that of the one that was fetched.
        self.version = ""
        #: Whether both are the same, so that nothing was read.
        self.is_known_version = False
        #: Why its end wasn't reached.
        self.broken: Finding | None = None

    @property
    def tells_all(self) -> bool:
        """Whether every record is named, those that haven't changed included."""
        if self.is_known_version:
            return False
        kind = None if self.file.settings is None else self.file.settings.source_kind
        if kind is None:
            return self.since is None
        return not kind.has_latest_only and (self.since is None or kind.tells_unchanged)


def sync(
    path: str,
    site: Site,
    root: Path,
    *,
    wait: float,
    accept_loss: bool = False,
    dry_run: bool = False,
    full: bool = False,
    progress: Callable[[int, int, int], object] | None = None,
) -> SyncReport:
    """Bring what changed in the sources of a site into a store.

    Args:
        path: The store's file.
        site: The site.
        root: The newsroom's folder.
        wait: How many seconds to wait for others that are writing, and for another sync.
        accept_loss: Whether any number of articles that vanished from the sources may be removed.
        dry_run: Whether to change nothing, and tell what would change.
        full: Whether to ask sources that aren't files for everything, not only for what changed.
        progress: Called every few hundred articles with the number of bytes read, of all bytes, and of articles so far.

    Raises:
        InvalidNewsroom: If the site has no sources, or they name no file that is there.
        SourceError: If a source can't be reached, or not read to its end.
        LossRefused: If more would be removed than the site's `max_loss` allows. Nothing is changed.
        StoreError: If the store can't be written, or another sync takes longer than `wait`.
    """
    rows = Rows(path, site, wait=wait)
    try:
        with sync_turn(rows.connection, wait=wait), store_errors(path, wait):
            return _Sync(rows, site, root, accept_loss=accept_loss, dry_run=dry_run, full=full).run(progress)
    finally:
        rows.close()


class _Sync:
    def __init__(
        self, rows: Rows, site: Site, root: Path, *, accept_loss: bool, dry_run: bool, full: bool
    ) -> None:
        self._rows = rows
        self._site = site
        self._root = root
        self._is_full = full
        self._accept_loss = accept_loss
        self._dry_run = dry_run
        self._settings = _settings(site)
        self._files, findings = article_files(site, root)
        self._files += [
            ArticleFile(root, source.name, source.name, source) for source in site.sources if not source.files
        ]
        self._findings = list(findings)
        self._stage = Stage(rows)
        known = rows.connection.execute(_FILES)
        self._known = {(source, name): _KnownFile(number, stamp) for source, name, number, stamp in known}
        named = {(file.source, file.name) for file in self._files}
        #: The files that are no longer there, or no longer named.
        self._vanished = {each: known for each, known in self._known.items() if each not in named}
        #: The files to read.
        self._readings = list(self._changed_files())
        #: Those that were read since their stamps were stored.
        self._read_files: list[_Reading] = []
        #: By source and key, why records can't be used that withdraw an article: of interest if it isn't stored.
        self._withdrawals: dict[tuple[str, str], list[Finding]] = {}

    def run(self, progress: Callable[[int, int, int], object] | None) -> SyncReport:
        """Sync."""
        if not self._dry_run:
            self._add_files()
        stores_at_once = not self._dry_run and self._is_first()
        taken = 0
        for taken in self._read_all(progress):
            if stores_at_once and not taken % _ROWS_AT_ONCE:
                self._store()
        if stores_at_once:
            self._store()
        self._find_loss()
        if self._dry_run:
            self._stage.count()
        else:
            self._store()
            self._stage.remove_missing(is_meant=self._accept_loss)
            self._finish()
        return SyncReport(
            files=len(self._files),
            files_read=len(self._readings),
            taken=taken,
            sources=self._stage.changes,
            findings=tuple(self._findings),
        )

    def _changed_files(self) -> Iterator[_Reading]:
        """Yield the files to read, with numbers for new ones."""
        last = max((known.number for known in self._known.values()), default=0)
        for file in self._files:
            known = self._known.get((file.source, file.name))
            if known is None:
                last += 1
                yield _Reading(file, last, is_known=False)
            elif file.is_elsewhere:
                reading = _Reading(file, known.number, is_known=True, since=self._since(file, known.stamp))
                reading.version = self._version(known.stamp)
                yield reading
            elif known.stamp != self._stamp(file.path):
                yield _Reading(file, known.number, is_known=True)

    def _is_current(self, stamp: str | None) -> TypeGuard[str]:
        """Return whether what was synced of a source elsewhere was read with these settings, and needn't be read again."""
        return not self._is_full and bool(stamp) and str(stamp).split(" ")[1:2] == [self._settings]

    def _version(self, stamp: str | None) -> str:
        """Return the version of the document that was synced; empty if it has to be read again."""
        return "".join(stamp.split(" ", 2)[2:]) if self._is_current(stamp) else ""

    def _since(self, file: ArticleFile, stamp: str | None) -> datetime | None:
        """Return the moment from which changes of a source elsewhere are asked for; None if everything is."""
        is_document = file.settings is not None and file.settings.source_kind.is_in_files
        if is_document or not self._is_current(stamp):
            return None
        return datetime.fromtimestamp(_modified(stamp) / 1e9, UTC) - _OVERLAP

    def _is_first(self) -> bool:
        """Return whether no file to read was synced as a whole, so nothing of it can be lost.

        Then records are stored as they are read, and a sync that is interrupted has that behind it.
        """
        known = [self._known.get((each.file.source, each.file.name)) for each in self._readings]
        return all(each is None or each.stamp is None for each in [*known, *self._vanished.values()])

    def _add_files(self) -> None:
        with self._rows.change():
            for each in self._readings:
                self._rows.connection.execute(_FILE, (each.number, each.file.source, each.file.name))

    def _read_all(self, progress: Callable[[int, int, int], object] | None) -> Iterator[int]:
        """Read all files, and yield the number of articles after each."""
        meter = Meter()
        size = sum(_size(each.file) for each in self._readings)
        taken = 0
        for reading in self._readings:
            for _ in self._read(reading, meter):
                taken += 1
                if progress is not None and not taken % _BETWEEN_REPORTS:
                    progress(min(meter.read, size), size, taken)
                yield taken
            self._read_files.append(reading)
        if progress is not None:
            progress(size, size, taken)

    def _read(self, reading: _Reading, meter: Meter) -> Iterator[SourcedArticle]:
        """Read a file, and yield its articles once they are staged."""
        file = reading.file
        reader = RowReader(self._site, file.source, None)
        begun = time.time_ns()
        before = None if file.is_elsewhere else self._stamp(file.path)
        warnings: list[Finding] = []
        errors: list[Finding] = []
        for each in self._found_in(reading, meter):
            if isinstance(each, Note):
                self._take_note(reading, each)
                continue
            if errors and each.place != errors[-1].place:
                self._take_unknown(reading, errors)
                errors = []
            if isinstance(each, SourcedArticle):
                row, _ = reader.read(each, 0)
                if isinstance(row, PutRow) and self._stage.take(reading.number, file.source, row):
                    self._findings += warnings
                warnings = []
                reading.taken += 1
                yield each
            elif each.severity == "warning":
                warnings.append(each)
            else:
                errors.append(each)
                if isinstance(each, RefusedRecord):
                    self._take_refused(reading, each, errors)
                    errors = []
        if errors:
            self._take_unknown(reading, errors)
        self._findings += warnings
        self._set_stamp(reading, begun, before)

    def _take_note(self, reading: _Reading, note: Note) -> None:
        """Take note of what a source elsewhere says beside its records."""
        match note:
            case Everything():
                reading.since = None
            case Unchanged():
                self._stage.keep(reading.number, note.key)
            case Fetched():
                reading.version, reading.is_known_version = note

    def _set_stamp(self, reading: _Reading, begun: int, before: str | None) -> None:
        """Note in which state a file was read, given its stamp before, and the nanosecond in which that began."""
        if reading.file.is_elsewhere:
            version = "" if reading.has_errors else reading.version
            reading.stamp = f"{begun} {self._settings} {version}".rstrip()
            return
        reading.is_changing = before is None or before != self._stamp(reading.file.path)
        if before is not None and not reading.is_changing and not reading.has_errors:
            is_old_enough = _modified(before) <= begun - _TOO_RECENT
            reading.stamp = before if is_old_enough else _READ_AGAIN

    def _found_in(self, reading: _Reading, meter: Meter) -> Iterable[SourcedArticle | Finding | Note]:
        file = reading.file
        found: Iterable[SourcedArticle | Finding | Note]
        if file.settings is not None and file.is_elsewhere:
            found = articles_elsewhere(file.settings, self._site, self._root, reading.since, reading.version)
        else:
            found = articles_in([file], self._site, meter=meter)
        # a draft or a page of the CMS is nothing to sync, and nothing that is wrong
        return (each for each in found if not (isinstance(each, Finding) and each.severity == "note"))

    def _take_refused(self, reading: _Reading, last: RefusedRecord, errors: list[Finding]) -> None:
        """Take note of a record that can't be used, but names its article: what is stored of it stays."""
        source, key = reading.file.source, default_key(last.names)
        if key and last.is_withdrawal:
            self._stage.withdraw(reading.number, source, key)
            self._withdrawals[source, key] = errors
            return
        reading.has_errors = True
        self._findings += errors
        is_stored = bool(key) and self._stage.keep(reading.number, key)
        # an address may have been completed when the article was stored
        reading.has_unknown_records |= not is_stored and "id" not in last.names

    def _take_unknown(self, reading: _Reading, errors: list[Finding]) -> None:
        """Take note of a record that can't be used, and may be any of those that are missing; or of a broken file."""
        reading.has_errors = True
        self._findings += errors
        if errors[-1].place.record:
            reading.has_unknown_records = True
        else:
            reading.broken = errors[-1]

    def _find_loss(self) -> None:
        """Find what is missing in the files, and refuse to remove it if it is too much."""
        files = [
            (each.number, each.file.source)
            for each in self._readings
            if each.is_known and each.tells_all and self._tells_what_is_missing(each)
        ]
        vanished = [(known.number, source) for (source, _), known in self._vanished.items()]
        if not self._stage.find_missing([*files, *vanished]) or self._accept_loss:
            return
        check_loss(
            self._stage.lost(),
            max_loss=self._site.max_loss,
            named=[*self._site.articles, *(source.name for source in self._site.sources)],
            broken={each.number: each.broken for each in self._readings if each.broken is not None},
            empty={each.number: each.file.name for each in self._readings if self._is_empty(each)},
            stored_of=self._stage.stored_of,
        )

    def _tells_what_is_missing(self, reading: _Reading) -> bool:
        """Return whether what isn't found in a file isn't in it."""
        if reading.is_changing:
            return False
        if self._accept_loss:
            return True
        is_bad_article = reading.broken is not None and not self._stage.has_several(reading.number)
        return not reading.has_unknown_records and not is_bad_article

    def _is_empty(self, reading: _Reading) -> bool:
        return (
            reading.is_known
            and reading.tells_all
            and not reading.taken
            and self._stage.has_several(reading.number)
        )

    def _store(self) -> None:
        """Store what was read so far."""
        for each in self._stage.store():
            self._findings += self._withdrawals[each]
        done = [each for each in self._read_files if not each.is_known]
        self._set_stamps(done)
        self._read_files = [each for each in self._read_files if each.is_known]

    def _finish(self) -> None:
        """Take note that everything is stored."""
        self._set_stamps(self._read_files)
        if self._vanished:
            with self._rows.change():
                for known in self._vanished.values():
                    self._rows.connection.execute(_FORGET, (known.number,))

    def _set_stamps(self, readings: list[_Reading]) -> None:
        if readings:
            with self._rows.change():
                for each in readings:
                    self._rows.connection.execute(_STAMP, (each.stamp, each.number))

    def _stamp(self, path: Path) -> str | None:
        """Return what tells that a file, and how it is read, is the same; None if there is no file."""
        try:
            status = path.stat()
        except OSError:
            return None
        return f"{status.st_mtime_ns} {status.st_size} {self._settings}"


def _modified(stamp: str) -> int:
    return int(stamp.partition(" ")[0])


def _settings(site: Site) -> str:
    """Return a digest of everything but the files that decides what is stored of them."""
    version = installed_version("newsroom-feeds")
    dates = [site.timezone, site.day_first, site.day_time, site.languages]
    values = [version, site.url, dates, site.sources]
    return blake2b(msgspec.json.encode(values, enc_hook=str), digest_size=8).hexdigest()


def _size(file: ArticleFile) -> int:
    try:
        return 0 if file.is_elsewhere else file.path.stat().st_size
    except OSError:
        return 0
