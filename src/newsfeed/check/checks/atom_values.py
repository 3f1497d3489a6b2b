"""What stands in the elements of an Atom 1.0 document: ids, dates, people, texts, addresses (RFC 4287 §3, §4.2)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from string import ascii_letters, digits
from urllib.parse import SplitResult, urlsplit

from newsfeed.check.dates import moment_of, rfc3339_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.values import email_problem, is_absolute, language_problem, mime_type_problem, uri_problem

__all__ = ["CHECKS", "COMMON"]

CHECKS = CheckGroup("atom")
COMMON = CheckGroup("atom", "rss")

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


def _filled(document: ParsedDocument, *names: str) -> Iterator[tuple[Element, str]]:
    """Visit Atom's elements of some names that hold text."""
    for element in document.elements:
        if element.space == ATOM and element.name in names and (text := element.text.strip()):
            yield element, text


@CHECKS.error(
    "NF310",
    "An id is an absolute IRI.",
    why="Readers keep it for ever to tell which entries are new; another site's may be the same otherwise.",
    fix="write the whole address, or a tag: or urn:uuid: URI",
    specification="RFC 4287 §4.2.6",
)
def ids(document: ParsedDocument) -> Iterator[Problem]:
    """Find ids that are relative or malformed."""
    for element, text in _filled(document, "id"):
        if problem := uri_problem(text, iri=True):
            yield at(element, problem)
        elif not is_absolute(text):
            yield at(element, f"{text!r} isn't absolute")


@CHECKS.note(
    "NF311",
    "An id is written in its canonical form.",
    why="Two programs that write one address in two ways make two ids of it. An id that was published stays, though.",
    fix="leave it if it was ever published; else write scheme and host in small letters and a path, if only /",
    specification="RFC 4287 §4.2.6.1",
)
def canonical_ids(document: ParsedDocument) -> Iterator[Problem]:
    """Find web addresses that could be written otherwise."""
    for element, text in _filled(document, "id"):
        parts = urlsplit(text) if not uri_problem(text, iri=True) else None
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


