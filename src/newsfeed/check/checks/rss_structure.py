"""What an RSS 2.0 document is built of: which elements, which attributes, how many, in what order."""

from collections import Counter
from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.values import suggestion

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

#: What each of RSS's own elements may hold, and how its attributes are called.
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
#: Elements that may stand any number of times; every other one once in its parent.
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


def _own(document: ParsedDocument) -> Iterator[Element]:
    """Visit RSS's own elements, those without a namespace."""
    return (element for element in document.elements if not element.space)


@CHECKS.error(
    "NF210",
    "The rss element names its version.",
    why="Parsers choose by it how to read the rest.",
    fix='write <rss version="2.0">',
    specification="RSS 2.0, What is RSS?",
)
def version(document: ParsedDocument) -> Iterator[Problem]:
    """Find an rss element without a version, or with one that never was."""
    value = document.root.get("version")
    if value is None:
        yield at(document.root, "the attribute version is missing")
    elif value != "2.0" and value not in _OLDER:
        yield at(document.root, f"there is no RSS {value!r}")


@CHECKS.note(
    "NF211",
    "The version is 2.0.",
    why="Older versions lack dates and ids of items; some readers treat them differently to this day.",
    fix='write <rss version="2.0">; an older feed is a valid RSS 2.0 feed as it stands',
    specification="RSS 2.0, What is RSS?",
)
def newest_version(document: ParsedDocument) -> Iterator[Problem]:
    """Find an older version."""
    value = document.root.get("version")
    if value in _OLDER:
        yield at(document.root, f"RSS {value} is obsolete")


@CHECKS.error(
    "NF212",
    "The rss element holds one channel.",
    why="Readers take the first channel, or none.",
    fix="write one channel, and make a second feed of a second channel",
    specification="RSS 2.0, What is RSS?",
)
def one_channel(document: ParsedDocument) -> Iterator[Problem]:
    """Find no channel, or several."""
    channels = document.root.all("channel")
    if not channels:
        yield at(document.root, "there is no channel")
    for channel in channels[1:]:
        yield at(channel, "this is another channel")


@CHECKS.error(
    "NF213",
    "A channel has a title, a link and a description; an image a url, a title and a link.",
    why="Readers list a feed under its title and open its link; without them some refuse it.",
    fix="add the element that is missing",
    specification="RSS 2.0, Required channel elements, <image>, <textInput>",
)
def required_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find what is missing in a channel, an image or a text input."""
    for element in _own(document):
        for name in _REQUIRED.get(element.name, ()):
            if element.find(name) is None:
                yield at(element, f"{name} is missing")


@CHECKS.error(
    "NF214",
    "An element that says one thing stands once.",
    why="Some readers take the first, some the last.",
    fix="leave one of them",
    specification="RSS 2.0, Required channel elements, Optional channel elements, Elements of <item>",
)
def once(document: ParsedDocument) -> Iterator[Problem]:
    """Find the second of what may stand once."""
    for parent in _own(document):
        allowed = _CHILDREN.get(parent.name, set()) - _MANY
        seen: Counter[str] = Counter()
        for child in parent:
            if child.space or child.name not in allowed or child.name == "channel":
                continue
            seen[child.name] += 1
            if seen[child.name] > 1:
                yield at(child, f"this is {child.name} number {seen[child.name]} of its {parent.name}")


@CHECKS.error(
    "NF215",
    "Elements without a namespace are those of RSS 2.0, at their own places.",
    why="A reader ignores an element that it doesn't know, and what it holds is lost.",
    fix="fix the name, or put the element into a namespace of its own",
    specification="RSS 2.0, Extending RSS",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find an element that isn't RSS's, or isn't here."""
    for element in _own(document):
        parent = element.parent
        if parent is None or parent.space:
            continue
        if parent.name not in _CHILDREN:
            if parent.name in _FILLED | {"description", "cloud", "enclosure"}:
                yield at(element, f"{parent.name} holds text, so {element.name} can't stand in it")
        elif element.name not in _CHILDREN[parent.name]:
            reason = f"{parent.name} has no element {element.name}"
            yield at(element, reason + suggestion(element.name, _CHILDREN[parent.name]))


@CHECKS.error(
    "NF216",
    "Attributes without a namespace are those of RSS 2.0.",
    why="A reader ignores an attribute that it doesn't know.",
    fix="fix the name, or take the attribute out",
    specification="RSS 2.0, Elements of <item>",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find an attribute that isn't RSS's."""
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
    "Text stands in elements that are made for text.",
    why="Text between elements is shown nowhere.",
    fix="put it into the element that it belongs to, or take it out",
    specification="RSS 2.0, Elements of <item>",
)
def no_stray_text(document: ParsedDocument) -> Iterator[Problem]:
    """Find text straight in an element that holds elements, or in one that holds nothing."""
    for element in _own(document):
        if element.name in {*_CHILDREN, "cloud", "enclosure"} and (text := element.text.strip()):
            yield at(element, f"{element.name} holds the text {text[:40]!r}")


@CHECKS.warning(
    "NF218",
    "An element that is there says something.",
    why="Readers show an empty title or category as it stands, or fall over an empty date.",
    fix="fill it, or leave it out",
    specification="RSS 2.0, Elements of <item>; Best Practices Profile, Common elements",
)
def filled(document: ParsedDocument) -> Iterator[Problem]:
    """Find an empty element."""
    for element in _own(document):
        parent = element.parent
        if element.name not in _FILLED or parent is None or element.text.strip():
            continue
        if (parent.name, element.name) != ("channel", "category"):
            yield at(element, f"{element.name} is empty")


@CHECKS.warning(
    "NF219",
    "Everything about the channel stands before its first item.",
    why="Readers that read as they go have shown the items by the time that they learn about the feed.",
    fix="move it before the first item",
    specification="Best Practices Profile, Channel",
)
def items_last(document: ParsedDocument) -> Iterator[Problem]:
    """Find what follows an item."""
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
    why="Hardly any reader shows it, and those that do send what people type to whoever asks.",
    fix="take it out, and link to the search page instead",
    specification="Best Practices Profile, textInput",
)
def no_text_input(document: ParsedDocument) -> Iterator[Problem]:
    """Find a text input."""
    yield from (at(element, "textInput is best avoided") for element in document.named("textInput"))
