"""The HTML that feeds carry: whether it is safe, whole, and holds everywhere.

Most of what stands here is what the W3C Feed Validation Service warns of. Nothing that `newsfeed.text.html` leaves in
an article breaks a rule.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from typing import Final, NamedTuple

from newsfeed.check.documents import ATOM, Document
from newsfeed.check.elements import Element
from newsfeed.check.html_grammar import slips, unclosed
from newsfeed.check.json_reading import JsonValue
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.text.html_allowed import TAGS
from newsfeed.text.html_links import is_relative, with_candidates
from newsfeed.text.html_tags import tags
from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken

__all__ = ["RULES"]

RULES = Rules("rss", "atom", "json")

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XHTML = "http://www.w3.org/1999/xhtml"
_TEXT_CONSTRUCTS = ("title", "subtitle", "summary", "content", "rights")
_MOST_SHOWN = 60

_CODE: Final = {"applet", "script"}
_FRAMES: Final = {"embed", "frame", "frameset", "iframe", "noframes", "object", "param"}
_FORMS: Final = set(
    [
        "button",
        "datalist",
        "fieldset",
        "form",
        "input",
        "label",
        "legend",
        "meter",
        "optgroup",
        "option",
        "output",
        "progress",
        "select",
        "textarea",
    ]
)
_PAGE: Final = {"base", "body", "head", "html", "link", "meta", "style", "title"}
_SHOWN: Final = TAGS | set(
    ["area", "canvas", "center", "dialog", "dir", "font", "map", "menu", "noscript", "search", "template"]
)
_HTML: Final = _CODE | _FRAMES | _FORMS | _PAGE | _SHOWN
_REFERENCES: Final = {"cite", "href", "poster", "src", "srcset"}
_ADDRESSES: Final = _REFERENCES | {"action", "background", "data", "formaction"}
_PICTURES: Final = {"poster", "src", "srcset"}
_INERT_DATA: Final = ("data:audio/", "data:image/", "data:video/")
_CODE_SCHEMES: Final = ("data:", "javascript:", "vbscript:")
#: White space and controls, which browsers pass over in addresses.
_UNSEEN: Final = re.compile(r"[\x00-\x20]+")

#: Properties that change the look of an element's own words.
_STYLES: Final = re.compile(
    r"background(-color)?|border(-(bottom|left|right|top))?(-(color|style|width))?|border-(collapse|spacing)|clear"
    r"|color|cursor|direction|display|float|font(-(family|size|style|variant|weight))?|height|letter-spacing"
    r"|line-height|list-style-type|(margin|padding)(-(bottom|left|right|top))?|overflow|text-(align|decoration|indent)"
    r"|unicode-bidi|vertical-align|white-space|width"
)
_ACTIVE_STYLE: Final = re.compile(r"url\s*\(|expression\s*\(|javascript:|[\\@<]|/\*", re.IGNORECASE)

_TWICE: Final = re.compile(
    r"&(amp|lt|gt|quot|apos|nbsp|[lr][ds]quo|[nm]dash|hellip|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});"
)
_LOST: Final = "\ufffd"

_Where = Element | JsonValue


class _Body(NamedTuple):
    """A piece of HTML in a feed: a text that is to be parsed, or XHTML that was."""

    place: _Where
    html: str
    parsed: Element | None = None
    has_base: bool = False


class _Start(NamedTuple):
    """A start tag of HTML, and where a fault of it is told."""

    place: _Where
    name: str
    attributes: list[tuple[str, str]]
    has_base: bool


def _bodies(document: Document) -> Iterator[_Body]:
    """Visit every piece of HTML in a document."""
    if document.json is not None:
        yield from (_Body(value, str(value.value)) for value in _in_items(document.json, "content_html"))
        return
    if document.kind == "rss":
        descriptions = [found for item in document.entries for found in item.all("description")]
        for element in [*descriptions, *document.named("encoded", _CONTENT)]:
            yield _Body(element, element.text)
        yield from (_Body(element, "", element) for element in document.named("body", _XHTML))
    for element in _constructs(document, _TEXT_CONSTRUCTS, {"html", "xhtml"}):
        has_base = element.inherited("base") is not None
        is_parsed = element.get("type") == "xhtml"
        yield _Body(element, "" if is_parsed else element.text, element if is_parsed else None, has_base)


def _constructs(document: Document, names: Iterable[str], types: Collection[str | None]) -> Iterator[Element]:
    """Visit Atom's texts of some names and types (RFC 4287 §3.1); None is a type that isn't given."""
    for name in names:
        for element in document.named(name, ATOM):
            if element.get("type") in types and element.get("src") is None:
                yield element


def _plain_texts(document: Document, names: Iterable[str]) -> Iterator[tuple[_Where, str]]:
    """Visit the texts of some names that the format calls plain."""
    if document.json is not None:
        found = [document.json.get("title"), *_in_items(document.json, "title")]
        yield from (
            (value, str(value.value)) for value in found if value is not None and value.type == "string"
        )
        return
    for name in names:
        yield from ((element, element.text) for element in document.named(name))
    yield from ((element, element.text) for element in _constructs(document, names, {None, "text"}))


def _in_items(feed: JsonValue, name: str) -> Iterator[JsonValue]:
    """Visit the strings of one name in a JSON feed's items."""
    items = feed.get("items")
    for item in items.items if items is not None else ():
        value = item.get(name)
        if value is not None and value.type == "string":
            yield value


