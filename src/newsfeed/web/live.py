"""A live newsroom: its feeds and what helps to find them, written when somebody asks and kept while there is room."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from threading import Lock
from typing import BinaryIO, NamedTuple

from newsfeed.discovery.documents import documents
from newsfeed.model.cached_property import cached_property
from newsfeed.model.rule import FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.web.documents import Sibling, digest_of
from newsfeed.web.media_types import served_type
from newsfeed.web.shelf import Shelf

__all__ = ["LiveNewsroom"]

#: So many bytes of documents are kept.
_ROOM = 64 * 1024 * 1024
#: So many documents' last changes are remembered from one newsroom to the next.
_REMEMBERED = 20_000

_NAMES = {form.suffix: name for name, form in FORMATS.items()}


@dataclass(frozen=True, slots=True)
class MemoryDocument:
    """A document of a newsroom, written."""

    place: str
    media_type: str
    digest: str
    modified: datetime
    data: bytes
    file: BinaryIO = field(compare=False)
    #: Other bytes at its place have a later date.
    has_own_date: bool = True

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.data)

    def sibling(self, coding: str) -> Sibling | None:  # noqa: ARG002 - a document's interface
        """Nothing is compressed beforehand."""
        return None


class LiveNewsroom:
    """The documents of the newsroom that a function gives, which may be another one from time to time.

    Args:
        current: Gives the newsroom of the moment; called for each request, so it should be quick.

    Example:
        >>> import newsfeed
        >>> newsroom = newsfeed.open("examples/report")
        >>> documents = LiveNewsroom(lambda: newsroom)
        >>> documents.find("en/all.rss").data == newsroom.feed("en/all").rss()
        True
    """

    def __init__(self, current: Callable[[], Newsroom]) -> None:
        self._current = current
        self._written = _Written(current())
        self._modified: Shelf[str, tuple[str, datetime]] = Shelf(_REMEMBERED)
        self._writing = Lock()

    def find(self, place: str) -> MemoryDocument | None:
        """Give the document at a place."""
        written = self._of_the_moment()
        copy = written.copies.get(place)
        if copy is None:
            # One at a time: whoever comes meanwhile for the same document gets it from the shelf.
            with self._writing:
                copy = written.copies.get(place) or written.write(place)
        if copy is None:
            return None
        return MemoryDocument(
            place=place,
            media_type=served_type(place, copy.data),
            digest=copy.digest,
            modified=self._modified_at(place, copy.digest, written.newsroom.as_of),
            data=copy.data,
            file=BytesIO(copy.data),
        )

    def names(self, folder: str) -> Iterable[str] | None:
        """Name the documents in a folder."""
        return self._of_the_moment().names.get(folder.removesuffix("/"))

    def _of_the_moment(self) -> "_Written":
        newsroom = self._current()
        if newsroom is not self._written.newsroom:
            self._written = _Written(newsroom)
        return self._written

    def _modified_at(self, place: str, digest: str, as_of: datetime) -> datetime:
        """Tell when a document got its bytes: a newsroom that is opened anew changes few of them.

        Other bytes have a later date, whatever moments the newsrooms are of.
        """
        known = self._modified.get(place)
        if known is not None and known[0] == digest:
            return known[1]
        modified = as_of.astimezone(UTC).replace(microsecond=0)
        if known is not None:
            modified = max(modified, known[1] + timedelta(seconds=1))
        self._modified.put(place, (digest, modified))
        return modified


class _Copy(NamedTuple):
    """A document's bytes, and their digest."""

    data: bytes
    digest: str


class _Written:
    """A newsroom, and what was written of it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.copies: Shelf[str, _Copy] = Shelf(_ROOM, lambda copy: len(copy.data))

    def write(self, place: str) -> _Copy | None:
        """Write the document at a place, and keep it; `None` where there is none."""
        render = self._render(place)
        if render is None:
            return None
        data = render()
        copy = _Copy(data, digest_of([data]))
        self.copies.put(place, copy)
        return copy

    @cached_property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names in each folder, folders with a slash: feeds first, in the order of the plan."""
        found: dict[str, dict[str, None]] = {}
        for place in self._places():
            folder, _, name = place.rpartition("/")
            while name not in found.setdefault(folder, {}):
                found[folder][name] = None
                if not folder:
                    break
                folder, _, inner = folder.rpartition("/")
                name = f"{inner}/"
        return found

    def _places(self) -> Iterator[str]:
        for path, planned in self.newsroom.plan.feeds.items():
            for name in planned.rule.formats:
                yield path + FORMATS[name].suffix
        yield from self._beside

    def _render(self, place: str) -> Callable[[], bytes] | None:
        path, dot, suffix = place.rpartition(".")
        planned = self.newsroom.plan.with_parts.get(path)
        name = _NAMES.get(dot + suffix)
        if planned is not None and name is not None and name in planned.formats:
            return partial(self.newsroom.feed(path).render, name)
        return self._beside.get(place)

    @cached_property
    def _beside(self) -> Mapping[str, Callable[[], bytes]]:
        """The documents beside the feeds, by their places."""
        return {document.path: document.render for document in documents(self.newsroom)}
