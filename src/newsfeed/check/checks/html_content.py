"""The HTML that feeds carry: whether it is safe, whole, and holds everywhere.

Most of what stands here is what the W3C Feed Validation Service warns of. Nothing that `newsfeed.text.html` leaves in
an article breaks a rule.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.html_grammar import slips, unclosed
from newsfeed.check.html_names import ATTRIBUTES, CODE, ELEMENTS, FORMS, FRAMES, PAGE, danger_of
from newsfeed.check.html_texts import Node, StartTag
from newsfeed.text.html_links import is_relative, with_candidates

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom", "json")

_MOST_SHOWN = 60
_REFERENCES: Final = {"cite", "href", "poster", "src", "srcset"}
_ADDRESSES: Final = _REFERENCES | {"action", "background", "data", "formaction"}
_HANDLERS: Final = {"formaction", "srcdoc"}
_PICTURES: Final = {"poster", "src", "srcset"}
_INERT_DATA: Final = ("data:audio/", "data:image/", "data:video/")
_CODE_SCHEMES: Final = ("data:", "javascript:", "vbscript:")
#: White space and controls, which browsers pass over in addresses.
_UNSEEN: Final = re.compile(r"[\x00-\x20]+")


def _starts(document: ParsedDocument) -> Iterator[StartTag]:
    """Visit every start tag of a document's HTML."""
    return (start for text in document.html for start in text.starts)


def _addresses(start: StartTag, names: set[str]) -> Iterator[tuple[str, str]]:
    """Visit the addresses in some attributes of a tag."""
    for name, value in start.attributes:
        if name in names:
            addresses = _candidates(value) if name == "srcset" else [value]
            yield from ((name, address) for address in addresses)


def _candidates(srcset: str) -> list[str]:
    found: list[str] = []
    with_candidates(srcset, partial(_kept, found))
    return found


def _kept(found: list[str], address: str) -> str:
    found.append(address)
    return address


def _told(pairs: Iterable[tuple[Node, str]]) -> Iterator[Problem]:
    """Make one problem of all that is wrong at a place, for a text of HTML is one place."""
    places: dict[int, tuple[Node, list[str]]] = {}
    for place, reason in pairs:
        places.setdefault(id(place), (place, []))[1].append(reason)
    for place, reasons in places.values():
        more = len(dict.fromkeys(reasons)) - 1
        yield at(place, reasons[0] + (f", and {more} more" if more else ""))


