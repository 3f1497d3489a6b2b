"""The HTML in feeds: whether it is safe, well-formed, and works in every reader.

Most of these checks follow the warnings of the W3C Feed Validation Service. Articles that `newsfeed.text.html` has
cleaned pass all of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.html_grammar import syntax_errors, unclosed
from newsfeed.check.html_names import ATTRIBUTES, CODE, ELEMENTS, FORMS, FRAMES, PAGE, danger_of
from newsfeed.check.html_texts import Node, StartTag
from newsfeed.text.html.addresses import with_candidates
from newsfeed.text.url_references import is_relative

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom", "json")

_MAX_SHOWN = 60
_REFERENCES: Final = {"cite", "href", "poster", "src", "srcset"}
_ADDRESSES: Final = _REFERENCES | {"action", "background", "data", "formaction"}
_HANDLERS: Final = {"formaction", "srcdoc"}
#: What the names of attributes begin with that readers drop without harm, or that another check is about.
_FREE: Final = ("aria-", "data-", "on", "xml:", "xmlns:")
_PICTURES: Final = {"poster", "src", "srcset"}
_INERT_DATA: Final = ("data:audio/", "data:image/", "data:video/")
_CODE_SCHEMES: Final = ("data:", "javascript:", "vbscript:")
#: White space and control characters, which browsers ignore in addresses.
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


def _one_per_node(pairs: Iterable[tuple[Node, str]]) -> Iterator[Problem]:
    """Yield one problem per node, because a piece of HTML is one node."""
    places: dict[int, tuple[Node, list[str]]] = {}
    for place, reason in pairs:
        places.setdefault(id(place), (place, []))[1].append(reason)
    for place, reasons in places.values():
        more = len(dict.fromkeys(reasons)) - 1
        yield at(place, reasons[0] + (f", and {more} more" if more else ""))


def _short(text: str) -> str:
    return repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")


@CHECKS.warning(
    "NF700",
    "Addresses in HTML are absolute.",
    why="In a reader, relative pictures are missing, and relative links lead nowhere or to the wrong page.",
    fix="write the complete address, or use xml:base in Atom",
    specification="W3C Feed Validation Service, ContainsRelRef; RFC 4287 §2",
)
def absolute_addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative addresses without a base."""
    return _one_per_node(
        (start.where, f"{name} {_short(address)} is relative")
        for start in _starts(document)
        if not start.has_base
        for name, address in _addresses(start, _REFERENCES)
        if is_relative(address) and (name, address) != ("src", "")
    )


