"""The structure of an Atom 1.0 document: its elements and attributes, their number and their order (RFC 4287 §4)."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument

__all__ = ["CHECKS"]

CHECKS = CheckGroup("atom")


CHECKS.error(
    "NF300",
    "A feed and each entry have an id, a title and a date of update; a person has a name.",
    why="Readers identify entries by id, sort them by date and list them by title.",
    fix="add the missing element",
    specification="RFC 4287 §4.1.1, §4.1.2, §3.2",
)
CHECKS.error(
    "NF301",
    "An element that can occur only once isn't repeated.",
    why="Some readers use the first, others the last, and strict parsers refuse the feed.",
    fix="keep only one of them",
    specification="RFC 4287 §4.1.1, §4.1.2",
)
CHECKS.error(
    "NF302",
    "Elements in Atom's namespace are those of Atom, in the right places.",
    why="Readers ignore unknown elements, and their content is lost.",
    fix="correct the name, or put the element into a namespace of its own",
    specification="RFC 4287 §6.2, Appendix B",
)
CHECKS.error(
    "NF303",
    "Attributes without a namespace are those of Atom.",
    why="Readers ignore unknown attributes.",
    fix="correct the name, or remove the attribute",
    specification="RFC 4287 §2, Appendix B",
)
CHECKS.error(
    "NF304",
    "Only elements that are meant for text contain text.",
    why="Readers don't show text between elements.",
    fix="move it into the element where it belongs, or remove it",
    specification="RFC 4287 §4, Appendix B",
)
CHECKS.error(
    "NF305",
    "Ids, dates, names and addresses aren't empty.",
    why="Readers ignore an entry if one of them is empty.",
    fix="fill it in, or leave out the element if it is optional",
    specification="RFC 4287 §4.2.6, §3.2, §3.3",
)


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


CHECKS.warning(
    "NF307",
    "Titles aren't empty.",
    why="Readers list entries by title; without one, they show nothing, or an address.",
    fix="write a title",
    specification="RFC 4287 §4.2.14",
)
