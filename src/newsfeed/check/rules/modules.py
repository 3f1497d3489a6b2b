"""Elements that other vocabularies lend to feeds: Dublin Core, content, syndication, slash; and their namespaces."""

from collections.abc import Iterator

from newsfeed.check.dates import w3cdtf_fault
from newsfeed.check.documents import Document
from newsfeed.check.elements import Element
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.check.values import integer_fault, language_fault
from newsfeed.text.nearest import did_you_mean

__all__ = ["RULES"]

RULES = Rules("rss", "atom")

_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"
#: The prefix that each namespace has everywhere.
_PREFIXES = {
    _DC: "dc",
    _DCTERMS: "dcterms",
    _CONTENT: "content",
    _SYNDICATION: "sy",
    _SLASH: "slash",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/2005/Atom": "atom",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.georss.org/georss": "georss",
}
_DC_ELEMENTS = {
    "contributor",
    "coverage",
    "creator",
    "date",
    "description",
    "format",
    "identifier",
    "language",
    "publisher",
    "relation",
    "rights",
    "source",
    "subject",
    "title",
    "type",
}
_ELEMENTS = {
    _DC: _DC_ELEMENTS,
    _CONTENT: {"encoded", "items"},
    _SYNDICATION: {"updateBase", "updateFrequency", "updatePeriod"},
    _SLASH: {"comments", "department", "hit_parade", "section"},
}
_DATES = (
    {(_DC, "date")}
    | {(_DCTERMS, name) for name in ("created", "issued", "modified", "dateAccepted", "dateSubmitted")}
    | {(_SYNDICATION, "updateBase")}
)
_PERIODS = {"hourly", "daily", "weekly", "monthly", "yearly"}
#: Once in its parent; readers take the first or the last.
_ONCE = {*_DATES, (_DC, "language"), (_CONTENT, "encoded"), (_SYNDICATION, "updatePeriod")} | {
    (_SYNDICATION, "updateFrequency")
}
#: The element of RSS that says the same, in a channel and in an item.
_TWINS = {
    "channel": {
        (_DC, "creator"): "managingEditor",
        (_DC, "date"): "pubDate",
        (_DC, "language"): "language",
        (_DC, "publisher"): "webMaster",
        (_DC, "rights"): "copyright",
        (_DCTERMS, "modified"): "lastBuildDate",
    },
    "item": {
        (_DC, "creator"): "author",
        (_DC, "date"): "pubDate",
        (_DC, "source"): "source",
        (_DC, "subject"): "category",
    },
}


def _key(element: Element) -> tuple[str, str]:
    return element.space, element.name


@RULES.warning(
    "NF260",
    "Nothing is said twice, once in RSS and once in another vocabulary.",
    why="Readers show both, or whichever they find first.",
    mend="leave one of the two; dc:creator rather than author, pubDate rather than dc:date",
    specification="Best Practices Profile, Namespace elements",
)
def said_once(document: Document) -> Iterator[Fault]:
    """Find a foreign element beside its twin in RSS."""
    if document.kind != "rss":
        return
    for element in document.elements:
        parent = element.parent
        if parent is None or parent.space:
            continue
        twin = _TWINS.get(parent.name, {}).get(_key(element))
        if twin is not None and parent.find(twin) is not None:
            yield at(element, f"{element.shown} says what {twin} says")


@RULES.error(
    "NF261",
    "Dates of Dublin Core and of syndication are those of the W3C's note.",
    why="Other dates are read wrongly, or not at all.",
    mend="write it as in 2002-09-07T00:00:01Z",
    specification="W3C NOTE-datetime; RDF Site Summary 1.0 Modules",
)
def dates(document: Document) -> Iterator[Fault]:
    """Find dates of another form."""
    for element in document.elements:
        if _key(element) in _DATES and (fault := w3cdtf_fault(element.text.strip())):
            yield at(element, fault)


@RULES.error(
    "NF262",
    "dc:language is a code such as en or en-us.",
    why="Readers choose fonts, direction and dictionaries by it.",
    mend="write the code of the language",
    specification="Dublin Core, language; RFC 5646",
)
def language(document: Document) -> Iterator[Fault]:
    """Find languages that aren't codes."""
    for element in document.named("language", _DC):
        if fault := language_fault(element.text.strip()):
            yield at(element, fault)