@CHECKS.error(
    "NF312",
    "Dates are those of RFC 3339, with a time and a time zone.",
    why="Readers lose any other date, and sort the entry to the top or the end.",
    fix="write it as in 2002-09-07T00:00:01Z",
    specification="RFC 4287 §3.3",
)
def dates(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates of another form."""
    for element, _ in _filled(document, "updated", "published"):
        if problem := rfc3339_problem(element.text.strip()):
            yield at(element, problem)


@CHECKS.warning(
    "NF313",
    "No date lies in the future.",
    why="Readers hide such an entry until then, or keep it on top of all others.",
    fix="publish the entry when its time has come; look at the time zone",
    specification="RFC 4287 §4.2.9, §4.2.15",
)
def not_in_the_future(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates after the moment of the check."""
    for element, text in _filled(document, "updated", "published"):
        moment = None if rfc3339_problem(text) else moment_of(text)
        if moment is not None and moment > document.as_of + _TOLERANCE:
            yield at(element, f"{text} lies in the future")


@CHECKS.note(
    "NF314",
    "Dates are of the time of feeds.",
    why="A date before 1990 is more often an empty field of a database than the truth.",
    fix="look the date up; leave it if it is true",
    specification="RFC 4287 §3.3",
)
def not_long_ago(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates of long ago."""
    for element, text in _filled(document, "updated", "published"):
        moment = None if rfc3339_problem(text) else moment_of(text)
        if moment is not None and moment.year < _LONG_AGO:
            yield at(element, f"{text} is long ago")


@CHECKS.error(
    "NF315",
    "A person's email is an address, and their uri a URI.",
    why="Readers write there, and open it.",
    fix="write an address such as editor@example.com, and a whole web address",
    specification="RFC 4287 §3.2.2, §3.2.3",
)
def people(document: ParsedDocument) -> Iterator[Problem]:
    """Find people whose addresses are none."""
    for element, text in _filled(document, "email"):
        if problem := email_problem(text):
            yield at(element, problem)
    for element, text in _filled(document, "uri"):
        if problem := uri_problem(text, iri=True):
            yield at(element, problem)


@CHECKS.error(
    "NF316",
    "A category has a term, and its scheme is an absolute IRI.",
    why="Readers group entries by the two.",
    fix="add the attribute term; write the whole address of the scheme",
    specification="RFC 4287 §4.2.2",
)
def categories(document: ParsedDocument) -> Iterator[Problem]:
    """Find categories without a term, or with a scheme that is none."""
    for element in document.named("category", ATOM):
        if not (element.get("term") or "").strip():
            yield at(element, "term is missing")
        scheme = element.get("scheme")
        if scheme is not None and (problem := uri_problem(scheme, iri=True)):
            yield at(element, problem)
        elif scheme is not None and not is_absolute(scheme):
            yield at(element, f"the scheme {scheme!r} isn't absolute")


@CHECKS.error(
    "NF317",
    "An icon, a logo and a generator's uri are IRIs.",
    why="Readers fetch them.",
    fix="write the whole address, without spaces",
    specification="RFC 4287 §4.2.4, §4.2.5, §4.2.8",
)
def pictures(document: ParsedDocument) -> Iterator[Problem]:
    """Find addresses that are none."""
    for element, text in _filled(document, "icon", "logo"):
        if problem := uri_problem(text, iri=True):
            yield at(element, problem)
    for element in document.named("generator", ATOM):
        uri = element.get("uri")
        if uri is not None and (problem := uri_problem(uri, iri=True) or ("" if uri else "the uri is empty")):
            yield at(element, problem)


@CHECKS.error(
    "NF318",
    "A text is of type text, html or xhtml.",
    why="Readers take any other type for plain text, or show nothing.",
    fix='write type="html" for escaped markup, type="xhtml" for a div, and nothing for plain text',
    specification="RFC 4287 §3.1.1",
)
def text_types(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types of title, subtitle, summary and rights."""
    for name in _TEXTS:
        for element in document.named(name, ATOM):
            kind = element.get("type")
            if kind is not None and kind not in _TEXT_TYPES:
                yield at(element, f"type is {kind!r}")


@CHECKS.error(
    "NF319",
    "Text of type text or html holds no elements; of type xhtml one div.",
    why="Readers show the markup as it stands, or nothing.",
    fix="escape the markup, or wrap it into a div of the XHTML namespace",
    specification="RFC 4287 §3.1.1, §4.1.3.3",
)
def text_bodies(document: ParsedDocument) -> Iterator[Problem]:
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


@CHECKS.error(
    "NF320",
    "Content is of type text, html, xhtml, or a media type that isn't composite.",
    why="Readers can't show it otherwise.",
    fix='write type="html" for escaped markup',
    specification="RFC 4287 §4.1.3.1",
)
def content_types(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types of content."""
    for element in document.named("content", ATOM):
        kind = element.get("type")
        if kind is None or (kind in _TEXT_TYPES and not element.get("src")):
            continue
        if problem := mime_type_problem(kind):
            yield at(element, problem)
        elif kind.lower().startswith(("multipart/", "message/")):
            yield at(element, f"{kind} is a composite type")


@CHECKS.error(
    "NF321",
    "Content that stands elsewhere is empty here, and has an IRI.",
    why="Readers fetch the one or show the other, never both.",
    fix="take the text out, or the attribute src",
    specification="RFC 4287 §4.1.3.2",
)
def content_elsewhere(document: ParsedDocument) -> Iterator[Problem]:
    """Find content with src that isn't empty, or whose src is no IRI."""
    for element in document.named("content", ATOM):
        src = element.get("src")
        if src is None:
            continue
        if element.text.strip() or list(element):
            yield at(element, "it has src, and holds something")
        if problem := uri_problem(src, iri=True) if src else "src is empty":
            yield at(element, problem)


@CHECKS.warning(
    "NF322",
    "Content that stands elsewhere says what type it is.",
    why="Readers decide by it whether to fetch it.",
    fix='add the attribute type, such as type="audio/mpeg"',
    specification="RFC 4287 §4.1.3.2",
)
def content_elsewhere_typed(document: ParsedDocument) -> Iterator[Problem]:
    """Find content with src and without type."""
    for element in document.named("content", ATOM):
        if element.get("src") and element.get("type") is None:
            yield at(element, "type is missing")


@COMMON.error(
    "NF323",
    "xml:lang is a language's code, xml:base an IRI.",
    why="Readers choose fonts, direction and dictionaries by the one, and resolve links against the other.",
    fix="write a code such as en or az-Latn; a whole address",
    specification="RFC 4287 §2, RFC 5646",
)
def common_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find languages and bases that are none."""
    for element in document.elements:
        lang, base = element.get(_XML_LANG), element.get(_XML_BASE)
        if lang and (problem := language_problem(lang)):
            yield at(element, problem)
        if base is not None and (problem := uri_problem(base, iri=True)):
            yield at(element, problem)
