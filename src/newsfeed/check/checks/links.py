"""Links: Atom's own, in Atom feeds and in RSS, where `atom:link` says where a feed stands and who announces it."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.values import (
    integer_problem,
    is_absolute,
    language_problem,
    mime_type_problem,
    uri_problem,
)

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom", "rss")

#: Relations of the IANA's registry that stand in feeds.
_REGISTERED = {
    "about",
    "alternate",
    "amphtml",
    "appendix",
    "archives",
    "author",
    "bookmark",
    "canonical",
    "chapter",
    "cite-as",
    "collection",
    "contents",
    "copyright",
    "current",
    "describedby",
    "describes",
    "disclosure",
    "duplicate",
    "edit",
    "edit-media",
    "enclosure",
    "external",
    "first",
    "glossary",
    "help",
    "hub",
    "icon",
    "index",
    "item",
    "last",
    "latest-version",
    "license",
    "me",
    "memento",
    "monitor",
    "next",
    "next-archive",
    "original",
    "payment",
    "predecessor-version",
    "prev",
    "prev-archive",
    "preview",
    "previous",
    "privacy-policy",
    "profile",
    "publication",
    "related",
    "replies",
    "search",
    "section",
    "self",
    "service",
    "start",
    "stylesheet",
    "subsection",
    "successor-version",
    "tag",
    "terms-of-service",
    "timegate",
    "timemap",
    "type",
    "up",
    "version-history",
    "via",
    "webmention",
    "working-copy",
    "working-copy-of",
}
_FEED_TYPES = {"application/atom+xml", "application/rdf+xml", "application/rss+xml"}
#: Schemes of addresses that some program on most machines knows; what is no word, such as z39.50r, isn't looked at.
_SCHEMES = {
    *(
        "acct",
        "bitcoin",
        "cid",
        "data",
        "dav",
        "dns",
        "doi",
        "feed",
        "file",
        "ftp",
        "geo",
        "git",
        "go",
        "gopher",
    ),
    *(
        "http",
        "https",
        "im",
        "imap",
        "info",
        "ipfs",
        "irc",
        "ircs",
        "itms",
        "jabber",
        "ldap",
        "ldaps",
        "magnet",
    ),
    *(
        "mailto",
        "matrix",
        "mid",
        "mms",
        "news",
        "nfs",
        "nntp",
        "pop",
        "pres",
        "rtmp",
        "rtsp",
        "service",
        "sftp",
    ),
    *(
        "sip",
        "sips",
        "skype",
        "sms",
        "snmp",
        "ssh",
        "tag",
        "tel",
        "telnet",
        "tftp",
        "tv",
        "urn",
        "ws",
        "wss",
        "xmpp",
    ),
}
_IANA = "http://www.iana.org/assignments/relation/"


def _links(document: ParsedDocument) -> Iterator[Element]:
    return document.named("link", ATOM)


def _own_links(document: ParsedDocument, rel: str) -> list[Element]:
    """Give the feed's own links of a relation."""
    feed = document.feed
    return [] if feed is None else [link for link in feed.all("link", ATOM) if link.get("rel") == rel]


@CHECKS.error(
    "NF340",
    "A link has an address, and it is an IRI.",
    why="A link without one leads nowhere.",
    fix="write the whole address into href, without spaces",
    specification="RFC 4287 §4.2.7.1",
)
def has_address(document: ParsedDocument) -> Iterator[Problem]:
    """Find links without an address, or with one that is none."""
    for link in _links(document):
        href = link.get("href")
        if not href:
            yield at(link, "href is missing")
        elif problem := uri_problem(href, iri=True):
            yield at(link, problem)


