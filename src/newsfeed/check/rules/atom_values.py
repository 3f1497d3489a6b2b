"""What stands in the elements of an Atom 1.0 document: ids, dates, people, texts, addresses (RFC 4287 §3, §4.2)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from string import ascii_letters, digits
from urllib.parse import SplitResult, urlsplit

from newsfeed.check.dates import moment_of, rfc3339_fault
from newsfeed.check.documents import ATOM, Document
from newsfeed.check.elements import Element
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.check.values import email_fault, is_absolute, language_fault, mime_type_fault, uri_fault

__all__ = ["COMMON", "RULES"]

RULES = Rules("atom")
COMMON = Rules("atom", "rss")

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_TEXTS = ("title", "subtitle", "summary", "rights")
_TEXT_TYPES = {"text", "html", "xhtml"}
_TOLERANCE = timedelta(minutes=10)
_LONG_AGO = 1990
_WEB = {"http": 80, "https": 443}
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_NEVER_ENCODED = set(ascii_letters + digits + "-._~")


def _filled(document: Document, *names: str) -> Iterator[tuple[Element, str]]:
    """Visit Atom's elements of some names that hold text."""
    for element in document.elements:
        if element.space == ATOM and element.name in names and (text := element.text.strip()):
            yield element, text


@RULES.error(
    "NF310",
    "An id is an absolute IRI.",
    why="Readers keep it for ever to tell which entries are new; another site's may be the same otherwise.",
    mend="write the whole address, or a tag: or urn:uuid: URI",
    specification="RFC 4287 §4.2.6",
)
def ids(document: Document) -> Iterator[Fault]:
    """Find ids that are relative or malformed."""
    for element, text in _filled(document, "id"):
        if fault := uri_fault(text, iri=True):
            yield at(element, fault)
        elif not is_absolute(text):
            yield at(element, f"{text!r} isn't absolute")


@RULES.note(
    "NF311",
    "An id is written in its canonical form.",
    why="Two programs that write one address in two ways make two ids of it. An id that was published stays, though.",
    mend="leave it if it was ever published; else write scheme and host in small letters and a path, if only /",
    specification="RFC 4287 §4.2.6.1",
)
def canonical_ids(document: Document) -> Iterator[Fault]:
    """Find web addresses that could be written otherwise."""
    for element, text in _filled(document, "id"):
        parts = urlsplit(text) if not uri_fault(text, iri=True) else None
        scheme = text.partition(":")[0]
        if parts is None or scheme.lower() not in _WEB:
            continue
        if scheme != scheme.lower() or not parts.path or _is_odd(parts, _WEB[scheme.lower()]):
            yield at(element, f"{text!r} has another form, which means the same")


def _is_odd(parts: SplitResult, standard_port: int) -> bool:
    """Tell whether a host, a path or what is percent-encoded in it could be written otherwise (RFC 3986 §6.2.2)."""
    user, _, host = parts.netloc.rpartition("@")
    odd_host = host != host.lower() or host.endswith((".", f":{standard_port}", ":"))
    odd_user = "@" in parts.netloc and user in {"", ":"}
    odd_path = any(step in {".", ".."} for step in parts.path.split("/"))
    encoded = _ENCODED.findall(parts.path)
    odd_code = any(code != code.upper() or chr(int(code, 16)) in _NEVER_ENCODED for code in encoded)
    return odd_host or odd_user or odd_path or odd_code


@RULES.error(
    "NF312",
    "Dates are those of RFC 3339, with a time and a time zone.",
    why="Readers lose any other date, and sort the entry to the top or the end.",
    mend="write it as in 2002-09-07T00:00:01Z",
    specification="RFC 4287 §3.3",
)
def dates(document: Document) -> Iterator[Fault]:
    """Find dates of another form."""
    for element, _ in _filled(document, "updated", "published"):
        if fault := rfc3339_fault(element.text.strip()):
            yield at(element, fault)


@RULES.warning(
    "NF313",
    "No date lies in the future.",
    why="Readers hide such an entry until then, or keep it on top of all others.",
    mend="publish the entry when its time has come; look at the time zone",
    specification="RFC 4287 §4.2.9, §4.2.15",
)
def not_in_the_future(document: Document) -> Iterator[Fault]:
    """Find dates after the moment of the check."""
    for element, text in _filled(document, "updated", "published"):
        moment = None if rfc3339_fault(text) else moment_of(text)
        if moment is not None and moment > document.as_of + _TOLERANCE:
            yield at(element, f"{text} lies in the future")


@RULES.note(
    "NF314",
    "Dates are of the time of feeds.",
    why="A date before 1990 is more often an empty field of a database than the truth.",
    mend="look the date up; leave it if it is true",
    specification="RFC 4287 §3.3",
)
def not_long_ago(document: Document) -> Iterator[Fault]:
    """Find dates of long ago."""
    for element, text in _filled(document, "updated", "published"):
        moment = None if rfc3339_fault(text) else moment_of(text)
        if moment is not None and moment.year < _LONG_AGO:
            yield at(element, f"{text} is long ago")


@RULES.error(
    "NF315",
    "A person's email is an address, and their uri a URI.",
    why="Readers write there, and open it.",
    mend="write an address such as editor@example.com, and a whole web address",
    specification="RFC 4287 §3.2.2, §3.2.3",
)
def people(document: Document) -> Iterator[Fault]:
    """Find people whose addresses are none."""
    for element, text in _filled(document, "email"):
        if fault := email_fault(text):
            yield at(element, fault)
    for element, text in _filled(document, "uri"):
        if fault := uri_fault(text, iri=True):
            yield at(element, fault)


