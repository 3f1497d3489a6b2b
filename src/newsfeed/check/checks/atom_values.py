"""The values in an Atom 1.0 document: ids, dates, people, texts, addresses (RFC 4287 §3, §4.2)."""

import re
from collections.abc import Iterator
from functools import partial
from string import ascii_letters, digits
from urllib.parse import SplitResult, urlsplit

from newsfeed.check.dates import rfc3339_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.value_checks import early_dates, future_dates, texts
from newsfeed.check.values import (
    address_problem,
    email_problem,
    language_problem,
    mime_type_problem,
    uri_problem,
)

__all__ = ["CHECKS", "COMMON"]

CHECKS = CheckGroup("atom")
COMMON = CheckGroup("atom", "rss")

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DATES = "updated published"
_TEXTS = ("title", "subtitle", "summary", "rights")
_TEXT_TYPES = {"text", "html", "xhtml"}
_WEB = {"http": 80, "https": 443}
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_NEVER_ENCODED = set(ascii_letters + digits + "-._~")


def _filled(document: ParsedDocument, *names: str) -> Iterator[tuple[XmlElement, str]]:
    """Visit Atom's elements with these names, unless they are empty."""
    for name in names:
        for element in document.named(name, ATOM):
            if text := element.text.strip():
                yield element, text


CHECKS.error(
    "NF310",
    "An id is an absolute IRI.",
    why="Readers keep ids forever to recognize new entries; other sites may use the same relative id.",
    fix="write a complete address, or a tag: or urn:uuid: URI",
    specification="RFC 4287 §4.2.6",
)(texts("id", partial(address_problem, iri=True), space=ATOM))


@CHECKS.note(
    "NF311",
    "An id is written in its canonical form.",
    why="Programs may write the same address in two ways, which makes two ids. But an id that was published must stay.",
    fix="leave it if it was ever published; else write the scheme and host in lower case, and a path, even if only /",
    specification="RFC 4287 §4.2.6.1",
)
def canonical_ids(document: ParsedDocument) -> Iterator[Problem]:
    """Find web addresses that aren't in canonical form."""
    for element, text in _filled(document, "id"):
        parts = urlsplit(text) if not uri_problem(text, iri=True) else None
        scheme = text.partition(":")[0]
        if parts is None or scheme.lower() not in _WEB:
            continue
        if scheme != scheme.lower() or not parts.path or _is_odd(parts, _WEB[scheme.lower()]):
            yield at(element, f"{text!r} isn't in canonical form")


def _is_odd(parts: SplitResult, standard_port: int) -> bool:
    """Return whether the host, path or percent-encoding isn't canonical (RFC 3986 §6.2.2)."""
    user, _, host = parts.netloc.rpartition("@")
    odd_host = host != host.lower() or host.endswith((".", f":{standard_port}", ":"))
    odd_user = "@" in parts.netloc and user in {"", ":"}
    odd_path = any(step in {".", ".."} for step in parts.path.split("/"))
    encoded = _ENCODED.findall(f"{parts.path}?{parts.query}#{parts.fragment}")
    odd_code = any(code != code.upper() or chr(int(code, 16)) in _NEVER_ENCODED for code in encoded)
    return odd_host or odd_user or odd_path or odd_code


CHECKS.error(
    "NF312",
    "Dates are in the format of RFC 3339, with a time and a time zone.",
    why="Readers ignore any other date, and sort the entry to the top or the end.",
    fix="write it like 2002-09-07T00:00:01Z",
    specification="RFC 4287 §3.3",
)(texts(_DATES, rfc3339_problem, space=ATOM))


CHECKS.warning(
    "NF313",
    "No date is in the future.",
    why="Readers hide such an entry until then, or keep it at the top.",
    fix="publish the entry when it is due; check the time zone",
    specification="RFC 4287 §4.2.9, §4.2.15",
)(future_dates(_DATES, rfc3339_problem, space=ATOM))


CHECKS.note(
    "NF314",
    "No date is before 1990.",
    why="Such a date is more often an empty database field than correct.",
    fix="check the date; leave it if it is correct",
    specification="RFC 4287 §3.3",
)(early_dates(_DATES, rfc3339_problem, space=ATOM))


