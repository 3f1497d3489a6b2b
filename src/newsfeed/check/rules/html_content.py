"""The HTML in a feed: safe to show, absolute in its addresses, and well made."""

import re
from collections.abc import Iterator

from newsfeed.check.documents import Document
from newsfeed.check.html_texts import html_texts, looks_like_markup, plain_texts
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.check.values import is_absolute

__all__ = ["RULES"]

RULES = Rules("rss", "atom", "json")

_ADDRESSES = {"background", "cite", "data", "href", "longdesc", "poster", "src"}
_CANDIDATES = {"srcset", "imagesrcset"}
_DANGEROUS = {
    "applet",
    "base",
    "basefont",
    "bdo",
    "body",
    "embed",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "isindex",
    "link",
    "meta",
    "noframes",
    "object",
    "param",
    "plaintext",
    "script",
    "style",
    "title",
    "xmp",
}
_CODE = re.compile(r"[\x00-\x20]*(javascript|vbscript|livescript|mocha)[\x00-\x20]*:", re.IGNORECASE)
_DATA = re.compile(r"[\x00-\x20]*data:(?!image/(gif|jpeg|png|webp)[;,])", re.IGNORECASE)
#: What a declaration in a style attribute may set without reaching out of the entry.
_STYLES = re.compile(
    r"(azimuth|background|background-color|border(-[a-z-]+)?|clear|color|cursor|direction|display|elevation|float"
    r"|font(-[a-z-]+)?|height|letter-spacing|line-height|list-style-type|margin(-[a-z]+)?|max-height|max-width"
    r"|overflow|padding(-[a-z]+)?|pause(-[a-z]+)?|pitch(-[a-z]+)?|richness|speak(-[a-z]+)?|speech-rate"
    r"|text-align|text-decoration|text-indent|unicode-bidi|vertical-align|voice-family|volume|white-space|width)"
)
_REACHING_OUT = re.compile(
    r"url\s*\(|expression|javascript|@import|behaviou?r|-moz-binding|\\", re.IGNORECASE
)
_TWICE = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


@RULES.warning(
    "NF700",
    "Addresses in HTML are absolute.",
    why="Readers have no page that they could be relative to, and show broken pictures and dead links.",
    mend="write whole addresses, in href, src, srcset, poster and cite alike",
    specification="Best Practices Profile, Common elements; RFC 4287 §2",
)
def absolute(document: Document) -> Iterator[Fault]:
    """Find relative addresses, the first of each text."""
    for text in html_texts(document):
        if text.based:
            continue
        relative = [
            f"{tag.name} has the {name} {address[:60]!r}"
            for tag in text.tags
            for name, value in tag.attributes
            for address in _addresses(name, value)
            if not is_absolute(address.strip())
        ]
        if relative:
            yield at(text.where, _and_more(relative))


def _addresses(name: str, value: str) -> list[str]:
    if name in _ADDRESSES:
        return [value]
    if name in _CANDIDATES:
        return [candidate.split()[0] for candidate in re.split(r",\s+", value) if candidate.strip(" ,")]
    return []


def _and_more(found: list[str]) -> str:
    return found[0] + (f", and {len(found) - 1} more like it" if len(found) > 1 else "")


@RULES.warning(
    "NF701",
    "HTML holds no scripts, styles, frames, objects and other parts of whole pages.",
    why="In a reader they would be somebody else's code at work; careful readers take them out, with what they hold.",
    mend="take them out, and link to the page",
    specification="RFC 4287 §8.1; Best Practices Profile, description",
)
def no_dangerous_elements(document: Document) -> Iterator[Fault]:
    """Find such elements."""
    for text in html_texts(document):
        found = list(dict.fromkeys(tag.name for tag in text.tags if tag.name in _DANGEROUS))
        if found:
            yield at(text.where, f"it holds <{'>, <'.join(found)}>")


@RULES.warning(
    "NF702",
    "HTML holds no event handlers, and no addresses that are code.",
    why="They would run in the reader.",
    mend="take the attributes out",
    specification="RFC 4287 §8.1",
)
def no_code(document: Document) -> Iterator[Fault]:
    """Find handlers, and addresses whose scheme runs code."""
    for text in html_texts(document):
        found = [
            f"{tag.name} has the attribute {name}"
            for tag in text.tags
            for name, value in tag.attributes
            if name.startswith("on") or _CODE.match(value) or (name in _ADDRESSES and _DATA.match(value))
        ]
        if found:
            yield at(text.where, _and_more(found))


@RULES.warning(
    "NF703",
    "Styles set colours, fonts and distances, nothing that reaches out of the entry.",
    why="Other declarations cover the reader's own controls, or fetch things.",
    mend="take the declaration out, or the whole attribute",
    specification="RFC 4287 §8.1",
)
def harmless_styles(document: Document) -> Iterator[Fault]:
    """Find other declarations in style attributes."""
    for text in html_texts(document):
        found = [
            f"{tag.name} has the style {declaration[:60]!r}"
            for tag in text.tags
            for name, value in tag.attributes
            if name == "style"
            for declaration in map(str.strip, value.split(";"))
            if declaration
            and (
                not _STYLES.fullmatch(declaration.partition(":")[0].strip().lower())
                or _REACHING_OUT.search(declaration)
            )
        ]
        if found:
            yield at(text.where, _and_more(found))


@RULES.warning(
    "NF704",
    "HTML is well made: what is opened is closed, in the right order.",
    why="An element left open spreads over the rest of the reader's page.",
    mend="close the element, or let a library write the HTML",
    specification="HTML Living Standard §13.1.2",
)
def well_made(document: Document) -> Iterator[Fault]:
    """Find end tags that don't fit, and elements left open."""
    for text in html_texts(document):
        if text.faults:
            yield at(text.where, _and_more(text.faults))


@RULES.note(
    "NF705",
    "A title and a label are plain text.",
    why="Most readers show the tags as they stand, others take them out. A title may really speak of <b>, though.",
    mend="take the tags out; leave them if the title speaks of them",
    specification="Best Practices Profile, Common elements; RFC 4287 §3.1.1.1; JSON Feed 1.1, title",
)
def plain_titles(document: Document) -> Iterator[Fault]:
    """Find titles that hold tags."""
    for where, text in plain_texts(document):
        if looks_like_markup(text):
            yield at(where, f"it holds tags: {text[:60]!r}")


@RULES.note(
    "NF706",
    "A title and a label are escaped once.",
    why="Most readers show &amp; where & is meant. A title may really speak of &amp;, though.",
    mend="escape the text once; leave it if the title speaks of entities",
    specification="Best Practices Profile, Character data; RFC 4287 §3.1.1.1",
)
def escaped_once(document: Document) -> Iterator[Fault]:
    """Find titles that hold entities."""
    for where, text in plain_texts(document):
        if found := _TWICE.search(text):
            yield at(where, f"it reads {found[0]} once decoded")
