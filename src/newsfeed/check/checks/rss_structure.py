"""The structure of an RSS 2.0 document: its elements and attributes, their number and their order."""

from collections import Counter
from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import suggestion

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

#: The elements and attributes that each of RSS's own elements may contain.
_CHILDREN = {
    "rss": {"channel"},
    "channel": {
        "category",
        "cloud",
        "copyright",
        "description",
        "docs",
        "generator",
        "image",
        "item",
        "language",
        "lastBuildDate",
        "link",
        "managingEditor",
        "pubDate",
        "rating",
        "skipDays",
        "skipHours",
        "textInput",
        "title",
        "ttl",
        "webMaster",
    },
    "item": {
        "author",
        "category",
        "comments",
        "description",
        "enclosure",
        "guid",
        "link",
        "pubDate",
        "source",
        "title",
    },
    "image": {"description", "height", "link", "title", "url", "width"},
    "textInput": {"description", "link", "name", "title"},
    "skipHours": {"hour"},
    "skipDays": {"day"},
}
_ATTRIBUTES = {
    "rss": {"version"},
    "category": {"domain"},
    "cloud": {"domain", "path", "port", "protocol", "registerProcedure"},
    "enclosure": {"length", "type", "url"},
    "guid": {"isPermaLink"},
    "source": {"url"},
}
#: Elements that may be repeated; all others occur at most once in their parent.
_MANY = {"category", "day", "enclosure", "hour", "item"}
_OLDER = {"0.90", "0.91", "0.92", "0.93", "0.94"}
_REQUIRED = {
    "channel": ("title", "link", "description"),
    "image": ("url", "title", "link"),
    "textInput": ("title", "description", "name", "link"),
}
_FILLED = {
    "author",
    "category",
    "comments",
    "docs",
    "guid",
    "language",
    "lastBuildDate",
    "link",
    "managingEditor",
    "name",
    "pubDate",
    "title",
    "url",
    "webMaster",
}


def _own(document: ParsedDocument) -> Iterator[XmlElement]:
    """Visit RSS's own elements, those without a namespace."""
    return (element for element in document.elements if not element.space)


@CHECKS.error(
    "NF210",
    "The rss element states its version.",
    why="Parsers use it to decide how to read the rest.",
    fix='write <rss version="2.0">',
    specification="RSS 2.0, What is RSS?",
)
def version(document: ParsedDocument) -> Iterator[Problem]:
    """Find an rss element without a version, or with one that doesn't exist."""
    value = document.root.get("version")
    if value is None:
        yield at(document.root, "the attribute version is missing")
    elif value != "2.0" and value not in _OLDER:
        yield at(document.root, f"RSS {value!r} doesn't exist")


@CHECKS.note(
    "NF211",
    "The version is 2.0.",
    why="Older versions have no dates or ids for items, and some readers still treat them differently.",
    fix='write <rss version="2.0">; older feeds are valid RSS 2.0 without other changes',
    specification="RSS 2.0, What is RSS?",
)
def newest_version(document: ParsedDocument) -> Iterator[Problem]:
    """Find an older version."""
    value = document.root.get("version")
    if value in _OLDER:
        yield at(document.root, f"RSS {value} is obsolete")


@CHECKS.error(
    "NF212",
    "The rss element contains one channel.",
    why="Readers use the first channel, or none.",
    fix="keep one channel, and publish any other as a feed of its own",
    specification="RSS 2.0, What is RSS?",
)
def one_channel(document: ParsedDocument) -> Iterator[Problem]:
    """Find feeds without a channel, or with several."""
    channels = document.root.all("channel")
    if not channels:
        yield at(document.root, "channel is missing")
    for channel in channels[1:]:
        yield at(channel, "this is a second channel")


