"""The compressed copies beside what `newsfeed build --precompress` publishes.

A publish from a store says which documents changed, and only these need new copies, if all others have theirs. That is
noted in newsfeed's own folder, together with the stamp of the record: a publish that made no copies leaves another one.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from newsfeed.publish.atomic_files import replace_file
from newsfeed.publish.folder import OpenFolder
from newsfeed.publish.record import FOLDER, RECORD_PATH
from newsfeed.publish.report import Report

__all__ = ["CompressedCopies"]

_NOTE = f"{FOLDER}/precompressed.json"


class CompressedCopies:
    """The compressed copies in a folder, as they are before a publish.

    Args:
        folder: The folder.
        codings: How documents are compressed; none: not at all.
    """

    def __init__(self, folder: str, codings: Sequence[str]) -> None:
        self._folder = folder
        self._codings = codings
        #: Whether all documents have copies.
        self._are_complete = bool(codings) and self._is_noted()

    def follow(self, report: Report, *, wait: float) -> None:
        """Make the copies that are missing after a publish.

        Args:
            report: The report of the publish.
            wait: How many seconds to wait for another build of the folder.

        Raises:
            PublishError: If a copy can't be written.
            MissingExtra: If the package of a coding isn't installed.
        """
        needs_all = report.is_whole or not self._are_complete
        if not self._codings or (not needs_all and self._is_noted()):
            return
        from newsfeed.web import precompress

        documents = None if needs_all else report.written
        precompress(self._folder, self._codings, wait=wait, documents=documents)
        replace_file(Path(self._folder, _NOTE), self._note())

    def _is_noted(self) -> bool:
        return OpenFolder(Path(self._folder)).read(_NOTE) == self._note()

    def _note(self) -> bytes:
        stamp = OpenFolder(Path(self._folder)).stamp(RECORD_PATH)
        return msgspec.json.encode({"codings": sorted(self._codings), "record": stamp})
