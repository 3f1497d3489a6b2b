"""A piece of HTML in a feed, and its start tags."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsfeed.check.elements import XmlElement
from newsfeed.check.json_reading import JsonValue
from newsfeed.model.cached_property import cached_property
from newsfeed.text.html.tags import HtmlTag, tags

__all__ = ["XHTML", "HtmlText", "Node", "StartTag"]

#: A node of a document, at which a problem can be reported.
Node = XmlElement | JsonValue

XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class StartTag:
    """A start tag of HTML.

    Attributes:
        where: The node at which a problem of it is reported.
        name: The element's name, in lower case.
        attributes: Names, in lower case, and values.
        has_base: Whether an `xml:base` makes its relative addresses absolute.
        is_parsed: Whether it is an XHTML element, so the XML parser has already read it.
    """

    where: Node
    name: str
    attributes: tuple[tuple[str, str], ...]
    has_base: bool
    is_parsed: bool


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
            )
            for tag in _without_titles_of_drawings(self.html)
            if not tag.closes
        )


def _without_titles_of_drawings(html: str) -> Iterator[HtmlTag]:
    """Visit the tags of elements; the `title` of an svg isn't the one of a page."""
    drawings = 0
    for tag in tags(html):
        if tag.name == "svg":
            drawings = max(0, drawings - 1) if tag.closes else drawings + 1
        if tag.name and not (drawings and tag.name == "title"):
            yield tag


def _xhtml_tags(holder: XmlElement) -> Iterator[StartTag]:
    for element in holder.walk():
        if element.space == XHTML and element is not holder:
            has_base = element.inherited("base") is not None
            attributes = tuple(element.attributes.items())
            yield StartTag(element, element.name, attributes, has_base, is_parsed=True)
