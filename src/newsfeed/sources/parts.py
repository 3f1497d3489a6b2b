"""Parts of a newsroom's files, which several workers can read: some files, or some lines of a JSON Lines file.

A part knows how many lines come before it, so what it reads has the places that it has in the whole file.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple, Protocol, Self, TypeVar

import msgspec

from newsfeed.errors import InvalidNewsroom, InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.limits import BLANK_LINES, PROBLEMS_IN_A_ROW
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import Location, SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.json_lines import read_json_lines, read_line, read_lines
from newsfeed.sources.kinds import kind_of
from newsfeed.sources.site_articles import articles_in
from newsfeed.sources.text_files import lines_in, opened

__all__ = ["DoesAll", "ReadAgain", "SourcePart", "TroubledPart", "changed", "parts_of"]

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")

#: Parts are no smaller than this many bytes, because each takes some work of its own.
_LEAST = 1 << 20
_PIECE = 1 << 16


class TroubledPart(Exception):
    """A part has so many problems in a row that only a reading of the whole file can tell where to stop."""


class SourcePart(msgspec.Struct, frozen=True, kw_only=True):
    """Some files of a newsroom, or the lines of one that begin at a byte and before another."""

    site: Site
    files: tuple[ArticleFile, ...]
    start: int = 0
    #: None: up to the end.
    end: int | None = None
    #: How many lines, and how many records, its file has before it.
    lines_before: int = 0
    records_before: int = 0

    @property
    def size(self) -> int:
        """How many bytes it has, compressed ones for compressed files."""
        if self.end is not None:
            return self.end - self.start
        return max(sum(_size(file.path) for file in self.files) - self.start, 0)

    def __iter__(self) -> Iterator[SourcedArticle | Finding]:
        """Yield each article with its place, and each finding."""
        return self.of_stories(None)

    def of_stories(self, stories: Container[str] | None) -> Iterator[SourcedArticle | Finding]:
        """Read the articles of some stories, and perhaps others."""
        for file in self.files:
            if not _has_lines(file):
                yield from articles_in([file], self.site, stories)
            else:
                yield from self._found_in_lines(file, stories)

    def source_of(self, file: str) -> str:
        """Return the source that has a file, given the file's name in findings."""
        return next((each.source for each in self.files if each.name == file), file)

    def _found_in_lines(
        self, file: ArticleFile, stories: Container[str] | None
    ) -> Iterator[SourcedArticle | Finding]:
        lines = _Lines(file.path, self.start, self.end)
        before = self.lines_before, self.records_before
        problems = 0
        for found in read_lines(lines, file.name, self.site, stories, before=before):
            if isinstance(found, SourcedArticle):
                problems = 0
                location = Location(str(file.path), lines.last, len(found.source))
                yield msgspec.structs.replace(found, location=location)
                continue
            problems += 1
            is_cut = not found.place.line and (self.start or self.end is not None)
            if problems == PROBLEMS_IN_A_ROW // 2 or is_cut:
                raise TroubledPart(file.name)
            yield found


class _Lines:
    """The lines of a part, and where the last one that was read begins."""

    def __init__(self, path: Path, start: int, end: int | None) -> None:
        self._path = path
        self._start = start
        self._end = end
        self.last = start

    def __iter__(self) -> Iterator[bytes | None]:
        with opened(self._path) as file:
            if self._start:
                file.seek(self._start)
            at = file.tell()  # behind a byte order mark
            for line in lines_in(file):
                if self._end is not None and at >= self._end:
                    return
                self.last = at
                yield line
                at = at + len(line) if line is not None else file.tell()


class _Counted(NamedTuple):
    """How many lines a part has."""

    lines: int
    blank: int


class DoesAll(Protocol):
    """Applies a function to each of some tasks, as `map` does, perhaps to several at once."""

    def __call__(self, work: Callable[[_Task], _Done], tasks: Iterable[_Task], /) -> Iterator[_Done]:
        """Yield what the function returns for each task, in their order."""


