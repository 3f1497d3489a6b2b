"""Which vocabularies feeds may borrow from, under which prefix, and where their elements stand."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.namespaces import KNOWN, OLDER, ONCE, PLACES, PREFIXES, near_miss, prefixed
from newsfeed.check.values import suggestion

__all__ = ["CHECKS", "IN_ATOM", "IN_RSS"]

CHECKS = CheckGroup("rss", "atom")

_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNDER_FEED, _UNDER_ITEM = {"channel", "feed"}, {"item", "entry"}
#: Vocabularies whose elements hold text and have no attributes.
_PLAIN = {"content", "creativeCommons", "dc", "slash", "sy", "trackback", "wfw"}
#: Attributes of other vocabularies that stand on elements of RSS and Atom.
_LENT = {
    ("author", "rdf:parseType"),
    ("channel", "indexing:index"),
    ("entry", "rdf:parseType"),
    ("feed", "indexing:index"),
    ("image", "rdf:about"),
    ("image", "rdf:parseType"),
    ("image", "rdf:resource"),
    ("link", "rdf:resource"),
    ("link", "rdf:type"),
    ("link", "thr:count"),
    ("link", "thr:updated"),
    ("link", "thr:when"),
}
#: Atom's own elements that say something in RSS, in a channel and in an item.
_ATOM_IN_RSS = {
    "channel": frozenset({"author", "category", "contributor", "generator", "icon", "id", "link", "logo"})
    | {"rights", "subtitle", "title", "updated"},
    "item": frozenset({"author", "content", "contributor", "id", "link", "published", "summary", "title"})
    | {"updated"},
}
_ATOM_ONCE = set("generator icon id logo published rights subtitle summary title updated".split())  # noqa: SIM905
#: Elements of XHTML that may stand straight in a feed or an item.
_XHTML_HERE = {"channel": {"div", "meta"}, "entry": set[str](), "feed": {"div", "meta"}, "item": {"body"}}


@CHECKS.error(
    "NF265",
    "An element of a known vocabulary stands where that vocabulary puts it.",
    why="Readers look for it there and nowhere else.",
    fix="move it into the feed, or into an item or entry; fix its name",
    specification="the vocabulary's own; W3C Feed Validation Service, UndefinedElement",
)
def known_places(document: ParsedDocument) -> Iterator[Problem]:
    """Find names that a vocabulary doesn't have here."""
    for element in document.elements:
        parent, prefix = element.parent, PREFIXES.get(element.space, "")
        if parent is None or parent.name not in _UNDER_FEED | _UNDER_ITEM or parent.space not in {"", ATOM}:
            continue
        if prefix == "media" and element.name in {"content", "group"} and parent.name in _UNDER_FEED:
            yield at(element, f"{parent.name} has no {element.shown} here")
        if prefix not in PLACES:
            continue
        places = PLACES[prefix]
        allowed = places.feed if parent.name in _UNDER_FEED else places.item
        # Dublin Core may be qualified, as in dc:date.created
        name = element.name.partition(".")[0] if prefix == "dc" else element.name
        if name not in allowed:
            elsewhere = name in places.feed | places.item
            near = " here" if elsewhere else suggestion(element.name, allowed)
            yield at(element, f"{parent.name} has no {element.shown}{near}")


@CHECKS.error(
    "NF266",
    "An element of another vocabulary that says one thing stands once.",
    why="Some readers take the first, some the last.",
    fix="leave one of them",
    specification="Dublin Core; RDF Site Summary 1.0 Modules; Best Practices Profile, content:encoded",
)
def once(document: ParsedDocument) -> Iterator[Problem]:
    """Find the second of what may stand once."""
    for parent in document.elements:
        seen: set[str] = set()
        for element in parent:
            name = prefixed(element)
            if name in seen:
                yield at(element, f"there is another {element.shown} before")
            elif _stands_once(element, name, parent):
                seen.add(name)


def _stands_once(element: Element, name: str, parent: Element) -> bool:
    if element.space == ATOM:
        return parent.space == "" and element.name in _ATOM_ONCE
    return name in ONCE and (name, parent.name) != ("dc:date", "item")


@CHECKS.warning(
    "NF267",
    "A well-known prefix stands for its well-known namespace, written to the letter.",
    why="Many readers look for the prefix, others for the address; a slash too few and the element is lost.",
    fix="declare the prefix with the address that everybody uses",
    specification="Namespaces in XML 1.0 §2.1; Best Practices Profile, Namespace elements",
)
def usual_namespaces(document: ParsedDocument) -> Iterator[Problem]:
    """Find a known prefix for another address, and a known address that is spelt otherwise or was replaced."""
    if document.xml is None:
        return
    usual = {prefix: space for space, prefix in PREFIXES.items()}
    plain = {near_miss(space): space for space in PREFIXES}
    for prefix, space, line, column in document.xml.namespaces:
        meant = OLDER.get(space)
        if space not in KNOWN:
            meant = usual.get(prefix) or plain.get(near_miss(space))
        elif PREFIXES.get(space, prefix) != prefix:
            meant = usual.get(prefix)
        if meant is not None:
            shown = f"xmlns:{prefix}" if prefix else "xmlns"
            yield Problem(line, column, shown, f"{shown} is {space!r}; everybody writes {meant!r}")


@CHECKS.note(
    "NF268",
    "A well-known namespace has its well-known prefix.",
    why="Readers that look for the prefix, against the rules, find nothing.",
    fix="use the prefix that everybody uses",
    specification="Namespaces in XML 1.0 §2.1",
)
def usual_prefixes(document: ParsedDocument) -> Iterator[Problem]:
    """Find a known address with another prefix, unless that one is known as well."""
    if document.xml is None:
        return
    others = set(PREFIXES.values())
    for prefix, space, line, column in document.xml.namespaces:
        meant = PREFIXES.get(space)
        if prefix and meant is not None and prefix not in others:
            yield Problem(line, column, f"xmlns:{prefix}", f"{space} has the prefix {prefix}, not {meant}")


