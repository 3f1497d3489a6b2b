"""A piece of HTML in a feed, and its start tags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsfeed.check.elements import XmlElement
from newsfeed.check.json_reading import JsonValue
from newsfeed.model.cached_property import cached_property
from newsfeed.text.html.tags import HtmlTag, tags

__all__ = ["XHTML", "HtmlText", "Node", "StartTag", "closed_drawings"]

#: A node of a document, at which a problem can be reported.
Node = XmlElement | JsonValue

XHTML = "http://www.w3.org/1999/xhtml"
_DRAWING = re.compile(r"<svg\b.*?(?:</svg\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_CLOSES_ITSELF = re.compile(r"<(script|style|title)\b([^<>]*)/>", re.IGNORECASE)


@dataclass(frozen=True)
class StartTag:
    """A start tag of HTML.

    Attributes:
        where: The node at which a problem of it is reported.
        name: The element's name, in lower case.
        attributes: Names, in lower case, and values.
        has_base: Whether an `xml:base` makes its relative addresses absolute.
        is_parsed: Whether it is an XHTML element, so the XML parser has already read it.
        is_drawn: Whether it is inside a drawing, where other rules apply.
    """

    where: Node
    name: str
    attributes: tuple[tuple[str, str], ...]
    has_base: bool
    is_parsed: bool
    is_drawn: bool = False


@dataclass(frozen=True)
class HtmlText:
    """A piece of HTML: a text that is to be parsed, or XHTML that was.

    Attributes:
        where: The element or value that contains it.
        html: The text; empty for XHTML.
        xhtml: The element around XHTML; None for a text.
        has_base: Whether an `xml:base` makes its relative addresses absolute.
    """

    where: Node
    html: str
    xhtml: XmlElement | None = None
    has_base: bool = False

    @cached_property
    def starts(self) -> tuple[StartTag, ...]:
        """Its start tags, in order."""
        if self.xhtml is not None:
            return tuple(_xhtml_tags(self.xhtml))
        return tuple(
            StartTag(
                self.where,
                tag.name,
                tuple((attribute.name, attribute.value) for attribute in tag.attributes),
                self.has_base,
                is_parsed=False,
                is_drawn=is_drawn,
            )
            for tag, is_drawn in _tags(self.markup)
            if not tag.closes
        )

    @cached_property
    def markup(self) -> str:
        """Its text, with an end tag for each element of a drawing that closes itself."""
        return closed_drawings(self.html)


def closed_drawings(html: str) -> str:
    """Write elements that close themselves in drawings with an end tag, because HTML has no others of their names.

    >>> closed_drawings("<svg><title/><path/></svg> <br/>")
    '<svg><title></title><path/></svg> <br/>'
    """
    if "<svg" not in html.lower():
        return html
    return _DRAWING.sub(lambda found: _CLOSES_ITSELF.sub(r"<\1\2></\1>", found[0]), html)


def _tags(html: str) -> Iterator[tuple[HtmlTag, bool]]:
    """Visit the tags of elements, and whether each is inside a drawing; `svg` itself isn't."""
    drawings = 0
    for tag in tags(html):
        if tag.name == "svg" and tag.closes:
            drawings = max(0, drawings - 1)
        if tag.name:
            yield tag, drawings > 0
        if tag.name == "svg" and not tag.closes and not html.endswith("/>", tag.start, tag.end):
            drawings += 1


def _xhtml_tags(holder: XmlElement) -> Iterator[StartTag]:
    for element in holder.walk():
        if element.space == XHTML and element is not holder:
            has_base = element.inherited("base") is not None
            attributes = tuple(element.attributes.items())
            yield StartTag(element, element.name, attributes, has_base, is_parsed=True)
