"""The texts of a feed: plain text is plain, and every character can be shown."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.html_names import ELEMENTS
from newsfeed.check.html_texts import Node
from newsfeed.check.plain_texts import (
    all_texts,
    is_on,
    lines_by_number,
    plain_fields,
    plain_texts,
    undeclared_texts,
)
from newsfeed.text.html.tags import tags
from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom", "json")

_MAX_SHOWN = 60
_LOST: Final = "\ufffd"
_TAG_LIKE: Final = re.compile("<[/A-Za-z]")
_REFERENCE: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{1,31})\b;?")
_NAMES: Final = {*name2codepoint, "apos"}
_BYTES_OF_LETTERS: Final = re.compile("[\xc2\xc3][\x80-\xbf]")


@CHECKS.warning(
    "NF712",
    "Titles, labels and names are plain text.",
    why="Some readers show the tags, others interpret them.",
    fix="leave out the markup; if the text really is about markup, keep it, and write &#x3C; in RSS",
    specification="RSS Best Practices Profile, Character data; RFC 4287 §3.1.1.1; JSON Feed 1.1, title",
)
def plain_titles(document: ParsedDocument) -> Iterator[Problem]:
    """Find HTML tags in titles and other short plain texts."""
    if document.json is not None:
        for value, text in plain_texts(document, ("title",)):
            yield from _markup(value, text)
        return
    numbered = lines_by_number(document)
    for element, text in plain_fields(document):
        # in RSS, &#x3C; says that a text is about markup
        if document.kind == "rss" and is_on(numbered, element, text):
            continue
        found = list(_markup(element, text))
        yield from found
        tag = _TAG_LIKE.search(text) if document.kind == "rss" and not found else None
        if tag is not None:
            yield at(element, f"it contains {text[tag.start() :][:_MAX_SHOWN]!r}")


@CHECKS.warning(
    "NF713",
    "Text that contains HTML is marked as HTML.",
    why='Without type="html", readers show the tags themselves.',
    fix='write type="html", or leave out the markup',
    specification="RFC 4287 §3.1.1; W3C Feed Validation Service, ContainsUndeclaredHTML, NotInline",
)
def declared_html(document: ParsedDocument) -> Iterator[Problem]:
    """Find tags and character references in texts that are marked as plain, and escaped tags alone in XHTML."""
    if document.json is not None:
        return
    numbered = lines_by_number(document)
    for element, text in undeclared_texts(document):
        found = list(_markup(element, text))
        yield from found
        if not found and (name := _reference(text)) and not is_on(numbered, element, text):
            yield at(element, f"it contains {name}")


def _markup(place: Node, text: str) -> Iterator[Problem]:
    found = next((tag for tag in tags(text) if tag.name in ELEMENTS), None) if "<" in text else None
    if found is not None:
        yield at(place, f"it contains {text[found.start : found.end][:_MAX_SHOWN]!r}")


def _reference(text: str) -> str | None:
    """Return the first character reference that remains after unescaping."""
    for found in _REFERENCE.finditer(text):
        if found[1].startswith("#") or found[1] in _NAMES:
            return found[0]
    return None


@CHECKS.warning(
    "NF714",
    "Titles are escaped only once.",
    why="Readers show &amp; instead of &.",
    fix="write the title's characters as they are, and let an XML or JSON library escape them",
    specification="RSS Best Practices Profile, Character data; RFC 4287 §3.1.1",
)
def written_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find character references that remain after unescaping."""
    html_titles = (
        (element, unescape(element.text)) for element in document.text_constructs(("title",), {"html"})
    )
    fields = plain_texts(document, ("title",)) if document.json is not None else plain_fields(document)
    numbered = lines_by_number(document)
    for place, text in [*fields, *html_titles]:
        name = _reference(text)
        if name and not (isinstance(place, XmlElement) and is_on(numbered, place, text)):
            yield at(place, f"it contains {name}")


@CHECKS.warning(
    "NF715",
    "A feed contains only characters that can be shown.",
    why="Readers show a box or nothing instead; some refuse the feed.",
    fix="remove them, or write the intended character: often a quotation mark or dash in the wrong encoding",
    specification="XML 1.0 §2.2; W3C Feed Validation Service, BadCharacters",
)
def shown_characters(document: ParsedDocument) -> Iterator[Problem]:
    """Find control characters, and code points that aren't characters."""
    for place, text in all_texts(document):
        if names := names_of_forbidden(text) or names_of_mistaken(text):
            yield at(place, f"it contains {names}")


@CHECKS.warning(
    "NF716",
    "No character has been lost.",
    why="U+FFFD replaces a character that a program couldn't decode.",
    fix="read the original text again, in its own encoding",
    specification="Unicode §23.8; W3C Feed Validation Service, BadCharacters",
)
def no_lost_characters(document: ParsedDocument) -> Iterator[Problem]:
    """Find U+FFFD."""
    for place, text in all_texts(document):
        if _LOST in text:
            yield at(place, "it contains U+FFFD")


@CHECKS.note(
    "NF718",
    "Texts are decoded with the encoding in which they were written.",
    why="Readers show Ã© instead of é.",
    fix="read the original text again, as UTF-8; leave it if these characters are intended",
    specification="W3C Feed Validation Service, BadCharacters",
)
def read_rightly(document: ParsedDocument) -> Iterator[Problem]:
    """Find texts whose characters are the bytes of UTF-8."""
    for place, text in all_texts(document):
        for found in _BYTES_OF_LETTERS.finditer(text):
            line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
            if _is_utf_8(line):
                yield at(place, f"it contains {found[0]!r}")
                break


def _is_utf_8(line: str) -> bool:
    try:
        line.encode("latin-1").decode()
    except UnicodeError:
        return False
    return True
