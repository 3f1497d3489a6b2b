"""The texts of feeds: that those which are called plain are, and that every character can be shown."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from newsfeed.check.documents import Document
from newsfeed.check.html_known import ELEMENTS
from newsfeed.check.html_texts import Where, all_texts, plain_texts, text_constructs
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.text.html_tags import tags
from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken

__all__ = ["RULES"]

RULES = Rules("rss", "atom", "json")

_MOST_SHOWN = 60
_LOST: Final = "\ufffd"
_TWICE: Final = re.compile(
    r"&(amp|lt|gt|quot|apos|nbsp|[lr][ds]quo|[nm]dash|hellip|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});"
)


@RULES.note(
    "NF712",
    "A title is plain text.",
    why="Some readers show the tags as they stand, others take them for markup.",
    mend="leave the markup out; if the title really speaks of it, let it stand",
    specification="RSS Best Practices Profile, title; RFC 4287 §3.1.1.1; JSON Feed 1.1, title",
)
def plain_titles(document: Document) -> Iterator[Fault]:
    """Find tags of HTML in titles and other short texts that are plain."""
    for place, text in plain_texts(document, ("title", "subtitle", "rights", "category")):
        yield from _markup(place, text)


@RULES.warning(
    "NF713",
    "Atom's text that holds HTML says so.",
    why='Without type="html" readers show the tags themselves.',
    mend='write type="html", or leave the markup out',
    specification="RFC 4287 §3.1.1; W3C Feed Validation Service, ContainsUndeclaredHTML",
)
def declared_html(document: Document) -> Iterator[Fault]:
    """Find tags of HTML in summaries and contents that are called plain."""
    for element in text_constructs(document, ("summary", "content"), {None, "text"}):
        yield from _markup(element, element.text)


def _markup(place: Where, text: str) -> Iterator[Fault]:
    found = next((tag for tag in tags(text) if tag.name in ELEMENTS), None) if "<" in text else None
    if found is not None:
        yield at(place, f"it holds {text[found.start : found.end][:_MOST_SHOWN]!r}")


@RULES.warning(
    "NF714",
    "The characters of a title are written once.",
    why="Readers show &amp; where & was meant.",
    mend="write the title's own characters, and let an XML or JSON library do the rest",
    specification="RSS Best Practices Profile, title; RFC 4287 §3.1.1",
)
def written_once(document: Document) -> Iterator[Fault]:
    """Find references to characters in what is left once all were read."""
    html_titles = (
        (element, unescape(element.text)) for element in text_constructs(document, ("title",), {"html"})
    )
    for place, text in [*plain_texts(document, ("title",)), *html_titles]:
        if found := _TWICE.search(text):
            yield at(place, f"it says {found[0]}")


@RULES.warning(
    "NF715",
    "A feed holds no characters that can't be shown.",
    why="Readers show a box in their place, or nothing; some stop reading.",
    mend="take them out, or write what was meant: often a quotation mark or a dash in a wrong encoding",
    specification="XML 1.0 §2.2; W3C Feed Validation Service, BadCharacters",
)
def shown_characters(document: Document) -> Iterator[Fault]:
    """Find controls, and what is no character of Unicode."""
    for place, text in all_texts(document):
        if names := names_of_forbidden(text) or names_of_mistaken(text):
            yield at(place, f"it holds {names}")


@RULES.warning(
    "NF716",
    "No character was lost.",
    why="U+FFFD stands where a program couldn't read what was there.",
    mend="look the text up at its source and read it in its own encoding",
    specification="Unicode §23.8; W3C Feed Validation Service, BadCharacters",
)
def no_lost_characters(document: Document) -> Iterator[Fault]:
    """Find U+FFFD."""
    for place, text in all_texts(document):
        if _LOST in text:
            yield at(place, "it holds U+FFFD")
