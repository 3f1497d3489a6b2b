"""Atom's links, in Atom feeds and in RSS, where `atom:link` names a feed's own address and its hub."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import (
    integer_problem,
    is_absolute,
    language_problem,
    mime_type_problem,
    port_problem,
    uri_problem,
)
from newsfeed.check.words import words

__all__ = ["CHECKS", "IN_ATOM"]

CHECKS = CheckGroup("atom", "rss")
IN_ATOM = CheckGroup("atom")

#: Relations of the IANA's registry that occur in feeds.
_REGISTERED = words(
    """
    about alternate amphtml appendix archives author bookmark canonical chapter cite-as collection contents copyright
    current describedby describes disclosure duplicate edit edit-media enclosure external first glossary help hub icon
    index item last latest-version license me memento monitor next next-archive original payment predecessor-version
    prev prev-archive preview previous privacy-policy profile publication related replies search section self service
    start stylesheet subsection successor-version tag terms-of-service timegate timemap type up version-history via
    webmention working-copy working-copy-of
    """
)
_HINTS = (
    ("type", mime_type_problem, "text/html"),
    ("hreflang", language_problem, "en"),
    ("length", integer_problem, "48200"),
)
_FEED_TYPES = {"application/atom+xml", "application/rdf+xml", "application/rss+xml"}
_IANA = "http://www.iana.org/assignments/relation/"


def _links(document: ParsedDocument) -> Iterator[XmlElement]:
    return document.named("link", ATOM)


def _own_links(document: ParsedDocument, rel: str) -> list[XmlElement]:
    """Return the feed's own links with this relation."""
    feed = document.feed
    return [] if feed is None else [link for link in feed.all("link", ATOM) if link.get("rel") == rel]


@CHECKS.error(
    "NF340",
    "A link has an address, which is an IRI.",
    why="Without an address, a link leads nowhere.",
    fix="write the complete address into href, without spaces",
    specification="RFC 4287 §4.2.7.1",
)
def has_address(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid addresses."""
    for link in _links(document):
        href = link.get("href")
        if href and (problem := uri_problem(href, iri=True) or port_problem(href)):
            yield at(link, problem)


@CHECKS.warning(
    "NF341",
    "A feed's link to itself is absolute, or has an xml:base.",
    why="A program that gets the file alone can't resolve a relative address.",
    fix="write the complete address",
    specification="RFC 4287 §4.2.7.1; Best Practices Profile, atom:link",
)
def absolute(document: ParsedDocument) -> Iterator[Problem]:
    """Find a feed's relative links to itself."""
    own = {id(link) for link in _own_links(document, "self")}
    yield from (
        at(link, f"{link.get('href')!r} is relative") for link in _relative(document) if id(link) in own
    )


def _relative(document: ParsedDocument) -> Iterator[XmlElement]:
    for link in _links(document):
        href = link.get("href")
        if href and not uri_problem(href, iri=True) and not is_absolute(href) and not link.inherited("base"):
            yield link


@CHECKS.note(
    "NF349",
    "Links are absolute, or have an xml:base.",
    why="Many readers open a link as it is.",
    fix="write the complete address",
    specification="RFC 4287 §4.2.7.1; Best Practices Profile, atom:link",
)
def others_absolute(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative links other than those to the feed itself."""
    own = {id(link) for link in _own_links(document, "self")}
    for link in _relative(document):
        if id(link) not in own:
            yield at(link, f"{link.get('href')!r} is relative")


@CHECKS.warning(
    "NF342",
    "A link's relation is a registered name, or an absolute IRI.",
    why="Readers ignore unknown relations.",
    fix="write a name from the IANA's registry, such as related, or the address of your own relation",
    specification="RFC 4287 §4.2.7.2; IANA, Link relations",
)
def known_relation(document: ParsedDocument) -> Iterator[Problem]:
    """Find relations that aren't registered."""
    for link in _links(document):
        rel = link.get("rel")
        name = rel.removeprefix(_IANA).lower() if rel is not None else None
        if name is not None and name not in _REGISTERED and not is_absolute(name):
            yield at(link, f"the relation {rel!r} isn't registered")


@CHECKS.error(
    "NF343",
    "A link's type is a media type, its hreflang is a language code, and its length is a number of bytes.",
    why="Readers use them to choose which link to open.",
    fix="write values such as application/atom+xml, en and 48200, or leave them out",
    specification="RFC 4287 §4.2.7.3, §4.2.7.4, §4.2.7.6",
)
def hints(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid attributes."""
    for link in _links(document):
        for name, problem_in, example in _HINTS:
            value, fix = link.get(name), f"write {name} like {example}, or leave it out"
            if value is not None and (problem := problem_in(value)):
                yield at(link, problem, fix)
            elif name == "length" and value is not None and int(value) < 0:
                yield at(link, f"the length {value} is negative", fix)


@IN_ATOM.error(
    "NF344",
    "There is at most one alternate link for each type and language.",
    why="Readers use the first or the last of them as the page of the entry.",
    fix='keep the entry\'s own page as alternate, and write rel="related" for the others',
    specification="RFC 4287 §4.1.1, §4.1.2",
)
def one_alternate(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated alternate links."""
    seen: set[tuple[int, str, str]] = set()
    for link in _links(document):
        if (link.get("rel") or "alternate") != "alternate":
            continue
        key = id(link.parent), (link.get("type") or "").lower(), (link.get("hreflang") or "").lower()
        if key in seen:
            yield at(link, "this is a second alternate link of this type and language")
        seen.add(key)


@CHECKS.warning(
    "NF345",
    "A feed links to itself.",
    why="It tells readers that get the file alone, or follow a redirect, where to fetch the feed.",
    fix='add <link rel="self" href="…"/>, in RSS as atom:link, with the address that the feed is fetched from',
    specification="RFC 4287 §4.1.1; Best Practices Profile, atom:link",
)
def links_to_itself(document: ParsedDocument) -> Iterator[Problem]:
    """Find feeds without a link to themselves."""
    is_older = document.kind == "rss" and document.root.get("version") != "2.0"
    if document.feed is not None and not is_older and not _own_links(document, "self"):
        yield at(document.feed, 'a link with rel="self" is missing')


@CHECKS.warning(
    "NF346",
    "A feed's link to itself is exactly the address that it is fetched from.",
    why="Readers move the subscription to this address, and hubs announce it.",
    fix="write the address that the feed is served from",
    specification="RFC 4287 §4.2.7.2; W3C WebSub §4",
)
def where_it_is(document: ParsedDocument) -> Iterator[Problem]:
    """Find other addresses, and relative ones."""
    for link in _own_links(document, "self"):
        href = link.get("href") or ""
        if document.address and href and href != document.address:
            yield at(link, f"it says {href}, but the feed is served from {document.address}")


@CHECKS.warning(
    "NF347",
    "A feed's link to itself has a feed's media type.",
    why="With another type, readers expect another document.",
    fix='write type="application/rss+xml" or type="application/atom+xml"',
    specification="Best Practices Profile, atom:link",
)
def type_of_itself(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types."""
    for link in _own_links(document, "self"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind and kind not in _FEED_TYPES:
            yield at(link, f"the type is {kind}")


CHECKS.warning(
    "NF348",
    "A link contains no text.",
    why="Readers don't show text inside a link.",
    fix="remove the text; a link's title is an attribute",
    specification="RFC 4287 §4.2.7",
)
