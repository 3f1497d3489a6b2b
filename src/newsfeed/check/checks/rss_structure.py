"""The structure of an RSS 2.0 document: its elements and attributes, their number and their order."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.grammars.rss import RSS

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

_OF_CHANNEL = RSS.elements["channel"].children.keys()
_OLDER = {"0.90", "0.91", "0.92", "0.93", "0.94"}


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


CHECKS.error(
    "NF213",
    "A channel has a title, a link and a description; an image has a url, a title and a link.",
    why="Readers list a feed by its title and open its link; some refuse a feed without them.",
    fix="add the missing element",
    specification="RSS 2.0, Required channel elements, <image>, <textInput>",
)
CHECKS.error(
    "NF214",
    "An element that can occur only once isn't repeated.",
    why="Some readers use the first, others the last.",
    fix="keep only one of them",
    specification="RSS 2.0, Required channel elements, Optional channel elements, Elements of <item>",
)
CHECKS.error(
    "NF215",
    "Elements without a namespace are those of RSS 2.0, in the right places.",
    why="Readers ignore unknown elements, and their content is lost.",
    fix="correct the name, or put the element into a namespace of its own",
    specification="RSS 2.0, Extending RSS",
)
CHECKS.error(
    "NF216",
    "Attributes without a namespace are those of RSS 2.0.",
    why="Readers ignore unknown attributes.",
    fix="correct the name, or remove the attribute",
    specification="RSS 2.0, Elements of <item>",
)
CHECKS.error(
    "NF217",
    "Only elements that are meant for text contain text.",
    why="Readers don't show text between elements.",
    fix="move it into the element where it belongs, or remove it",
    specification="RSS 2.0, Elements of <item>",
)
CHECKS.warning(
    "NF218",
    "Elements aren't empty.",
    why="Readers show an empty title or category, or fail at an empty date.",
    fix="fill it in, or leave it out",
    specification="RSS 2.0, Elements of <item>; Best Practices Profile, Common elements",
)


def _is_link(element: XmlElement) -> bool:
    return (element.space, element.name) == (ATOM, "link")


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
        is_about_channel = element.name in _OF_CHANNEL if not element.space else _is_link(element)
        if seen and not own_item and is_about_channel:
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
