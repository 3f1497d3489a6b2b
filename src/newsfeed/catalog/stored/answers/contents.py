"""What is in a store, source by source."""

import msgspec

from newsfeed.catalog.stored.database.connection import Connection

__all__ = ["SourceContents", "contents_of"]

_CONTENTS = """
SELECT c.source, coalesce(sum(n.articles), 0),
    coalesce(sum(CASE WHEN n.state = 'live' THEN n.articles END), 0),
    coalesce(sum(CASE WHEN n.state = 'withdrawn' THEN n.articles END), 0),
    c.changed_at
FROM source_change c LEFT JOIN source_count n ON n.source = c.source
GROUP BY c.source, c.changed_at ORDER BY c.source
"""


class SourceContents(msgspec.Struct):
    """What one source has in a store."""

    source: str
    #: How many rows it has.
    rows: int
    #: How many of them are published.
    live: int
    #: How many of them are withdrawn.
    withdrawn: int
    #: When the last of its rows was put, withdrawn or removed, in UTC (RFC 3339).
    last_change: str


def contents_of(connection: Connection) -> list[SourceContents]:
    """Return what is in a store as it was refreshed last, in the order of the sources' names.

    Args:
        connection: The store.

    Raises:
        Exception: An error of the database, if it can't be read.
    """
    return [SourceContents(*row) for row in connection.execute(_CONTENTS)]