def parts_of(files: Iterable[ArticleFile], site: Site, most: int, do_all: DoesAll) -> list[SourcePart]:
    """Split the files of a newsroom into parts that take about the same time to read.

    Args:
        files: The files, in the order in which one process reads them.
        site: The site.
        most: About how many parts to make at most.
        do_all: Counts the lines of parts.

    Returns:
        The parts, in the same order.
    """
    sizes = [(file, _size(file.path)) for file in files]
    target = max(sum(size for _, size in sizes) // most, _LEAST)
    ranges = [
        part for file, size in sizes if _has_lines(file) for part in _ranges(file, site, -(-size // target))
    ]
    in_ranges = _with_lines_before(ranges, do_all(_counted, ranges))
    parts: list[SourcePart] = []
    room = 0
    for file, size in sizes:
        if file.name in in_ranges:
            parts += in_ranges[file.name]
            room = 0
        elif room > 0:
            parts[-1] = msgspec.structs.replace(parts[-1], files=(*parts[-1].files, file))
            room -= size
        else:
            parts.append(SourcePart(site=site, files=(file,)))
            room = target - size
    return parts


class ReadAgain:
    """Reads articles again where they are; the file that was read last stays open.

    Args:
        site: The site, for the dates.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._path = ""
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def article(self, location: Location, place: Place) -> SourcedArticle:
        """Read an article.

        Args:
            location: Where its line is.
            place: Its place.

        Raises:
            InvalidNewsroom: If its file has changed since.
        """
        try:
            line = self.bytes_at(location)
        except OSError as error:
            raise changed(place) from error
        found = read_line(line, place, self.site)
        sourced = next((each for each in found if isinstance(each, SourcedArticle)), None)
        if sourced is None:
            raise changed(place)
        return sourced

    def bytes_at(self, location: Location) -> bytes:
        """Return the bytes of a location."""
        if self._file is None or self._path != location.path:
            self.__exit__()
            self._path, self._file = location.path, open(location.path, "rb")  # noqa: PTH123, SIM115 - closed above
        self._file.seek(location.offset)
        return self._file.read(location.length)


def changed(place: Place) -> InvalidNewsroom:
    """Return the error of an article whose file has changed since it was first read."""
    return InvalidNewsroom(
        f"{place}: the file changed while it was being read. Nothing was written. Build again."
    )


def _ranges(file: ArticleFile, site: Site, count: int) -> Iterator[SourcePart]:
    """Cut a file at the ends of lines, into about so many parts; yield none if it can't be read, or is too small."""
    size = _size(file.path)
    try:
        with file.path.open("rb") as lines:
            cuts = {_next_line(lines, size * number // count) for number in range(1, count)}
    except OSError:
        return
    inner = sorted(cut for cut in cuts if cut < size)
    for start, end in pairwise([0, *inner, None] if inner else []):
        yield SourcePart(site=site, files=(file,), start=start or 0, end=end)


def _next_line(file: IO[bytes], offset: int) -> int:
    """Return where the first line begins that begins behind an offset."""
    file.seek(offset)
    while (piece := file.readline(_PIECE)) and not piece.endswith(b"\n"):
        pass
    return file.tell()


def _counted(part: SourcePart) -> _Counted | None:
    """Count the lines of a part; return None if one is too long, or they can't all be read."""
    lines = blank = 0
    try:
        for line in _Lines(part.files[0].path, part.start, part.end):
            if line is None:
                return None
            lines += 1
            blank += line.isspace()
    except InvalidValue:
        return None
    return _Counted(lines, blank)


def _with_lines_before(
    parts: Iterable[SourcePart], counts: Iterable[_Counted | None]
) -> dict[str, list[SourcePart]]:
    """Return the parts of each file by its name, with what comes before each; none of files that one has to read."""
    by_file: defaultdict[str, list[SourcePart]] = defaultdict(list)
    refused: set[str] = set()
    lines = blank = 0
    for part, counted in zip(parts, counts, strict=True):
        (file,) = part.files
        if part.start == 0:
            lines = blank = 0
        by_file[file.name].append(
            msgspec.structs.replace(part, lines_before=lines, records_before=lines - blank)
        )
        if counted is None or blank + counted.blank > BLANK_LINES:
            refused.add(file.name)
        else:
            lines, blank = lines + counted.lines, blank + counted.blank
    return {file: found for file, found in by_file.items() if file not in refused}


def _has_lines(file: ArticleFile) -> bool:
    """Return whether a file holds an article on each line, and can be read from any byte on."""
    kind = kind_of(file.path)
    is_plain = file.settings is None and file.path.suffix.lower() != ".gz"
    return is_plain and kind is not None and kind.read is read_json_lines


def _size(file: Path) -> int:
    """Return a file's size, or 0 if it is unknown, which the reading will report."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
