"""Entries that a store keeps, so that a fresh process needn't make them again: the slow part of a publish is HTML."""

import zlib
from hashlib import blake2b

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import Entry

__all__ = ["StoredEntries"]

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)
#: How many entries a store keeps, and how many more before the oldest of them go.
_MOST, _MORE = 4_000, 1_000
#: An entry that takes more bytes isn't kept.
_LARGEST = 50_000

_GET = "SELECT entry FROM kept_entry WHERE digest = ?"
_PUT = "INSERT INTO kept_entry (digest, entry) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"
_RANGE = "SELECT (SELECT min(number) FROM kept_entry), (SELECT max(number) FROM kept_entry)"
_TRIM = "DELETE FROM kept_entry WHERE number <= ?"


class StoredEntries:
    """Keeps entries in memory and in a store, by a digest of all that they are made from.

    What is kept of an entry is the entry itself, which depends on no feed and no extension. Formats write it anew.

    Args:
        connection: The store.
        memory: The entries that this process has.
        settings: A digest of the settings and the program.
    """

    def __init__(self, connection: Connection, memory: EntryCache, settings: str) -> None:
        self._connection = connection
        self._memory = memory
        self._settings = settings.encode()
        self._new: dict[bytes, Entry] = {}

    @property
    def rendered(self) -> RenderCache:
        """What was rendered of the entries."""
        return self._memory.rendered

    def get(self, digest: bytes) -> Entry | None:
        """Return an entry; None if it isn't kept."""
        entry = self._memory.get(digest)
        if entry is None:
            found = self._connection.execute(_GET, (self._key(digest),)).fetchone()
            entry = None if found is None else _read(found[0])
            if entry is not None:
                self._memory.put(digest, entry)
        return entry

    def put(self, digest: bytes, entry: Entry) -> None:
        """Keep an entry: in memory, and in the store from the next `save` on."""
        self._memory.put(digest, entry)
        self._new[self._key(digest)] = entry
        if len(self._new) >= 2 * _MOST:
            self._new = dict(self._newest())

    def let_go(self, digest: bytes) -> None:
        """Note that nobody renders an entry any more."""
        self._memory.let_go(digest)

    def save(self) -> None:
        """Write new entries into the store, within a transaction: of many, those that were published last."""
        written = [(digest, _written(entry)) for digest, entry in self._newest()]
        self._connection.executemany(_PUT, [(digest, line) for digest, line in written if line is not None])
        first, last = self._connection.execute(_RANGE).fetchone()
        if first is not None and last - first >= _MOST + _MORE:
            self._connection.execute(_TRIM, (last - _MOST,))
        self._new.clear()

    def _newest(self) -> list[tuple[bytes, Entry]]:
        """Return the new entries that were published last, these at the end."""
        return sorted(self._new.items(), key=lambda item: item[1].published)[-_MOST:]

    def _key(self, digest: bytes) -> bytes:
        return blake2b(self._settings + digest, digest_size=16).digest()


def _read(line: bytes) -> Entry | None:
    """Return an entry that is kept; None if it is damaged."""
    try:
        return _DECODER.decode(zlib.decompress(line))
    except (zlib.error, msgspec.DecodeError):
        return None


def _written(entry: Entry) -> bytes | None:
    """Return what is kept of an entry; None if it couldn't be read back as it is, or is too large."""
    try:
        line = zlib.compress(_ENCODER.encode(entry))
    except (TypeError, ValueError, OverflowError):  # what JSON can't say
        return None
    return line if len(line) <= _LARGEST and _read(line) == entry else None
