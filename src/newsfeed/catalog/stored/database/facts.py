"""What a store knows of itself: a value for each of some names."""

from newsfeed.catalog.stored.database.connection import Connection

__all__ = ["fact_of", "save_fact"]

_READ = "SELECT value FROM fact WHERE name = ?"
_SAVE = """
INSERT INTO fact (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE fact.value <> excluded.value
"""


def fact_of(connection: Connection, name: str) -> str:
    """Return what a store knows of itself by a name; empty if it doesn't."""
    found = connection.execute(_READ, (name,)).fetchone()
    return "" if found is None else str(found[0])


def save_fact(connection: Connection, name: str, value: str) -> None:
    """Replace what a store knows of itself by a name."""
    connection.run(_SAVE, (name, value))
