"""The first checks: whether the file can be read, and is a feed."""

from collections.abc import Iterator
from dataclasses import replace

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument

__all__ = ["CHECKS", "DECLARED", "UNKNOWN", "XML"]

CHECKS = CheckGroup("unread")
#: Also applies to documents that can be read in spite of it.
DECLARED = CheckGroup("unread", "rss", "atom", "opml", "sitemap", "xml")


def _refused(document: ParsedDocument, code: str) -> Iterator[Problem]:
    refusal = document.refusal
    if refusal is not None and refusal.code == code:
        yield Problem(refusal.line, refusal.column, "", refusal.reason, refusal.fix)


@CHECKS.error(
    "NF201",
    "A feed is well-formed XML or JSON.",
    why="Readers stop at the first error, and show nothing or an old copy.",
    fix="write the file with an XML or JSON library, never by joining strings",
    specification="XML 1.0 §2.1, RFC 8259 §2",
)
def well_formed(document: ParsedDocument) -> Iterator[Problem]:
    """Report where parsing stopped."""
    return _refused(document, "NF201")


@DECLARED.error(
    "NF202",
    "A feed is written in the encoding that it declares.",
    why="A reader that can't decode it shows nothing, or garbled text.",
    fix="write UTF-8, and say so in the XML declaration",
    specification="XML 1.0 §4.3.3, RFC 8259 §8.1",
)
def encoded_as_declared(document: ParsedDocument) -> Iterator[Problem]:
    """Report an encoding that doesn't match the declaration."""
    yield from _refused(document, "NF202")
    if document.xml is not None and document.xml.encoding_problem:
        yield Problem(1, 1, "", document.xml.encoding_problem)


@CHECKS.error(
    "NF203",
    "A feed declares no entities.",
    why="A few lines of entities can expand to gigabytes or fetch other files, so careful readers refuse them all.",
    fix="write the text itself instead of the entity, and remove the declaration",
    specification="XML 1.0 §4.2, RFC 4287 §8.3",
)
def no_entities(document: ParsedDocument) -> Iterator[Problem]:
    """Report an entity declaration."""
    return _refused(document, "NF203")


@CHECKS.error(
    "NF204",
    "A feed uses only the five named entities of XML: amp, lt, gt, quot and apos.",
    why="With HTML's entities, such as &nbsp;, parsers refuse the whole feed.",
    fix="write the character itself, or its number, such as &#160;",
    specification="XML 1.0 §4.6",
)
def known_entities(document: ParsedDocument) -> Iterator[Problem]:
    """Report an undeclared entity."""
    return _refused(document, "NF204")


@CHECKS.error(
    "NF205",
    "A feed isn't too large or nested too deeply.",
    why="Readers limit both to protect themselves from hostile files.",
    fix="publish fewer or shorter entries",
    specification="RFC 4287 §8",
)
def bounded(document: ParsedDocument) -> Iterator[Problem]:
    """Report a file that is too large or nested too deeply."""
    return _refused(document, "NF205")


@CHECKS.error(
    "NF206",
    "Every prefix is declared by an xmlns attribute.",
    why="An undeclared prefix is a fatal error in most parsers.",
    fix="declare the prefix in the root element",
    specification="Namespaces in XML 1.0 §2.1",
)
def declared_prefixes(document: ParsedDocument) -> Iterator[Problem]:
    """Report an undeclared prefix."""
    return _refused(document, "NF206")


UNKNOWN = CheckGroup("xml", "unread")

_RSS_1 = {"http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/net/rss1.1#"}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ATOM_03 = "http://purl.org/atom/ns#"


@UNKNOWN.error(
    "NF207",
    "A feed is RSS 2.0, Atom 1.0, JSON Feed 1.1, OPML or a news sitemap.",
    why="A reader that doesn't know the root element shows nothing.",
    fix="write one of these formats, in its own namespace",
    specification="RSS 2.0, RFC 4287 §4.1.1",
)
def known_kind(document: ParsedDocument) -> Iterator[Problem]:
    """Report other root elements, and other files."""
    if document.refusal is not None:
        yield from _refused(document, "NF207")
        return
    root = document.root
    if root.space == _RDF or root.space in _RSS_1:
        fix = "check it with another program, or publish RSS 2.0 or Atom, which all readers know"
        yield replace(at(root, "this is RSS 1.0 or older, which isn't checked", fix), severity="note")
    elif root.space == _ATOM_03:
        yield at(root, "this is Atom 0.3, which Atom 1.0 replaced in 2005", f'write <feed xmlns="{ATOM}">')
    elif root.name in {"feed", "entry"} and not root.space:
        yield at(root, f"{root.name} has no namespace", f'write <{root.name} xmlns="{ATOM}">')
    else:
        yield at(root, f"the root element is {root.shown}{f' in {root.space}' if root.space else ''}")


XML = CheckGroup("rss", "atom", "opml", "sitemap")

#: Encodings that readers know, in lower case: those of most feeds, and China's standard.
_COMMON = {
    *("euc-jp", "gb18030", "iso-8859-1", "iso-8859-15", "iso-8859-2", "iso-8859-7", "koi8-r", "shift_jis"),
    *("us-ascii", "utf-16", "utf-16be", "utf-16le", "utf-8", "windows-1250", "windows-1251", "windows-1252"),
    *("windows-1254", "windows-1255", "windows-1256"),
}
_NETSCAPE = "http://my.netscape.com/publish/formats/rss-0.91.dtd"
_RSS_091 = {_NETSCAPE, "http://www.rssboard.org/rss-0.91.dtd"}


@XML.error(
    "NF208",
    "A feed is XML 1.0.",
    why="Hardly any parser supports XML 1.1, so readers refuse it.",
    fix='write <?xml version="1.0" encoding="utf-8"?>',
    specification="XML 1.0 §2.8",
)
def first_version(document: ParsedDocument) -> Iterator[Problem]:
    """Report other versions of XML."""
    version = document.xml.version if document.xml is not None else None
    if version not in {None, "1.0"}:
        yield Problem(1, 1, "", f"this is XML {version}")


@XML.warning(
    "NF209",
    "A feed's encoding is one that every reader knows.",
    why="A reader that doesn't know the encoding shows nothing, or garbled text.",
    fix="write UTF-8, and say so in the XML declaration",
    specification="XML 1.0 §4.3.3; W3C Feed Validation Service, ObscureEncoding",
)
def common_encoding(document: ParsedDocument) -> Iterator[Problem]:
    """Report encodings that few readers know."""
    encoding = document.xml.encoding if document.xml is not None else None
    if encoding is not None and encoding.lower() not in _COMMON:
        yield Problem(1, 1, "", f"few readers know the encoding {encoding}")


@XML.error(
    "NF200",
    "Only RSS 0.91 feeds declare the document type of RSS 0.91, with its present address.",
    why="Parsers that fetch it wait for a server that no longer exists, or mistake the feed for another version.",
    fix="remove the line <!DOCTYPE …>",
    specification="RSS Advisory Board, RSS 0.91; W3C Feed Validation Service, DeprecatedDTD, InvalidDoctype",
)
def document_type(document: ParsedDocument) -> Iterator[Problem]:
    """Report this document type in other feeds, and its old address."""
    system = (
        document.xml.doctype[1] if document.xml is not None and document.xml.doctype is not None else None
    )
    if system == _NETSCAPE:
        yield Problem(1, 1, "", f"{system} no longer exists")
    elif system in _RSS_091 and document.root.get("version") != "0.91":
        yield Problem(1, 1, "", f"{system} is for RSS 0.91")