@CHECKS.error(
    "NF269",
    "An element inside one of another vocabulary has a namespace, and every namespace is an address.",
    why="Without one it is nobody's element, and readers pass over it.",
    fix="give it the prefix of the element around it; write the namespace without spaces",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, NotInANamespace",
)
def inner_namespaces(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements without a namespace inside others that have one, and namespaces with spaces."""
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if len(space.split()) > 1:
            yield Problem(line, column, f"xmlns:{prefix}", f"the namespace {space!r} holds a space")
    for element in document.elements:
        parent = element.parent
        if element.space or parent is None or parent.space in {"", ATOM}:
            continue
        # FeedSync keeps whole items inside its conflicts
        if parent.name != "conflicts":
            yield at(element, f"{element.name} stands in no namespace")


@CHECKS.warning(
    "NF273",
    "An element has the attributes that its vocabulary gives it, and none of another.",
    why="Readers pass over such an attribute; in RSS, only elements extend the format.",
    fix="take the attribute out, or write an element in its place",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, UnexpectedAttribute, UseOfExtensionAttr",
)
def lent_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find foreign attributes on a format's own elements, and any on elements that hold text."""
    for element in document.elements:
        is_own = element.space == ("" if document.kind == "rss" else ATOM)
        is_plain = PREFIXES.get(element.space) in _PLAIN and not list(element)
        for name in element.attributes:
            space, _, local = name.removeprefix("{").rpartition("}")
            if not space:
                if is_plain:
                    yield at(element, f"{element.shown} has no attribute {local}")
            elif is_own and space != _XML and _is_strange(document, element, space, local):
                yield at(element, f"{element.shown} has no attribute {local} of {space}")


def _is_strange(document: ParsedDocument, element: Element, space: str, name: str) -> bool:
    prefix = PREFIXES.get(space)
    if prefix is None:
        return document.kind == "rss"
    return (element.name, f"{prefix}:{name}") not in _LENT


@CHECKS.warning(
    "NF277",
    "XHTML stands inside content.",
    why="Straight in a feed or an item it is shown nowhere.",
    fix="put it into the content or the description",
    specification="RFC 4287 §3.1.1.3; W3C Feed Validation Service, MisplacedXHTMLContent",
)
def xhtml_inside(document: ParsedDocument) -> Iterator[Problem]:
    """Find XHTML straight in a feed, an item or an entry."""
    for element in document.elements:
        parent = element.parent
        if element.space == _XHTML and parent is not None and parent.space in {"", ATOM}:
            here = _XHTML_HERE.get(parent.name)
            if here is not None and element.name not in here:
                yield at(element, f"{element.shown} stands straight in {parent.name}")


IN_RSS = CheckGroup("rss")


@IN_RSS.warning(
    "NF278",
    "Elements of Atom in RSS are those that say something there.",
    why="Readers look for a few of them only; RSS has elements of its own for the others.",
    fix="use the element of RSS, such as category or copyright",
    specification="Best Practices Profile, Namespace elements; W3C Feed Validation Service, QuestionableUsage",
)
def atom_in_rss(document: ParsedDocument) -> Iterator[Problem]:
    """Find Atom's other elements in channels and items."""
    for element in document.elements:
        parent = element.parent
        if element.space != ATOM or parent is None or parent.space:
            continue
        if (allowed := _ATOM_IN_RSS.get(parent.name)) is not None and element.name not in allowed:
            yield at(element, f"{element.shown} says nothing in {parent.name}")


def _unknown(document: ParsedDocument) -> Iterator[Problem]:
    """Find namespaces that are unknown here, where each is declared first."""
    seen = set(KNOWN)
    known = {near_miss(space) for space in PREFIXES}
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if space not in seen and near_miss(space) not in known:
            seen.add(space)
            yield Problem(line, column, f"xmlns:{prefix}" if prefix else "xmlns", f"few readers know {space}")


IN_RSS.warning(
    "NF361",
    "Elements of an RSS feed come from vocabularies that readers know.",
    why="Readers pass over the others, and a known one that is misspelt is lost with them.",
    fix="look whether the namespace is written as everybody writes it; --ignore NF361 if it is meant",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, UnknownNamespace",
)(_unknown)

IN_ATOM = CheckGroup("atom")
IN_ATOM.warning(
    "NF360",
    "Elements come from vocabularies that readers know.",
    why="Readers pass over the others, and a known one that is misspelt is lost with them.",
    fix="look whether the namespace is written as everybody writes it; --ignore NF360 if it is meant",
    specification="RFC 4287 §6; W3C Feed Validation Service, UnknownNamespace",
)(_unknown)


@IN_ATOM.warning(
    "NF362",
    "Atom is the default namespace, and XHTML is declared on its div.",
    why="Some readers look for feed and entry without a prefix, and show XHTML with one as it stands.",
    fix='write xmlns="http://www.w3.org/2005/Atom" on the feed, and xmlns="http://www.w3.org/1999/xhtml" on the div',
    specification="W3C Feed Validation Service, AvoidNamespacePrefix",
)
def no_prefix(document: ParsedDocument) -> Iterator[Problem]:
    """Find a prefix for Atom or XHTML."""
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if prefix and space in {ATOM, _XHTML}:
            yield Problem(line, column, f"xmlns:{prefix}", f"{space} has the prefix {prefix}")