@CHECKS.error(
    "NF213",
    "A channel has a title, a link and a description; an image has a url, a title and a link.",
    why="Readers list a feed by its title and open its link; some refuse a feed without them.",
    fix="add the missing element",
    specification="RSS 2.0, Required channel elements, <image>, <textInput>",
)
def required_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find channels, images and text inputs that lack an element."""
    for element in _own(document):
        for name in _REQUIRED.get(element.name, ()):
            if element.find(name) is None:
                yield at(element, f"{name} is missing")


@CHECKS.error(
    "NF214",
    "An element that can occur only once isn't repeated.",
    why="Some readers use the first, others the last.",
    fix="keep only one of them",
    specification="RSS 2.0, Required channel elements, Optional channel elements, Elements of <item>",
)
def once(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated elements."""
    for parent in _own(document):
        allowed = _CHILDREN.get(parent.name, set()) - _MANY
        seen: Counter[str] = Counter()
        for child in parent:
            if child.space or child.name not in allowed or child.name == "channel":
                continue
            seen[child.name] += 1
            if seen[child.name] > 1:
                yield at(child, f"this is {child.name} number {seen[child.name]} in its {parent.name}")


@CHECKS.error(
    "NF215",
    "Elements without a namespace are those of RSS 2.0, in the right places.",
    why="Readers ignore unknown elements, and their content is lost.",
    fix="correct the name, or put the element into a namespace of its own",
    specification="RSS 2.0, Extending RSS",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown and misplaced elements."""
    for element in _own(document):
        parent = element.parent
        if parent is None or parent.space:
            continue
        if parent.name not in _CHILDREN:
            if parent.name in _FILLED | {"description", "cloud", "enclosure"}:
                yield at(element, f"{parent.name} contains text, so it can't contain {element.name}")
        elif element.name not in _CHILDREN[parent.name]:
            reason = f"{parent.name} has no element {element.name}"
            yield at(element, reason + suggestion(element.name, _CHILDREN[parent.name]))


@CHECKS.error(
    "NF216",
    "Attributes without a namespace are those of RSS 2.0.",
    why="Readers ignore unknown attributes.",
    fix="correct the name, or remove the attribute",
    specification="RSS 2.0, Elements of <item>",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown attributes."""
    known = {name for names in _CHILDREN.values() for name in names} | {"rss"}
    for element in _own(document):
        if element.name not in known:
            continue
        allowed = _ATTRIBUTES.get(element.name, set())
        for name in element.attributes:
            if not name.startswith("{") and name not in allowed:
                yield at(element, f"{element.name} has no attribute {name}" + suggestion(name, allowed))


@CHECKS.error(
    "NF217",
    "Only elements that are meant for text contain text.",
    why="Readers don't show text between elements.",
    fix="move it into the element where it belongs, or remove it",
    specification="RSS 2.0, Elements of <item>",
)
def no_stray_text(document: ParsedDocument) -> Iterator[Problem]:
    """Find text directly in elements that contain only elements, or nothing."""
    for element in _own(document):
        if element.name in {*_CHILDREN, "cloud", "enclosure"} and (text := element.text.strip()):
            yield at(element, f"{element.name} contains the text {text[:40]!r}")


@CHECKS.warning(
    "NF218",
    "Elements aren't empty.",
    why="Readers show an empty title or category, or fail at an empty date.",
    fix="fill it in, or leave it out",
    specification="RSS 2.0, Elements of <item>; Best Practices Profile, Common elements",
)
def filled(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty elements."""
    for element in _own(document):
        parent = element.parent
        if element.name not in _FILLED or parent is None or element.text.strip():
            continue
        if (parent.name, element.name) != ("channel", "category"):
            yield at(element, f"{element.name} is empty")


@CHECKS.warning(
    "NF219",
    "Everything about the channel comes before its first item.",
    why="Streaming readers show the items before they know about the feed.",
    fix="move it before the first item",
    specification="Best Practices Profile, Channel",
)
def items_last(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements of the channel after an item."""
    if document.feed is None:
        return
    seen = False
    for element in document.feed:
        own_item = element.name == "item" and not element.space
        is_lent = element.space and (element.space, element.name) != (ATOM, "link")
        if seen and not own_item and not is_lent:
            yield at(element, f"{element.shown} follows an item")
        seen = seen or own_item


@CHECKS.warning(
    "NF220",
    "A feed has no textInput.",
    why="Hardly any reader shows it, and those that do send what people type to any address.",
    fix="remove it, and link to the search page instead",
    specification="Best Practices Profile, textInput",
)
def no_text_input(document: ParsedDocument) -> Iterator[Problem]:
    """Find a text input."""
    yield from (at(element, "textInput shouldn't be used") for element in document.named("textInput"))
