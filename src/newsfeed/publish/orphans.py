"""Feeds that newsfeed wrote and must not touch any more, because no record names them or somebody has changed them.

Files that newsfeed didn't write are left alone, and a file that isn't as the record says may be somebody's work. But an
orphaned feed still shows articles that were withdrawn since, so each build reports it until it is gone.
"""

from collections.abc import Iterator

import msgspec

from newsfeed.findings import Finding, Place
from newsfeed.model.formats import FORMATS, format_of
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.record import RECORD_PATH, PublishedDocument, Stamp
from newsfeed.publish.target import OpenTarget, SearchableTarget

__all__ = [
    "as_orphan",
    "changed_finding",
    "orphans_in",
    "unreadable_record_finding",
    "unrecorded_finding",
    "was_written_by_newsfeed",
]

_XML_MARK = b"<generator>newsfeed</generator>"
_JSON_MARK = b'"_newsfeed":'
#: No file has such a stamp, so an orphan is read and reported again.
_NO_STAMP = Stamp(0, "")


def was_written_by_newsfeed(path: str, document: bytes) -> bool | None:
    """Return whether a feed says that newsfeed wrote it; None for a document that can't say so.

    >>> was_written_by_newsfeed("old.rss", b"<rss><channel><generator>newsfeed</generator>")
    True
    >>> was_written_by_newsfeed("old.json", b"{}"), was_written_by_newsfeed("old.html", b"")
    (False, None)
    """
    form = format_of(path)
    if form is None or form.vocabulary is None:
        return None
    return (_JSON_MARK if form.vocabulary == "json" else _XML_MARK) in document


def orphans_in(output: OpenTarget) -> Iterator[PublishedDocument]:
    """Yield the feeds that newsfeed wrote to an output, and their listings, when there is no record of them.

    Args:
        output: The output; of one that can't list its documents, none are found.
    """
    feeds = [
        path
        for path in (output.may_be_feeds() if isinstance(output, SearchableTarget) else ())
        if was_written_by_newsfeed(path, output.read(path) or b"")
    ]
    listings = {
        feed_path(path) + form.suffix for path in feeds for form in FORMATS.rows() if not form.is_feed
    }
    there = [path for path in listings if output.stamp(path) is not None]
    for path in sorted([*feeds, *there]):
        yield PublishedDocument(path, "", "", _NO_STAMP, retired=True)


def as_orphan(known: PublishedDocument) -> PublishedDocument:
    """Return a document's record for the next build, which reports it again if it is still there and not planned."""
    return msgspec.structs.replace(known, stamp=_NO_STAMP, retired=True)


def changed_finding(path: str) -> Finding:
    """Return the finding about a document that isn't planned any more, and isn't as newsfeed wrote it."""
    return _finding(
        path,
        "this is no longer planned, but it was changed since newsfeed wrote it, so it was left alone; "
        "it may show withdrawn articles",
        "delete it, or move it elsewhere if you need it",
    )


def unrecorded_finding(path: str) -> Finding:
    """Return the finding about a feed or a listing of newsfeed's that neither the plan nor a record knows."""
    return _finding(
        path,
        "newsfeed wrote this, but it isn't planned and no record names it, so it was left alone; "
        "it may show withdrawn articles",
        "delete it, or add its rule again",
    )


def unreadable_record_finding() -> Finding:
    """Return the finding about a record that can't be read."""
    return Finding(
        code="NF128",
        severity="warning",
        place=Place(file=RECORD_PATH),
        reason="the record of earlier builds can't be read, so the ids that readers know and the files of feeds that "
        "are no longer planned are unknown; a new record is written",
        remedy="delete old feeds in the output folder; if there is a backup of this file, restore it and build "
        "again",
    )


def _finding(path: str, reason: str, remedy: str) -> Finding:
    return Finding(code="NF127", severity="warning", place=Place(file=path), reason=reason, remedy=remedy)
