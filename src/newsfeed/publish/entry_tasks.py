"""Entries that workers make and render, each once, and put into files of a folder that all workers reach."""

import pickle
import uuid
from collections.abc import Hashable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import msgspec

from newsfeed.catalog.placed_candidates import PlacedArticle
from newsfeed.formats.entries import EntryView, entry_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.writing import render_entry
from newsfeed.model.article import Article
from newsfeed.model.feed import ContentProfile, Entry, Translation
from newsfeed.model.site import Site
from newsfeed.sources.parts import ReadAgain

__all__ = ["EntryBatch", "EntryTask", "SpooledEntries", "SpooledEntry", "spool_entries"]


class RenderedEntry(NamedTuple):
    """An entry, and what formats have written of it."""

    entry: Entry
    #: What each format wrote, by its own keys: see `RenderCache.rendered`.
    rendered: Mapping[Hashable, Any]


class EntryTask(msgspec.Struct, frozen=True):
    """An article whose entry is to be made and rendered."""

    article: Article | PlacedArticle
    #: The id under which it is published, if that isn't its own.
    published_id: str | None
    #: The live editions of its story in other languages.
    translations: tuple[Translation, ...]
    #: How the entry is shown, and in which format: each combination that some feed needs.
    renderings: frozenset[tuple[ContentProfile, str]]
    #: What of the article to show.
    view: EntryView
    #: Whether more of the entry is needed than what is rendered of it.
    is_whole: bool

    def rendered(self, files: ReadAgain) -> RenderedEntry:
        """Make the entry and render it.

        Args:
            files: Read its article, if it has to be read.
        """
        article = self.article.read(files) if isinstance(self.article, PlacedArticle) else self.article
        entry = entry_of(article, files.site, self.translations, self.view)
        if self.published_id is not None:
            entry = msgspec.structs.replace(entry, id=self.published_id)
        cache = RenderCache()
        for profile, name in sorted(self.renderings):
            render_entry(entry, profile, name, cache)
        rendered = {key: _joined(written) for key, written in cache.rendered(entry).items()}
        return RenderedEntry(entry, rendered)


class EntryBatch(msgspec.Struct, frozen=True):
    """What a worker is to render together."""

    site: Site
    tasks: tuple[EntryTask, ...]
    #: The folder for the rendered entries.
    folder: str


class SpooledEntry(NamedTuple):
    """Where a rendered entry waits: a file of the folder, and some of its bytes."""

    file: str
    start: int
    length: int
    #: The keys of what is rendered of it; None if the whole entry waits.
    keys: tuple[Hashable, ...] | None


def spool_entries(batch: EntryBatch) -> list[SpooledEntry]:
    """Render entries where a worker runs, and put them into a new file.

    Returns:
        Where each entry is, in the order of the tasks.
    """
    name = uuid.uuid4().hex
    spooled: list[SpooledEntry] = []
    with Path(batch.folder, name).open("xb") as file, ReadAgain(batch.site) as files:
        for task in batch.tasks:
            rendered = task.rendered(files)
            keys = None if task.is_whole else tuple(rendered.rendered)
            data = pickle.dumps(rendered if keys is None else _parts_of(rendered), protocol=5)
            spooled.append(SpooledEntry(name, file.tell(), len(data), keys))
            file.write(data)
    return spooled


class SpooledEntries:
    """Reads rendered entries where a worker runs, or makes those that aren't rendered yet.

    Args:
        folder: The folder with the rendered entries.
        site: The site.
    """

    def __init__(self, folder: str, site: Site) -> None:
        self._folder = folder
        self._site = site
        self.cache = RenderCache()

    def read(self, wanted: Sequence[SpooledEntry | EntryTask]) -> list[Entry]:
        """Return entries, and keep in the cache what was rendered of them."""
        with ExitStack() as opened:
            articles = opened.enter_context(ReadAgain(self._site))

            @cache
            def file(name: str) -> BinaryIO:
                return opened.enter_context(Path(self._folder, name).open("rb"))

            def read(each: SpooledEntry | EntryTask) -> RenderedEntry:
                if isinstance(each, EntryTask):
                    return each.rendered(articles)
                file(each.file).seek(each.start)
                found: Any = pickle.loads(file(each.file).read(each.length))  # noqa: S301 - workers of this build wrote it
                return RenderedEntry(*found) if each.keys is None else _of_parts(each.keys, found)

            return [self._kept(read(each)) for each in wanted]

    def _kept(self, read: RenderedEntry) -> Entry:
        self.cache.rendered(read.entry).update(read.rendered)
        return read.entry


def _joined(written: object) -> object:
    """Join what a format has written in many small chunks, which are slow to pickle."""
    if isinstance(written, tuple | list) and all(isinstance(chunk, bytes) for chunk in written):
        return (b"".join(written),)
    return written


#: What a document says of an entry itself, and what was rendered of the entry.
_Parts: TypeAlias = tuple[str, datetime, datetime, str, tuple[object, ...]]


def _parts_of(rendered: RenderedEntry) -> _Parts:
    entry = rendered.entry
    return entry.id, entry.published, entry.updated, entry.language, tuple(rendered.rendered.values())


def _of_parts(keys: tuple[Hashable, ...], parts: _Parts) -> RenderedEntry:
    name, published, updated, language, rendered = parts
    entry = Entry(
        id=name,
        url="",
        summary=None,
        content=None,
        published=published,
        updated=updated,
        language=language,
        authors=(),
    )
    return RenderedEntry(entry, dict(zip(keys, rendered, strict=True)))
