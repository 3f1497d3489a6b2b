"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds."""

from collections.abc import Iterator

from newsfeed.check.dates import rfc822_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import address_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("opml")

_VERSIONS = {"1.0", "1.1", "2.0"}
_FEEDS = {"rss", "atom", "feed"}


def _outlines(document: ParsedDocument) -> Iterator[XmlElement]:
    return document.named("outline")


@CHECKS.error(
    "NF500",
    "The opml element states its version.",
    why="Importers use it to decide how to read the rest.",
    fix='write <opml version="2.0">',
    specification="OPML 2.0, What is an <opml>?",
)
def version(document: ParsedDocument) -> Iterator[Problem]:
    """Find an opml element without a version, or with one that doesn't exist."""
    value = document.root.get("version")
    if value not in _VERSIONS:
        yield at(document.root, "version is missing" if value is None else f"OPML {value!r} doesn't exist")


CHECKS.error(
    "NF501",
    "An OPML document has one head and one body, and the body has an outline.",
    why="Importers look for outlines in the body, and refuse an empty list.",
    fix="add the missing element",
    specification="OPML 2.0, What is a <head>?, What is a <body>?",
)
CHECKS.error(
    "NF502",
    "An outline has a text.",
    why="Importers list the feed by this text.",
    fix="add the attribute text, with the feed's title",
    specification="OPML 2.0, What is an <outline>?",
)


CHECKS.error(
    "NF506",
    "An OPML document's elements are those of OPML, in the right places.",
    why="Importers look for outlines only in the body, and ignore what they don't know.",
    fix="correct the name, or remove the element",
    specification="OPML 2.0, What is a <head>?, What is a <body>?, What is an <outline>?",
)


@CHECKS.error(
    "NF503",
    "An outline of type rss has the feed's absolute address, written as a URI.",
    why="Importers subscribe to this address.",
    fix="write the feed's complete address into xmlUrl",
    specification="OPML 2.0, Subscription lists",
)
def addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find feeds without a valid address."""
    for outline in _outlines(document):
        if (outline.get("type") or "").lower() in _FEEDS and not outline.get("xmlUrl"):
            yield at(outline, "xmlUrl is missing")
        for name in ("xmlUrl", "htmlUrl", "url"):
            value = outline.get(name)
            if not value:
                continue
            if problem := address_problem(value, name):
                yield at(outline, problem)


@CHECKS.error(
    "NF504",
    "Dates are in the format of RFC 822.",
    why="Importers ignore other dates.",
    fix="write it like Sat, 07 Sep 2002 00:00:01 GMT",
    specification="OPML 2.0, What is a <head>?",
)
def dates(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates in other formats."""
    for name in ("dateCreated", "dateModified"):
        for element in document.named(name):
            if problem := rfc822_problem(element.text.strip()):
                yield at(element, problem)
    for outline in _outlines(document):
        created = outline.get("created")
        if created is not None and (problem := rfc822_problem(created)):
            yield at(outline, problem)


@CHECKS.warning(
    "NF505",
    "Each group lists a feed only once.",
    why="Importers subscribe twice, or report an error.",
    fix="keep only one of them",
    specification="OPML 2.0, Subscription lists",
)
def feeds_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated feeds."""
    seen: set[tuple[int, str]] = set()
    for outline in _outlines(document):
        address = outline.get("xmlUrl")
        if not address:
            continue
        key = id(outline.parent), address
        if key in seen:
            yield at(outline, f"{address} is listed twice")
        seen.add(key)
