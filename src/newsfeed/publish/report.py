"""The report of a build."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from newsfeed.findings import Finding
from newsfeed.publish.article_changes import ArticleChanges
from newsfeed.publish.atomic_files import TEMPORARY_SUFFIX
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import ascii_uri

__all__ = ["DocumentChange", "Report"]


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True):
    """How a document changes. Articles are named by their ids."""

    #: The document's path below the output folder.
    path: str
    #: `new`, `changed` or `removed`.
    what: str
    #: Articles that come, go, and stay with something changed; only in documents for feed readers.
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    #: Whether anything besides the articles changes, such as the title, the links, the date; of a document that isn't a
    #: feed, anything at all.
    head: bool = False

    def lines(self) -> Iterator[str]:
        r"""Yield the lines that say it to a person.

        >>> change = DocumentChange(path="en/all.rss", what="changed", added=("a:1",), head=True)
        >>> print("\n".join(change.lines()))
        en/all.rss: changed
          + a:1
          ~ something outside the articles
        """
        yield f"{self.path}: {self.what}"
        for sign, articles in (("+", self.added), ("-", self.dropped), ("~", self.altered)):
            for article in articles:
                yield f"  {sign} {article}"
        if self.head:
            yield "  ~ something outside the articles"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build wrote and what it found. Paths are relative to the folder, with `/`."""

    folder: str
    #: The moment for which it was built.
    as_of: datetime
    #: Where the documents are served from.
    feeds_url: str
    #: How many live articles there are.
    articles: int
    languages: tuple[str, ...]
    #: Documents that are new or changed.
    written: tuple[str, ...] = ()
    #: Those of them that are feeds of which a hub is told: the listed ones.
    announced: tuple[str, ...] = ()
    #: Documents that weren't touched, because their bytes are the same.
    unchanged: tuple[str, ...] = ()
    #: Documents of feeds that are no longer planned, and unfinished files of a build that died.
    removed: tuple[str, ...] = ()
    #: Why articles were left out; one of several bad fields has several findings.
    left_out: tuple[Finding, ...] = ()
    #: What was repaired in articles that are published, and paths that were changed because two were the same.
    repaired: tuple[Finding, ...] = ()
    #: Documents in which some articles didn't fit.
    shortened: tuple[Finding, ...] = ()
    #: What differs from when it was published: ids, addresses, dates, articles that are gone.
    changed: tuple[Finding, ...] = ()
    #: The articles of feeds that came, changed and went.
    article_changes: ArticleChanges = ArticleChanges()
    #: What the check found in the documents.
    checked: tuple[Finding, ...] = ()
    #: The addresses of published articles that are missing now, though nobody withdrew them.
    lost: tuple[str, ...] = ()
    #: Why nothing was written; empty if the build succeeded.
    error: str = ""

    #: What would change, document by document; only of a dry run.
    changes: tuple[DocumentChange, ...] = ()
    #: Whether everything was looked at, and not only what changed since the last publish from a store.
    is_whole: bool = True
    #: When a build would next change something, because an article is due or expires; None if never.
    next_change: datetime | None = None

    def __repr__(self) -> str:
        return (
            f"<Report {self.folder}: {len(self.written)} written, {len(self.unchanged)} unchanged, "
            f"{len(self.removed)} removed, {self.articles_left_out} left out>"
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of documents that are new, changed or gone: for a hub, a cache, a deployment."""
        return tuple(
            ascii_uri(self.feeds_url + path)
            for path in (*self.written, *self.removed)
            if not path.endswith(TEMPORARY_SUFFIX)
        )

    @property
    def articles_left_out(self) -> int:
        """How many articles were left out."""
        return len({finding.place for finding in self.left_out})

    def as_json(self) -> bytes:
        """Return the report as JSON, as `newsfeed build --json` prints it."""
        listed = {
            "folder": self.folder,
            "as_of": rfc3339(self.as_of),
            "next_change": rfc3339(self.next_change) if self.next_change else None,
            "error": self.error or None,
            "languages": self.languages,
            "counts": {
                "articles": self.articles,
                "written": len(self.written),
                "unchanged": len(self.unchanged),
                "removed": len(self.removed),
                "left_out": self.articles_left_out,
                "repaired": len(self.repaired),
                "shortened": len(self.shortened),
                "changed": len(self.changed),
                "lost": len(self.lost),
                "checked": len(self.checked),
            },
            "written": self.written,
            "announced": self.announced,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "changes": self.changes,
            "addresses": self.addresses,
            "articles": self.article_changes.listed(),
            "left_out": _rows(self.left_out),
            "repaired": _rows(self.repaired),
            "shortened": _rows(self.shortened),
            "changed": _rows(self.changed),
            "lost": self.lost,
            "checked": _rows(self.checked),
        }
        return msgspec.json.format(msgspec.json.encode(listed), indent=2)


def _rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.place.file or None,
            "line": finding.place.line or None,
            "column": finding.place.column or None,
            "record": finding.place.record or None,
            "name": finding.place.name or None,
            "field": finding.field or None,
            "reason": finding.reason,
            "remedy": finding.remedy,
        }
        for finding in findings
    ]
