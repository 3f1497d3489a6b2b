"""Elements of other vocabularies inside XHTML content: drawings, formulas, and mistakes."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.namespaces import PREFIXES
from newsfeed.check.svg_names import ATTRIBUTES, ELEMENTS

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_XHTML = "http://www.w3.org/1999/xhtml"
_GUESTS = {*ELEMENTS, _XHTML, "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def _inside(document: ParsedDocument) -> Iterator[XmlElement]:
    """Visit the elements inside XHTML that aren't XHTML."""
    for text in document.html:
        if text.xhtml is not None:
            for element in text.xhtml.walk():
                if element is not text.xhtml and element.space != _XHTML:
                    yield element


@CHECKS.warning(
    "NF719",
    "Drawings and formulas use only elements and attributes that readers support.",
    why="Readers remove the others, because they may contain code, and the rest may look different.",
    fix="remove the element or attribute, or make the drawing a picture",
    specification="SVG Tiny 1.1; MathML 2.0; W3C Feed Validation Service, SecurityRisk",
)
def plain_drawings(document: ParsedDocument) -> Iterator[Problem]:
    """Find other elements and attributes of SVG and MathML."""
    for element in _inside(document):
        if element.space not in ELEMENTS:
            continue
        if element.name not in ELEMENTS[element.space]:
            yield at(element, f"readers don't draw {element.shown}")
        known = ATTRIBUTES[element.space]
        unsupported = [name for name in element.attributes if not name.startswith("{") and name not in known]
        yield from (at(element, f"{element.shown} has {name}") for name in unsupported)


@CHECKS.error(
    "NF720",
    "Content contains no elements of feeds.",
    why="Readers treat them as text, and don't apply them to the entry.",
    fix="move the element out of the content",
    specification="RFC 4287 §3.1.1.3; W3C Feed Validation Service, UndefinedElement",
)
def no_feed_inside(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements of Atom and its extensions in XHTML."""
    for element in _inside(document):
        parent = element.parent
        if parent is None or parent.space != _XHTML or element.space in _GUESTS:
            continue
        if element.space in {ATOM, *PREFIXES}:
            yield at(element, f"{element.shown} is inside {parent.shown}")
