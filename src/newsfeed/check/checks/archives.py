"""Complete feeds, paged feeds and archives (RFC 5005)."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom", "rss")

_HISTORY = "http://purl.org/syndication/history/1.0"
_PAGES = ("first", "last", "next", "previous")
_ARCHIVES = ("current", "next-archive", "prev-archive")


def _feed_links(document: ParsedDocument) -> dict[str, Element]:
    links = [] if document.feed is None else document.feed.all("link", ATOM)
    return {link.get("rel") or "alternate": link for link in links}


def _marked(document: ParsedDocument, name: str) -> Element | None:
    return None if document.feed is None else document.feed.find(name, _HISTORY)


@CHECKS.error(
    "NF350",
    "A complete feed is on one page: it links to no other pages and archives.",
    why="Readers delete what isn't in a complete feed, and so the entries of the other pages.",
    fix="take fh:complete out, or the links",
    specification="RFC 5005 §2",
)
def complete_alone(document: ParsedDocument) -> Iterator[Problem]:
    """Find links to other pages in a complete feed."""
    if _marked(document, "complete") is None:
        return
    links = _feed_links(document)
    for name in (*_PAGES, "prev-archive", "next-archive"):
        if name in links:
            yield at(links[name], f"a complete feed has no {name}")


@CHECKS.error(
    "NF351",
    "A complete feed that names the current one names itself.",
    why="Readers would take another feed for the whole of this one.",
    fix="write the feed's own address, or leave the link out",
    specification="RFC 5005 §2, §4",
)
def complete_is_current(document: ParsedDocument) -> Iterator[Problem]:
    """Find another current feed."""
    links = _feed_links(document)
    current, own = links.get("current"), links.get("self")
    if _marked(document, "complete") is None or current is None or own is None:
        return
    if current.get("href") != own.get("href"):
        yield at(current, "it isn't the feed itself")


@CHECKS.warning(
    "NF352",
    "An archive names the current feed.",
    why="Somebody who comes upon an archive finds the way to subscribe there.",
    fix='add a link with rel="current"',
    specification="RFC 5005 §4",
)
def archive_names_current(document: ParsedDocument) -> Iterator[Problem]:
    """Find archives without a link to the current feed."""
    archive = _marked(document, "archive")
    is_whole = _marked(document, "complete") is not None
    if archive is not None and not is_whole and "current" not in _feed_links(document):
        yield at(archive, 'a link with rel="current" is missing')


@CHECKS.note(
    "NF353",
    "An archive names the archive before it.",
    why="Readers walk back from one to the next. The first archive has none before it, though.",
    fix='add a link with rel="prev-archive"; leave it if this is the first archive',
    specification="RFC 5005 §4",
)
def archive_names_previous(document: ParsedDocument) -> Iterator[Problem]:
    """Find archives without a link to the one before."""
    archive, links = _marked(document, "archive"), _feed_links(document)
    is_whole = _marked(document, "complete") is not None
    if archive is not None and not is_whole and not {"prev-archive", "next-archive"} & set(links):
        yield at(archive, 'a link with rel="prev-archive" is missing')


@CHECKS.error(
    "NF356",
    "The first page has none before it, the last none after it.",
    why="Readers that walk from page to page never come to an end.",
    fix="take the link to the page before the first, or behind the last, out",
    specification="RFC 5005 §3; W3C Feed Validation Service, LinkPastEnd",
)
def ends(document: ParsedDocument) -> Iterator[Problem]:
    """Find links beyond the first and the last page."""
    links = _feed_links(document)
    own = {document.address, links["self"].get("href") if "self" in links else None} - {"", None}
    for end, beyond in (("first", "previous"), ("last", "next")):
        if end in links and beyond in links and links[end].get("href") in own:
            yield at(links[beyond], f"this is the {end} page; there is no {beyond}")


@CHECKS.error(
    "NF354",
    "Links to pages and archives stand in the feed, not in an entry.",
    why="In an entry they say nothing of the feed.",
    fix="move the link into the feed",
    specification="RFC 5005 §3, §4",
)
def feed_level(document: ParsedDocument) -> Iterator[Problem]:
    """Find such links in entries."""
    for entry in document.entries:
        for link in entry.all("link", ATOM):
            if link.get("rel") in {*_PAGES, *_ARCHIVES}:
                yield at(link, f"{link.get('rel')} stands in an entry")


@CHECKS.error(
    "NF355",
    "fh:complete and fh:archive are empty, and stand in the feed.",
    why="Readers look for them there and nowhere else.",
    fix="write them once, empty, among what is said of the feed",
    specification="RFC 5005 §2, §4",
)
def marks(document: ParsedDocument) -> Iterator[Problem]:
    """Find marks elsewhere, marks that hold something, and names that the namespace doesn't have."""
    for element in document.elements:
        if element.space != _HISTORY:
            continue
        if element.name not in {"archive", "complete"}:
            yield at(element, f"there is no {element.shown}")
        elif element.parent is not document.feed:
            yield at(element, "it doesn't stand in the feed")
        elif element.text.strip() or list(element):
            yield at(element, "it holds something")
