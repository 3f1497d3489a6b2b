"""Atom's texts: white space, empty texts, names, and inline media."""

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom")

_XHTML = "http://www.w3.org/1999/xhtml"
_EXACT: Final = ("icon", "id", "logo", "published", "updated", "uri")
_WORDS: Final = {"", "html", "text", "xhtml"}
_ADDRESS: Final = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,255}>")


@CHECKS.error(
    "NF324",
    "Ids, dates and addresses have no white space around them.",
    why="Readers compare them exactly, so white space makes an old entry look new.",
    fix="write the value directly between the tags, on one line",
    specification="RFC 4287 §4.2.6.1, §3.3",
)
def no_white_space(document: ParsedDocument) -> Iterator[Problem]:
    """Find white space before and after values."""
    for name in _EXACT:
        for element in document.named(name, ATOM):
            if (text := element.text).strip() != text:
                yield at(element, f"there is white space around {text.strip()[:60]!r}")


@CHECKS.warning(
    "NF308",
    "Texts, titles of links and types of texts aren't empty.",
    why="Readers show an empty line, instead of an excerpt from the content.",
    fix="fill it in, or leave it out",
    specification="RFC 4287 §4; W3C Feed Validation Service, NotBlank, AttrNotBlank",
)
def nothing_blank(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty contents, and empty titles of links."""
    for element in document.named("content", ATOM):
        if element.get("src") is None and not element.text.strip() and not list(element):
            yield at(element, f"{element.name} is empty")
    for link in document.named("link", ATOM):
        if link.get("title") == "":
            yield at(link, "its title is empty")


@CHECKS.error(
    "NF325",
    "Content with a media type has the form of that type: Base64, a complete HTML page, or text without elements.",
    why="Readers pass it to a program for that type.",
    fix='write type="html" or type="xhtml" for part of a page, and Base64 for pictures and audio',
    specification="RFC 4287 §4.1.3.3",
)
def inline_media(document: ParsedDocument) -> Iterator[Problem]:
    """Find content that doesn't match its type."""
    for element in document.named("content", ATOM):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind not in _WORDS and element.get("src") is None:
            yield from (at(element, problem) for problem in _wrong_inline(element, kind))


def _wrong_inline(element: XmlElement, kind: str) -> Iterator[str]:
    children = list(element)
    if kind == "application/xhtml+xml":
        if children and (children[0].space, children[0].name) != (_XHTML, "html"):
            yield f"it contains {children[0].shown}, not a complete page"
    elif kind.endswith(("/xml", "+xml")):
        if children and (text := element.text.strip()):
            yield f"it contains {children[0].shown}, and the text {text[:40]!r} beside it"
    elif children:
        yield f"content of type {kind} contains the element {children[0].shown}"
    elif kind.endswith("/html"):
        if "<html" not in element.text.lower():
            yield "it isn't a complete HTML page"
    elif not kind.startswith("text/") and "/" in kind and not _is_base64(element.text):
        yield f"content of type {kind} isn't Base64"


def _is_base64(text: str) -> bool:
    try:
        a2b_base64("".join(text.split()), strict_mode=True)
    except (Error, ValueError):
        return False
    return True


@CHECKS.warning(
    "NF326",
    "A person's name doesn't contain an e-mail address.",
    why="Readers show it with the name, and spammers collect it.",
    fix="put the address into email",
    specification="RFC 4287 §3.2.1; W3C Feed Validation Service, ContainsEmail",
)
def names_only(document: ParsedDocument) -> Iterator[Problem]:
    """Find names with an address in angle brackets."""
    for element in document.named("name", ATOM):
        if found := _ADDRESS.search(element.text):
            yield at(element, f"it contains {found[0]!r}")
