"""Hold documents against the rules: bytes in hand, a file, or a folder of them."""

import errno
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newsfeed.check.documents import LARGEST, read_document
from newsfeed.check.rule import printable
from newsfeed.check.rules import RULES
from newsfeed.model.finding import Finding
from newsfeed.model.profile import Profile
from newsfeed.text.file_kinds import kind_of_special_file
from newsfeed.text.urls import ascii_uri

__all__ = ["Checker", "bytes_of", "check_document", "check_path", "checker_of", "feeds_in"]

#: Files of a folder that are looked at; a `.json` or `.xml` only if it turns out to be a feed.
_SURE = {".rss", ".atom", ".opml"}
_MAYBE = {".json", ".xml"}
#: So much of a file is looked at to tell whether it is a feed.
_START = 4096


def check_document(
    data: bytes,
    *,
    name: str,
    as_of: datetime,
    address: str = "",
    codes: Collection[str] | None = None,
    profile: Profile | None = None,
) -> list[Finding]:
    """Hold one document against the rules.

    Args:
        data: The file's bytes: RSS, Atom, JSON Feed, OPML or a sitemap.
        name: What to call the file in findings.
        as_of: The moment to check for, aware: dates beyond it are in the future.
        address: The address that the document is fetched from, where it is known.
        codes: The rules to hold it against; all if None.
        profile: A partner whose wishes it is held against as well.

    Returns:
        What was found, in the order of the file.

    Example:
        >>> from datetime import UTC, datetime
        >>> moment = datetime(2025, 12, 19, tzinfo=UTC)
        >>> [str(found.place) for found in check_document(b"<rss", name="a.rss", as_of=moment)]
        ['a.rss:1:1']
    """
    document = read_document(data, name=printable(name), as_of=as_of, address=address)
    if profile is not None:
        document = replace(document, profile=profile)
    found = [
        finding
        for code, rule in RULES.items()
        if codes is None or code in codes
        for finding in rule.findings(document)
    ]
    return sorted(found, key=lambda finding: (finding.place, finding.code))


def feeds_in(path: Path) -> Iterator[Path]:
    """Visit the files that are to be checked, sorted: the path itself, or the feeds of a folder, at any depth.

    In a folder, a `.json` or `.xml` file that is no feed is another's business.
    """
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        suffix = file.suffix.lower()
        if suffix in _SURE | _MAYBE and file.is_file() and (suffix in _SURE or _is_feed(file)):
            yield file


def bytes_of(file: Path) -> bytes:
    """Read a file, or as much of it as shows that it is too large to be checked.

    Raises:
        OSError: If it can't be read, or is a device, a pipe or a socket, which may never end.
    """
    kind = kind_of_special_file(file.stat().st_mode)
    if kind is not None:
        reason = (
            f"it's {kind}, not a regular file; to check what comes from it, pass it on standard input, as -"
        )
        raise OSError(errno.EINVAL, reason, str(file))
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _is_feed(file: Path) -> bool:
    with file.open("rb") as opened:
        start = opened.read(_START)
    marks = (b"jsonfeed.org/version", b"<rss", b"<feed", b"<opml", b"<urlset", b"<sitemapindex", b":feed")
    return any(mark in start for mark in marks)


def check_path(
    path: str | Path,
    *,
    as_of: datetime,
    served_from: str = "",
    codes: Collection[str] | None = None,
    profile: Profile | None = None,
) -> list[Finding]:
    """Hold a file, or every feed in a folder, against the rules.

    Args:
        path: A file, or a folder.
        as_of: The moment to check for, aware.
        served_from: The address that the folder is served from, with its last `/`; empty if that isn't known.
        codes: The rules to hold it against; all if None.
        profile: A partner whose wishes they are held against as well.

    Returns:
        What was found, file by file.

    Raises:
        OSError: If a file can't be read.
    """
    checker = checker_of(served_from, as_of=as_of, codes=codes, profile=profile)
    top = Path(path)
    found: list[Finding] = []
    for file in feeds_in(top):
        inside = file.relative_to(top if top.is_dir() else top.parent).as_posix()
        found += checker(inside, bytes_of(file), name=str(file))
    return found


class Checker:
    """Holds documents that are served from one place against the rules."""

    def __init__(
        self, served_from: str, as_of: datetime, codes: Collection[str] | None, profile: Profile | None
    ) -> None:
        self._served_from = served_from
        self._as_of = as_of
        self._codes = codes
        self._profile = profile

    def __call__(self, path: str, data: bytes, *, name: str = "") -> list[Finding]:
        """Hold one document against the rules.

        Args:
            path: Its place below the address that the documents are served from.
            data: Its bytes.
            name: What to call it in findings; its path if empty.

        Returns:
            What was found, in the order of the file.
        """
        address = ascii_uri(self._served_from + path) if self._served_from else ""
        return check_document(
            data,
            name=name or path,
            as_of=self._as_of,
            address=address,
            codes=self._codes,
            profile=self._profile,
        )


def checker_of(
    served_from: str,
    *,
    as_of: datetime,
    codes: Collection[str] | None = None,
    profile: Profile | None = None,
) -> Checker:
    """Make a function that checks the documents of one site, for `Newsroom.publish(check=…)`.

    Args:
        served_from: The address that the documents are served from, with its last `/`; empty if that isn't known.
        as_of: The moment to check for, aware.
        codes: The rules to hold them against; all if None.
        profile: A partner whose wishes they are held against as well.

    Returns:
        A function that takes a document's path and bytes and gives findings.
    """
    return Checker(served_from, as_of, codes, profile)