def _starts(document: Document) -> Iterator[_Start]:
    """Visit every start tag of a document's HTML."""
    for body in _bodies(document):
        if body.parsed is None:
            for tag in tags(body.html):
                if tag.name and not tag.closes:
                    pairs = [(attribute.name, attribute.value) for attribute in tag.attributes]
                    yield _Start(body.place, tag.name, pairs, body.has_base)
        else:
            for element in body.parsed.walk():
                if element.space == _XHTML:
                    has_base = element.inherited("base") is not None
                    yield _Start(element, element.name, list(element.attributes.items()), has_base)


def _candidates(srcset: str) -> list[str]:
    found: list[str] = []

    def keep(address: str) -> str:
        found.append(address)
        return address

    with_candidates(srcset, keep)
    return found


def _addresses(start: _Start, names: set[str]) -> Iterator[tuple[str, str]]:
    """Visit the addresses in some attributes of a tag."""
    for name, value in start.attributes:
        if name in names:
            addresses = _candidates(value) if name == "srcset" else [value]
            yield from ((name, address) for address in addresses)


def _told(pairs: Iterable[tuple[_Where, str]]) -> Iterator[Fault]:
    """Make one fault of all that is wrong at a place, for a body of HTML is one place."""
    places: dict[int, tuple[_Where, list[str]]] = {}
    for place, reason in pairs:
        places.setdefault(id(place), (place, []))[1].append(reason)
    for place, reasons in places.values():
        more = len(dict.fromkeys(reasons)) - 1
        yield at(place, reasons[0] + (f", and {more} more" if more else ""))


