"""What an Atom 1.0 document is built of: which elements, which attributes, how many, in what order (RFC 4287 §4)."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
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
#: What each of Atom's elements may hold; one that isn't named here holds text, or nothing.
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
#: Elements that may stand any number of times; every other one once in its parent.
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


def _own(document: ParsedDocument) -> Iterator[Element]:
    """Visit Atom's own elements, but for what stands inside content."""
    for element in document.elements:
        if element.space == ATOM and (element.parent is None or element.parent.space == ATOM):
            yield element


@CHECKS.error(
    "NF300",
    "A feed and each entry have an id, a title and a date of update; a person has a name.",
    why="Readers tell entries apart by id, order them by date and list them by title.",
    fix="add the element that is missing",
    specification="RFC 4287 §4.1.1, §4.1.2, §3.2",
)
def required_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find what is missing in a feed, an entry or a person."""
    for element in _own(document):
        for name in _REQUIRED.get(element.name, ()):
            if element.find(name) is None:
                yield at(element, f"{name} is missing")


@CHECKS.error(
    "NF301",
    "An element that says one thing stands once.",
    why="Some readers take the first, some the last, and parsers that keep to the schema refuse the feed.",
    fix="leave one of them",
    specification="RFC 4287 §4.1.1, §4.1.2",
)
def once(document: ParsedDocument) -> Iterator[Problem]:
    """Find the second of what may stand once."""
    for parent in _own(document):
        seen: set[str] = set()
        for child in parent:
            if child.space != ATOM or child.name in _MANY:
                continue
            if child.name in seen and child.name in _CHILDREN.get(parent.name, set()):
                yield at(child, f"there is another {child.name} before")
            seen.add(child.name)


@CHECKS.error(
    "NF302",
    "Elements in Atom's namespace are those of Atom, at their own places.",
    why="A reader ignores an element that it doesn't know, and what it holds is lost.",
    fix="fix the name, or put the element into a namespace of its own",
    specification="RFC 4287 §6.2, Appendix B",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find an element that isn't Atom's, or isn't here, or stands in no namespace."""
    for element in document.elements:
        parent = element.parent
        if parent is None or parent.space != ATOM or element.space not in {ATOM, ""}:
            continue
        allowed = _CHILDREN.get(parent.name)
        if allowed is None:
            continue
        if not element.space:
            yield at(element, f"{element.name} stands in no namespace")
        elif element.name not in allowed:
            near = suggestion(element.name, allowed)
            yield at(element, f"{parent.name} has no element {element.name}{near}")


@CHECKS.error(
    "NF303",
    "Attributes without a namespace are those of Atom.",
    why="A reader ignores an attribute that it doesn't know.",
    fix="fix the name, or take the attribute out",
    specification="RFC 4287 §2, Appendix B",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find an attribute that isn't Atom's."""
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
    "Text stands in elements that are made for text.",
    why="Text between elements is shown nowhere.",
    fix="put it into the element that it belongs to, or take it out",
    specification="RFC 4287 §4, Appendix B",
)
def no_stray_text(document: ParsedDocument) -> Iterator[Problem]:
    """Find text straight in an element that holds elements, or in one that holds nothing."""
    for element in _own(document):
        if element.name in _WITHOUT_TEXT and (text := element.text.strip()):
            yield at(element, f"{element.name} holds the text {text[:40]!r}")


@CHECKS.error(
    "NF305",
    "An id, a date, a name and an address say something.",
    why="Readers that find an empty one lose the entry.",
    fix="fill it, or leave the element out where it may be missing",
    specification="RFC 4287 §4.2.6, §3.2, §3.3",
)
def filled(document: ParsedDocument) -> Iterator[Problem]:
    """Find an empty element."""
    for element in _own(document):
        if element.name in _FILLED and not element.text.strip() and not list(element):
            yield at(element, f"{element.name} is empty")


@CHECKS.warning(
    "NF306",
    "Everything about the feed stands before its first entry.",
    why="Readers that read as they go have shown the entries by the time that they learn about the feed.",
    fix="move it before the first entry",
    specification="RFC 4287 §4.1.1",
)
def entries_last(document: ParsedDocument) -> Iterator[Problem]:
    """Find what follows an entry."""
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
    "A title says something.",
    why="Readers list the entry by it, and show nothing, or an address.",
    fix="write a title",
    specification="RFC 4287 §4.2.14",
)
def titled(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty titles."""
    for element in _own(document):
        if element.name == "title" and not element.text.strip() and not list(element):
            yield at(element, "the title is empty")
