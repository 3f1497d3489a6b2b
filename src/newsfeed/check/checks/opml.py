"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds."""

import re
from collections.abc import Iterator

from newsfeed.check.dates import rfc822_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import address_problem, email_problem, integer_problem, language_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("opml")

_VERSIONS = {"1.0", "1.1", "2.0"}
_FEEDS = {"rss", "atom", "feed"}
_FEED_VERSIONS = {"RSS", "RSS1", "RSS2", "scriptingNews"}
_OF_FEEDS = ("xmlUrl", "htmlUrl", "version")
_NUMBERS = {"vertScrollState", "windowBottom", "windowLeft", "windowRight", "windowTop"}
_LINES = re.compile(r"([0-9]+(,\s*[0-9]+)*)?")


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


@CHECKS.warning(
    "NF507",
    "An outline's type goes with its other attributes.",
    why="Importers decide by the type what an outline is, and skip a link or a feed that they can't recognize.",
    fix='write type="rss" and xmlUrl for a feed, type="link" and url for a page, and no other attributes for a folder',
    specification="OPML 2.0, Common attributes, Subscription lists, Inclusion",
)
def types(document: ParsedDocument) -> Iterator[Problem]:
    """Find feeds without a type, links without an address, and types and versions that don't exist."""
    is_older = (document.root.get("version") or "").startswith("1.")
    for outline in _outlines(document):
        kind, version_of_feed = outline.get("type"), outline.get("version")
        of_feed = [name for name in _OF_FEEDS if outline.get(name) is not None]
        if kind is None and of_feed:
            yield at(outline, f"type is missing, although the outline has {of_feed[0]}")
        elif kind is not None and kind.lower() == "link" and not outline.get("url"):
            yield at(outline, "url is missing, although the outline is of type link")
        elif kind is not None and is_older and kind.lower() not in {*_FEEDS, "link"}:
            yield at(outline, f"OPML {document.root.get('version')} has no outlines of type {kind[:60]!r}")
        if version_of_feed is not None and version_of_feed not in _FEED_VERSIONS:
            yield at(outline, f"the version {version_of_feed[:60]!r} isn't RSS, RSS1, RSS2 or scriptingNews")


@CHECKS.error(
    "NF508",
    "Values in an OPML document have the specified form.",
    why="Importers hide, mark or open an outline by them.",
    fix="write a value of the specified form, or leave it out",
    specification="OPML 2.0, What is a <head>?, Common attributes",
)
def values(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values in the head and in outlines."""
    for element in document.elements:
        name, text = element.name, element.text.strip()
        if name in _NUMBERS and (integer_problem(text) or int(text) < 0):
            yield at(element, f"{text[:60]!r} isn't a number of lines or pixels", "write a whole number")
        elif name == "expansionState" and not _LINES.fullmatch(text):
            yield at(
                element,
                f"{text[:60]!r} isn't a list of line numbers, separated by commas",
                "write it like 1,6,13",
            )
        elif (name == "ownerEmail" and (problem := email_problem(text))) or (
            name == "ownerId" and (problem := address_problem(text))
        ):
            yield at(element, problem)
    for outline in _outlines(document):
        for name in ("isBreakpoint", "isComment"):
            value = outline.get(name)
            if value is not None and value.lower() not in {"false", "true"}:
                yield at(outline, f"{name} is {value[:60]!r}, not true or false", "write true or false")
        language = outline.get("language")
        if language and language != "unknown" and (problem := language_problem(language)):
            yield at(outline, problem, "write the language's code, such as en")