def _short(text: str) -> str:
    return repr(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…")


@RULES.warning(
    "NF700",
    "Addresses in HTML are absolute.",
    why="A feed isn't the article's page: pictures stay away and links lead nowhere, or somewhere else.",
    mend="write the whole address, or, in Atom, say with xml:base what it is relative to",
    specification="W3C Feed Validation Service, ContainsRelRef; RFC 4287 §2",
)
def absolute_addresses(document: Document) -> Iterator[Fault]:
    """Find relative addresses that nothing makes absolute."""
    return _told(
        (start.place, f"{name} {_short(address)} is relative")
        for start in _starts(document)
        if not start.has_base
        for name, address in _addresses(start, _REFERENCES)
        if is_relative(address)
    )


@RULES.warning(
    "NF701",
    "HTML in a feed holds no script.",
    why="It would run in the reader's own program, so readers cut it out, and some drop the whole entry.",
    mend="take the script out; its work is for the page",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_scripts(document: Document) -> Iterator[Fault]:
    """Find elements that hold or fetch code."""
    return _told(_elements(document, _CODE, "is code"))


@RULES.warning(
    "NF702",
    "HTML in a feed has no event handlers.",
    why="They are scripts in an attribute; readers cut them out, and distrust the feed.",
    mend="take the attribute out",
    specification="W3C Feed Validation Service, SecurityRiskAttr; RFC 4287 §8.1",
)
def no_handlers(document: Document) -> Iterator[Fault]:
    """Find attributes that hold code or whole documents."""
    return _told(
        (start.place, f"<{start.name}> has {name}")
        for start in _starts(document)
        for name, _ in start.attributes
        if name.startswith("on") or name in {"formaction", "srcdoc"}
    )


@RULES.warning(
    "NF703",
    "No address in HTML is a program.",
    why="javascript:, vbscript: and data: addresses run in the reader's own program once they are followed.",
    mend="link to a page, or take the attribute out",
    specification="RFC 4287 §8.1; HTML §2.4",
)
def no_code_in_addresses(document: Document) -> Iterator[Fault]:
    """Find addresses that browsers run."""
    return _told(
        (start.place, f"{name} {_short(address)} is no address of a page or a file")
        for start, name, address in _followed(document)
        if address.startswith(_CODE_SCHEMES) and not _is_picture(name, address)
    )


@RULES.note(
    "NF704",
    "Pictures, sound and films are files of their own.",
    why="Many readers don't show data: addresses, and each makes the feed longer for everyone.",
    mend="put the file on a server and write its address",
    specification="RFC 2397 §2",
)
def no_pictures_inside(document: Document) -> Iterator[Fault]:
    """Find pictures that are written into the feed."""
    return _told(
        (start.place, f"{name} holds a file of {len(address):,} letters")
        for start, name, address in _followed(document)
        if _is_picture(name, address)
    )


def _followed(document: Document) -> Iterator[tuple[_Start, str, str]]:
    """Visit the addresses of a document's HTML as browsers read them."""
    for start in _starts(document):
        for name, address in _addresses(start, _ADDRESSES):
            yield start, name, _UNSEEN.sub("", address).lower()


def _is_picture(name: str, address: str) -> bool:
    return name in _PICTURES and address.startswith(_INERT_DATA)


@RULES.warning(
    "NF705",
    "HTML in a feed has no frames and no embedded objects.",
    why="They bring other people's pages into the reader, so most readers cut them out and leave a gap.",
    mend="link to what they show, or use audio, video or img",
    specification="W3C Feed Validation Service, SecurityRisk; RFC 4287 §8.1",
)
def no_frames(document: Document) -> Iterator[Fault]:
    """Find frames and objects."""
    return _told(_elements(document, _FRAMES, "shows another page or program"))


@RULES.note(
    "NF706",
    "HTML in a feed has no forms.",
    why="Readers cut forms out or show them dead, and careful ones don't let words be sent anywhere.",
    mend="link to the page that has the form",
    specification="RFC 4287 §8.1; HTML §4.10",
)
def no_forms(document: Document) -> Iterator[Fault]:
    """Find forms and their controls."""
    return _told(_elements(document, _FORMS, "is a part of a form"))


@RULES.warning(
    "NF707",
    "HTML in a feed is a part of a page, without what only a whole page has.",
    why="It is shown inside another page, whose look and addresses these elements would change.",
    mend="write only what stands inside the page's body",
    specification="RFC 4287 §3.1.1.2; W3C Feed Validation Service, SecurityRisk",
)
def no_whole_page(document: Document) -> Iterator[Fault]:
    """Find what belongs into a page's head, or around it."""
    return _told(_elements(document, _PAGE, "belongs to a whole page"))


@RULES.warning(
    "NF708",
    "The elements of HTML in a feed are those that readers know.",
    why="Readers cut out what they don't know, often with the words in it.",
    mend="use an element of HTML; for turned text, dir on bdi; for drawings, a picture",
    specification="W3C Feed Validation Service, NotHtml, SecurityRisk; HTML §4",
)
def known_elements(document: Document) -> Iterator[Fault]:
    """Find elements that HTML doesn't have, or had once."""
    unknown = {start.name for start in _starts(document)} - _HTML
    return _told(_elements(document, unknown, "is no element that readers know")) if unknown else iter(())


def _elements(document: Document, names: set[str], fault: str) -> Iterator[tuple[_Where, str]]:
    return (
        (start.place, f"<{start.name[:_MOST_SHOWN]}> {fault}")
        for start in _starts(document)
        if start.name in names
    )


@RULES.warning(
    "NF709",
    "A style attribute changes nothing but the look of its own words.",
    why="Styles can cover the reader's own buttons or fetch files, so readers cut them out.",
    mend="take the style attribute out; readers have a look of their own",
    specification="W3C Feed Validation Service, DangerousStyleAttr",
)
def harmless_styles(document: Document) -> Iterator[Fault]:
    """Find properties beyond colours, fonts, borders and distances, and values that fetch or run something."""
    return _told(
        (start.place, f"the style {_short(danger)} reaches further")
        for start in _starts(document)
        for name, value in start.attributes
        if name == "style" and (danger := _danger(value)) is not None
    )


def _danger(style: str) -> str | None:
    """Give the part of a style that is dangerous; None if nothing is."""
    if _ACTIVE_STYLE.search(style):
        return style
    properties = (part.partition(":")[0].strip().lower() for part in style.split(";") if part.strip())
    return next((name for name in properties if not _STYLES.fullmatch(name)), None)


@RULES.warning(
    "NF710",
    "Every element of HTML is closed, in the order in which it was opened.",
    why="Open markup spills over: a reader may show all that follows in bold, or as one link.",
    mend="close each element before the one around it",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1.2",
)
def closed_elements(document: Document) -> Iterator[Fault]:
    """Find elements that aren't closed, and end tags of nothing."""
    return _told(
        (body.place, reason)
        for body in _bodies(document)
        if body.parsed is None
        for reason in unclosed(body.html)
    )


@RULES.warning(
    "NF711",
    "HTML is written as HTML's grammar asks.",
    why="Each reader guesses differently what was meant; some lose the rest of the text.",
    mend="write < and & as &lt; and &amp; in text, end tags with >, and comments with -->",
    specification="W3C Feed Validation Service, NotHtml; HTML §13.1",
)
def well_written(document: Document) -> Iterator[Fault]:
    """Find tags and comments that break off, stray signs, and references to characters that there aren't."""
    return _told(
        (body.place, reason)
        for body in _bodies(document)
        if body.parsed is None
        for reason in slips(body.html)
    )


@RULES.note(
    "NF712",
    "A title is plain text.",
    why="Some readers show the tags as they stand, others take them for markup.",
    mend="leave the markup out; if the title really speaks of it, let it stand",
    specification="RSS Best Practices Profile, title; RFC 4287 §3.1.1.1; JSON Feed 1.1, title",
)
def plain_titles(document: Document) -> Iterator[Fault]:
    """Find tags of HTML in titles and other short texts that are plain."""
    for place, text in _plain_texts(document, ("title", "subtitle", "rights", "category")):
        yield from _markup(place, text)


@RULES.warning(
    "NF713",
    "Atom's text that holds HTML says so.",
    why='Without type="html" readers show the tags themselves.',
    mend='write type="html", or leave the markup out',
    specification="RFC 4287 §3.1.1; W3C Feed Validation Service, ContainsUndeclaredHTML",
)
def declared_html(document: Document) -> Iterator[Fault]:
    """Find tags of HTML in summaries and contents that are called plain."""
    for element in _constructs(document, ("summary", "content"), {None, "text"}):
        yield from _markup(element, element.text)


def _markup(place: _Where, text: str) -> Iterator[Fault]:
    found = next((tag for tag in tags(text) if tag.name in _HTML), None) if "<" in text else None
    if found is not None:
        yield at(place, f"it holds {_short(text[found.start : found.end])}")


@RULES.warning(
    "NF714",
    "The characters of a title are written once.",
    why="Readers show &amp; where & was meant.",
    mend="write the title's own characters, and let an XML or JSON library do the rest",
    specification="RSS Best Practices Profile, title; RFC 4287 §3.1.1",
)
def written_once(document: Document) -> Iterator[Fault]:
    """Find references to characters in what is left once all were read."""
    html_titles = (
        (element, unescape(element.text)) for element in _constructs(document, ("title",), {"html"})
    )
    for place, text in [*_plain_texts(document, ("title",)), *html_titles]:
        if found := _TWICE.search(text):
            yield at(place, f"it says {found[0]}")


@RULES.warning(
    "NF715",
    "A feed holds no characters that can't be shown.",
    why="Readers show a box in their place, or nothing; some stop reading.",
    mend="take them out, or write what was meant: often a quotation mark or a dash in a wrong encoding",
    specification="XML 1.0 §2.2; W3C Feed Validation Service, BadCharacters",
)
def shown_characters(document: Document) -> Iterator[Fault]:
    """Find controls, and what is no character of Unicode."""
    for place, text in _all_texts(document):
        if names := names_of_forbidden(text) or names_of_mistaken(text):
            yield at(place, f"it holds {names}")


@RULES.note(
    "NF716",
    "No character was lost.",
    why="U+FFFD stands where a program couldn't read what was there.",
    mend="look the text up at its source and read it in its own encoding",
    specification="Unicode §23.8; W3C Feed Validation Service, BadCharacters",
)
def no_lost_characters(document: Document) -> Iterator[Fault]:
    """Find U+FFFD."""
    for place, text in _all_texts(document):
        if _LOST in text:
            yield at(place, "it holds U+FFFD")


def _all_texts(document: Document) -> Iterator[tuple[_Where, str]]:
    """Visit every text of a document, attributes with those of their element."""
    if document.json is None:
        for element in document.elements:
            yield element, " ".join([element.text, *element.attributes.values()])
        return
    waiting = [document.json]
    while waiting:
        value = waiting.pop()
        if value.type == "string":
            yield value, str(value.value)
        waiting.extend(reversed([*value.members.values(), *value.items]))
