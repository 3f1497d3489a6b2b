"""A server of the published folder, in the time of the simulation: what it answers, and how many bytes that moves."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from newsfeed.web.exchange import Request
from newsfeed.web.folder import FileDocument, PublishedFolder
from newsfeed.web.policy import Policy
from newsfeed.web.responder import Responder

__all__ = ["Answer", "Server"]


class Answer(NamedTuple):
    """A response, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    #: How many bytes it sent, including headers.
    size: int
    #: How many it would have sent to a reader that makes no conditional requests.
    whole: int


class Server:
    """Serves a folder.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._documents = _InTime(folder)
        self._responder = Responder(self._documents, Policy(max_age=0))
        #: The scheme of the site; requests with another scheme are redirected.
        self.scheme = "http"

    def built(self, moment: datetime) -> None:
        """Take note that the folder may have changed."""
        self._documents.built = moment

    def get(self, address: str, headers: dict[str, str], now: datetime) -> Answer:
        """Answer a request."""
        parts = urlsplit(address)
        if parts.scheme != self.scheme:
            return self._sent_on(address)
        place = parts.path.removeprefix("/feeds")
        response = self._responder(Request(path=place, headers=headers, now=now))
        try:
            body = b"".join(response.body)
        finally:
            response.body.close()
        fields = dict(response.headers)
        head = sum(len(f"{name}: {value}\r\n") for name, value in fields.items())
        whole = self._documents.size(place) if response.status in {226, 304} else len(body)
        return Answer(response.status, fields, body, head + len(body), head + whole)

    def _sent_on(self, address: str) -> Answer:
        location = address.replace("http://", f"{self.scheme}://", 1)
        size = len(f"Location: {location}\r\n")
        return Answer(301, {"Location": location}, b"", size, size)


class _InTime(PublishedFolder):
    """The folder, whose files were modified by the clock of the simulation."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._root = folder
        self._known: dict[str, tuple[tuple[int, int], datetime]] = {}
        self.built = datetime.min.replace(tzinfo=UTC)

    def find(self, place: str) -> FileDocument | None:
        document = super().find(place)
        if document is None:
            return None
        state = (document.status.st_ino, document.status.st_mtime_ns)
        before, modified = self._known.get(place, (None, self.built))
        if before != state:
            modified = self.built
            self._known[place] = (state, modified)
        return replace(document, modified=modified)

    def size(self, place: str) -> int:
        return (self._root / place.removeprefix("/")).stat().st_size
