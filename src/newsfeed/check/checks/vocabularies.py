"""The vocabularies that feeds may use, their prefixes, and the places of their elements."""

from collections.abc import Iterator
from dataclasses import replace

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.grammars.vocabularies import VOCABULARIES
from newsfeed.check.namespaces import KNOWN, OLDER, PREFIXES, SMARTFORMAT, near_miss

__all__ = ["CHECKS", "IN_ATOM", "IN_RSS"]

CHECKS = CheckGroup("rss", "atom")

_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
#: Attributes of other vocabularies that elements of RSS and Atom may have.
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
#: The usual namespace of each prefix, and of each namespace as it may be misspelled.
_USUAL = {prefix: space for space, prefix in PREFIXES.items()}
_PLAIN = {near_miss(space): space for space in PREFIXES}
_KNOWN = {near_miss(space) for space in KNOWN}
#: Elements of XHTML that are allowed directly in a feed or an item.
_XHTML_HERE = {"channel": {"div", "meta"}, "entry": set[str](), "feed": {"div", "meta"}, "item": {"body"}}


CHECKS.error(
    "NF265",
    "Elements of known vocabularies are in the right places.",
    why="Readers look for them only there.",
    fix="correct the name, or leave out the element",
    specification="the vocabulary's own; W3C Feed Validation Service, UndefinedElement",
)
CHECKS.error(
    "NF266",
    "An element of another vocabulary that can occur only once isn't repeated.",
    why="Some readers use the first, others the last.",
    fix="keep only one of them",
    specification="Dublin Core; RDF Site Summary 1.0 Modules; Best Practices Profile, content:encoded",
)


CHECKS.error(
    "NF258",
    "Elements of other vocabularies have only the attributes that these define.",
    why="Readers ignore other attributes, and what they say is lost.",
    fix="correct the name, or remove the attribute",
    specification="the vocabulary's own; W3C Feed Validation Service, UnexpectedAttribute",
)


@CHECKS.warning(
    "NF267",
    "A well-known prefix has its well-known namespace, exactly as specified.",
    why="Some readers look for the prefix, others for the address; with a missing slash, they ignore the element.",
    fix="declare the prefix with the usual address",
    specification="Namespaces in XML 1.0 §2.1; Best Practices Profile, Namespace elements",
)
def usual_namespaces(document: ParsedDocument) -> Iterator[Problem]:
    """Find known prefixes with other addresses, and misspelled and replaced addresses."""
    if document.xml is None:
        return
    for prefix, space, line, column in document.xml.namespaces:
        meant = _meant(prefix, space)
        if meant is not None:
            shown = f"xmlns:{prefix}" if prefix else "xmlns"
            yield Problem(line, column, shown, f"{shown} is {space!r}; the usual address is {meant!r}")


def _meant(prefix: str, space: str) -> str | None:
    """Return the namespace that a declaration should have; None if it is right, or unknown."""
    if space in OLDER:
        return OLDER[space]
    if space not in KNOWN:
        return _USUAL.get(prefix) or _PLAIN.get(near_miss(space))
    return _USUAL.get(prefix) if PREFIXES.get(space, prefix) != prefix else None


@CHECKS.note(
    "NF268",
    "A well-known namespace has its well-known prefix.",
    why="Some readers look for the prefix, although they shouldn't.",
    fix="use the usual prefix",
    specification="Namespaces in XML 1.0 §2.1",
)
def usual_prefixes(document: ParsedDocument) -> Iterator[Problem]:
    """Find known addresses with other prefixes that aren't well-known either."""
    if document.xml is None:
        return
    others = set(PREFIXES.values())
    for prefix, space, line, column in document.xml.namespaces:
        meant = PREFIXES.get(space)
        is_usual = meant is not None and prefix.lower() == meant.removesuffix("10")
        if prefix and meant is not None and prefix not in others and not is_usual:
            yield Problem(line, column, f"xmlns:{prefix}", f"{space} has the prefix {prefix}, not {meant}")


