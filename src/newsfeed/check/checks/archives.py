"""Complete feeds, paged feeds and archives (RFC 5005)."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom", "rss")

_HISTORY = "http://purl.org/syndication/history/1.0"
_PAGES = ("first", "last", "next", "previous")
_ARCHIVES = ("current", "next-archive", "prev-archive")


def _feed_links(document: ParsedDocument) -> dict[str, XmlElement]:
    links = [] if document.feed is None else document.feed.all("link", ATOM)
    return {link.get("rel") or "alternate": link for link in links}


def _marked(document: ParsedDocument, name: str) -> XmlElement | None:
    return None if document.feed is None else document.feed.find(name, _HISTORY)


@CHECKS.error(
    "NF350",
    "A complete feed is a single page: it doesn't link to other pages or archives.",
    why="Readers delete entries that aren't in a complete feed, including those of the other pages.",
    fix="remove fh:complete, or the links",
    specification="RFC 5005 §2",
)
def complete_alone(document: ParsedDocument) -> Iterator[Problem]:
    """Find links to other pages in a complete feed."""
    if _marked(document, "complete") is None:
        return
    links = _feed_links(document)
    for name in (*_PAGES, "prev-archive", "next-archive"):
        if name in links:
            yield at(links[name], f"a complete feed can't have a {name} page")


@CHECKS.error(
    "NF351",
    'In a complete feed, rel="current" links to the feed itself.',
    why="Otherwise readers mistake another feed for the complete one.",
    fix="write the feed's own address, or leave out the link",
    specification="RFC 5005 §2, §4",
)
def complete_is_current(document: ParsedDocument) -> Iterator[Problem]:
    """Find links to another current feed."""
    links = _feed_links(document)
    current, own = links.get("current"), links.get("self")
    if _marked(document, "complete") is None or current is None or own is None:
        return
    if current.get("href") != own.get("href"):
        yield at(current, "this isn't the address of the feed itself")


@CHECKS.warning(
    "NF352",
    "An archive links to the current feed.",
    why="People who find the archive can subscribe there.",
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
    "An archive links to the previous archive.",
    why="Readers follow these links back in time. The first archive has no previous one.",
    fix='add a link with rel="prev-archive"; leave it if this is the first archive',
    specification="RFC 5005 §4",
)
def archive_names_previous(document: ParsedDocument) -> Iterator[Problem]:
    """Find archives without a link to the previous one."""
    archive, links = _marked(document, "archive"), _feed_links(document)
    is_whole = _marked(document, "complete") is not None
    if archive is not None and not is_whole and not {"prev-archive", "next-archive"} & set(links):
        yield at(archive, 'a link with rel="prev-archive" is missing')


@CHECKS.error(
    "NF356",
    "The first page doesn't link to a previous one, nor the last page to a next one.",
    why="Otherwise readers that follow the pages never reach an end.",
    fix="remove the link to the page before the first or after the last",
    specification="RFC 5005 §3; W3C Feed Validation Service, LinkPastEnd",
)
def ends(document: ParsedDocument) -> Iterator[Problem]:
    """Find links past the first and the last page."""
    links = _feed_links(document)
    own = {document.address, links["self"].get("href") if "self" in links else None} - {"", None}
    for end, beyond in (("first", "previous"), ("last", "next")):
        if end in links and beyond in links and links[end].get("href") in own:
            yield at(links[beyond], f"this is the {end} page; there is no {beyond}")


@CHECKS.error(
    "NF354",
    "Links to pages and archives are in the feed, not in an entry.",
    why="In an entry, readers don't apply them to the feed.",
    fix="move the link into the feed",
    specification="RFC 5005 §3, §4",
)
def feed_level(document: ParsedDocument) -> Iterator[Problem]:
    """Find such links in entries."""
    for entry in document.entries:
        for link in entry.all("link", ATOM):
            if link.get("rel") in {*_PAGES, *_ARCHIVES}:
                yield at(link, f"a link with rel={link.get('rel')!r} is in an entry")


@CHECKS.error(
    "NF355",
    "fh:complete and fh:archive are empty elements of the feed.",
    why="Readers look for them only there.",
    fix="write fh:complete or fh:archive once, empty, as a child of the feed",
    specification="RFC 5005 §2, §4",
)
def marks(document: ParsedDocument) -> Iterator[Problem]:
    """Find misplaced marks, marks that aren't empty, and unknown names."""
    for element in document.from_space(_HISTORY):
        if element.name not in {"archive", "complete"}:
            yield at(element, f"{element.shown} doesn't exist")
        elif element.parent is not document.feed:
            yield at(element, "it isn't a child of the feed")
        elif element.text.strip() or list(element):
            yield at(element, "it isn't empty")
