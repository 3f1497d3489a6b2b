"""newsboat, a feed reader for terminals; it keeps what it shows in SQLite."""

import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tests.readers.differences import XML, content_or_summary, hidden, last_author
from tests.readers.program import Difference, Program, Reading, printed
from tests.readers.shown import ATOM, RSS, Enclosure, Shown

from newsfeed import Entry

__all__ = ["NEWSBOAT"]

_FIELDS = "feedurl, guid, title, url, pubDate, author, content, enclosure_url, enclosure_type"


def read(paths: Sequence[Path]) -> Reading:
    """Read each format with a run of its own, for newsboat shows an id once only, however many feeds have it."""
    by_format = groupby(sorted(paths, key=lambda path: path.suffix), key=lambda path: path.suffix)
    return {path: entries for _, group in by_format for path, entries in _reload(list(group)).items()}


def _reload(paths: list[Path]) -> dict[Path, list[Shown]]:
    with tempfile.TemporaryDirectory() as folder:
        urls, config, cache = (Path(folder, name) for name in ("urls", "config", "cache.db"))
        urls.write_text("".join(f"{path.as_uri()}\n" for path in paths), encoding="utf-8")
        config.touch()
        subprocess.run(
            ["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"],  # noqa: S607
            env={"HOME": folder, "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
            check=True,
            capture_output=True,
            timeout=60,
        )
        database = sqlite3.connect(cache)
        try:
            rows = database.execute(f"select {_FIELDS} from rss_item order by pubDate desc").fetchall()  # noqa: S608
        finally:
            database.close()
    return {path: [_shown(row[1:]) for row in rows if row[0] == path.as_uri()] for path in paths}


def _shown(row: tuple[str, str, str, int, str, str, str, str]) -> Shown:
    name, title, link, published, author, content, file, kind = row
    return Shown(
        id=name,
        title=title,
        link=link,
        published=published,
        author=[author],
        content=content,
        enclosures=[(file, kind, None)] if file else [],
    )


def version() -> str | None:
    told = printed("newsboat", "--version")
    return told.split()[1] if told else None


def _last_recording(entry: Entry, _: object) -> tuple[Enclosure, ...]:
    played = [media for media in entry.media if media.type.startswith(("audio/", "video/"))]
    return tuple(Enclosure(media.url, media.type, None) for media in played[-1:])


def _after_epoch(_: object, said: datetime) -> datetime:
    return datetime.fromtimestamp(said.timestamp() % 2**32, UTC)


NEWSBOAT = Program(
    name="newsboat",
    language="C++",
    formats=XML,
    install="apt-get install newsboat",
    version=version,
    read=read,
    differences=[
        last_author((RSS,)),
        Difference("author", (ATOM,), "joins authors with commas", lambda _, said: (", ".join(said),)),
        Difference("published", XML, "counts years before 1970 from 2106 backwards", _after_epoch),
        content_or_summary(XML),
        Difference("enclosures", XML, "shows the last recording; no pictures, no lengths", _last_recording),
        *hidden(XML, "updated", "summary", "categories", "language"),
    ],
)