@CHECKS.error(
    "NF315",
    "A person's email is an e-mail address, and the uri is a URI.",
    why="Readers use them to write to the person and to open the page.",
    fix="write an address such as editor@example.com, and a complete web address",
    specification="RFC 4287 §3.2.2, §3.2.3",
)
def people(document: ParsedDocument) -> Iterator[Problem]:
    """Find people with invalid addresses."""
    for element, text in _filled(document, "email"):
        if problem := email_problem(text):
            yield at(element, problem, "write an address such as editor@example.com")
    for element, text in _filled(document, "uri"):
        if problem := uri_problem(text, iri=True):
            yield at(element, problem, "write a complete web address")


@CHECKS.error(
    "NF316",
    "A category has a term, and its scheme is an absolute IRI.",
    why="Readers group entries by both.",
    fix="add the attribute term",
    specification="RFC 4287 §4.2.2",
)
def categories(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid schemes."""
    for element in document.named("category", ATOM):
        scheme = element.get("scheme")
        if scheme is not None and (problem := address_problem(scheme, "the scheme", iri=True)):
            yield at(element, problem, "write the complete address of the scheme, or leave it out")


@CHECKS.error(
    "NF317",
    "An icon, a logo and a generator's uri are IRIs.",
    why="Readers fetch them.",
    fix="write the complete address, without spaces",
    specification="RFC 4287 §4.2.4, §4.2.5, §4.2.8",
)
def pictures(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid addresses."""
    for element, text in _filled(document, "icon", "logo"):
        if problem := uri_problem(text, iri=True):
            yield at(element, problem)
    for element in document.named("generator", ATOM):
        uri = element.get("uri")
        if uri is not None and (problem := uri_problem(uri, iri=True) or ("" if uri else "the uri is empty")):
            yield at(element, problem)


@CHECKS.error(
    "NF318",
    "The type of a text is text, html or xhtml.",
    why="Readers treat any other type as plain text, or show nothing.",
    fix='write type="html" for escaped markup, type="xhtml" for a div, and no type for plain text',
    specification="RFC 4287 §3.1.1",
)
def text_types(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types of title, subtitle, summary and rights."""
    for name in _TEXTS:
        for element in document.named(name, ATOM):
            kind = element.get("type")
            if kind is not None and kind not in _TEXT_TYPES:
                yield at(element, f"the type is {kind!r}")


@CHECKS.error(
    "NF319",
    "Text of type text or html contains no elements; text of type xhtml contains one div.",
    why="Readers show the markup itself, or nothing.",
    fix="escape the markup, or wrap it in a div of the XHTML namespace",
    specification="RFC 4287 §3.1.1, §4.1.3.3",
)
def text_bodies(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements in place of text, and xhtml without its div."""
    for name in (*_TEXTS, "content"):
        for element in document.named(name, ATOM):
            kind = element.get("type") or "text"
            children = list(element)
            if kind in {"text", "html"} and children and not element.get("src"):
                yield at(children[0], f"{name} of type {kind} contains the element {children[0].shown}")
            elif kind == "xhtml" and (
                len(children) != 1
                or (children[0].space, children[0].name) != (_XHTML, "div")
                or element.text.strip()
            ):
                yield at(element, f"{name} of type xhtml doesn't contain exactly one div")


@CHECKS.error(
    "NF320",
    "The type of content is text, html, xhtml, or a media type that isn't composite.",
    why="Readers can't show other types.",
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
    "Content with src is empty, and src is an IRI.",
    why="Readers either fetch src or show the text, never both.",
    fix="remove either the text or the attribute src",
    specification="RFC 4287 §4.1.3.2",
)
def content_elsewhere(document: ParsedDocument) -> Iterator[Problem]:
    """Find content with src that isn't empty, or whose src is invalid."""
    for element in document.named("content", ATOM):
        src = element.get("src")
        if src is None:
            continue
        if element.text.strip() or list(element):
            yield at(element, "it has src, but isn't empty")
        if problem := uri_problem(src, iri=True) if src else "src is empty":
            yield at(element, problem)


@CHECKS.warning(
    "NF322",
    "Content with src has a type.",
    why="Readers use it to decide whether to fetch the content.",
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
    "xml:lang is a language code, and xml:base is an IRI.",
    why="Readers choose fonts, text direction and dictionaries by the language, and resolve links against the base.",
    fix="write a code such as en or az-Latn; write a complete address",
    specification="RFC 4287 §2, RFC 5646",
)
def common_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid languages and bases."""
    for element in document.elements:
        if not element.attributes:
            continue
        lang, base = element.get(_XML_LANG), element.get(_XML_BASE)
        if lang and (problem := language_problem(lang)):
            yield at(element, problem, "write a code such as en or az-Latn")
        if base is not None and (problem := uri_problem(base, iri=True)):
            yield at(element, problem, "write a complete address")
