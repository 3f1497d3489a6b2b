"""Statements that are made of the names of columns."""

from collections.abc import Sequence

__all__ = ["upsert_into"]


def upsert_into(table: str, key: Sequence[str], others: Sequence[str]) -> str:
    """Return the statement that adds a row to a table, or replaces the one with its key."""
    columns = (*key, *others)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608 - names of ours
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in others)}"
    )