@CHECKS.warning(
    "NF701",
    "HTML in a feed contains no scripts.",
    why="A script would run inside the reader, so readers remove it, and some drop the whole entry.",
    fix="remove the script, which belongs on the article's page",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_scripts(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that contain or fetch code."""
    return _one_per_node(_elements(document, CODE, "is code"))


@CHECKS.warning(
    "NF702",
    "HTML in a feed has no event handlers.",
    why="They are scripts in attributes; readers remove them, and distrust the feed.",
    fix="remove the attribute",
    specification="W3C Feed Validation Service, SecurityRiskAttr; RFC 4287 §8.1",
)
def no_handlers(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that contain code or whole documents."""
    return _one_per_node(
        (start.where, f"<{start.name}> has {name}")
        for start in _starts(document)
        for name, _ in start.attributes
        if name.startswith("on") or name in _HANDLERS
    )


@CHECKS.warning(
    "NF703",
    "No address in HTML contains code.",
    why="When people follow a javascript:, vbscript: or data: address, it runs inside the reader.",
    fix="link to a page, or remove the attribute",
    specification="RFC 4287 §8.1; HTML §2.4",
)
def no_code_in_addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find addresses that browsers run."""
    return _one_per_node(
        (start.where, f"{name} {_short(address)} isn't the address of a page or file")
        for start, name, address in _followed(document)
        if address.startswith(_CODE_SCHEMES) and not _is_picture(name, address)
    )


@CHECKS.note(
    "NF704",
    "Pictures, audio and video are separate files.",
    why="Many readers don't show data: addresses, and each makes the feed larger for everyone.",
    fix="put the file on a server, and write its address",
    specification="RFC 2397 §2",
)
def no_pictures_inside(document: ParsedDocument) -> Iterator[Problem]:
    """Find files that are embedded in the feed."""
    return _one_per_node(
        (start.where, f"{name} contains a file, in {len(address):,} characters")
        for start, name, address in _followed(document)
        if _is_picture(name, address)
    )


def _followed(document: ParsedDocument) -> Iterator[tuple[StartTag, str, str]]:
    """Visit the addresses in a document's HTML as browsers read them."""
    for start in _starts(document):
        for name, address in _addresses(start, _ADDRESSES):
            yield start, name, _UNSEEN.sub("", address).lower()


def _is_picture(name: str, address: str) -> bool:
    return name in _PICTURES and address.startswith(_INERT_DATA)


@CHECKS.warning(
    "NF705",
    "HTML in a feed contains no frames or embedded objects.",
    why="They load other sites' pages into the reader, so most readers remove them and leave a gap.",
    fix="link to what they show, or use audio, video or img",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_frames(document: ParsedDocument) -> Iterator[Problem]:
    """Find frames and objects."""
    return _one_per_node(_elements(document, FRAMES, "shows another page or program"))


@CHECKS.note(
    "NF706",
    "HTML in a feed contains no forms.",
    why="Readers remove or disable forms, because input could be sent anywhere.",
    fix="link to the page that has the form",
    specification="RFC 4287 §8.1; HTML §4.10",
)
def no_forms(document: ParsedDocument) -> Iterator[Problem]:
    """Find forms and their controls."""
    return _one_per_node(_elements(document, FORMS, "is part of a form"))


@CHECKS.warning(
    "NF707",
    "HTML in a feed is part of a page, without elements that belong to a whole page.",
    why="It is shown inside another page, and these elements would change that page's style and addresses.",
    fix="write only what belongs inside the page's body",
    specification="RFC 4287 §3.1.1.2; W3C Feed Validation Service, SecurityRisk",
)
def no_whole_page(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that belong to a page's head, or around it."""
    return _one_per_node(_elements(document, PAGE, "belongs to a whole page"))


@CHECKS.warning(
    "NF708",
    "HTML in a feed uses only elements that readers know.",
    why="Readers remove unknown elements, often together with their text.",
    fix="use an HTML element; for text direction, bdi with dir; for drawings, a picture",
    specification="W3C Feed Validation Service, NotHtml, SecurityRisk; HTML §4",
)
def known_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown and obsolete elements."""
    unknown = {start.name for start in _starts(document) if not start.is_drawn} - ELEMENTS
    return _one_per_node(_elements(document, unknown, "isn't an element that readers know"))


def _elements(document: ParsedDocument, names: Collection[str], problem: str) -> Iterator[tuple[Node, str]]:
    return (
        (start.where, f"<{start.name[:_MAX_SHOWN]}> {problem}")
        for start in _starts(document)
        if start.name in names and (not start.is_drawn or names is CODE)
    )


@CHECKS.warning(
    "NF709",
    "A style attribute changes only the look of its own text.",
    why="Styles could cover the reader's own buttons or fetch files, so readers remove them.",
    fix="remove the style attribute, or keep only colors, fonts, borders, margins and alignment in it",
    specification="W3C Feed Validation Service, DangerousStyleAttr",
)
def harmless_styles(document: ParsedDocument) -> Iterator[Problem]:
    """Find properties other than colors, fonts, borders and spacing, and values that fetch or run something."""
    return _one_per_node(
        (start.where, f"the style {_short(danger)} does more than format its text")
        for start in _starts(document)
        for name, value in start.attributes
        if name == "style" and (danger := danger_of(value)) is not None
    )


@CHECKS.warning(
    "NF710",
    "HTML elements are closed and correctly nested.",
    why="Otherwise a reader may show all the rest in bold, or as one link.",
    fix="close each element before the one around it",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1.2",
)
def closed_elements(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements that aren't closed, and end tags without a start tag."""
    return _one_per_node(
        (text.where, reason)
        for text in document.html
        if text.xhtml is None
        for reason in unclosed(text.markup)
    )


@CHECKS.warning(
    "NF711",
    "HTML is syntactically correct.",
    why="Readers repair errors differently, and some lose the rest of the text.",
    fix="write < and & as &lt; and &amp; in text, end tags with >, and comments with -->",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1",
)
def well_written(document: ParsedDocument) -> Iterator[Problem]:
    """Find unfinished tags and comments, stray characters, and invalid character references."""
    return _one_per_node(
        (text.where, reason)
        for text in document.html
        if text.xhtml is None
        for reason in syntax_errors(text.markup)
    )


@CHECKS.warning(
    "NF717",
    "HTML in a feed uses only the attributes of HTML.",
    why="Readers remove unknown attributes, and what they say is lost.",
    fix="remove the attribute; what people should read belongs in the text",
    specification="W3C Feed Validation Service, SecurityRiskAttr",
)
def known_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that aren't HTML; in XHTML, only event handlers are checked."""
    return _one_per_node(
        (start.where, f"<{start.name[:_MAX_SHOWN]}> has {name[:_MAX_SHOWN]}")
        for start in _starts(document)
        if not start.is_parsed and not start.is_drawn and start.name in ELEMENTS
        for name, _ in start.attributes
        if name not in ATTRIBUTES and name not in _HANDLERS and not name.startswith(_FREE)
    )
