"""A reader: polls feeds at its own rhythm, knows articles by their ids alone, and keeps what it was given."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lxml import etree
from tests.archives.walking import Page, page_of
from tests.publish.a_year.server import Answer, Server

__all__ = ["Reader"]

_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_CONDITIONS = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}


class Reader:
    """A reader of one or several feeds.

    It fetches an archive once (RFC 5005 §4.2), forgets what Atom says was withdrawn (RFC 6721), and goes on where an
    ended feed points to.

    Args:
        feeds: The addresses.
        every: How long it waits from one poll to the next.
        since: When it subscribes.
        says: Which headers of conditional requests it sends.
        deltas: Whether it asks for what is new alone (RFC 3229).
    """

    def __init__(
        self,
        *feeds: str,
        every: timedelta,
        since: datetime,
        says: Sequence[str] = tuple(_CONDITIONS),
        deltas: bool = False,
    ) -> None:
        self.every = every
        self.since = since
        self._feeds = list(feeds)
        self._says = says
        self._deltas = deltas
        self._validators: dict[str, dict[str, str]] = {}
        self._archives: set[str] = set()
        #: The titles of its articles, by their ids.
        self.entries: dict[str, str] = {}
        #: Every id that it ever showed, with the title.
        self.shown: dict[str, str] = {}
        self.polls = 0
        #: How many answers said that nothing changed, and how many had only the changed entries.
        self.unchanged = 0
        self.in_part = 0
        self.moved_bytes = 0
        #: How many bytes the same polls would have taken without conditions.
        self.unconditional_bytes = 0

    def poll(self, server: Server, now: datetime) -> None:
        """Fetch every feed, and the archives that it leads to."""
        self.polls += 1
        for number, address in enumerate(self._feeds):
            answer = self._answer(server, address, now)
            if answer.status == 304:
                self.unchanged += 1
                continue
            assert answer.status in {200, 226}, (answer.status, address)
            self.in_part += answer.status == 226
            page = page_of(answer.body)
            onwards = _onwards(answer.body, page)
            if onwards:
                self._feeds[number] = onwards
                del self._validators[address]
                continue
            self._take(self._older(server, page, now) | page.entries)
            self._forget(answer.body, page)

    def _answer(self, server: Server, address: str, now: datetime) -> Answer:
        held = self._validators.get(address, {})
        headers = {name.lower(): held[name] for name in self._says if name in held}
        if self._deltas:
            headers["a-im"] = "feed"
        answer = self._fetched(server, address, headers, now)
        if answer.status in {200, 226}:
            self._validators[address] = {
                name: answer.headers[validator]
                for name, validator in _CONDITIONS.items()
                if validator in answer.headers  # a document that has just changed has no date yet
            }
        return answer

    def _fetched(self, server: Server, address: str, headers: dict[str, str], now: datetime) -> Answer:
        answer = server.get(address, headers, now)
        self.moved_bytes += answer.size
        self.unconditional_bytes += answer.whole
        if answer.status == 301:
            return self._fetched(server, answer.headers["Location"], headers, now)
        return answer

    def _older(self, server: Server, page: Page, now: datetime) -> dict[str, str]:
        """Walk back through the archives that it doesn't know yet; what is newer counts."""
        found: dict[str, str] = {}
        walked: set[str] = set()
        address = page.older
        while address is not None and address not in self._archives | walked:
            answer = self._fetched(server, address, {}, now)
            assert answer.status == 200, f"{address} is linked to, and not there"
            walked.add(address)
            older = page_of(answer.body)
            found = older.entries | found
            address = older.older
        self._archives |= walked
        return found

    def _take(self, entries: dict[str, str]) -> None:
        self.entries |= entries
        self.shown |= entries

    def _forget(self, document: bytes, page: Page) -> None:
        if b"deleted-entry" in document:
            for gone in etree.fromstring(document).iterfind(_DELETED):
                if gone.get("ref") not in page.entries:
                    self.entries.pop(str(gone.get("ref")), None)


def _onwards(document: bytes, page: Page) -> str | None:
    """Tell where an ended feed points to; such a feed has nothing but an address to say of itself."""
    onwards = page.links.get("related")
    if page.entries or onwards is None or f">{onwards}<".encode() not in document:
        return None
    return onwards
