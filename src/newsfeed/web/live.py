"""A live newsroom: its feeds, and the documents that list them, rendered on request and cached."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from threading import Lock
from typing import BinaryIO, NamedTuple

from newsfeed.discovery.documents import may_be_site_document, site_documents
from newsfeed.model.cached_property import cached_property
from newsfeed.model.formats import format_of
from newsfeed.newsroom import Newsroom
from newsfeed.plan.document_paths import feeds_with_document
from newsfeed.plan.plan import PlannedFeed
from newsfeed.web.documents import Sibling, digest_of
from newsfeed.web.lru_cache import LruCache
from newsfeed.web.media_types import served_type

__all__ = ["LiveNewsroom"]

#: Bytes of rendered documents that are cached.
_CACHE_SIZE = 64 * 1024 * 1024
#: Documents whose last change is remembered from one newsroom to the next.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class MemoryDocument:
    """A rendered document of a newsroom."""

    path: str
    media_type: str
    digest: str
    modified: datetime
    data: bytes
    file: BinaryIO = field(compare=False)
    #: Different bytes at its path have a later date.
    has_own_date: bool = True
    is_private: bool = False

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.data)

    def sibling(self, coding: str) -> Sibling | None:  # noqa: ARG002 - a document's interface
        """Return `None`: nothing is precompressed."""
        return None


class LiveNewsroom:
    """The documents of the current newsroom, which a function returns.

    Args:
        current: Returns the current newsroom; called for each request, so it should be fast.

    Example:
        >>> import newsfeed
        >>> newsroom = newsfeed.open("examples/report")
        >>> documents = LiveNewsroom(lambda: newsroom)
        >>> documents.find("en/all.rss").data == newsroom.feed("en/all").rss()
        True
    """

    def __init__(self, current: Callable[[], Newsroom]) -> None:
        self._current = current
        self._rendering = _Rendering(current())
        self._modified: LruCache[str, tuple[str, datetime]] = LruCache(_REMEMBERED)
        self._lock = Lock()

    def find(self, path: str) -> MemoryDocument | None:
        """Render the document at a path, unless it is cached; `None` if there is none."""
        rendering = self._current_rendering()
        rendered = rendering.cache.get(path)
        if rendered is None:
            # One at a time: concurrent requests for the same document then get it from the cache.
            with self._lock:
                rendered = rendering.cache.get(path) or rendering.render(path)
        if rendered is None:
            return None
        return MemoryDocument(
            path=path,
            media_type=served_type(path, rendered.data),
            digest=rendered.digest,
            modified=self._modified_at(path, rendered.digest, rendering.newsroom.as_of),
            data=rendered.data,
            file=BytesIO(rendered.data),
            is_private=rendered.is_private,
        )

    def names(self, folder: str) -> Iterable[str] | None:
        """Return the names in a folder."""
        return self._current_rendering().names.get(folder.removesuffix("/"))

    def _current_rendering(self) -> "_Rendering":
        newsroom = self._current()
        if newsroom is not self._rendering.newsroom:
            self._rendering = _Rendering(newsroom)
        return self._rendering

    def _modified_at(self, path: str, digest: str, as_of: datetime) -> datetime:
        """Return when a document last changed: reopening a newsroom changes only a few documents.

        Different bytes get a later date, whatever the moments of the newsrooms.
        """
        known = self._modified.get(path)
        if known is not None and known[0] == digest:
            return known[1]
        modified = as_of.astimezone(UTC).replace(microsecond=0)
        if known is not None:
            modified = max(modified, known[1] + timedelta(seconds=1))
        self._modified.put(path, (digest, modified))
        return modified


class _Rendered(NamedTuple):
    """A document's bytes and their digest."""

    data: bytes
    digest: str
    is_private: bool = False


class _Rendering:
    """A newsroom, and a cache of its rendered documents."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.cache: LruCache[str, _Rendered] = LruCache(_CACHE_SIZE, lambda rendered: len(rendered.data))

    def render(self, path: str) -> _Rendered | None:
        """Render the document at a path, and cache it; `None` if there is none."""
        feed, render = self._renderer_of(path)
        if render is None:
            return None
        data = render()
        rendered = _Rendered(data, digest_of([data]), feed is not None and bool(feed.rule.access))
        self.cache.put(path, rendered)
        return rendered

    @cached_property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names in each folder, those of folders with a trailing slash: feeds first, in the order of the plan."""
        found: dict[str, dict[str, None]] = {}
        for path in self._paths():
            folder, _, name = path.rpartition("/")
            while name not in found.setdefault(folder, {}):
                found[folder][name] = None
                if not folder:
                    break
                folder, _, inner = folder.rpartition("/")
                name = f"{inner}/"
        return found

    def _paths(self) -> Iterator[str]:
        for planned in self.newsroom.plan.feeds.values():
            for name in planned.rule.formats if planned.rule.is_listed else ():
                yield planned.document(name)
        yield from self._other_documents

    def _renderer_of(self, path: str) -> tuple[PlannedFeed | None, Callable[[], bytes] | None]:
        """Return the feed that has a document at a path, and what renders it; None where there is none."""
        form = format_of(path)
        stems = [path.removesuffix(form.suffix)] if form is not None else []
        for stem in (*stems, *feeds_with_document(path, self.newsroom.site)):
            planned = self.newsroom.plan_at(stem).with_parts.get(stem)
            for name in planned.formats if planned is not None else ():
                if planned is not None and planned.document(name) == path:
                    return planned, partial(self.newsroom.feed(stem).render, name)
        is_possible = may_be_site_document(path, self.newsroom.site)
        return None, self._other_documents.get(path) if is_possible else None

    @cached_property
    def _other_documents(self) -> Mapping[str, Callable[[], bytes]]:
        """The documents that aren't feeds, by path."""
        return {document.path: document.render for document in site_documents(self.newsroom.plan)}
