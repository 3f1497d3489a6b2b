"""Check documents: bytes, a file, or every feed in a folder."""

import errno
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newsfeed.check.checks import CHECKS
from newsfeed.check.definitions import printable
from newsfeed.check.documents import read_document
from newsfeed.check.first_element import LOOKED_AT, first_element
from newsfeed.check.http import HttpResponse, fetch_feed
from newsfeed.check.limits import LARGEST
from newsfeed.findings import Finding
from newsfeed.model.formats import format_of
from newsfeed.model.profile import Profile
from newsfeed.text.file_kinds import kind_of_special_file
from newsfeed.text.shown_addresses import shown_address
from newsfeed.text.urls import ascii_uri

__all__ = ["Checker", "bytes_of", "check_document", "check_path", "checker_of", "feeds_in"]

#: In a folder, files with these suffixes, and with those of RSS and Atom, are checked.
_SURE = {".opml"}
#: Files with these suffixes, or without one, and of these names are checked only if they turn out to be feeds.
_MAYBE = {"", ".json", ".xml"}
_NAMES = {"index.html"}
_ROOTS = {"feed", "opml", "rdf", "rss", "sitemapindex", "urlset"}


def check_document(
    data: bytes,
    *,
    name: str,
    as_of: datetime,
    address: str = "",
    codes: Collection[str] | None = None,
    profile: Profile | None = None,
    response: HttpResponse | None = None,
) -> list[Finding]:
    """Check one document.

    Args:
        data: The file's bytes: RSS, Atom, JSON Feed, OPML or a sitemap.
        name: What to call the file in findings.
        as_of: The moment of the check, aware: later dates are in the future.
        address: The address that the document is fetched from, if known.
        codes: The codes of the checks to run; all if None.
        profile: A partner whose requirements are checked as well.
        response: What the server said that it was fetched from, if it was.

    Returns:
        The findings, in the order of the file.

    Example:
        >>> from datetime import UTC, datetime
        >>> moment = datetime(2025, 12, 19, tzinfo=UTC)
        >>> [str(found.place) for found in check_document(b"<rss", name="a.rss", as_of=moment)]
        ['a.rss:1:1']
    """
    document = read_document(data, name=printable(name), as_of=as_of, address=address)
    if profile is not None or response is not None:
        document = replace(document, profile=profile, response=response)
    found = [
        finding
        for code, check in CHECKS.items()
        if codes is None or code in codes
        for finding in check.findings(document)
    ]
    return sorted(found, key=lambda finding: (finding.place, finding.code))


def feeds_in(path: Path) -> Iterator[Path]:
    """Visit the files to check, sorted: the path itself if it is a file, else all feeds below it.

    In a folder, `.json`, `.xml` and `index.html` files and files without a suffix are skipped if they aren't feeds.
    """
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        suffix = file.suffix.lower()
        form = format_of(f"feed{suffix}")
        is_sure = suffix in _SURE or (form is not None and form.vocabulary in {"rss", "atom"})
        is_possible = is_sure or suffix in _MAYBE or file.name.lower() in _NAMES
        if is_possible and file.is_file() and (is_sure or _is_feed(file)):
            yield file


def bytes_of(file: Path) -> bytes:
    """Read a file, or just enough of it to show that it is too large to check.

    Raises:
        OSError: If it can't be read, or is a device, a pipe or a socket, which might never end.
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
    if kind_of_special_file(file.stat().st_mode) is not None:
        return False
    with file.open("rb") as opened:
        start = opened.read(LOOKED_AT)
    return b"jsonfeed.org/version" in start or first_element(start) in _ROOTS


def check_path(
    path: str | Path,
    *,
    as_of: datetime,
    served_from: str = "",
    codes: Collection[str] | None = None,
    profile: Profile | None = None,
) -> list[Finding]:
    """Check a file, or every feed in a folder.

    Args:
        path: A file, or a folder.
        as_of: The moment of the check, aware.
        served_from: The address that the folder is served from, with a trailing `/`; empty if unknown.
        codes: The codes of the checks to run; all if None.
        profile: A partner whose requirements are checked as well.

    Returns:
        The findings, file by file.

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
    """Checks documents that are served from one address."""

    def __init__(
        self, served_from: str, as_of: datetime, codes: Collection[str] | None, profile: Profile | None
    ) -> None:
        self._served_from = served_from
        self._as_of = as_of
        self._codes = codes
        self._profile = profile

    def of_address(self, url: str) -> list[Finding]:
        """Fetch the feed at an address, and check it and what the server says about it.

        Raises:
            MissingExtra: If httpx isn't installed.
            SourceError: If it can't be fetched.
        """
        fetched = fetch_feed(url)
        return check_document(
            fetched.data,
            name=shown_address(url),
            as_of=self._as_of,
            address=fetched.address,
            codes=self._codes,
            profile=self._profile,
            response=fetched.response,
        )

    def __call__(self, path: str, data: bytes, *, name: str = "") -> list[Finding]:
        """Check one document.

        Args:
            path: Its path below the address that the documents are served from.
            data: Its bytes.
            name: What to call it in findings; its path if empty.

        Returns:
            The findings, in the order of the file.
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
    """Return a function that checks the documents of one site, for `Newsroom.publish(check=…)`.

    Args:
        served_from: The address that the documents are served from, with a trailing `/`; empty if unknown.
        as_of: The moment of the check, aware.
        codes: The codes of the checks to run; all if None.
        profile: A partner whose requirements are checked as well.

    Returns:
        A function that takes a document's path and bytes and returns findings.
    """
    return Checker(served_from, as_of, codes, profile)