@CHECKS.error(
    "NF269",
    "Elements inside another vocabulary's element have a namespace, and namespaces contain no spaces.",
    why="Readers ignore elements without a namespace there.",
    fix="add the prefix of the surrounding element; write the namespace without spaces",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, NotInANamespace",
)
def inner_namespaces(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements without a namespace inside elements with one, and namespaces with spaces."""
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if len(space.split()) > 1:
            yield Problem(line, column, f"xmlns:{prefix}", f"the namespace {space!r} contains a space")
    for element in document.elements:
        parent = element.parent
        if element.space or parent is None or parent.space in {"", ATOM}:
            continue
        # FeedSync keeps complete items inside its conflicts
        if parent.name != "conflicts" and parent.space != SMARTFORMAT:
            yield at(element, f"{element.name} has no namespace")


@CHECKS.warning(
    "NF273",
    "Elements of RSS and Atom have only their own attributes.",
    why="Readers ignore other attributes; RSS is extended only by elements.",
    fix="remove the attribute, or write an element instead",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, UnexpectedAttribute, UseOfExtensionAttr",
)
def lent_attributes(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes of other vocabularies: of known ones everywhere, of others on RSS's own elements."""
    for element in document.elements:
        if not element.attributes:
            continue
        is_own = element.space == ("" if document.kind == "rss" else ATOM)
        for name in element.attributes:
            space, _, local = name.removeprefix("{").rpartition("}")
            if space in {"", _XML} or not (is_own or _is_text_alone(element)):
                continue
            problem = at(element, f"{element.shown} has no attribute {local} from {space}")
            prefix = PREFIXES.get(space)
            if prefix is not None and prefix != "rdf" and (element.name, f"{prefix}:{local}") not in _LENT:
                yield replace(problem, severity="error")
            elif is_own and _is_strange(document, element, space, local):
                yield problem


def _is_text_alone(element: XmlElement) -> bool:
    """Return whether an element of another vocabulary contains nothing but text."""
    grammar = VOCABULARIES.get(element.space)
    row = grammar.row(element) if grammar is not None else None
    return row is not None and row.content == "text"


def _is_strange(document: ParsedDocument, element: XmlElement, space: str, name: str) -> bool:
    prefix = PREFIXES.get(space)
    if prefix is None:
        return document.kind == "rss"
    return (element.name, f"{prefix}:{name}") not in _LENT


@CHECKS.warning(
    "NF277",
    "XHTML is inside content.",
    why="Readers don't show XHTML directly in a feed or an item.",
    fix="put it into the content or the description",
    specification="RFC 4287 §3.1.1.3; W3C Feed Validation Service, MisplacedXHTMLContent",
)
def xhtml_inside(document: ParsedDocument) -> Iterator[Problem]:
    """Find XHTML directly in a feed, an item or an entry."""
    for element in document.from_space(_XHTML):
        parent = element.parent
        if parent is not None and parent.space in {"", ATOM}:
            here = _XHTML_HERE.get(parent.name)
            if here is not None and element.name not in here:
                yield at(element, f"{element.shown} is directly in {parent.name}")


IN_RSS = CheckGroup("rss")


IN_RSS.warning(
    "NF278",
    "RSS uses only elements of Atom that have a meaning there.",
    why="Readers look for only a few of them; RSS has its own elements for the others.",
    fix="use the element of RSS, such as category or copyright",
    specification="Best Practices Profile, Namespace elements; W3C Feed Validation Service, QuestionableUsage",
)


def _unknown(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown namespaces that aren't misspelled, each where it is first declared."""
    seen = set(_KNOWN)
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if near_miss(space) not in seen and _meant(prefix, space) is None:
            seen.add(near_miss(space))
            yield Problem(line, column, f"xmlns:{prefix}" if prefix else "xmlns", f"few readers know {space}")


IN_RSS.warning(
    "NF361",
    "An RSS feed uses vocabularies that readers know.",
    why="Readers ignore unknown vocabularies, including misspelled ones.",
    fix="check the spelling of the namespace; if it is intended, check with --ignore NF361",
    specification="RSS 2.0, Extending RSS; W3C Feed Validation Service, UnknownNamespace",
)(_unknown)

IN_ATOM = CheckGroup("atom")
IN_ATOM.warning(
    "NF360",
    "An Atom feed uses vocabularies that readers know.",
    why="Readers ignore unknown vocabularies, including misspelled ones.",
    fix="check the spelling of the namespace; if it is intended, check with --ignore NF360",
    specification="RFC 4287 §6; W3C Feed Validation Service, UnknownNamespace",
)(_unknown)


@IN_ATOM.warning(
    "NF362",
    "Atom is the default namespace, and XHTML is declared on its div.",
    why="Some readers look for feed and entry without a prefix, and show prefixed XHTML as plain text.",
    fix='write xmlns="http://www.w3.org/2005/Atom" on the feed, and xmlns="http://www.w3.org/1999/xhtml" on the div',
    specification="W3C Feed Validation Service, AvoidNamespacePrefix",
)
def no_prefix(document: ParsedDocument) -> Iterator[Problem]:
    """Find prefixes for Atom and XHTML."""
    for prefix, space, line, column in document.xml.namespaces if document.xml is not None else ():
        if prefix and space in {ATOM, _XHTML}:
            yield Problem(line, column, f"xmlns:{prefix}", f"{space} has the prefix {prefix}")
