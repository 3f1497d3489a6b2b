"""The seals that a store took over from builds without it; see `seals`. They are found by the articles that open them."""

from collections.abc import Iterable, Sequence

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.publish.record import SealedArticle

__all__ = ["StoredSeals"]

_ENCODER = msgspec.json.Encoder()
_SEAL = msgspec.json.Decoder(SealedArticle)
_ALL = "SELECT seal FROM sealed_article ORDER BY number"
_WITH_LOCK = (
    "SELECT s.number, s.seal FROM seal_lock l JOIN sealed_article s ON s.number = l.number WHERE l.digest = ?"
)


class StoredSeals:
    """The seals in a store.

    Args:
        connection: The store, without implicit transactions. Who writes begins and ends them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[SealedArticle, ...]:
        """Return all seals, the latest last."""
        return tuple(_SEAL.decode(seal) for (seal,) in self._connection.execute(_ALL))

    def with_locks(self, locks: Iterable[str]) -> tuple[SealedArticle, ...]:
        """Return the seals that have one of some locks, the latest last."""
        if self._connection.execute("SELECT 1 FROM sealed_article LIMIT 1").fetchone() is None:
            return ()
        found = {
            number: seal for lock in locks for number, seal in self._connection.execute(_WITH_LOCK, (lock,))
        }
        return tuple(_SEAL.decode(found[number]) for number in sorted(found))

    def replace(self, seals: Sequence[SealedArticle]) -> None:
        """Replace all seals."""
        self._connection.execute("DELETE FROM sealed_article")
        self._connection.execute("DELETE FROM seal_lock")
        self._connection.executemany(
            "INSERT INTO sealed_article (number, seal) VALUES (?, ?)",
            [(number, _ENCODER.encode(seal).decode()) for number, seal in enumerate(seals)],
        )
        self._connection.executemany(
            "INSERT INTO seal_lock (digest, number) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(lock, number) for number, seal in enumerate(seals) for lock, _ in seal.locks],
        )
