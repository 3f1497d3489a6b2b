"""What must be right of Atom's texts as they stand: white space, blanks, names, and media that is written inline."""

import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom")

_XHTML = "http://www.w3.org/1999/xhtml"
_EXACT: Final = {"icon", "id", "logo", "published", "updated", "uri"}
_TEXTS: Final = {"content", "rights", "subtitle", "summary"}
_WORDS: Final = {"", "html", "text", "xhtml"}
_ADDRESS: Final = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,255}>")


@CHECKS.error(
    "NF324",
    "An id, a date and an address have no white space around them.",
    why="Readers compare them letter by letter; with a space an old entry is a new one.",
    fix="write the value straight between the tags, on one line",
    specification="RFC 4287 §4.2.6.1, §3.3",
)
def no_white_space(document: ParsedDocument) -> Iterator[Problem]:
    """Find spaces and line breaks before or behind a value."""
    for element in document.elements:
        if element.space == ATOM and element.name in _EXACT and (text := element.text).strip() != text:
            yield at(element, f"white space stands around {text.strip()[:60]!r}")


@CHECKS.warning(
    "NF308",
    "A text that is there says something, and so do the words of a link and the type of a text.",
    why="Readers show an empty line, or leave out what they would have made of the content.",
    fix="fill it, or leave it out",
    specification="RFC 4287 §4; W3C Feed Validation Service, NotBlank, AttrNotBlank",
)
def nothing_blank(document: ParsedDocument) -> Iterator[Problem]:
    """Find texts and attributes that are empty."""
    for element in document.elements:
        if element.space != ATOM:
            continue
        is_text = element.name in _TEXTS and element.get("src") is None
        if is_text and not element.text.strip() and not list(element):
            yield at(element, f"{element.name} is empty")
        if element.name == "link" and element.get("title") == "":
            yield at(element, "its title is empty")


@CHECKS.error(
    "NF325",
    "Content of a media type is what the type says: Base64, a whole page of HTML, text without elements.",
    why="Readers hand it to the program that reads the type.",
    fix='write type="html" or type="xhtml" for a part of a page, Base64 for pictures and sound',
    specification="RFC 4287 §4.1.3.3",
)
def inline_media(document: ParsedDocument) -> Iterator[Problem]:
    """Find content that isn't of the type that it names."""
    for element in document.named("content", ATOM):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind not in _WORDS and element.get("src") is None:
            yield from (at(element, problem) for problem in _wrong_inline(element, kind))


def _wrong_inline(element: Element, kind: str) -> Iterator[str]:
    children = list(element)
    if kind == "application/xhtml+xml":
        if children and (children[0].space, children[0].name) != (_XHTML, "html"):
            yield f"it holds {children[0].shown}, not a whole page"
    elif kind.endswith(("/xml", "+xml")):
        return
    elif children:
        yield f"content of type {kind} holds the element {children[0].shown}"
    elif kind.endswith("/html"):
        if "<html" not in element.text.lower():
            yield "it isn't a whole page of HTML"
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
    "A person's name holds no e-mail address.",
    why="Readers show it with the name, and collectors of addresses find it.",
    fix="put the address into email",
    specification="RFC 4287 §3.2.1; W3C Feed Validation Service, ContainsEmail",
)
def names_only(document: ParsedDocument) -> Iterator[Problem]:
    """Find names with an address in angle brackets."""
    for element in document.named("name", ATOM):
        if found := _ADDRESS.search(element.text):
            yield at(element, f"it holds {found[0]!r}")