@RULES.error(
    "NF263",
    "sy:updatePeriod is hourly, daily, weekly, monthly or yearly.",
    why="Readers that don't know the word ask as often as they like.",
    mend="write one of the five, in small letters",
    specification="RDF Site Summary 1.0 Modules: Syndication",
)
def update_period(document: Document) -> Iterator[Fault]:
    """Find other words."""
    for element in document.named("updatePeriod", _SYNDICATION):
        text = element.text.strip()
        if text not in _PERIODS:
            yield at(element, f"{text!r} is no period")


@RULES.error(
    "NF264",
    "sy:updateFrequency is a number above 0, slash:comments a number from 0.",
    why="Readers count with them.",
    mend="write a whole number",
    specification="RDF Site Summary 1.0 Modules: Syndication, Slash",
)
def numbers(document: Document) -> Iterator[Fault]:
    """Find what isn't such a number."""
    for space, name, least in ((_SYNDICATION, "updateFrequency", 1), (_SLASH, "comments", 0)):
        for element in document.named(name, space):
            text = element.text.strip()
            if fault := integer_fault(text):
                yield at(element, fault)
            elif int(text) < least:
                yield at(element, f"{text} is less than {least}")


@RULES.error(
    "NF265",
    "An element in a known namespace is one that the namespace has.",
    why="A reader ignores an element that it doesn't know.",
    mend="mend the name, or take the element out",
    specification="Dublin Core; RDF Site Summary 1.0 Modules",
)
def known_elements(document: Document) -> Iterator[Fault]:
    """Find names that the namespace doesn't have."""
    for element in document.elements:
        known = _ELEMENTS.get(element.space)
        # Dublin Core may be qualified, as in dc:date.created
        if known is not None and element.name.partition(".")[0] not in known:
            yield at(element, f"there is no {element.shown}{did_you_mean(element.name, sorted(known))}")


@RULES.error(
    "NF266",
    "An element of another vocabulary that says one thing stands once.",
    why="Some readers take the first, some the last.",
    mend="leave one of them",
    specification="RDF Site Summary 1.0 Modules; Best Practices Profile, content:encoded",
)
def once(document: Document) -> Iterator[Fault]:
    """Find the second of what may stand once."""
    for element in document.elements:
        if _key(element) in _ONCE and element.parent is not None:
            twins = element.parent.all(element.name, element.space)
            if element is not twins[0]:
                yield at(element, f"this is {element.shown} number {twins.index(element) + 1}")


@RULES.warning(
    "NF267",
    "A well-known prefix stands for its well-known namespace, written to the letter.",
    why="Many readers look for the prefix, others for the address; a slash too few and the element is lost.",
    mend="declare the prefix with the address that everybody uses",
    specification="Namespaces in XML 1.0 §2.1; Best Practices Profile, Namespace elements",
)
def usual_namespaces(document: Document) -> Iterator[Fault]:
    """Find a known prefix for another address, and a known address that is spelt otherwise."""
    if document.xml is None:
        return
    usual = {prefix: space for space, prefix in _PREFIXES.items()}
    plain = {_plain(space): space for space in _PREFIXES}
    for prefix, space, line, column in document.xml.namespaces:
        if space in _PREFIXES or not space:
            continue
        meant = usual.get(prefix) or plain.get(_plain(space))
        if meant is not None:
            shown = f"xmlns:{prefix}" if prefix else "xmlns"
            yield Fault(line, column, shown, f"{shown} is {space!r}; everybody writes {meant!r}")


def _plain(space: str) -> str:
    """Take from a namespace what people get wrong: scheme, case, the slash at its end."""
    return space.lower().removeprefix("https://").removeprefix("http://").rstrip("/#")


@RULES.warning(
    "NF268",
    "A well-known namespace has its well-known prefix.",
    why="Readers that look for the prefix, against the rules, find nothing.",
    mend="use the prefix that everybody uses",
    specification="Namespaces in XML 1.0 §2.1",
)
def usual_prefixes(document: Document) -> Iterator[Fault]:
    """Find a known address with another prefix."""
    if document.xml is None:
        return
    for prefix, space, line, column in document.xml.namespaces:
        meant = _PREFIXES.get(space)
        if prefix and meant is not None and prefix not in {meant, "a10" if meant == "atom" else meant}:
            yield Fault(line, column, f"xmlns:{prefix}", f"{space} has the prefix {prefix}, not {meant}")
