"""Complete feeds, paged feeds and archives (RFC 5005)."""

from collections.abc import Iterator

from newsfeed.check.documents import ATOM, Document
from newsfeed.check.elements import Element
from newsfeed.check.rule import Fault, Rules, at

__all__ = ["RULES"]

RULES = Rules("atom", "rss")

_HISTORY = "http://purl.org/syndication/history/1.0"
_PAGES = ("first", "last", "next", "previous")
_ARCHIVES = ("current", "next-archive", "prev-archive")


def _feed_links(document: Document) -> dict[str, Element]:
    links = [] if document.feed is None else document.feed.all("link", ATOM)
    return {link.get("rel") or "alternate": link for link in links}


def _marked(document: Document, name: str) -> Element | None:
    return None if document.feed is None else document.feed.find(name, _HISTORY)


@RULES.error(
    "NF350",
    "A complete feed is on one page: it links to no other pages and archives.",
    why="Readers delete what isn't in a complete feed, and so the entries of the other pages.",
    mend="take fh:complete out, or the links",
    specification="RFC 5005 §2",
)
def complete_alone(document: Document) -> Iterator[Fault]:
    """Find links to other pages in a complete feed."""
    if _marked(document, "complete") is None:
        return
    links = _feed_links(document)
    for name in (*_PAGES, "prev-archive", "next-archive"):
        if name in links:
            yield at(links[name], f"a complete feed has no {name}")


@RULES.error(
    "NF351",
    "A complete feed that names the current one names itself.",
    why="Readers would take another feed for the whole of this one.",
    mend="write the feed's own address, or leave the link out",
    specification="RFC 5005 §2, §4",
)
def complete_is_current(document: Document) -> Iterator[Fault]:
    """Find another current feed."""
    links = _feed_links(document)
    current, own = links.get("current"), links.get("self")
    if _marked(document, "complete") is None or current is None or own is None:
        return
    if current.get("href") != own.get("href"):
        yield at(current, "it isn't the feed itself")


@RULES.warning(
    "NF352",
    "An archive names the current feed.",
    why="Somebody who comes upon an archive finds the way to subscribe there.",
    mend='add a link with rel="current"',
    specification="RFC 5005 §4",
)
def archive_names_current(document: Document) -> Iterator[Fault]:
    """Find archives without a link to the current feed."""
    archive = _marked(document, "archive")
    is_whole = _marked(document, "complete") is not None
    if archive is not None and not is_whole and "current" not in _feed_links(document):
        yield at(archive, 'a link with rel="current" is missing')


@RULES.note(
    "NF353",
    "An archive names the archive before it.",
    why="Readers walk back from one to the next. The first archive has none before it, though.",
    mend='add a link with rel="prev-archive"; leave it if this is the first archive',
    specification="RFC 5005 §4",
)
def archive_names_previous(document: Document) -> Iterator[Fault]:
    """Find archives without a link to the one before."""
    archive, links = _marked(document, "archive"), _feed_links(document)
    is_whole = _marked(document, "complete") is not None
    if archive is not None and not is_whole and not {"prev-archive", "next-archive"} & set(links):
        yield at(archive, 'a link with rel="prev-archive" is missing')


@RULES.error(
    "NF356",
    "The first page has none before it, the last none after it.",
    why="Readers that walk from page to page never come to an end.",
    mend="take the link to the page before the first, or behind the last, out",
    specification="RFC 5005 §3; W3C Feed Validation Service, LinkPastEnd",
)
def ends(document: Document) -> Iterator[Fault]:
    """Find links beyond the first and the last page."""
    links = _feed_links(document)
    own = {document.address, links["self"].get("href") if "self" in links else None} - {"", None}
    for end, beyond in (("first", "previous"), ("last", "next")):
        if end in links and beyond in links and links[end].get("href") in own:
            yield at(links[beyond], f"this is the {end} page; there is no {beyond}")


@RULES.error(
    "NF354",
    "Links to pages and archives stand in the feed, not in an entry.",
    why="In an entry they say nothing of the feed.",
    mend="move the link into the feed",
    specification="RFC 5005 §3, §4",
)
def feed_level(document: Document) -> Iterator[Fault]:
    """Find such links in entries."""
    for entry in document.entries:
        for link in entry.all("link", ATOM):
            if link.get("rel") in {*_PAGES, *_ARCHIVES}:
                yield at(link, f"{link.get('rel')} stands in an entry")


@RULES.error(
    "NF355",
    "fh:complete and fh:archive are empty, and stand in the feed.",
    why="Readers look for them there and nowhere else.",
    mend="write them once, empty, among what is said of the feed",
    specification="RFC 5005 §2, §4",
)
def marks(document: Document) -> Iterator[Fault]:
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