@RULES.error(
    "NF316",
    "A category has a term, and its scheme is an absolute IRI.",
    why="Readers group entries by the two.",
    mend="add the attribute term; write the whole address of the scheme",
    specification="RFC 4287 §4.2.2",
)
def categories(document: Document) -> Iterator[Fault]:
    """Find categories without a term, or with a scheme that is none."""
    for element in document.named("category", ATOM):
        if not (element.get("term") or "").strip():
            yield at(element, "term is missing")
        scheme = element.get("scheme")
        if scheme is not None and (fault := uri_fault(scheme, iri=True)):
            yield at(element, fault)
        elif scheme is not None and not is_absolute(scheme):
            yield at(element, f"the scheme {scheme!r} isn't absolute")


@RULES.error(
    "NF317",
    "An icon, a logo and a generator's uri are IRIs.",
    why="Readers fetch them.",
    mend="write the whole address, without spaces",
    specification="RFC 4287 §4.2.4, §4.2.5, §4.2.8",
)
def pictures(document: Document) -> Iterator[Fault]:
    """Find addresses that are none."""
    for element, text in _filled(document, "icon", "logo"):
        if fault := uri_fault(text, iri=True):
            yield at(element, fault)
    for element in document.named("generator", ATOM):
        uri = element.get("uri")
        if uri is not None and (fault := uri_fault(uri, iri=True) or ("" if uri else "the uri is empty")):
            yield at(element, fault)


@RULES.error(
    "NF318",
    "A text is of type text, html or xhtml.",
    why="Readers take any other type for plain text, or show nothing.",
    mend='write type="html" for escaped markup, type="xhtml" for a div, and nothing for plain text',
    specification="RFC 4287 §3.1.1",
)
def text_types(document: Document) -> Iterator[Fault]:
    """Find other types of title, subtitle, summary and rights."""
    for name in _TEXTS:
        for element in document.named(name, ATOM):
            kind = element.get("type")
            if kind is not None and kind not in _TEXT_TYPES:
                yield at(element, f"type is {kind!r}")


@RULES.error(
    "NF319",
    "Text of type text or html holds no elements; of type xhtml one div.",
    why="Readers show the markup as it stands, or nothing.",
    mend="escape the markup, or wrap it into a div of the XHTML namespace",
    specification="RFC 4287 §3.1.1, §4.1.3.3",
)
def text_bodies(document: Document) -> Iterator[Fault]:
    """Find elements where text should be, and xhtml without its div."""
    for name in (*_TEXTS, "content"):
        for element in document.named(name, ATOM):
            kind = element.get("type") or "text"
            children = list(element)
            if kind in {"text", "html"} and children and not element.get("src"):
                yield at(children[0], f"{name} of type {kind} holds the element {children[0].shown}")
            elif kind == "xhtml" and (
                len(children) != 1
                or (children[0].space, children[0].name) != (_XHTML, "div")
                or element.text.strip()
            ):
                yield at(element, f"{name} of type xhtml doesn't hold one div")


@RULES.error(
    "NF320",
    "Content is of type text, html, xhtml, or a media type that isn't composite.",
    why="Readers can't show it otherwise.",
    mend='write type="html" for escaped markup',
    specification="RFC 4287 §4.1.3.1",
)
def content_types(document: Document) -> Iterator[Fault]:
    """Find other types of content."""
    for element in document.named("content", ATOM):
        kind = element.get("type")
        if kind is None or (kind in _TEXT_TYPES and not element.get("src")):
            continue
        if fault := mime_type_fault(kind):
            yield at(element, fault)
        elif kind.lower().startswith(("multipart/", "message/")):
            yield at(element, f"{kind} is a composite type")


@RULES.error(
    "NF321",
    "Content that stands elsewhere is empty here, and has an IRI.",
    why="Readers fetch the one or show the other, never both.",
    mend="take the text out, or the attribute src",
    specification="RFC 4287 §4.1.3.2",
)
def content_elsewhere(document: Document) -> Iterator[Fault]:
    """Find content with src that isn't empty, or whose src is no IRI."""
    for element in document.named("content", ATOM):
        src = element.get("src")
        if src is None:
            continue
        if element.text.strip() or list(element):
            yield at(element, "it has src, and holds something")
        if fault := uri_fault(src, iri=True) if src else "src is empty":
            yield at(element, fault)


@RULES.warning(
    "NF322",
    "Content that stands elsewhere says what type it is.",
    why="Readers decide by it whether to fetch it.",
    mend='add the attribute type, such as type="audio/mpeg"',
    specification="RFC 4287 §4.1.3.2",
)
def content_elsewhere_typed(document: Document) -> Iterator[Fault]:
    """Find content with src and without type."""
    for element in document.named("content", ATOM):
        if element.get("src") and element.get("type") is None:
            yield at(element, "type is missing")


@COMMON.error(
    "NF323",
    "xml:lang is a language's code, xml:base an IRI.",
    why="Readers choose fonts, direction and dictionaries by the one, and resolve links against the other.",
    mend="write a code such as en or az-Latn; a whole address",
    specification="RFC 4287 §2, RFC 5646",
)
def common_attributes(document: Document) -> Iterator[Fault]:
    """Find languages and bases that are none."""
    for element in document.elements:
        lang, base = element.get(_XML_LANG), element.get(_XML_BASE)
        if lang and (fault := language_fault(lang)):
            yield at(element, fault)
        if base is not None and (fault := uri_fault(base, iri=True)):
            yield at(element, fault)