@CHECKS.warning(
    "NF341",
    "A feed's link to itself is absolute, or there is an xml:base that makes it so.",
    why="Who was handed the file has nothing that it could be relative to.",
    fix="write the whole address",
    specification="RFC 4287 §4.2.7.1; Best Practices Profile, atom:link",
)
def absolute(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative links of a feed to itself."""
    own = {id(link) for link in _own_links(document, "self")}
    yield from (
        at(link, f"{link.get('href')!r} is relative") for link in _relative(document) if id(link) in own
    )


def _relative(document: ParsedDocument) -> Iterator[Element]:
    for link in _links(document):
        href = link.get("href")
        if href and not uri_problem(href, iri=True) and not is_absolute(href) and not link.inherited("base"):
            yield link


@CHECKS.note(
    "NF349",
    "Links are absolute, or there is an xml:base that makes them so.",
    why="Many readers open a link as it stands.",
    fix="write the whole address",
    specification="RFC 4287 §4.2.7.1; Best Practices Profile, atom:link",
)
def others_absolute(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative links other than those to the feed itself."""
    own = {id(link) for link in _own_links(document, "self")}
    for link in _relative(document):
        if id(link) not in own:
            yield at(link, f"{link.get('href')!r} is relative")


@CHECKS.warning(
    "NF359",
    "An address has a scheme that programs know.",
    why="Readers can't open any other.",
    fix="write a web address; look whether the scheme is misspelt",
    specification="IANA, Uniform Resource Identifier Schemes; W3C Feed Validation Service, SchemeNotIANARegistered",
)
def known_schemes(document: ParsedDocument) -> Iterator[Problem]:
    """Find schemes that hardly any program knows."""
    for link in _links(document):
        if scheme := _strange_scheme(link.get("href") or ""):
            yield at(link, f"hardly any program knows {scheme}:")
    for name in ("link", "comments"):
        for element in document.named(name):
            if scheme := _strange_scheme(element.text.strip()):
                yield at(element, f"hardly any program knows {scheme}:")


def _strange_scheme(address: str) -> str | None:
    scheme = address.partition(":")[0].lower()
    is_one = is_absolute(address) and scheme.isalpha() and uri_problem(address, iri=True) is None
    return scheme if is_one and scheme not in _SCHEMES else None


@CHECKS.warning(
    "NF342",
    "A link's relation is a registered name, or an absolute IRI.",
    why="Readers pass over a relation that they don't know.",
    fix="write a name of the IANA's registry, such as related, or the address of your own relation",
    specification="RFC 4287 §4.2.7.2; IANA, Link relations",
)
def known_relation(document: ParsedDocument) -> Iterator[Problem]:
    """Find relations that nobody registered."""
    for link in _links(document):
        rel = link.get("rel")
        name = rel.removeprefix(_IANA).lower() if rel is not None else None
        if name is not None and name not in _REGISTERED and not is_absolute(name):
            yield at(link, f"the relation {rel!r} isn't registered")


@CHECKS.error(
    "NF343",
    "A link's type is a media type, its hreflang a language's code, its length a number of bytes.",
    why="Readers choose by them which link to open.",
    fix="write them as in application/atom+xml, en and 48200, or leave them out",
    specification="RFC 4287 §4.2.7.3, §4.2.7.4, §4.2.7.6",
)
def hints(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes of another form."""
    for link in _links(document):
        checks = (("type", mime_type_problem), ("hreflang", language_problem), ("length", integer_problem))
        for name, problem_in in checks:
            value = link.get(name)
            if value is not None and (problem := problem_in(value)):
                yield at(link, problem)
            elif name == "length" and value is not None and int(value) < 0:
                yield at(link, f"the length {value} is less than 0")


@CHECKS.error(
    "NF344",
    "There is one alternate link for each type and language.",
    why="Readers take the first or the last of them for the page of the entry.",
    fix='keep the entry\'s own page as alternate, and write rel="related" for the others',
    specification="RFC 4287 §4.1.1, §4.1.2",
)
def one_alternate(document: ParsedDocument) -> Iterator[Problem]:
    """Find the second alternate of one type and language."""
    for parent in document.elements:
        seen: set[tuple[str, str]] = set()
        for link in parent.all("link", ATOM):
            if (link.get("rel") or "alternate") != "alternate":
                continue
            key = (link.get("type") or "").lower(), (link.get("hreflang") or "").lower()
            if key in seen:
                yield at(link, "there is another alternate of this type and language before")
            seen.add(key)


@CHECKS.warning(
    "NF345",
    "A feed links to itself.",
    why="A reader that was handed the file, or followed a redirect, learns there where to ask again.",
    fix='add <link rel="self" href="…"/>, in RSS as atom:link, with the address that the feed is fetched from',
    specification="RFC 4287 §4.1.1; Best Practices Profile, atom:link",
)
def links_to_itself(document: ParsedDocument) -> Iterator[Problem]:
    """Find a feed without such a link."""
    is_older = document.kind == "rss" and document.root.get("version") != "2.0"
    if document.feed is not None and not is_older and not _own_links(document, "self"):
        yield at(document.feed, 'a link with rel="self" is missing')


@CHECKS.warning(
    "NF346",
    "A feed's link to itself is the address that it is fetched from, to the letter.",
    why="Readers move their subscription there, and a hub announces another address.",
    fix="write the address that the feed is served from",
    specification="RFC 4287 §4.2.7.2; W3C WebSub §4",
)
def where_it_is(document: ParsedDocument) -> Iterator[Problem]:
    """Find another address, and one that isn't absolute."""
    for link in _own_links(document, "self"):
        href = link.get("href") or ""
        if document.address and href and href != document.address:
            yield at(link, f"it says {href}, and is served from {document.address}")


@CHECKS.warning(
    "NF347",
    "A feed's link to itself has a feed's media type.",
    why="Readers take another type for another document.",
    fix='write type="application/rss+xml" or type="application/atom+xml"',
    specification="Best Practices Profile, atom:link",
)
def type_of_itself(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types."""
    for link in _own_links(document, "self"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind and kind not in _FEED_TYPES:
            yield at(link, f"the type is {kind}")


@CHECKS.warning(
    "NF348",
    "A link holds no text.",
    why="What stands in it is shown nowhere.",
    fix="take it out; a link's title is an attribute",
    specification="RFC 4287 §4.2.7",
)
def empty(document: ParsedDocument) -> Iterator[Problem]:
    """Find links that hold text; elements of other vocabularies may stand in one."""
    for link in _links(document):
        if text := link.text.strip():
            yield at(link, f"the link holds {text[:40]!r}")
