"""The feeds of the suite: everything that three newsrooms publish, one feed for each language and format."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.readers.shown import ATOM, JSON, RSS

import newsfeed
from newsfeed import Entry

__all__ = ["NEWSROOMS", "entries_of", "feed_names", "write_feeds"]

HERE = Path(__file__).parent

NEWSROOMS = {
    "report": HERE.parents[1] / "examples" / "report",
    "right_to_left": HERE / "newsrooms" / "right_to_left",
    "hostile": HERE / "newsrooms" / "hostile",
}

#: After the latest article.
AS_OF = datetime(2101, 1, 1, tzinfo=UTC)


@cache
def _newsroom(name: str) -> newsfeed.Newsroom:
    return newsfeed.open(NEWSROOMS[name], as_of=AS_OF)


def feed_names(newsroom: str) -> list[str]:
    """Name the feeds of a newsroom for it and their languages: `hostile-en`."""
    return [f"{newsroom}-{language}" for language in _newsroom(newsroom).site.languages]


def _feed(name: str) -> newsfeed.Feed:
    newsroom, _, language = name.rpartition("-")
    return _newsroom(newsroom).feed(f"{language}/all")


def entries_of(name: str) -> tuple[Entry, ...]:
    """What a feed holds."""
    return _feed(name).entries


def write_feeds(folder: Path) -> list[Path]:
    """Write every feed in every format."""
    paths = []
    for name in (name for newsroom in NEWSROOMS for name in feed_names(newsroom)):
        for form in (RSS, ATOM, JSON):
            paths.append(folder / f"{name}.{form}")
            paths[-1].write_bytes(_feed(name).render(form))
    return paths
