"""The derived tables of stories: which have several live editions, and in which month the first was published.

Only the sitemap of stories in several languages asks for them, so editions count whose addresses it can hold.
"""

from collections.abc import Iterable

from newsfeed.catalog.listed import listed_address
from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.moments import moment_at
from newsfeed.model.periods import period_of
from newsfeed.model.site import Site

__all__ = ["change_stories"]

_LIVE_EDITIONS = """
SELECT url, rank FROM article
WHERE story = ? AND story IS NOT NULL AND state IN ('live', 'set aside') AND state = 'live'
"""
_KEEP = (
    "INSERT INTO story (story, month) VALUES (?, ?) ON CONFLICT (story) DO UPDATE SET month = excluded.month"
)
_MARK_CHANGED = """
INSERT INTO story_month (month, revision) VALUES (?, ?)
ON CONFLICT (month) DO UPDATE SET revision = excluded.revision
"""


def change_stories(connection: Connection, stories: Iterable[str], site: Site, revision: int) -> None:
    """Look at stories of which an edition has changed, after the editions were written.

    Args:
        connection: The store.
        stories: Their keys.
        site: The site.
        revision: The number of the refresh.
    """
    if "languages" not in site.sitemaps:
        return
    months: set[str] = set()
    for story in sorted(stories):
        before = connection.execute("SELECT month FROM story WHERE story = ?", (story,)).fetchone()
        found = connection.execute(_LIVE_EDITIONS, (story,))
        ranks = [rank for url, rank in found if listed_address(url) is not None]
        if before is not None:
            months.add(before[0])
        if len(ranks) > 1:
            month = period_of(moment_at(-max(ranks)), "month", site.zone)
            months.add(month)
            if before != (month,):
                connection.run(_KEEP, (story, month))
        elif before is not None:
            connection.run("DELETE FROM story WHERE story = ?", (story,))
    connection.executemany(_MARK_CHANGED, [(month, revision) for month in sorted(months)])
