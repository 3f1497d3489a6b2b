"""The texts of feeds: that those which are called plain are, and that every character can be shown."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.html_names import ELEMENTS
from newsfeed.check.html_texts import Node
from newsfeed.check.plain_texts import (
    all_texts,
    lines_by_number,
    plain_fields,
    plain_texts,
    stands_in,
    undeclared_texts,
)
from newsfeed.text.html_tags import tags
from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom", "json")

_MOST_SHOWN = 60
_LOST: Final = "\ufffd"
_TAG_LIKE: Final = re.compile("<[/A-Za-z]")
_REFERENCE: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{1,31})\b;?")
_NAMES: Final = {*name2codepoint, "apos"}
_BYTES_OF_LETTERS: Final = re.compile("[\xc2\xc3][\x80-\xbf]")


@CHECKS.warning(
    "NF712",
    "A title, a label or a name is plain text.",
    why="Some readers show the tags as they stand, others take them for markup.",
    fix="leave the markup out; if the text really speaks of it, let it stand, in RSS written as &#x3C;",
    specification="RSS Best Practices Profile, Character data; RFC 4287 §3.1.1.1; JSON Feed 1.1, title",
)
def plain_titles(document: ParsedDocument) -> Iterator[Problem]:
    """Find tags of HTML in titles and other short texts that are plain."""
    if document.json is not None:
        for value, text in plain_texts(document, ("title",)):
            yield from _markup(value, text)
        return
    numbered = lines_by_number(document)
    for element, text in plain_fields(document):
        found = list(_markup(element, text))
        yield from found
        tag = _TAG_LIKE.search(text) if document.kind == "rss" and not found else None
        if tag is not None and not stands_in(numbered, element, text):
            yield at(element, f"it holds {text[tag.start() :][:_MOST_SHOWN]!r}")


@CHECKS.warning(
    "NF713",
    "Text that holds HTML says so.",
    why='Without type="html" readers show the tags themselves.',
    fix='write type="html", or leave the markup out',
    specification="RFC 4287 §3.1.1; W3C Feed Validation Service, ContainsUndeclaredHTML, NotInline",
)
def declared_html(document: ParsedDocument) -> Iterator[Problem]:
    """Find tags and references to characters in texts that are called plain, and escaped tags alone in XHTML."""
    if document.json is not None:
        return
    numbered = lines_by_number(document)
    for element, text in undeclared_texts(document):
        found = list(_markup(element, text))
        yield from found
        if not found and (name := _reference(text)) and not stands_in(numbered, element, text):
            yield at(element, f"it says {name}")


def _markup(place: Node, text: str) -> Iterator[Problem]:
    found = next((tag for tag in tags(text) if tag.name in ELEMENTS), None) if "<" in text else None
    if found is not None:
        yield at(place, f"it holds {text[found.start : found.end][:_MOST_SHOWN]!r}")


def _reference(text: str) -> str | None:
    """Give the first reference to a character in what is left once all were read."""
    for found in _REFERENCE.finditer(text):
        if found[1].startswith("#") or found[1] in _NAMES:
            return found[0]
    return None


@CHECKS.warning(
    "NF714",
    "The characters of a title are written once.",
    why="Readers show &amp; where & was meant.",
    fix="write the title's own characters, and let an XML or JSON library do the rest",
    specification="RSS Best Practices Profile, Character data; RFC 4287 §3.1.1",
)
def written_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find references to characters in what is left once all were read."""
    html_titles = (
        (element, unescape(element.text)) for element in document.text_constructs(("title",), {"html"})
    )
    fields = plain_texts(document, ("title",)) if document.json is not None else plain_fields(document)
    numbered = lines_by_number(document)
    for place, text in [*fields, *html_titles]:
        name = _reference(text)
        if name and not (isinstance(place, Element) and stands_in(numbered, place, text)):
            yield at(place, f"it says {name}")


@CHECKS.warning(
    "NF715",
    "A feed holds no characters that can't be shown.",
    why="Readers show a box in their place, or nothing; some stop reading.",
    fix="take them out, or write what was meant: often a quotation mark or a dash in a wrong encoding",
    specification="XML 1.0 §2.2; W3C Feed Validation Service, BadCharacters",
)
def shown_characters(document: ParsedDocument) -> Iterator[Problem]:
    """Find controls, and what is no character of Unicode."""
    for place, text in all_texts(document):
        if names := names_of_forbidden(text) or names_of_mistaken(text):
            yield at(place, f"it holds {names}")


@CHECKS.warning(
    "NF716",
    "No character was lost.",
    why="U+FFFD stands where a program couldn't read what was there.",
    fix="look the text up at its source and read it in its own encoding",
    specification="Unicode §23.8; W3C Feed Validation Service, BadCharacters",
)
def no_lost_characters(document: ParsedDocument) -> Iterator[Problem]:
    """Find U+FFFD."""
    for place, text in all_texts(document):
        if _LOST in text:
            yield at(place, "it holds U+FFFD")


@CHECKS.note(
    "NF718",
    "Letters were read in the encoding in which they were written.",
    why="Readers show Ã© where é was meant.",
    fix="look the text up at its source and read it as UTF-8; leave it if these are the letters meant",
    specification="W3C Feed Validation Service, BadCharacters",
)
def read_rightly(document: ParsedDocument) -> Iterator[Problem]:
    """Find texts whose letters are the bytes of UTF-8."""
    for place, text in all_texts(document):
        for found in _BYTES_OF_LETTERS.finditer(text):
            line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
            if _is_utf_8(line):
                yield at(place, f"it holds {found[0]!r}")
                break


def _is_utf_8(line: str) -> bool:
    try:
        line.encode("latin-1").decode()
    except UnicodeError:
        return False
    return True