def _short(text: str) -> str:
    return repr(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…")


@CHECKS.warning(
    "NF700",
    "Addresses in HTML are absolute.",
    why="A feed isn't the article's page: pictures stay away and links lead nowhere, or somewhere else.",
    fix="write the whole address, or, in Atom, say with xml:base what it is relative to",
    specification="W3C Feed Validation Service, ContainsRelRef; RFC 4287 §2",
)
def absolute_addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative addresses that nothing makes absolute."""
    return _told(
        (start.where, f"{name} {_short(address)} is relative")
        for start in _starts(document)
        if not start.has_base
        for name, address in _addresses(start, _REFERENCES)
        if is_relative(address)
    )


@CHECKS.warning(
    "NF701",
    "HTML in a feed holds no script.",
    why="It would run in the reader's own program, so readers cut it out, and some drop the whole entry.",
    fix="take the script out; its work is for the page",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_scripts(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that hold or fetch code."""
    return _told(_elements(document, CODE, "is code"))


@CHECKS.warning(
    "NF702",
    "HTML in a feed has no event handlers.",
    why="They are scripts in an attribute; readers cut them out, and distrust the feed.",
    fix="take the attribute out",
    specification="W3C Feed Validation Service, SecurityRiskAttr; RFC 4287 §8.1",
)
def no_handlers(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that hold code or whole documents."""
    return _told(
        (start.where, f"<{start.name}> has {name}")
        for start in _starts(document)
        for name, _ in start.attributes
        if name.startswith("on") or name in _HANDLERS
    )


@CHECKS.warning(
    "NF703",
    "No address in HTML is a program.",
    why="javascript:, vbscript: and data: addresses run in the reader's own program once they are followed.",
    fix="link to a page, or take the attribute out",
    specification="RFC 4287 §8.1; HTML §2.4",
)
def no_code_in_addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find addresses that browsers run."""
    return _told(
        (start.where, f"{name} {_short(address)} is no address of a page or a file")
        for start, name, address in _followed(document)
        if address.startswith(_CODE_SCHEMES) and not _is_picture(name, address)
    )


@CHECKS.note(
    "NF704",
    "Pictures, sound and films are files of their own.",
    why="Many readers don't show data: addresses, and each makes the feed longer for everyone.",
    fix="put the file on a server and write its address",
    specification="RFC 2397 §2",
)
def no_pictures_inside(document: ParsedDocument) -> Iterator[Problem]:
    """Find pictures that are written into the feed."""
    return _told(
        (start.where, f"{name} holds a file of {len(address):,} letters")
        for start, name, address in _followed(document)
        if _is_picture(name, address)
    )


def _followed(document: ParsedDocument) -> Iterator[tuple[StartTag, str, str]]:
    """Visit the addresses of a document's HTML as browsers read them."""
    for start in _starts(document):
        for name, address in _addresses(start, _ADDRESSES):
            yield start, name, _UNSEEN.sub("", address).lower()


def _is_picture(name: str, address: str) -> bool:
    return name in _PICTURES and address.startswith(_INERT_DATA)


@CHECKS.warning(
    "NF705",
    "HTML in a feed has no frames and no embedded objects.",
    why="They bring other people's pages into the reader, so most readers cut them out and leave a gap.",
    fix="link to what they show, or use audio, video or img",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_frames(document: ParsedDocument) -> Iterator[Problem]:
    """Find frames and objects."""
    return _told(_elements(document, FRAMES, "shows another page or program"))


@CHECKS.note(
    "NF706",
    "HTML in a feed has no forms.",
    why="Readers cut forms out or show them dead, and careful ones don't let words be sent anywhere.",
    fix="link to the page that has the form",
    specification="RFC 4287 §8.1; HTML §4.10",
)
def no_forms(document: ParsedDocument) -> Iterator[Problem]:
    """Find forms and their controls."""
    return _told(_elements(document, FORMS, "is a part of a form"))


@CHECKS.warning(
    "NF707",
    "HTML in a feed is a part of a page, without what only a whole page has.",
    why="It is shown inside another page, whose look and addresses these elements would change.",
    fix="write only what stands inside the page's body",
    specification="RFC 4287 §3.1.1.2; W3C Feed Validation Service, SecurityRisk",
)
def no_whole_page(document: ParsedDocument) -> Iterator[Problem]:
    """Find what belongs into a page's head, or around it."""
    return _told(_elements(document, PAGE, "belongs to a whole page"))


@CHECKS.warning(
    "NF708",
    "The elements of HTML in a feed are those that readers know.",
    why="Readers cut out what they don't know, often with the words in it.",
    fix="use an element of HTML; for turned text, dir on bdi; for drawings, a picture",
    specification="W3C Feed Validation Service, NotHtml, SecurityRisk; HTML §4",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that HTML doesn't have, or had once."""
    unknown = {start.name for start in _starts(document)} - ELEMENTS
    return _told(_elements(document, unknown, "is no element that readers know")) if unknown else iter(())


def _elements(document: ParsedDocument, names: Collection[str], problem: str) -> Iterator[tuple[Node, str]]:
    return (
        (start.where, f"<{start.name[:_MOST_SHOWN]}> {problem}")
        for start in _starts(document)
        if start.name in names
    )


@CHECKS.warning(
    "NF709",
    "A style attribute changes nothing but the look of its own words.",
    why="Styles can cover the reader's own buttons or fetch files, so readers cut them out.",
    fix="take the style attribute out; readers have a look of their own",
    specification="W3C Feed Validation Service, DangerousStyleAttr",
)
def harmless_styles(document: ParsedDocument) -> Iterator[Problem]:
    """Find properties beyond colours, fonts, borders and distances, and values that fetch or run something."""
    return _told(
        (start.where, f"the style {_short(danger)} reaches further")
        for start in _starts(document)
        for name, value in start.attributes
        if name == "style" and (danger := danger_of(value)) is not None
    )


@CHECKS.warning(
    "NF710",
    "Every element of HTML is closed, in the order in which it was opened.",
    why="Open markup spills over: a reader may show all that follows in bold, or as one link.",
    fix="close each element before the one around it",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1.2",
)
def closed_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that aren't closed, and end tags of nothing."""
    return _told(
        (text.where, reason) for text in document.html if text.xhtml is None for reason in unclosed(text.html)
    )


@CHECKS.warning(
    "NF711",
    "HTML is written as HTML's grammar asks.",
    why="Each reader guesses differently what was meant; some lose the rest of the text.",
    fix="write < and & as &lt; and &amp; in text, end tags with >, and comments with -->",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1",
)
def well_written(document: ParsedDocument) -> Iterator[Problem]:
    """Find tags and comments that break off, stray signs, and references to characters that there aren't."""
    return _told(
        (text.where, reason) for text in document.html if text.xhtml is None for reason in slips(text.html)
    )


@CHECKS.warning(
    "NF717",
    "The attributes of HTML in a feed are those that readers keep.",
    why="Readers cut out what they don't know; what it said is lost.",
    fix="take the attribute out; what people should read belongs into the text",
    specification="W3C Feed Validation Service, SecurityRiskAttr",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that readers don't keep; those of XHTML are told apart by their handlers alone."""
    return _told(
        (start.where, f"<{start.name[:_MOST_SHOWN]}> has {name[:_MOST_SHOWN]}")
        for start in _starts(document)
        if not start.is_parsed
        for name, _ in start.attributes
        if name not in ATTRIBUTES and name not in _HANDLERS and not name.startswith(("data-", "on"))
    )
