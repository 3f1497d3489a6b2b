"""The structure of an Atom 1.0 document: its elements and attributes, their number and their order (RFC 4287 §4)."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import suggestion

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom")

_PERSON = {"email", "name", "uri"}
_METADATA = {
    "author",
    "category",
    "contributor",
    "generator",
    "icon",
    "id",
    "link",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
}
#: The elements that each of Atom's elements may contain; those not listed here contain text, or nothing.
_CHILDREN = {
    "author": _PERSON,
    "contributor": _PERSON,
    "entry": {
        "author",
        "category",
        "content",
        "contributor",
        "id",
        "link",
        "published",
        "rights",
        "source",
        "summary",
        "title",
        "updated",
    },
    "feed": {*_METADATA, "entry"},
    "source": _METADATA,
}
_TEXT_ATTRIBUTES = {"type"}
_ATTRIBUTES = {
    "category": {"label", "scheme", "term"},
    "content": {"src", "type"},
    "generator": {"uri", "version"},
    "link": {"href", "hreflang", "length", "rel", "title", "type"},
    "rights": _TEXT_ATTRIBUTES,
    "subtitle": _TEXT_ATTRIBUTES,
    "summary": _TEXT_ATTRIBUTES,
    "title": _TEXT_ATTRIBUTES,
}
#: Elements that may be repeated; all others occur at most once in their parent.
_MANY = {"author", "category", "contributor", "entry", "link"}
_REQUIRED = {
    "author": ("name",),
    "contributor": ("name",),
    "entry": ("id", "title", "updated"),
    "feed": ("id", "title", "updated"),
}
_NAMES = {name for names in _CHILDREN.values() for name in names} | {"feed"}
_WITHOUT_TEXT = {"author", "category", "contributor", "entry", "feed", "source"}
_FILLED = {"email", "generator", "icon", "id", "logo", "name", "published", "updated", "uri"}


def _own(document: ParsedDocument) -> Iterator[XmlElement]:
    """Visit Atom's own elements, except those inside content."""
    for element in document.elements:
        if element.space == ATOM and (element.parent is None or element.parent.space == ATOM):
            yield element


@CHECKS.error(
    "NF300",
    "A feed and each entry have an id, a title and a date of update; a person has a name.",
    why="Readers identify entries by id, sort them by date and list them by title.",
    fix="add the missing element",
    specification="RFC 4287 §4.1.1, §4.1.2, §3.2",
)
def required_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find feeds, entries and people that lack an element."""
    for element in _own(document):
        for name in _REQUIRED.get(element.name, ()):
            if element.find(name) is None:
                yield at(element, f"{name} is missing")


@CHECKS.error(
    "NF301",
    "An element that can occur only once isn't repeated.",
    why="Some readers use the first, others the last, and strict parsers refuse the feed.",
    fix="keep only one of them",
    specification="RFC 4287 §4.1.1, §4.1.2",
)
def once(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated elements."""
    for parent in _own(document):
        seen: set[str] = set()
        for child in parent:
            if child.space != ATOM or child.name in _MANY:
                continue
            if child.name in seen and child.name in _CHILDREN.get(parent.name, set()):
                yield at(child, f"this is a second {child.name}")
            seen.add(child.name)


@CHECKS.error(
    "NF302",
    "Elements in Atom's namespace are those of Atom, in the right places.",
    why="Readers ignore unknown elements, and their content is lost.",
    fix="correct the name, or put the element into a namespace of its own",
    specification="RFC 4287 §6.2, Appendix B",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown and misplaced elements, and those without a namespace."""
    for element in document.elements:
        parent = element.parent
        if parent is None or parent.space != ATOM or element.space not in {ATOM, ""}:
            continue
        allowed = _CHILDREN.get(parent.name)
        if allowed is None:
            continue
        if not element.space:
            yield at(element, f"{element.name} has no namespace")
        elif element.name not in allowed:
            near = suggestion(element.name, allowed)
            yield at(element, f"{parent.name} has no element {element.name}{near}")


@CHECKS.error(
    "NF303",
    "Attributes without a namespace are those of Atom.",
    why="Readers ignore unknown attributes.",
    fix="correct the name, or remove the attribute",
    specification="RFC 4287 §2, Appendix B",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown attributes."""
    for element in _own(document):
        if element.name not in _NAMES:
            continue
        allowed = _ATTRIBUTES.get(element.name, set())
        for name in element.attributes:
            if not name.startswith("{") and name not in allowed:
                near = suggestion(name, allowed)
                yield at(element, f"{element.name} has no attribute {name}{near}")


@CHECKS.error(
    "NF304",
    "Only elements that are meant for text contain text.",
    why="Readers don't show text between elements.",
    fix="move it into the element where it belongs, or remove it",
    specification="RFC 4287 §4, Appendix B",
)
def no_stray_text(document: ParsedDocument) -> Iterator[Problem]:
    """Find text directly in elements that contain only elements, or nothing."""
    for element in _own(document):
        if element.name in _WITHOUT_TEXT and (text := element.text.strip()):
            yield at(element, f"{element.name} contains the text {text[:40]!r}")


@CHECKS.error(
    "NF305",
    "Ids, dates, names and addresses aren't empty.",
    why="Readers ignore an entry if one of them is empty.",
    fix="fill it in, or leave out the element if it is optional",
    specification="RFC 4287 §4.2.6, §3.2, §3.3",
)
def filled(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty elements."""
    for element in _own(document):
        if element.name in _FILLED and not element.text.strip() and not list(element):
            yield at(element, f"{element.name} is empty")


@CHECKS.warning(
    "NF306",
    "Everything about the feed comes before its first entry.",
    why="Streaming readers show the entries before they know about the feed.",
    fix="move it before the first entry",
    specification="RFC 4287 §4.1.1",
)
def entries_last(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements of the feed after an entry."""
    if document.feed is None:
        return
    seen = False
    for element in document.feed:
        if element.space == ATOM and element.name == "entry":
            seen = True
        elif seen and element.space == ATOM:
            yield at(element, f"{element.name} follows an entry")


@CHECKS.warning(
    "NF307",
    "Titles aren't empty.",
    why="Readers list entries by title; without one, they show nothing, or an address.",
    fix="write a title",
    specification="RFC 4287 §4.2.14",
)
def titled(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty titles."""
    for element in _own(document):
        if element.name == "title" and not element.text.strip() and not list(element):
            yield at(element, "the title is empty")
