"""The entries of an Atom 1.0 feed as a whole: their authors, their content, and their ids."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom")

_READABLE = {"text", "html", "xhtml"}


def _text_of(entry: XmlElement, name: str) -> str:
    element = entry.find(name)
    return element.text.strip() if element is not None else ""


def _alternates(entry: XmlElement) -> list[XmlElement]:
    return [link for link in entry.all("link") if (link.get("rel") or "alternate") == "alternate"]


@CHECKS.error(
    "NF330",
    "An entry has an author: its own, its source's, or the feed's.",
    why="Readers show who wrote it, and strict parsers refuse the feed.",
    fix="add an author with a name to the feed, or to each entry",
    specification="RFC 4287 §4.1.1, §4.2.1",
)
def authors(document: ParsedDocument) -> Iterator[Problem]:
    """Find entries without an author."""
    if document.feed is not None and document.feed.find("author") is not None:
        return
    for entry in document.entries:
        source = entry.find("source")
        written = source is not None and source.find("author") is not None
        if entry.find("author") is None and not written:
            yield at(entry, "author is missing, both here and in the feed")


@CHECKS.error(
    "NF331",
    "An entry has content, or a link to its page.",
    why="Without either, there is nothing to read.",
    fix='add <link href="…"/> to the page, or content',
    specification="RFC 4287 §4.1.2",
)
def content_or_link(document: ParsedDocument) -> Iterator[Problem]:
    """Find entries with neither."""
    for entry in document.entries:
        if entry.find("content") is None and not _alternates(entry):
            yield at(entry, "content and an alternate link are both missing")


@CHECKS.error(
    "NF332",
    "An entry whose content is elsewhere, or isn't text, has a summary.",
    why="Readers show the summary instead of content that they can't show.",
    fix="add a summary",
    specification="RFC 4287 §4.1.2",
)
def summary_beside_media(document: ParsedDocument) -> Iterator[Problem]:
    """Find such entries without a summary."""
    for entry in document.entries:
        content = entry.find("content")
        if content is None or entry.find("summary") is not None:
            continue
        kind = (content.get("type") or "text").lower()
        shown = kind in _READABLE or kind.startswith("text/") or kind.endswith(("/xml", "+xml"))
        if content.get("src") is not None or not shown:
            yield at(entry, "summary is missing")


@CHECKS.warning(
    "NF333",
    "An entry has a summary, or content that is text.",
    why="Otherwise readers show only a title.",
    fix="add a summary",
    specification="RFC 4287 §4.1.1.1",
)
def something_to_read(document: ParsedDocument) -> Iterator[Problem]:
    """Find entries with neither."""
    for entry in document.entries:
        parts = [part for name in ("summary", "content") if (part := entry.find(name)) is not None]
        filled = any(part.text.strip() or list(part) or part.get("src") for part in parts)
        if not filled:
            yield at(entry, "summary and content are both missing or empty")


@CHECKS.error(
    "NF334",
    "No two entries have the same id and date of update.",
    why="Readers show only one of them.",
    fix="give each entry its own id",
    specification="RFC 4287 §4.1.1, §4.2.6",
)
def different_entries(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated entries."""
    seen: dict[tuple[str, str], int] = {}
    for entry in document.entries:
        key = _text_of(entry, "id"), _text_of(entry, "updated")
        if key[0] and key in seen:
            yield at(entry, f"the entry on line {seen[key]} has the same id {key[0]!r} and date")
        seen.setdefault(key, entry.line)


@CHECKS.warning(
    "NF337",
    "A feed contains each id once.",
    why="Readers show only one version, not always the newest.",
    fix="keep the newest version of the entry",
    specification="RFC 4287 §4.1.1; W3C Feed Validation Service, DuplicateEntries",
)
def one_version(document: ParsedDocument) -> Iterator[Problem]:
    """Find ids that are repeated with another date."""
    seen: dict[str, tuple[str, int]] = {}
    for entry in document.entries:
        name, updated = _text_of(entry, "id"), _text_of(entry, "updated")
        if name in seen and seen[name][0] != updated:
            yield at(entry, f"this is another version of the entry on line {seen[name][1]}")
        if name:
            seen.setdefault(name, (updated, entry.line))


@CHECKS.note(
    "NF335",
    "Entries have different dates of update.",
    why="Readers sort by date, and show entries with the same date in any order. Dates in whole minutes may well be correct.",
    fix="write the seconds if they are known; otherwise leave it",
    specification="RFC 4287 §4.2.15",
)
def different_moments(document: ParsedDocument) -> Iterator[Problem]:
    """Find entries with the same date."""
    seen: dict[str, tuple[str, int]] = {}
    for entry in document.entries:
        updated, name = _text_of(entry, "updated"), _text_of(entry, "id")
        if updated in seen and seen[updated][0] != name:
            yield at(entry, f"the entry on line {seen[updated][1]} was also updated at {updated}")
        if updated:
            seen.setdefault(updated, (name, entry.line))


CHECKS.warning(
    "NF336",
    "A source has the id, title and date of the feed that the entry comes from.",
    why="With them, readers that know the other feed show the entry only once.",
    fix="copy id, title and updated from the other feed",
    specification="RFC 4287 §4.2.11",
)
